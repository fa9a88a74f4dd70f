"""What stands in the way of an announcement, in words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks.draft_fields import Origin, first_fields, place_of
from bot.blocks.elements import TEXTS
from knowledge.errors import NotFoundError, RolesUnknownError, SolmuError
from knowledge.events.drafts import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CHANNELS,
    MOST_MATERIALS,
    MOST_SEATS,
    BadDraftError,
    Trouble,
    title_of,
)
from knowledge.events.states import ChangedMeanwhileError, NobodyToApproveError, OwnWorkError, TooLateError
from knowledge.members.drafts import MOST_TOPICS
from knowledge.members.profiles import NotAllowedError
from knowledge.model import Language

_PROBLEMS: Mapping[type[SolmuError], str] = {
    OwnWorkError: "own",
    NotAllowedError: "refused",
    NobodyToApproveError: "nobody",
    ChangedMeanwhileError: "meanwhile",
    TooLateError: "too_late",
    NotFoundError: "gone",
    RolesUnknownError: "unsure",
}
EXPECTED: tuple[type[SolmuError], ...] = (BadDraftError, *_PROBLEMS)
"""Everything that a person can do something about."""


def problem_text(error: SolmuError, language: Language) -> str:
    """Why something was not done."""
    if isinstance(error, BadDraftError):
        told = [_about(part, trouble, language) for part, trouble in error.troubles.items()]
        return " ".join([TEXTS.get("draft.problem.bad", language), *told])
    name = next(name for kind, name in _PROBLEMS.items() if isinstance(error, kind))
    return TEXTS.get(f"draft.problem.{name}", language)


def trouble_text(trouble: Trouble, language: Language) -> str:
    """What is wrong with a part."""
    return TEXTS.get(
        f"draft.trouble.{trouble.value}",
        language,
        title=LONGEST_TITLE,
        text=LONGEST_TEXT,
        channels=MOST_CHANNELS,
        topics=MOST_TOPICS,
        materials=MOST_MATERIALS,
        seats=MOST_SEATS,
    )


def trouble_texts(error: BadDraftError, origin: Origin) -> Mapping[str, str]:
    """What is wrong, by the field under which it is told: what has no field on the form, at the title."""
    shown = first_fields(origin)
    told: dict[str, str] = {}
    for part, trouble in error.troubles.items():
        place = place_of(part, is_event=origin.is_event)
        if origin.is_whole or place in shown:
            told[place] = trouble_text(trouble, origin.language)
        else:
            told[title_of(origin.lead)] = _about(part, trouble, origin.language)
    return told


def _about(part: str, trouble: Trouble, language: Language) -> str:
    return f"{TEXTS.get(f'draft.part.{part}', language)}: {trouble_text(trouble, language)}"
