"""What follows from a deed about introductions: the change in what is stored, and who is to be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from bot.failures import note_failure
from bot.introduction_notes import BY_TIME, SNOOZED, Change, Deed, Notice, closing, late, saying, standing
from bot.presence import Presence
from knowledge.errors import NotFoundError, RolesUnknownError
from knowledge.introductions.drafting import RefusedError
from knowledge.introductions.proposals import Introductions
from knowledge.introductions.rules import day_of
from knowledge.introductions.scenes import Scenes
from knowledge.members.appointing import Appointments
from knowledge.members.profiles import NotAllowedError
from knowledge.model import (
    NOBODY,
    Exclusion,
    Handle,
    IntroductionId,
    MemberId,
    OccurrenceId,
    OrganisationId,
    Outcome,
    Reply,
    RoundId,
)
from knowledge.ports import Clock

SNOOZE = timedelta(days=91)
"""Three months."""
AMPLE = timedelta(minutes=1)
"""By how much the clocks of two processes may differ, one of which goes on with what the other began."""


class Wishes(Protocol):
    """What a member can wish for beside a yes or a no."""

    def snooze(self, member: MemberId, until: date) -> object:
        """Propose the member to nobody before that day."""
        ...

    def resume(self, member: MemberId) -> object:
        """Propose the member again."""
        ...

    def exclude(self, wish: Exclusion) -> object:
        """Keep a wish not to be introduced."""
        ...

    def leave(self, member: MemberId) -> object:
        """Erase everything of the member."""
        ...


class Changes:
    """Does each deed; again with the same one, it changes nothing more."""

    def __init__(
        self,
        introductions: Introductions,
        wishes: Wishes,
        appointments: Appointments,
        scenes: Scenes,
        presence: Presence,
        clock: Clock,
    ) -> None:
        self._introductions = introductions
        self._wishes = wishes
        self._appointments = appointments
        self._scenes = scenes
        self._presence = presence
        self._clock = clock
        self._deeds: dict[Deed, Callable[[Change], Sequence[Notice]]] = {
            Deed.ASK: self._ask,
            Deed.MAKE: self._make,
            Deed.REPLY: self._reply,
            Deed.SNOOZE: self._snooze,
            Deed.EXCLUDE_PERSON: self._exclude,
            Deed.EXCLUDE_ORGANISATION: self._exclude,
            Deed.RESUME: self._resume,
            Deed.OUTCOME: self._tell_outcome,
            Deed.LEAVE: self._leave,
            Deed.APPOINT: self._appoint,
            Deed.HAND_OVER: self._hand_over,
            Deed.ROUND: self._hold_round,
            Deed.MEETING: self._hold_meeting,
            Deed.EXPIRE: self._expire,
            Deed.FOLLOW_UP: self._follow_up,
            Deed.AWAY: self._note_presence,
            Deed.BACK: self._note_presence,
        }

    def do(self, change: Change) -> Sequence[Notice]:
        """Do it; returns who is to be told. What comes after the end of an introduction only closes its message."""
        try:
            return self._deeds[Deed(change.deed)](change)
        except NotFoundError:
            if not (change.member and change.subject):
                return []
            return [late(change)]
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            reference = note_failure(f"{change.id} failed")
            is_waited_for = change.member and change.deed not in BY_TIME
            return [saying(change, change.member, "failed", reference)] if is_waited_for else []

    def _ask(self, change: Change) -> Sequence[Notice]:
        asker, wanted = MemberId(change.member), self._introductions.behind(Handle(change.other))
        is_waiting = self._introductions.is_waiting(asker, wanted)
        try:
            asked = self._introductions.ask(asker, wanted)
        except RefusedError as error:
            return [saying(change, asker, error.reason.value)]
        # Nothing changes then, so that nothing else would be told.
        return [standing(asked), saying(change, asker, "waiting")] if is_waiting else [standing(asked)]

    def _make(self, change: Change) -> Sequence[Notice]:
        pair = (MemberId(change.first), MemberId(change.other))
        try:
            made = self._introductions.make(MemberId(change.member), *pair)
        except RefusedError as error:
            return [saying(change, change.member, f"make_{error.reason.value}")]
        return [standing(made)]

    def _reply(self, change: Change) -> Sequence[Notice]:
        said = self._introductions.reply(IntroductionId(change.subject), MemberId(change.member), Reply(change.value))
        return [standing(said)]

    def _snooze(self, change: Change) -> Sequence[Notice]:
        member, until = MemberId(change.member), day_of(self._clock()) + SNOOZE
        self._wishes.snooze(member, until)
        return [*self._decline(change), saying(change, member, SNOOZED, until.isoformat())]

    def _exclude(self, change: Change) -> Sequence[Notice]:
        member = MemberId(change.member)
        views = self._scenes.of(IntroductionId(change.subject))
        view = next((view for view in views if view.side.member == member), None)
        if view is None:
            return []
        # The organisation that was shown where it was clicked, never the one that they are of by now.
        home, word = OrganisationId(change.other), f"excluded_{change.deed}"
        if change.deed == Deed.EXCLUDE_PERSON:
            proposed_on = day_of(view.introduction.proposed_at)
            self._wishes.exclude(Exclusion.suggested(member, view.other.id, view.introduction.id, proposed_on))
        elif self._scenes.is_known(home):
            self._wishes.exclude(Exclusion(member, NOBODY, home, for_all=False, until=date.max))
        else:
            word = "excluded_nobody"
        return [*self._decline(change), saying(change, member, word)]

    def _decline(self, change: Change) -> Sequence[Notice]:
        return self._reply(replace(change, value=Reply.NO.value))

    def _resume(self, change: Change) -> Sequence[Notice]:
        self._wishes.resume(MemberId(change.member))
        return [saying(change, change.member, "resumed")]

    def _tell_outcome(self, change: Change) -> Sequence[Notice]:
        outcome = Outcome(change.value)
        told = self._introductions.tell_outcome(IntroductionId(change.subject), MemberId(change.member), outcome)
        return [standing(told)]

    def _leave(self, change: Change) -> Sequence[Notice]:
        # Not erased here: what is returned must be written down before nobody can tell any more who was waiting.
        member = MemberId(change.member)
        ended = self._introductions.end_all_of(member)
        sides = [(each, side) for each in ended for side in (each.first, each.second) if side.member != member]
        return [closing(each, side) for each, side in sides]

    def erase(self, change: Change) -> None:
        """The last thing that is done for somebody who leaves."""
        self._wishes.leave(MemberId(change.member))

    def _appoint(self, change: Change) -> Sequence[Notice]:
        """Those concerned are the ones that were written down: done a second time, the one before is the new one."""
        before, to = MemberId(change.first), MemberId(change.other)
        try:
            organisation, by = OrganisationId(change.subject), MemberId(change.member)
            made = self._appointments.appoint(organisation, to, instead_of=before, by=by)
        except (NotAllowedError, RolesUnknownError):
            # Whoever asked looks what came of it.
            return []
        told = [saying(change, to, "contact_new", made.name)]
        return told if before == NOBODY else [*told, saying(change, before, "contact_old", made.name)]

    def _hand_over(self, change: Change) -> Sequence[Notice]:
        """Whoever hands over looks what came of it, as a coordinator does."""
        to = MemberId(change.other)
        try:
            made = self._appointments.hand_over(OrganisationId(change.subject), to, by=MemberId(change.member))
        except NotAllowedError:
            return []
        return [saying(change, to, "contact_given", made.name)]

    def _hold_round(self, change: Change) -> Sequence[Notice]:
        held = self._introductions.hold_round(RoundId(change.subject))
        return [replace(standing(each), is_new=True) for each in held]

    def _hold_meeting(self, change: Change) -> Sequence[Notice]:
        held = self._introductions.hold_meeting(OccurrenceId(change.subject))
        return [replace(standing(each), is_new=True) for each in held]

    def _expire(self, change: Change) -> Sequence[Notice]:
        expiry = self._introductions.expire(IntroductionId(change.subject))
        return [standing(expiry.introduction), *(saying(change, member, "paused") for member in expiry.paused)]

    def _follow_up(self, change: Change) -> Sequence[Notice]:
        return [standing(self._introductions.ask_how_it_went(IntroductionId(change.subject)))]

    def _note_presence(self, change: Change) -> Sequence[Notice]:
        """Both are told what is over: the account may be a guest's now, who reads on."""
        since = datetime.fromtimestamp(change.at, UTC) - AMPLE
        ended = self._presence.note(MemberId(change.member), is_away=change.deed == Deed.AWAY, since=since)
        return [closing(each, side) for each in ended for side in (each.first, each.second)]
