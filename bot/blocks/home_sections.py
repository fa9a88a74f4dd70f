"""What the Home tab offers to ask and shows of what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks.elements import TEXTS, Block, bullets, header, line, rich, shorten, small_print, words
from bot.blocks.forms import Choice, actions, button, field, menu, text_input
from bot.blocks.profile import LANGUAGE_NAMES
from bot.blocks.times import short_day
from knowledge.channels.asked import Unanswered
from knowledge.conduct.rules import LONGEST_QUESTION
from knowledge.events.schedule import HOME_ZONE, wall_clock
from knowledge.model import AskedQuestion, Language

ASK, SPEAK = "home_ask", "home_speak"
QUESTION = "home_question"
"""Begins the id of the block in which a question is written; another number after it makes Slack empty the field."""
MOST_OWN, MOST_UNANSWERED = 5, 8
LONGEST = 200


def ask_box(number: int, language: Language) -> list[Block]:
    """A field for a question, and what becomes of it."""
    label = TEXTS.get("channels.home.ask", language)
    return [
        field(f"{QUESTION}_{number}", label, text_input("", LONGEST_QUESTION, is_long=True), needed=True),
        actions(button(ASK, TEXTS.get("channels.home.ask.button", language), style="primary")),
        small_print(TEXTS.get("channels.home.ask.note", language)),
    ]


def own_questions(questions: Sequence[AskedQuestion], language: Language) -> list[Block]:
    """What somebody asked lately and how it ended; nothing where they asked nothing."""
    if not questions:
        return []
    shown = [_asked(each, language) for each in questions[:MOST_OWN]]
    rest = len(questions) - MOST_OWN
    more = [small_print(TEXTS.get("channels.home.more", language, count=rest))] if rest > 0 else []
    return [header(TEXTS.get("channels.home.own", language)), rich(bullets(*shown)), *more]


def unanswered_questions(questions: Sequence[Unanswered], language: Language) -> list[Block]:
    """What nobody could be answered; nobody is told who asked it."""
    if not questions:
        return []
    shown = [
        line(words(shorten(each.text, LONGEST)), *([words(f" ({each.times} ×)")] if each.times > 1 else []))
        for each in questions[:MOST_UNANSWERED]
    ]
    return [
        header(TEXTS.get("channels.home.unanswered", language)),
        rich(bullets(*shown)),
        small_print(TEXTS.get("channels.home.unanswered.note", language)),
    ]


def language_choice(language: Language) -> list[Block]:
    """In which language Solmu speaks, to be changed."""
    choices = [Choice(each.value, name) for each, name in LANGUAGE_NAMES.items()]
    label = TEXTS.get("channels.home.language", language)
    chooser = menu(choices, language.value, label) | {"action_id": SPEAK}
    return [small_print(label), actions(chooser)]


def _asked(question: AskedQuestion, language: Language) -> Block:
    told = TEXTS.get(f"channels.home.{question.status.value}", language)
    usual = wall_clock(question.asked_at, HOME_ZONE).time()
    when = short_day(question.asked_at, HOME_ZONE, language, usual)
    return line(words(shorten(question.text, LONGEST)), words(f" – {told}, {when}", italic=True))
