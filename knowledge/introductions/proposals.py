"""Introductions from the idea to the outcome: each method is one transaction, and may be repeated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from knowledge.errors import NotFoundError, RolesUnknownError
from knowledge.introductions.drafting import (
    NO_GROUND,
    Idea,
    Refusal,
    RefusedError,
    check,
    check_people,
    is_called_off,
    lock,
    open_between,
    standing_of,
    still_stands,
)
from knowledge.introductions.rounds import Matching, meeting_at, propose, taking_part
from knowledge.introductions.rules import Rules, standing, wishes_to_meet
from knowledge.introductions.silence import hear_from, pause_silent, paused_by
from knowledge.introductions.transitions import asked_how_it_went, called_off, ended, expired, replied, side_of, told
from knowledge.model import (
    NOBODY,
    Act,
    AuditEntry,
    CommonGround,
    Handle,
    Introduction,
    IntroductionId,
    IntroductionState,
    MemberId,
    OccurrenceId,
    Origin,
    Outcome,
    Reply,
    Round,
    RoundId,
)
from knowledge.ports import Clock, Roles, UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Periods:
    """How long a proposal waits for answers, and when after an introduction both are asked how it went."""

    reply: timedelta = timedelta(days=7)
    follow_up: timedelta = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Expiry:
    """A proposal whose time may have run out, and who is paused because of it."""

    introduction: Introduction
    paused: tuple[MemberId, ...]


class Introductions:
    """What is done with introductions. A member or an introduction that is gone raises NotFoundError."""

    def __init__(
        self, uow: UnitOfWorkFactory, matching: Matching, clock: Clock, periods: Periods, roles: Roles
    ) -> None:
        self._uow = uow
        self._matching = matching
        self._clock = clock
        self._periods = periods
        self._roles = roles

    def get(self, introduction: IntroductionId) -> Introduction:
        """As it stands."""
        with self._uow.reading() as work:
            return work.introductions.get(introduction)

    def behind(self, handle: Handle) -> MemberId:
        """Whom a button asks for; NOBODY where they have left or are not to be told apart any more."""
        try:
            with self._uow.reading() as work:
                return work.members.behind(handle)
        except NotFoundError:
            return NOBODY

    def ask(self, asker: MemberId, wanted: MemberId) -> Introduction:
        """Propose that a member meets whom they ask for, which is their yes; raises RefusedError."""
        proposed = self._proposed(Idea(asker, wanted, Origin.ASKED, asker))
        # Whoever asks for somebody that was proposed to them anyway has answered by that.
        return self.reply(proposed.id, asker, Reply.YES)

    def is_waiting(self, asker: MemberId, wanted: MemberId) -> bool:
        """Whether the asker has said yes to meeting the other already, who has yet to answer."""
        with self._uow.reading() as work:
            between = [each for each in work.introductions.of(asker) if each.is_open and wanted in each.members]
        return any(side_of(each, asker).reply is not Reply.OPEN for each in between)

    def make(self, coordinator: MemberId, first: MemberId, second: MemberId) -> Introduction:
        """Propose two to each other at a coordinator's wish; raises RefusedError."""
        if not self._is_staff(coordinator):
            raise RefusedError(Refusal.NOT_STAFF)
        return self._proposed(Idea(first, second, Origin.COORDINATOR, coordinator))

    def hold_round(self, round_id: RoundId) -> Sequence[Introduction]:
        """What a round proposes. It is held once: later calls return what it proposed then."""
        return self._hold(round_id, Origin.ROUND, self._periods.reply)

    def hold_meeting(self, occurrence: OccurrenceId) -> Sequence[Introduction]:
        """The same among those who come to an event and wish to meet somebody there; they answer before it begins."""
        with self._uow.reading() as work:
            patience = work.events.occurrence(occurrence).starts_at - self._clock()
            among = {each.person for each in work.sign_ups.of(occurrence) if wishes_to_meet(each)}
        return self._hold(meeting_at(occurrence), Origin.EVENT, min(patience, self._periods.reply), among)

    def _hold(
        self, round_id: RoundId, origin: Origin, patience: timedelta, among: Collection[MemberId] | None = None
    ) -> Sequence[Introduction]:
        with self._uow.reading() as work:
            at = standing(work, self._clock())
            if any(held.id == round_id for held in work.introductions.rounds()):
                return work.introductions.round_of(round_id)
        members = taking_part(at, among)
        drafts = []
        for pair in propose(at, members, self._matching):
            idea = Idea(pair.first.id, pair.second.id, origin, NOBODY, round_id)
            drafts.append(idea.drafted(pair.ground, self._clock(), patience))
        return self._keep(Round(round_id, self._clock(), len(members), len(drafts)), drafts)

    def reply(self, introduction: IntroductionId, member: MemberId, said: Reply) -> Introduction:
        """A side's answer; the first one counts. Returns how it stands then."""
        with self._uow() as work:
            lock(work, work.introductions.get(introduction).members)
            hear_from(work, member)
            before = work.introductions.lock(introduction)
            after = replied(before, member, said, self._clock(), self._periods.follow_up)
            is_made = before.is_open and after.state is IntroductionState.MADE
            if is_made and is_called_off(work, after, self._clock()):
                after = called_off(after, self._clock())
            work.introductions.put(after)
            work.commit()
        return after

    def expire(self, introduction: IntroductionId) -> Expiry:
        """The end of a proposal whose time has run out. Who was silent for too many rounds is paused."""
        with self._uow() as work:
            lock(work, work.introductions.get(introduction).members)
            before = work.introductions.lock(introduction)
            after = expired(before, self._clock())
            work.introductions.put(after)
            paused = paused_by(work, after) if after == before else pause_silent(work, after)
            work.commit()
        return Expiry(after, tuple(paused))

    def ask_how_it_went(self, introduction: IntroductionId) -> Introduction:
        """Note that both are asked now, where it is time."""
        with self._uow() as work:
            after = asked_how_it_went(work.introductions.lock(introduction), self._clock())
            work.introductions.put(after)
            work.commit()
        return after

    def tell_outcome(self, introduction: IntroductionId, member: MemberId, outcome: Outcome) -> Introduction:
        """What a side says of how it went; the last word counts."""
        with self._uow() as work:
            hear_from(work, member)
            after = told(work.introductions.lock(introduction), member, outcome)
            work.introductions.put(after)
            work.commit()
        return after

    def end_all_of(self, member: MemberId) -> list[Introduction]:
        """End what is open of somebody who leaves, and return it; call it before the member is removed."""
        with self._uow() as work:
            found = [work.introductions.lock(each.id) for each in work.introductions.of(member) if each.is_open]
            after = [ended(each, self._clock()) for each in found]
            for each in after:
                work.introductions.put(each)
            work.commit()
        return after

    def due(self) -> Sequence[Introduction]:
        """What should have expired by now, or is to be followed up."""
        with self._uow.reading() as work:
            return work.introductions.due(self._clock())

    def _proposed(self, idea: Idea) -> Introduction:
        """The idea as a proposal, or what the two have before them already; raises RefusedError."""
        ground = self._ground(idea)
        with self._uow() as work:
            at = standing_of(work, idea, self._clock())
            check_people(at, idea)
            existing = open_between(at, idea)
            if existing is not None:
                return existing
            check(at, idea)
            made = idea.drafted(ground, self._clock(), self._periods.reply)
            work.introductions.put(made)
            if made.origin is Origin.COORDINATOR:
                work.audit.add(AuditEntry(self._clock(), made.asked_by, Act.INTRODUCE, made.id))
            work.commit()
        return made

    def _is_staff(self, person: MemberId) -> bool:
        try:
            return self._roles.is_staff(person)
        except RolesUnknownError:
            return False

    def _ground(self, idea: Idea) -> CommonGround:
        with self._uow.reading() as work:
            found = work.members.have([idea.first, idea.second])
        if {idea.first, idea.second} > found.keys():
            return NO_GROUND
        return self._matching.compare([found[idea.first], found[idea.second]]).ground(0, 1) or NO_GROUND

    def _keep(self, held: Round, drafts: Sequence[Introduction]) -> Sequence[Introduction]:
        with self._uow() as work:
            lock(work, [member for draft in drafts for member in draft.members])
            # The world went on while the pairs were found.
            rules = Rules(standing(work, self._clock()))
            kept = [draft for draft in drafts if still_stands(rules, draft)]
            if not work.introductions.add_round(replace(held, pairs=len(kept))):
                return work.introductions.round_of(held.id)
            for draft in kept:
                work.introductions.put(draft)
            work.commit()
        return kept
