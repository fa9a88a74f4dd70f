"""Whom members do not want to meet, in SQL: those they named, those they are not told, and who is left alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge.model import NO_ORGANISATION, NOBODY, Exclusion, IntroductionId, MemberId, OrganisationId
from knowledge.model.identifiers import Mark
from knowledge.model.wishes import Rest
from knowledge.store.member_tables import BlindExclusionRow, ExclusionRow, MemberRow, RestRow
from knowledge.store.upserting import upsert


class SqlWishes:
    """The part of `knowledge.ports.MemberRepository` that is about wishes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def exclude(self, wish: Exclusion) -> None:
        """Store a wish; the same one by the same member is replaced."""
        reach = {"for_all": wish.for_all, "on_behalf_of": wish.on_behalf_of, "until": wish.until}
        if wish.is_blind:
            meant = {"key": wish.key, "mark": wish.mark}
            origin = {"suggestion": wish.suggestion, "suggested_on": wish.suggested_on}
            upsert(self._session, BlindExclusionRow, {"by": wish.by} | meant | reach | origin)
        else:
            meant = {"member": wish.member, "organisation": wish.organisation}
            upsert(self._session, ExclusionRow, {"by": wish.by} | meant | reach)

    def allow(self, wish: Exclusion) -> None:
        """Take a wish back."""
        row = BlindExclusionRow if wish.is_blind else ExclusionRow
        keys = ("key",) if wish.is_blind else ("member", "organisation")
        same = (getattr(row, name) == getattr(wish, name) for name in keys)
        self._session.execute(delete(row).where(row.by == wish.by, *same))

    def forget(self, member: MemberId) -> None:
        """Erase the wishes that name somebody."""
        self._session.execute(delete(ExclusionRow).where(ExclusionRow.member == member))

    def all(self) -> Sequence[Exclusion]:
        """Every wish that has been stored, by their authors."""
        authored = select(ExclusionRow, MemberRow.organisation).join(MemberRow, MemberRow.id == ExclusionRow.by)
        named = (_named(row, OrganisationId(own)) for row, own in self._session.execute(authored))
        blind = map(_blind, self._session.scalars(select(BlindExclusionRow)))
        return sorted([*named, *blind], key=_place)

    def rest(self, rest: Rest) -> None:
        """Store a rest; one between the same two is replaced."""
        upsert(self._session, RestRow, {"member": rest.member, "mark": rest.mark, "until": rest.until})

    def rests(self) -> Sequence[Rest]:
        """Every rest that has been stored."""
        return [Rest(MemberId(row.member), Mark(row.mark), row.until) for row in self._session.scalars(select(RestRow))]


def _place(wish: Exclusion) -> tuple[str, ...]:
    return (wish.by, wish.member, wish.organisation, wish.suggested_on.isoformat(), wish.key)


def _named(row: ExclusionRow, own: OrganisationId) -> Exclusion:
    """The wish, where its author is of `own` now."""
    # The release before, which may work beside this one, writes down that a wish is for all, but not for whom.
    for_whom = OrganisationId(row.on_behalf_of) or own if row.for_all else NO_ORGANISATION
    return Exclusion(
        MemberId(row.by),
        MemberId(row.member),
        OrganisationId(row.organisation),
        row.for_all,
        row.until,
        for_whom,
    )


def _blind(row: BlindExclusionRow) -> Exclusion:
    return Exclusion(
        MemberId(row.by),
        NOBODY,
        NO_ORGANISATION,
        row.for_all,
        row.until,
        OrganisationId(row.on_behalf_of),
        Mark(row.mark),
        IntroductionId(row.suggestion),
        row.suggested_on,
    )
