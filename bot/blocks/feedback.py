"""Feedback on an event: the question, the form for words, and what came of it for coordinators."""

from __future__ import annotations

from bot.blocks.card_facts import own_line, when_line
from bot.blocks.cards import materials_of
from bot.blocks.elements import (
    TEXTS,
    Block,
    bullets,
    fallback,
    header,
    line,
    paragraph,
    rich,
    shorten,
    small_print,
    words,
)
from bot.blocks.forms import Choice, actions, button, field, menu, modal, text_input
from bot.delivery import Outgoing
from knowledge.events.feedback import LONGEST_WORDS, RATINGS, Asked, Summary
from knowledge.members.spreadsheet import write_rows
from knowledge.model import Language, OccurrenceId

RATE = "feedback_rate_"
"""Begins the actions of the three buttons; the rating follows."""
OPEN, KEEP = "feedback_words", "feedback_keep"
SUMMARY = "event_feedback"
"""The button for coordinators; its value is the occurrence's id."""
RATING, WORDS = "rating", "words"
MOST_SHOWN, LONGEST_SHOWN, LONGEST_TITLE = 15, 400, 150


def feedback_message(asked: Asked, language: Language) -> Outgoing:
    """The question to somebody who was there, with what there is to read afterwards."""
    title = shorten(asked.announcement.wording(language).title, LONGEST_TITLE)
    intro = TEXTS.get("relevance.feedback.ask", language)
    when = rich(line(*own_line([when_line(asked.event, asked.occurrence, language)])))
    blocks = [header(title), when, paragraph(intro), _rating_buttons(asked.occurrence.id, language)]
    blocks += materials_of(asked.event.materials, language)
    blocks.append(small_print(TEXTS.get("relevance.feedback.why", language)))
    return Outgoing(fallback(f"{title}: {intro}"), blocks)


def thanks_message(asked: Asked, language: Language) -> Outgoing:
    """That it was kept, and the offer to say more."""
    text = TEXTS.get("relevance.feedback.thanks", language)
    more = button(OPEN, TEXTS.get("relevance.feedback.words", language), value=asked.occurrence.id)
    return Outgoing(fallback(text), [paragraph(text), actions(more)])


def words_modal(asked: Asked, language: Language) -> Block:
    """The form for words, beginning with what was said before."""
    choices = [Choice(str(each), TEXTS.get(f"relevance.feedback.rating.{each}", language)) for each in RATINGS]
    label = TEXTS.get("relevance.feedback.rating", language)
    said = TEXTS.get("relevance.feedback.label", language)
    chosen = str(asked.rating) if asked.rating else ""
    blocks = [
        paragraph(shorten(asked.announcement.wording(language).title, LONGEST_TITLE)),
        field(RATING, label, menu(choices, chosen, label), needed=True),
        field(WORDS, said, text_input(asked.words, LONGEST_WORDS, is_long=True)),
        small_print(TEXTS.get("relevance.feedback.why", language)),
    ]
    return modal(
        KEEP,
        TEXTS.get("relevance.feedback.title", language),
        blocks,
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("form.save", language),
        metadata=asked.occurrence.id,
    )


def summary_button(occurrence: OccurrenceId, language: Language) -> Block:
    """What coordinators ask for the summary with."""
    return button(SUMMARY, TEXTS.get("relevance.feedback.summary", language), value=occurrence)


def summary_message(summary: Summary, language: Language) -> Outgoing:
    """Counts and words; nobody's name."""
    asked = summary.asked
    title = shorten(asked.announcement.wording(language).title, LONGEST_TITLE)
    told = TEXTS.get("relevance.feedback.counts", language, answers=len(summary.rows), going=summary.going)
    counts = [
        f"{TEXTS.get(f'relevance.feedback.rating.{each}', language)}: {summary.counts.get(each, 0)}"
        for each in reversed(RATINGS)
    ]
    lines = [when_line(asked.event, asked.occurrence, language), [words(told)]]
    blocks = [header(title), rich(line(*own_line(lines)), bullets(*(line(words(each)) for each in counts)))]
    said = [shorten(text, LONGEST_SHOWN) for _, text in summary.rows if text][:MOST_SHOWN]
    if said:
        heading = line(words(TEXTS.get("relevance.feedback.said", language), bold=True))
        blocks.append(rich(heading, bullets(*(line(words(each)) for each in said))))
    return Outgoing(fallback(f"{title}: {told}"), blocks)


def feedback_table(summary: Summary, language: Language) -> bytes:
    """Ratings and words as a table for spreadsheet programs, without names."""
    headings = [TEXTS.get(f"relevance.feedback.{name}", language) for name in ("rating", "label")]
    return write_rows([headings, *([str(rating), text] for rating, text in summary.rows)])


def _rating_buttons(occurrence: OccurrenceId, language: Language) -> Block:
    rate = (
        button(f"{RATE}{each}", TEXTS.get(f"relevance.feedback.rating.{each}", language), value=occurrence)
        for each in reversed(RATINGS)
    )
    return actions(*rate, button(OPEN, TEXTS.get("relevance.feedback.words", language), value=occurrence))
