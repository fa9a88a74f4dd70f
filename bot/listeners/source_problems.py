"""Why something about sources cannot be done, as a sentence for the admin who wanted it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks.elements import TEXTS
from bot.failures import note_failure
from bot.rights import UNSURE
from knowledge.administering.pages import KnownSourceError
from knowledge.administering.replacing import CircleError, NarrowerError
from knowledge.administering.uploads import FileRefusedError
from knowledge.errors import IndexDamagedError, NotFoundError, RolesUnknownError, SolmuError
from knowledge.members.profiles import NotAllowedError
from knowledge.model import Language
from knowledge.privacy import PersonalDataError


class NoAddressError(SolmuError):
    """What was written is no web address."""


class NothingFoundError(SolmuError):
    """No document has such a title."""


PROBLEMS: Mapping[type[SolmuError], str] = {
    NotAllowedError: "refused",
    KnownSourceError: "known",
    NotFoundError: "gone",
    CircleError: "circle",
    NarrowerError: "narrower",
    IndexDamagedError: "damaged",
    NoAddressError: "no_address",
    NothingFoundError: "nothing_found",
    PersonalDataError: "personal",
}


def source_problem(error: Exception, language: Language) -> str:
    """The sentence; what nobody foresaw is noted with its traceback."""
    if isinstance(error, FileRefusedError):
        return TEXTS.get(f"sources.refused_file.{error.problem.value}", language)
    if isinstance(error, RolesUnknownError):
        return TEXTS.get(UNSURE, language)
    for kind, name in PROBLEMS.items():
        if isinstance(error, kind):
            return TEXTS.get(f"sources.problem.{name}", language)
    return TEXTS.get("form.failed", language, reference=note_failure("something about sources could not be done"))
