"""Who comes to an event: for whoever asks, those who agreed to be seen; for coordinators everybody, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.blocks.company import attendance_table, company_message
from bot.blocks.elements import TEXTS, fallback
from bot.blocks.signing import headline
from bot.blocks.status import notice
from bot.clicked import clicked_value
from bot.delivery import Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.files import Files
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.membership import user_in
from bot.visiting import Visitors
from knowledge.events.admission import SignUpRefusedError
from knowledge.events.attending import Attendee, Attending
from knowledge.model import Language, MemberId, OccurrenceId, user_of

Payload = Mapping[str, Any]


class Attendance:
    """The listener for buttons that show who comes."""

    def __init__(
        self, attending: Attending, visitors: Visitors, lookup: Lookup, files: Files, whispering: Whispering
    ) -> None:
        self._attending = attending
        self._visitors = visitors
        self._lookup = lookup
        self._files = files
        self._whispering = whispering

    def show(self, body: Payload) -> None:
        """Who else comes."""
        self._answer(body, self._company)

    def send(self, body: Payload) -> None:
        """Everybody's word, to a coordinator's direct messages."""
        self._answer(body, self._table)

    def _answer(self, body: Payload, find: Callable[[Payload, Language], Outgoing]) -> None:
        language = self._whispering.language(body)
        try:
            told = find(body, language)
        except SignUpRefusedError as error:
            told = notice(f"signup.refused.{error.reason.value}", language)
        except (SlackUnavailableError, UndeliverableError):
            told = notice("signup.unsure", language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever clicked is told
            told = notice("form.failed", language, reference=note_failure("who comes cannot be told"))
        self._whispering.send(body, told)

    def _company(self, body: Payload, language: Language) -> Outgoing:
        company = self._attending.company(_occurrence(body), self._visitors.visitor(body))
        return company_message(company, self._names(company.people), language)

    def _table(self, body: Payload, language: Language) -> Outgoing:
        if not self._visitors.is_staff(body):
            return notice("signup.table.refused", language)
        roll = self._attending.roll(_occurrence(body))
        table = attendance_table(roll, self._names(roll.people), language)
        comment = fallback(headline(roll.table, language))
        self._files.send(user_in(body), TEXTS.get("signup.table.file_name", language), table, comment)
        return notice("signup.table.sent", language)

    def _names(self, people: Sequence[Attendee]) -> dict[MemberId, str]:
        names = self._lookup.names_of([user_of(each.sign_up.person) for each in people])
        return {each.sign_up.person: names[user_of(each.sign_up.person)] for each in people}


def _occurrence(body: Payload) -> OccurrenceId:
    return OccurrenceId(clicked_value(body))
