"""Members in SQL: profiles, welcomes, and the vectors of what they wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import (
    NOBODY,
    Consent,
    Exclusion,
    Handle,
    Language,
    Member,
    MemberId,
    ModelIdentity,
    OrganisationId,
    TextHash,
)
from knowledge.model.wishes import Rest
from knowledge.store.chunks import chunks
from knowledge.store.member_tables import MemberRow, MemberVectorRow, OrganisationRow, WelcomeRow
from knowledge.store.model_rows import model_number, number_model
from knowledge.store.ratings import SqlRatings
from knowledge.store.sign_ups import SqlSignUps
from knowledge.store.upserting import insert_once, upsert
from knowledge.store.vectors import FORMAT
from knowledge.store.wishes import SqlWishes

_JOINED = (MemberRow.joined_at, MemberRow.id)


class SqlMembers:
    """See `knowledge.ports.MemberRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wishes = SqlWishes(session)

    def put(self, member: Member) -> None:
        """Store, or replace what is stored under the same id."""
        values = {
            "id": member.id,
            "organisation": member.organisation,
            "role": member.role,
            "languages": [language.value for language in member.languages],
            "topics": list(member.topics),
            "offers": member.offers,
            "seeks": member.seeks,
            "consents": sorted(consent.value for consent in member.consents),
            "joined_at": member.joined_at,
            "available_from": member.available_from,
            "silent_rounds": member.silent_rounds,
            "handle": member.handle,
            "is_away": member.is_away,
        }
        upsert(self._session, MemberRow, values)

    def get(self, member: MemberId) -> Member:
        """The member; raises NotFoundError."""
        return _member(self._row(member, locked=False))

    def behind(self, handle: Handle) -> MemberId:
        """Whose handle it is; raises NotFoundError where it is nobody's any more."""
        found = self._session.scalars(select(MemberRow.id).where(MemberRow.handle == handle)).one_or_none()
        if found is None:
            message = "Nobody has this handle any more."
            raise NotFoundError(message)
        return MemberId(found)

    def lock(self, member: MemberId) -> Member:
        """As `get`, and nobody else changes the member before this transaction ends."""
        return _member(self._row(member, locked=True))

    def have(self, members: Collection[MemberId]) -> Mapping[MemberId, Member]:
        """Those of them that there are."""
        found = {}
        for chunk in chunks(sorted(set(members))):
            for row in self._session.scalars(select(MemberRow).where(MemberRow.id.in_(chunk))):
                found[MemberId(row.id)] = _member(row)
        return found

    def all(self) -> Sequence[Member]:
        """In the order they joined."""
        return [_member(row) for row in self._session.scalars(select(MemberRow).order_by(*_JOINED))]

    def of(self, organisation: OrganisationId) -> Sequence[Member]:
        """The members of one organisation, in the order they joined."""
        rows = select(MemberRow).where(MemberRow.organisation == organisation).order_by(*_JOINED)
        return [_member(row) for row in self._session.scalars(rows)]

    def remove(self, member: MemberId) -> None:
        """Erase everything of the member; the foreign keys take wishes, vectors and introductions with it."""
        SqlSignUps(self._session).forget(member)
        SqlRatings(self._session).forget(member)
        self._wishes.forget(member)
        owned = OrganisationRow.contact == member
        self._session.execute(update(OrganisationRow).where(owned).values(contact=NOBODY))
        self._session.execute(delete(MemberRow).where(MemberRow.id == member))

    def exclude(self, exclusion: Exclusion) -> None:
        """Store a wish; the same one by the same member is replaced."""
        self._wishes.exclude(exclusion)

    def allow(self, wish: Exclusion) -> None:
        """Take a wish back."""
        self._wishes.allow(wish)

    def exclusions(self) -> Sequence[Exclusion]:
        """Every wish that has been stored, by their authors."""
        return self._wishes.all()

    def rest(self, rest: Rest) -> None:
        """Store a rest; one between the same two is replaced."""
        self._wishes.rest(rest)

    def rests(self) -> Sequence[Rest]:
        """Every rest that has been stored."""
        return self._wishes.rests()

    def welcome(self, member: MemberId, now: datetime) -> bool:
        """Whether the person is to be welcomed: true once. Only a hash of the id is kept."""
        return self._greeted(member, now)

    def orient(self, member: MemberId, now: datetime) -> bool:
        """The same of somebody who is to be shown what is near them."""
        return self._greeted(f"near {member}", now)

    def _greeted(self, what: str, now: datetime) -> bool:
        digest = hashlib.sha256(what.encode()).hexdigest()
        return insert_once(self._session, WelcomeRow, {"person": digest, "welcomed_at": now})

    def put_vectors(
        self, member: MemberId, vectors: Mapping[TextHash, NDArray[np.float32]], model: ModelIdentity
    ) -> None:
        """Replace the vectors of what a member wrote."""
        self._session.execute(delete(MemberVectorRow).where(MemberVectorRow.member == member))
        number = number_model(self._session, model)
        for key, vector in vectors.items():
            data = vector.astype(FORMAT).tobytes()
            self._session.add(MemberVectorRow(member=member, text_hash=key, model=number, data=data))
        self._session.flush()

    def vectors(self, model: ModelIdentity) -> Mapping[TextHash, NDArray[np.float32]]:
        """The vectors of what members wrote, by text; each of shape (dimension,)."""
        found = select(MemberVectorRow.text_hash, MemberVectorRow.data).where(
            MemberVectorRow.model == model_number(self._session, model)
        )
        rows = self._session.execute(found)
        return {TextHash(key): np.frombuffer(data, FORMAT).astype(np.float32) for key, data in rows}

    def _row(self, member: MemberId, *, locked: bool) -> MemberRow:
        found = select(MemberRow).where(MemberRow.id == member)
        row = self._session.scalars(found.with_for_update() if locked else found).one_or_none()
        if row is None:
            message = f"There is no member {member}."
            raise NotFoundError(message)
        return row


def _member(row: MemberRow) -> Member:
    return Member(
        MemberId(row.id),
        OrganisationId(row.organisation),
        row.role,
        tuple(Language(code) for code in row.languages),
        tuple(row.topics),
        row.offers,
        row.seeks,
        frozenset(Consent(name) for name in row.consents),
        row.joined_at,
        row.available_from,
        row.silent_rounds,
        Handle(row.handle),
        row.is_away,
    )
