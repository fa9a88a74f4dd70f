"""Introductions and rounds in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import (
    NO_ORGANISATION,
    Aspect,
    CommonGround,
    Excerpt,
    Introduction,
    IntroductionId,
    IntroductionState,
    Language,
    MemberId,
    OrganisationId,
    Origin,
    Outcome,
    Reply,
    Round,
    RoundId,
    Side,
)
from knowledge.store.member_tables import IntroductionRow, RoundRow
from knowledge.store.upserting import insert_once, upsert

_OUTCOMES = (IntroductionRow.first_outcome, IntroductionRow.second_outcome)


class SqlIntroductions:
    """See `knowledge.ports.IntroductionRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, introduction: Introduction) -> None:
        """Store, or replace what is stored under the same id."""
        upsert(self._session, IntroductionRow, _values(introduction))

    def get(self, introduction: IntroductionId) -> Introduction:
        """The introduction; raises NotFoundError."""
        return self._one(select(IntroductionRow).where(IntroductionRow.id == introduction), introduction)

    def lock(self, introduction: IntroductionId) -> Introduction:
        """As `get`, and nobody else changes it before this transaction ends."""
        found = select(IntroductionRow).where(IntroductionRow.id == introduction)
        return self._one(found.with_for_update().execution_options(populate_existing=True), introduction)

    def of(self, member: MemberId) -> Sequence[Introduction]:
        """Those in which the member is a side, the newest first."""
        is_side = or_(IntroductionRow.first == member, IntroductionRow.second == member)
        return self._many(select(IntroductionRow).where(is_side))

    def all(self) -> Sequence[Introduction]:
        """The newest first."""
        return self._many(select(IntroductionRow))

    def declined(self, member: MemberId) -> Sequence[tuple[MemberId, datetime]]:
        """With whom the member was not introduced because one of them said no, and when that was."""
        said_no = IntroductionRow.state == IntroductionState.DECLINED.value
        sides = ((IntroductionRow.first, IntroductionRow.second), (IntroductionRow.second, IntroductionRow.first))
        found = (select(across, IntroductionRow.due_at).where(said_no, own == member) for own, across in sides)
        return [(MemberId(other), at) for each in found for other, at in self._session.execute(each)]

    def due(self, now: datetime) -> Sequence[Introduction]:
        """What should have expired by now, and what is made and has a side that was not asked how it went."""
        unasked = or_(*(column == Outcome.UNKNOWN.value for column in _OUTCOMES))
        waits = or_(
            IntroductionRow.state == IntroductionState.PROPOSED.value,
            and_(IntroductionRow.state == IntroductionState.MADE.value, unasked),
        )
        return self._many(select(IntroductionRow).where(IntroductionRow.due_at <= now, waits))

    def add_round(self, held: Round) -> bool:
        """Store a round; false where one of this name was held already."""
        return insert_once(self._session, RoundRow, asdict(held))

    def round_of(self, round_id: RoundId) -> Sequence[Introduction]:
        """What was proposed in a round, the newest first."""
        return self._many(select(IntroductionRow).where(IntroductionRow.round == round_id))

    def rounds(self) -> Sequence[Round]:
        """The newest first."""
        rows = self._session.scalars(select(RoundRow).order_by(RoundRow.held_at.desc()))
        return [Round(RoundId(row.id), row.held_at, row.taking_part, row.pairs) for row in rows]

    def _one(self, found: Select[IntroductionRow], introduction: IntroductionId) -> Introduction:
        row = self._session.scalars(found).one_or_none()
        if row is None:
            message = f"There is no introduction {introduction}."
            raise NotFoundError(message)
        return _introduction(row)

    def _many(self, found: Select[IntroductionRow]) -> Sequence[Introduction]:
        ordered = found.order_by(IntroductionRow.proposed_at.desc(), IntroductionRow.id)
        return [_introduction(row) for row in self._session.scalars(ordered)]


def _values(introduction: Introduction) -> Mapping[str, Any]:
    sides = {
        f"{name}{part}": value
        for name, side in (("first", introduction.first), ("second", introduction.second))
        for part, value in _side_values(side).items()
    }
    return sides | {
        "id": introduction.id,
        "origin": introduction.origin.value,
        "asked_by": introduction.asked_by,
        "round": introduction.round,
        "ground": asdict(introduction.ground),
        "state": introduction.state.value,
        "proposed_at": introduction.proposed_at,
        "due_at": introduction.due_at,
    }


def _side_values(side: Side) -> Mapping[str, Any]:
    return {"": side.member, "_reply": side.reply.value, "_outcome": side.outcome.value, "_held": side.is_held}


def _introduction(row: IntroductionRow) -> Introduction:
    return Introduction(
        IntroductionId(row.id),
        Side(MemberId(row.first), Reply(row.first_reply), Outcome(row.first_outcome), row.first_held),
        Side(MemberId(row.second), Reply(row.second_reply), Outcome(row.second_outcome), row.second_held),
        Origin(row.origin),
        MemberId(row.asked_by),
        RoundId(row.round),
        _ground(row.ground),
        IntroductionState(row.state),
        row.proposed_at,
        row.due_at,
    )


def _ground(stored: Mapping[str, Any]) -> CommonGround:
    # What was stored by earlier versions has neither `organisation` nor `named`.
    first, second = (
        Excerpt(
            part["text"],
            Language(part["language"]),
            part["use_case"],
            part["stage"],
            OrganisationId(part.get("organisation", NO_ORGANISATION)),
        )
        for part in (stored["first"], stored["second"])
    )
    named = tuple(map(tuple, stored.get("named", ())))
    return CommonGround(Aspect(stored["aspect"]), first, second, stored["strength"], tuple(stored["shared"]), named)
