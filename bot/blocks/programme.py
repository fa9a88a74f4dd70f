"""Events and announcements as the answer to a question: when and where, with the buttons to sign up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.blocks.card_facts import own_line, when_line, where_lines
from bot.blocks.cards import sign_up_buttons
from bot.blocks.elements import TEXTS, Block, line, paragraph, rich, shorten, small_print, title, words
from bot.blocks.times import span, until_there
from knowledge.events.programme import Dated, Programme, Told
from knowledge.events.schedule import HOME_ZONE
from knowledge.model import NEVER, Announcement, Language

LONGEST_TITLE = 150
_OVER = {Told.LAST, Told.CANCELLED}


def programme_blocks(programme: Programme, language: Language, now: datetime) -> list[Block]:
    """Everything of a programme, below its opening sentence."""
    blocks: list[Block] = []
    if programme.told is Told.NONE_COMING and programme.dates:
        blocks.append(paragraph(TEXTS.get("relevance.anyway", language)))
    for dated in programme.dates:
        blocks += dated_blocks(dated, programme.told, language, now)
    for notice in programme.notices:
        blocks.append(rich(line(*_notice(notice, language))))
    if programme.more:
        blocks.append(small_print(TEXTS.get("relevance.more", language, count=programme.more)))
    return blocks


def beside_blocks(programme: Programme, language: Language, now: datetime) -> list[Block]:
    """A programme that goes below what the documents answer."""
    return [paragraph(TEXTS.get("relevance.beside", language)), *programme_blocks(programme, language, now)]


def summary(programme: Programme, language: Language) -> str:
    """The first of it in a few words, for notifications; empty where it holds nothing."""
    for dated in programme.dates[:1]:
        occurrence = dated.held.occurrence
        when = span(occurrence.starts_at, occurrence.ends_at, dated.event.zone, language)
        return f"{shorten(dated.announcement.wording(language).title, LONGEST_TITLE)} – {when}"
    return "".join(shorten(each.wording(language).title, LONGEST_TITLE) for each in programme.notices[:1])


def dated_blocks(dated: Dated, told: Told, language: Language, now: datetime) -> list[Block]:
    """One date, and while it is to come the buttons to sign up."""
    held, event = dated.held, dated.event
    lines = [
        [title(shorten(dated.announcement.wording(language).title, LONGEST_TITLE), dated.announcement.link)],
        when_line(event, held.occurrence, language),
        *(() if told in _OVER else where_lines(event, held.occurrence, language)),
        *_state(dated, told, language),
    ]
    blocks = [rich(line(*own_line(lines)))]
    if told not in _OVER and held.occurrence.starts_at > now:
        blocks.append(sign_up_buttons(held, language, is_open=held.is_open(now)))
    return blocks


def _state(dated: Dated, told: Told, language: Language) -> Iterator[list[Block]]:
    if told is Told.DEADLINE and dated.held.closes_at < dated.held.occurrence.starts_at:
        by = until_there(dated.held.closes_at, dated.event.zone, language)
        yield [words(TEXTS.get("relevance.sign_up_by", language, when=by))]
    for attendance in () if told in _OVER else dated.own:
        yield [words(TEXTS.get(f"relevance.own.{attendance.value}", language), italic=True)]


def _notice(notice: Announcement, language: Language) -> list[Block]:
    pieces = [title(shorten(notice.wording(language).title, LONGEST_TITLE), notice.link)]
    if notice.deadline != NEVER:
        by = until_there(notice.deadline, HOME_ZONE, language)
        pieces.append(words(TEXTS.get("relevance.deadline", language, when=by)))
    return pieces
