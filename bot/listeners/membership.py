"""What members do about themselves: pausing, leaving, and wishing not to meet somebody."""

from __future__ import annotations

import calendar
import logging
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS
from bot.blocks.own_profile import PAUSES
from bot.blocks.status import TIMEZONE
from bot.blocks.wishes import (
    ALL,
    BLIND,
    FOR_ALL,
    ORGANISATIONS,
    PEOPLE,
    UNTIL,
    wishes_modal,
)
from bot.clicked import chosen_value, reading
from bot.durable import Durable
from bot.failures import note_failure
from bot.filled_in import FilledIn, language_named
from bot.introduction_notes import Change, Deed
from bot.listeners.home import Home
from bot.membership import Membership, user_in
from bot.opening import Opening
from knowledge.errors import NotFoundError
from knowledge.members.profiles import Profiles
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Exclusion,
    Language,
    MemberId,
    OrganisationId,
)
from knowledge.ports import Clock

Payload = dict[str, Any]
_log = logging.getLogger(__name__)


class MemberActions:
    """Listeners for the buttons on the Home tab and the forms behind them. Everybody acts for themselves alone."""

    def __init__(
        self,
        profiles: Profiles,
        membership: Membership,
        opening: Opening,
        home: Home,
        durable: Durable,
        clock: Clock,
    ) -> None:
        self._profiles = profiles
        self._membership = membership
        self._opening = opening
        self._home = home
        self._durable = durable
        self._clock = clock

    def redraw(self, body: Payload) -> None:
        """The slow half of every change: show the Home tab as it is now."""
        self._home.draw(user_in(body))

    def pause(self, ack: Ack, body: Payload) -> None:
        """Propose the member to nobody for so many months."""
        with reading("a pause"):
            months = int(chosen_value(body))
        until = months_later(self._today(), months if months in PAUSES else PAUSES[0])
        self._do(ack, lambda member: self._profiles.snooze(member, until), body)

    def resume(self, ack: Ack, body: Payload) -> None:
        """Come back from a pause."""
        self._do(ack, self._profiles.resume, body)

    def leave(self, ack: Ack, body: Payload) -> None:
        """Erase everything of the member; those who waited for an answer of theirs are told."""

        def leave(member: MemberId) -> None:
            name = f"leave:{member}:{body['actions'][0]['action_ts']}"
            self._durable.introductions.carry_out(Change(name, Deed.LEAVE, member, at=self._clock().timestamp()))

        self._do(ack, leave, body)

    def open_wishes(self, body: Payload) -> None:
        """Show whom the member does not want to meet."""
        language = self._language(body)
        self._opening.open(
            body,
            lambda member: wishes_modal(self._profiles.wishes(member), self._profiles.organisations(member), language),
            language,
        )

    def keep_wishes(self, ack: Ack, body: Payload) -> None:
        """The submitted form: new wishes are added, those that are gone are taken back, the others stay as they are.

        Those about people whom the member is not told stand in no picker: they go where they are ticked.
        """
        member, filled = self._membership.member_in(body), FilledIn(body["view"])

        def keep() -> None:
            wanted = dict(self._wanted(member, filled))
            kept, ticked = self._profiles.wishes(member), set(filled.choices(BLIND))
            before = {(wish.member, wish.organisation): wish for wish in kept if not wish.is_blind}
            taken_back = [wish for wish in kept if wish.is_blind and wish.key in ticked]
            for gone in [*(before[each] for each in before.keys() - wanted.keys()), *taken_back]:
                self._profiles.allow(gone)
            for new in wanted.keys() - before.keys():
                self._profiles.exclude(wanted[new])

        self._submit(ack, body, PEOPLE, keep)

    def _wanted(
        self, member: MemberId, filled: FilledIn
    ) -> Iterator[tuple[tuple[MemberId, OrganisationId], Exclusion]]:
        for_all, until = ALL in filled.choices(FOR_ALL), filled.day(UNTIL)
        people = {self._membership.member(user) for user in filled.people(PEOPLE)} - {member}
        for one in sorted(people):
            yield (one, NO_ORGANISATION), Exclusion(member, one, NO_ORGANISATION, for_all, until)
        for organisation in self._known(member, filled.choices(ORGANISATIONS)):
            yield (NOBODY, organisation), Exclusion(member, NOBODY, organisation, for_all, until)

    def _known(self, member: MemberId, chosen: Collection[str]) -> list[OrganisationId]:
        return [each.id for each in self._profiles.organisations(member) if each.id in chosen]

    def _do(self, ack: Ack, change: Callable[[MemberId], object], body: Payload) -> None:
        """A click: kept before Slack is told; what can no longer be done shows when the Home tab is drawn anew."""
        try:
            change(self._membership.member_in(body))
        except NotFoundError:
            _log.info("a click came too late")
        ack()

    def _submit(self, ack: Ack, body: Payload, place: str, change: Callable[[], None]) -> None:
        """A form: what is wrong is told at the field called `place`."""
        language = language_named(body["view"].get("private_metadata"), Language.FI)
        try:
            change()
        except NotFoundError:
            ack(response_action="errors", errors={place: TEXTS.get("profile.needed", language)})
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a form was not kept"))
            ack(response_action="errors", errors={place: text})
        else:
            ack()

    def _language(self, body: Payload) -> Language:
        return self._profiles.language_of(self._membership.member_in(body))

    def _today(self) -> date:
        return self._clock().astimezone(TIMEZONE).date()


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
