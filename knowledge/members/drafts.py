"""A profile as somebody fills it in, and what must be right before any of it is kept."""

from __future__ import annotations

import dataclasses
import enum
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.errors import SolmuError
from knowledge.model import Consent, Language
from knowledge.privacy import personal_data_in

LONGEST_NAME = 120
LONGEST_ROLE = 100
LONGEST_TOPIC = 60
MOST_TOPICS = 12
LONGEST_TEXT = 700
_LINE_BREAKS = re.compile("[\r\n\u2028\u2029]+")
_UNKEEPABLE = frozenset({"Cc", "Cs"})
"""Control characters and halves of characters: a database or Slack's JSON may refuse them."""


class Field(enum.StrEnum):
    """The parts of a profile that a person types or chooses."""

    ORGANISATION = "organisation"
    ROLE = "role"
    LANGUAGES = "languages"
    TOPICS = "topics"
    OFFERS = "offers"
    SEEKS = "seeks"


class Trouble(enum.StrEnum):
    """What can be wrong with a part."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    IDENTITY_CODE = "identity_code"
    PATIENT = "patient"


class BadProfileError(SolmuError):
    """Parts of a profile cannot be kept; the message names them and holds nothing of what was written."""

    def __init__(self, troubles: Mapping[Field, Trouble]) -> None:
        named = ", ".join(f"{field} ({trouble.replace('_', ' ')})" for field, trouble in troubles.items())
        super().__init__(f"The profile cannot be kept as it is: {named}.")
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """What somebody wrote of themselves. `languages` begins with the one that Solmu is to speak with them."""

    organisation: str
    role: str
    languages: tuple[Language, ...]
    topics: tuple[str, ...]
    offers: str
    seeks: str
    consents: frozenset[Consent]


def checked(draft: ProfileDraft) -> ProfileDraft:
    """The draft with its white space in order and no topic twice; raises BadProfileError."""
    tidy = dataclasses.replace(
        draft,
        organisation=_line(draft.organisation),
        role=_line(draft.role),
        languages=tuple(dict.fromkeys(draft.languages)),
        topics=_topics(draft.topics),
        offers=_lines(draft.offers),
        seeks=_lines(draft.seeks),
    )
    # The codes last, so that they are what is told of a part with two troubles.
    troubles = dict(_ill_sized(tidy)) | dict(_with_codes(draft))
    if troubles:
        raise BadProfileError(troubles)
    return tidy


def _ill_sized(draft: ProfileDraft) -> Iterator[tuple[Field, Trouble]]:
    if not draft.organisation:
        yield Field.ORGANISATION, Trouble.MISSING
    if not draft.languages:
        yield Field.LANGUAGES, Trouble.MISSING
    if len(draft.topics) > MOST_TOPICS:
        yield Field.TOPICS, Trouble.TOO_MANY
    for field, text, most in (
        (Field.ORGANISATION, draft.organisation, LONGEST_NAME),
        (Field.ROLE, draft.role, LONGEST_ROLE),
        (Field.TOPICS, max(draft.topics, key=len, default=""), LONGEST_TOPIC),
        (Field.OFFERS, draft.offers, LONGEST_TEXT),
        (Field.SEEKS, draft.seeks, LONGEST_TEXT),
    ):
        if len(text) > most:
            yield field, Trouble.TOO_LONG


def _with_codes(draft: ProfileDraft) -> Iterator[tuple[Field, Trouble]]:
    for field, text in (
        (Field.ORGANISATION, draft.organisation),
        (Field.ROLE, draft.role),
        (Field.TOPICS, "\n".join(draft.topics)),
        (Field.OFFERS, draft.offers),
        (Field.SEEKS, draft.seeks),
    ):
        if found := personal_data_in(text):
            yield field, Trouble(found.value)


def _topics(topics: Sequence[str]) -> tuple[str, ...]:
    by_name: dict[str, str] = {}
    for topic in filter(None, map(_line, topics)):
        by_name.setdefault(topic.casefold(), topic)
    return tuple(by_name.values())


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(_line, _LINE_BREAKS.split(text))))


def _line(text: str) -> str:
    kept = "".join(" " if unicodedata.category(letter) in _UNKEEPABLE else letter for letter in text)
    return " ".join(kept.split())
