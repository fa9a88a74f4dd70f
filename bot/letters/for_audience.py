"""Letters about events that only those may get for whom the event is when they are sent, whoever signed up before."""

from __future__ import annotations

from collections.abc import Callable

from bot.delivery import Outgoing, SlackUnavailableError
from bot.mailing import Writer, Writers
from bot.roles import Insiders
from knowledge.errors import RolesUnknownError
from knowledge.model import Audience, Language, Letter, LetterKind, MemberId, OccurrenceId
from knowledge.ports import Roles, UnitOfWorkFactory

ABOUT_EVENTS = frozenset(
    {
        LetterKind.CHANGED,
        LetterKind.FEEDBACK,
        LetterKind.OFFERED,
        LetterKind.OFFER_OVER,
        LetterKind.PROMOTED,
        LetterKind.REMINDER,
    }
)
"""That one is cancelled is told to all who signed up: it names title and time alone, and nobody comes in vain."""
ABOUT_A_SEAT = frozenset({LetterKind.OFFERED, LetterKind.PROMOTED})
"""Whoever may not get one of these does not know of the seat, and cannot take it up or give it back."""


class Readers:
    """Who may know of an event now. `withdraw` takes somebody off an occurrence and passes their seat on."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        insiders: Insiders,
        roles: Roles,
        withdraw: Callable[[OccurrenceId, MemberId], None],
    ) -> None:
        self._uow = uow
        self._insiders = insiders
        self._roles = roles
        self._withdraw = withdraw

    def only(self, writers: Writers) -> Writers:
        """The writers, of whom those about events write to nobody else; a letter waits while Slack does not tell."""
        return {kind: self._checked(writer) if kind in ABOUT_EVENTS else writer for kind, writer in writers.items()}

    def _checked(self, writer: Writer) -> Writer:
        def write(letter: Letter, language: Language) -> Outgoing | None:
            message = writer(letter, language)
            # Slack is asked only about what would be sent.
            if message is None or self._may_know(letter):
                return message
            if letter.kind in ABOUT_A_SEAT:
                # Who it was offered to is known to the database, who they are by now to Slack alone.
                self._withdraw(OccurrenceId(letter.subject), letter.to)
            return None

        return write

    def _may_know(self, letter: Letter) -> bool:
        with self._uow.reading() as work:
            event = work.events.occurrence(OccurrenceId(letter.subject)).event
            audience = work.announcements.get(event).audience
        if audience is Audience.PUBLIC:
            return True
        return self._is_staff(letter.to) if audience is Audience.COORDINATORS else self._insiders.is_insider(letter.to)

    def _is_staff(self, person: MemberId) -> bool:
        try:
            return self._roles.is_staff(person)
        except RolesUnknownError as error:
            raise SlackUnavailableError(person) from error
