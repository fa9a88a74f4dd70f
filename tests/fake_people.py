"""Members and introductions in memory, with transactions: for tests with thousands of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from knowledge.errors import NotFoundError
from knowledge.model import (
    AuditEntry,
    Exclusion,
    Handle,
    Introduction,
    IntroductionId,
    IntroductionState,
    Member,
    MemberId,
    Organisation,
    OrganisationId,
    Outcome,
    Round,
    RoundId,
)
from knowledge.model.identifiers import Mark
from knowledge.model.wishes import Rest
from knowledge.ports import UnitOfWork

K = TypeVar("K")
V = TypeVar("V")
Wish = tuple[MemberId, MemberId, OrganisationId, str]


class Table(Generic[K, V]):
    """Rows by key. What was changed is kept apart until it is committed."""

    def __init__(self) -> None:
        self._kept: dict[K, V] = {}
        self._changed: dict[K, V | None] = {}

    def put(self, key: K, row: V) -> None:
        """Store or replace."""
        self._changed[key] = row

    def remove(self, key: K) -> None:
        """Take it away, where it is there."""
        self._changed[key] = None

    def find(self, key: K) -> V | None:
        """The row, if any."""
        return self._changed[key] if key in self._changed else self._kept.get(key)

    def __iter__(self) -> Iterator[V]:
        return iter([row for row in (self._kept | self._changed).values() if row is not None])

    def commit(self) -> None:
        """Keep the changes."""
        for key, row in self._changed.items():
            if row is None:
                self._kept.pop(key, None)
            else:
                self._kept[key] = row
        self._changed.clear()

    def roll_back(self) -> None:
        """Forget the changes."""
        self._changed.clear()


class FakeMembers:
    """The part of `knowledge.ports.MemberRepository` that introductions need."""

    def __init__(self, introductions: FakeIntroductions) -> None:
        self.rows: Table[MemberId, Member] = Table()
        self.wishes: Table[Wish, Exclusion] = Table()
        self.left_alone: Table[tuple[MemberId, Mark], Rest] = Table()
        self._introductions = introductions

    def put(self, member: Member) -> None:
        """Store or replace."""
        self.rows.put(member.id, member)

    def get(self, member: MemberId) -> Member:
        """Raise NotFoundError where there is none."""
        found = self.rows.find(member)
        if found is None:
            raise NotFoundError(member)
        return found

    def behind(self, handle: Handle) -> MemberId:
        """Raise NotFoundError where there is none."""
        for each in self.all():
            if each.handle == handle:
                return each.id
        raise NotFoundError(handle)

    def lock(self, member: MemberId) -> Member:
        """As `get`: there is one thread."""
        return self.get(member)

    def have(self, members: Collection[MemberId]) -> Mapping[MemberId, Member]:
        """Those of them that there are."""
        found = {member: self.rows.find(member) for member in members}
        return {member: row for member, row in found.items() if row is not None}

    def all(self) -> Sequence[Member]:
        """In the order they joined."""
        return sorted(self.rows, key=lambda member: (member.joined_at, member.id))

    def remove(self, member: MemberId) -> None:
        """Erase everything of the member."""
        self.rows.remove(member)
        for wish in self.wishes:
            if member in {wish.by, wish.member}:
                self.allow(wish)
        for rest in self.left_alone:
            if rest.member == member:
                self.left_alone.remove((rest.member, rest.mark))
        for each in self._introductions.of(member):
            self._introductions.rows.remove(each.id)

    def exclude(self, exclusion: Exclusion) -> None:
        """Store a wish; the same one is replaced."""
        self.wishes.put(_wish(exclusion), exclusion)

    def allow(self, wish: Exclusion) -> None:
        """Take a wish back."""
        self.wishes.remove(_wish(wish))

    def exclusions(self) -> Sequence[Exclusion]:
        """Every wish."""
        return sorted(self.wishes, key=lambda wish: wish.by)

    def rest(self, rest: Rest) -> None:
        """Store a rest; one between the same two is replaced."""
        self.left_alone.put((rest.member, rest.mark), rest)

    def rests(self) -> Sequence[Rest]:
        """Every rest."""
        return list(self.left_alone)


def _wish(wish: Exclusion) -> Wish:
    return (wish.by, wish.member, wish.organisation, wish.key if wish.is_blind else "")


class FakeIntroductions:
    """A `knowledge.ports.IntroductionRepository`."""

    def __init__(self) -> None:
        self.rows: Table[IntroductionId, Introduction] = Table()
        self.held: Table[RoundId, Round] = Table()

    def put(self, introduction: Introduction) -> None:
        """Store or replace."""
        self.rows.put(introduction.id, replace(introduction))

    def get(self, introduction: IntroductionId) -> Introduction:
        """Raise NotFoundError where there is none."""
        found = self.rows.find(introduction)
        if found is None:
            raise NotFoundError(introduction)
        return found

    def lock(self, introduction: IntroductionId) -> Introduction:
        """As `get`: there is one thread."""
        return self.get(introduction)

    def of(self, member: MemberId) -> Sequence[Introduction]:
        """The newest first."""
        return self._ordered(member=member)

    def all(self) -> Sequence[Introduction]:
        """The newest first."""
        return self._ordered()

    def declined(self, member: MemberId) -> Sequence[tuple[MemberId, datetime]]:
        """With whom it came to a no, and when."""
        said_no = [each for each in self.of(member) if each.state is IntroductionState.DECLINED]
        return [(side, each.due_at) for each in said_no for side in each.members if side != member]

    def due(self, now: datetime) -> Sequence[Introduction]:
        """What waits for something that should have happened."""

        def waits(each: Introduction) -> bool:
            is_unasked = Outcome.UNKNOWN in {each.first.outcome, each.second.outcome}
            return each.is_open or (each.state is IntroductionState.MADE and is_unasked)

        return [each for each in self._ordered() if each.due_at <= now and waits(each)]

    def add_round(self, held: Round) -> bool:
        """False where one of this name was held."""
        if self.held.find(held.id) is not None:
            return False
        self.held.put(held.id, held)
        return True

    def round_of(self, round_id: RoundId) -> Sequence[Introduction]:
        """What was proposed in a round."""
        return [each for each in self._ordered() if each.round == round_id]

    def rounds(self) -> Sequence[Round]:
        """The newest first."""
        return sorted(self.held, key=lambda held: held.held_at, reverse=True)

    def _ordered(self, member: MemberId | None = None) -> Sequence[Introduction]:
        rows = [each for each in self.rows if member is None or member in each.members]
        return sorted(sorted(rows, key=lambda each: each.id), key=lambda each: each.proposed_at, reverse=True)


class FakeAudit:
    """An audit log that is only written."""

    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []

    def add(self, entry: AuditEntry) -> None:
        """Write down."""
        self.entries.append(entry)


class NoOrganisations:
    """None is known: whoever belongs to one only names it."""

    def all(self) -> Sequence[Organisation]:
        """None."""
        return ()


class FakePeople:
    """A factory of units of work, and its own unit of work: one at a time."""

    def __init__(self) -> None:
        self.introductions = FakeIntroductions()
        self.members = FakeMembers(self.introductions)
        self.audit = FakeAudit()
        self.organisations = NoOrganisations()

    def __call__(self) -> UnitOfWork:
        """Begin; only what introductions need is there."""
        return cast(UnitOfWork, self)

    def reading(self) -> UnitOfWork:
        """Begin."""
        return self()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in self._tables():
            table.roll_back()

    def commit(self) -> None:
        """Keep what was done."""
        for table in self._tables():
            table.commit()

    def _tables(
        self,
    ) -> Sequence[
        Table[MemberId, Member]
        | Table[IntroductionId, Introduction]
        | Table[Wish, Exclusion]
        | Table[tuple[MemberId, Mark], Rest]
        | Table[RoundId, Round]
    ]:
        members, introductions = self.members, self.introductions
        return (members.rows, members.wishes, members.left_alone, introductions.rows, introductions.held)
