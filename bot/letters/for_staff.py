"""Letters that only those may get who look after the network when they are sent, whoever did when they were written."""

from __future__ import annotations

from bot.delivery import Outgoing, SlackUnavailableError
from bot.mailing import Writer, Writers
from knowledge.errors import RolesUnknownError
from knowledge.model import Language, Letter, LetterKind
from knowledge.ports import Roles

FOR_STAFF = frozenset(
    {
        LetterKind.APPROVAL_ASKED,
        LetterKind.CITED_CHANGED,
        LetterKind.CURATE,
        LetterKind.DIGEST_READY,
        LetterKind.INSIGHTS,
        LetterKind.OUTDATED,
        LetterKind.SUGGESTED,
    }
)


def only_for_staff(writers: Writers, roles: Roles) -> Writers:
    """The writers, of whom those for staff write to nobody else; a letter waits while nobody can tell who is."""
    return {kind: _checked(writer, roles) if kind in FOR_STAFF else writer for kind, writer in writers.items()}


def _checked(writer: Writer, roles: Roles) -> Writer:
    def write(letter: Letter, language: Language) -> Outgoing | None:
        try:
            is_staff = roles.is_staff(letter.to)
        except RolesUnknownError as error:
            raise SlackUnavailableError(letter.kind) from error
        return writer(letter, language) if is_staff else None

    return write
