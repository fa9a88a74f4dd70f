"""What a question wants of events and announcements, told by its words, and the words that name which one."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import datetime

from knowledge.events import frames
from knowledge.events.spans import ALWAYS, Span, span_in


class Asks(enum.StrEnum):
    """What is wanted. NOTHING where it is no question about events."""

    NOTHING = "nothing"
    WHEN = "when"
    NEXT = "next"
    LAST = "last"
    DEADLINE = "deadline"
    COMING = "coming"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    `text` is all of it in small letters, `named` are the words that say which event, `nouns` the kinds of events that
    it names. `is_about_coming` says that it can be about nothing else than what is ahead. Without `is_sure` it may as
    well be for the documents.
    """

    asks: Asks
    text: str = ""
    named: str = ""
    nouns: frozenset[str] = frozenset()
    span: Span = ALWAYS
    is_about_coming: bool = False
    is_sure: bool = True


_TRAILING = re.compile(r"[?!]|[’']s\b")
NOT_ASKED = Asked(Asks.NOTHING)


def take_apart(question: str, now: datetime) -> Asked:
    """What the question wants of events, and of which."""
    text = " ".join(_TRAILING.sub(" ", question.casefold()).split())
    if frames.OWN.search(text):
        return Asked(Asks.OWN)
    if frames.SOMETHING_ELSE.search(text):
        return NOT_ASKED
    span = span_in(text, now)
    text = text.replace(span.words, " ", 1) if span.is_named else text
    nouns = frames.nouns_in(text)
    if not nouns and span.is_named and frames.HAPPENS.search(text):
        return Asked(Asks.COMING, text, frames.without_frame(text), frozenset({frames.ANY_EVENT}), span)
    asks = _asks(text, nouns, span)
    is_about_coming = bool(span.is_named or frames.COMING.search(text) or frames.NEXT.search(text))
    told = Asks.WHEN if asks is Asks.NOTHING else asks
    return Asked(told, text, frames.without_frame(text), nouns, span, is_about_coming, is_sure=asks is not Asks.NOTHING)


def _asks(text: str, nouns: frozenset[str], span: Span) -> Asks:
    if frames.DEADLINE.search(text):
        return Asks.DEADLINE
    is_when = frames.WHEN_ALONE.search(text)
    if is_when and frames.LAST.search(text):
        return Asks.LAST
    is_list = frames.LISTS.search(text) or frames.COMING.search(text) or span.is_named
    if nouns and frames.MANY.search(text) and is_list and not is_when:
        return Asks.COMING
    if frames.NEXT.search(text):
        return Asks.NEXT
    return Asks.WHEN if frames.WHEN.search(text) else Asks.NOTHING
