"""An answer as a message: quotes with their sources, use cases, or one honest sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.blocks.closing import closing_blocks
from bot.blocks.elements import (
    TEXTS,
    Block,
    bullets,
    fallback,
    line,
    paragraph,
    quote,
    rich,
    shorten,
    small_print,
    title,
    words,
)
from bot.blocks.lengths import fitted, paragraphs, shorten_to_sentence
from bot.blocks.network import Names, contact_blocks, listing_blocks
from bot.blocks.programme import beside_blocks, programme_blocks, summary
from bot.delivery import Outgoing
from knowledge.answering.consulting import Consultation
from knowledge.answering.rendering import (
    answer_opening,
    note_on_sources,
    note_on_writing,
    opening,
    replaced_words,
    replaces_words,
    source_details,
    stage_name,
    use_cases_heading,
)
from knowledge.members.listing import Listing
from knowledge.model import Answer, Citation, DocumentId, Handle, Language, QuestionId, UseCase

LONGEST_QUOTE = 2500
LONGEST_TITLE = 200
NO_QUESTION = QuestionId("")


def consultation_message(
    found: Consultation, names: Names, now: datetime, *, asked: str = "", about: QuestionId = NO_QUESTION
) -> Outgoing:
    """What the asker sees. `asked` repeats the question where no message shows it: above a command's answer.

    `about` is the question's id, by which what stands beneath the answer speaks of it; without one, nothing does.
    """
    message = _message(found, names, now, asked)
    closing = closing_blocks(about, found.answer, now, is_for_outsider=found.is_for_outsider) if about else []
    return replace(message, blocks=[*message.blocks, *closing])


def _message(found: Consultation, names: Names, now: datetime, asked: str) -> Outgoing:
    answer = found.answer
    blocks = (
        [small_print(TEXTS.get("answer.asked", answer.language, question=shorten(asked, LONGEST_TITLE)))]
        if asked
        else []
    )
    if found.preface:
        blocks.append(paragraph(found.preface))
    programme = found.programme
    if programme.is_sure and not programme.is_empty:
        blocks += [paragraph(answer.text), *programme_blocks(programme, answer.language, now)]
        return Outgoing(fallback(f"{answer.text} {summary(programme, answer.language)}".strip()), blocks)
    if found.listing.is_empty:
        blocks += [*_answer(answer, found.contacts), *_may_know(found.may_know, names, answer.language)]
    else:
        blocks += [paragraph(answer.text), *listing_blocks(found.listing, names, answer.language, people_first=True)]
    blocks += [] if programme.is_empty else beside_blocks(programme, answer.language, now)
    return Outgoing(fallback(answer.text), blocks, *_spoken(answer))


def _may_know(listing: Listing, names: Names, language: Language) -> list[Block]:
    if listing.is_empty:
        return []
    how_many = "one" if len(listing.people) == 1 else "many"
    heading = paragraph(TEXTS.get(f"people.may_know.{how_many}", language))
    return [heading, *listing_blocks(listing, names, language, people_first=True)]


def _answer(answer: Answer, contacts: Mapping[DocumentId, Handle]) -> list[Block]:
    if not answer.citations:
        return [paragraph(answer.text)]
    return fitted(lambda most: _with_quotes(answer, contacts, most), LONGEST_QUOTE)


def _with_quotes(answer: Answer, contacts: Mapping[DocumentId, Handle], most: int) -> list[Block]:
    """The opening, and what was written and by whom; then quotes of at most so many letters, and the rest."""
    blocks = [paragraph(_opening(answer))]
    if answer.written:
        blocks += [*paragraphs(answer.written, answer.language), small_print(note_on_writing(answer.language))]
    blocks += [_citation(number, each, answer.language, most) for number, each in enumerate(answer.citations, 1)]
    if answer.use_cases:
        heading = line(words(use_cases_heading(answer.language), bold=True))
        blocks.append(rich(heading, bullets(*(_use_case(each, answer.language) for each in answer.use_cases))))
        blocks += contact_blocks(answer.use_cases, contacts, answer.language)
    note = note_on_sources(answer.citations, answer.language)
    blocks.append(small_print(f"{note} {TEXTS.get('answer.footer', answer.language)}".strip()))
    return blocks


def _spoken(answer: Answer) -> tuple[str, int]:
    """What may have been streamed of an answer, and in how many blocks it stands."""
    if not answer.citations:
        return "", 0
    said = " ".join(part for part in (_opening(answer), answer.written) if part)
    return said, 1 + len(paragraphs(answer.written, answer.language))


def _opening(answer: Answer) -> str:
    return first_words(answer) if answer.written else answer_opening(answer)


def first_words(answer: Answer) -> str:
    """What is said of an answer as soon as its sources are found."""
    return opening(answer.language, answer.reason, len(answer.citations))


def working_text(language: Language) -> str:
    """What the bot is doing, in Slack's form: `Solmu …`."""
    return TEXTS.get("working", language)


def failure_message(reference: str, language: Language) -> Outgoing:
    """An unexpected end, with a reference that stands in the log too."""
    text = TEXTS.get("failure", language, reference=reference)
    return Outgoing(fallback(text), [paragraph(text)])


def _citation(number: int, citation: Citation, language: Language, most: int) -> Block:
    source = [words(f"{number}. "), title(shorten(citation.title, LONGEST_TITLE), citation.url)]
    details = source_details(citation, language)
    if details:
        source.append(words(f" · {details}"))
    earlier = [
        line(words(f"{replaces_words(language)} "), title(shorten(name, LONGEST_TITLE), url))
        for name, url in citation.earlier
    ]
    if citation.successor is not None:
        name, url = citation.successor
        earlier.append(line(words(f"{replaced_words(language)} "), title(shorten(name, LONGEST_TITLE), url)))
    return rich(quote(words(shorten_to_sentence(citation.quote, citation.language, most))), line(*source), *earlier)


def _use_case(use_case: UseCase, language: Language) -> Block:
    details = " · ".join(part for part in (use_case.organisation, stage_name(use_case.stage, language)) if part)
    pieces = [title(shorten(use_case.title, LONGEST_TITLE), use_case.url)]
    return line(*pieces, *([words(f" – {shorten(details, LONGEST_TITLE)}")] if details else []))
