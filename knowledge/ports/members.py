"""Where organisations, members and introductions are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.model import (
    Exclusion,
    Handle,
    Introduction,
    IntroductionId,
    Member,
    MemberId,
    ModelIdentity,
    Organisation,
    OrganisationId,
    Round,
    RoundId,
    TextHash,
)
from knowledge.model.wishes import Rest


class OrganisationRepository(Protocol):
    """The member organisations."""

    def put(self, organisation: Organisation) -> None:
        """Store, or replace what is stored under the same id."""
        ...

    def get(self, organisation: OrganisationId) -> Organisation:
        """Raise NotFoundError where there is none."""
        ...

    def lock(self, organisation: OrganisationId) -> Organisation:
        """As `get`, and nobody else changes or erases it before this transaction ends."""
        ...

    def lock_free(self, organisations: Collection[OrganisationId]) -> Sequence[Organisation]:
        """Lock those of them that nobody else has locked, without waiting; the others are left out."""
        ...

    def find(self, name: str) -> Organisation | None:
        """The one of this name, or of any other name of the same organisation as `name_key` knows them."""
        ...

    def remove(self, organisation: OrganisationId) -> None:
        """Erase it; members and wishes must have been moved to another one."""
        ...

    def all(self) -> Sequence[Organisation]:
        """By name."""
        ...


class MemberRepository(Protocol):
    """The members, whom they do not want to meet, and who has been welcomed."""

    def put(self, member: Member) -> None:
        """Store, or replace what is stored under the same id."""
        ...

    def get(self, member: MemberId) -> Member:
        """Raise NotFoundError where there is none."""
        ...

    def behind(self, handle: Handle) -> MemberId:
        """Whose handle it is; raise NotFoundError where it is nobody's any more."""
        ...

    def lock(self, member: MemberId) -> Member:
        """As `get`, and nobody else changes the member before this transaction ends."""
        ...

    def have(self, members: Collection[MemberId]) -> Mapping[MemberId, Member]:
        """Those of them that there are."""
        ...

    def all(self) -> Sequence[Member]:
        """In the order they joined."""
        ...

    def of(self, organisation: OrganisationId) -> Sequence[Member]:
        """The members of one organisation, in the order they joined."""
        ...

    def remove(self, member: MemberId) -> None:
        """Erase everything of the member: profile, consents, vectors, introductions, wishes by and about them."""
        ...

    def exclude(self, exclusion: Exclusion) -> None:
        """Store a wish; the same one by the same member is replaced."""
        ...

    def allow(self, wish: Exclusion) -> None:
        """Take a wish back."""
        ...

    def exclusions(self) -> Sequence[Exclusion]:
        """Every wish that has been stored, by their authors."""
        ...

    def rest(self, rest: Rest) -> None:
        """Store a rest; one between the same two is replaced."""
        ...

    def rests(self) -> Sequence[Rest]:
        """Every rest that has been stored."""
        ...

    def welcome(self, member: MemberId, now: datetime) -> bool:
        """Whether the person is to be welcomed: true once. Only a hash of the id is kept."""
        ...

    def orient(self, member: MemberId, now: datetime) -> bool:
        """The same of somebody who is to be shown what is near them."""
        ...

    def put_vectors(
        self, member: MemberId, vectors: Mapping[TextHash, NDArray[np.float32]], model: ModelIdentity
    ) -> None:
        """Replace the vectors of what a member wrote."""
        ...

    def vectors(self, model: ModelIdentity) -> Mapping[TextHash, NDArray[np.float32]]:
        """The vectors of what members wrote, by text."""
        ...


class IntroductionRepository(Protocol):
    """Proposals and rounds. They are erased with either of their members."""

    def put(self, introduction: Introduction) -> None:
        """Store, or replace what is stored under the same id."""
        ...

    def get(self, introduction: IntroductionId) -> Introduction:
        """Raise NotFoundError where there is none."""
        ...

    def lock(self, introduction: IntroductionId) -> Introduction:
        """As `get`, and nobody else changes it before this transaction ends."""
        ...

    def of(self, member: MemberId) -> Sequence[Introduction]:
        """Those in which the member is a side, the newest first."""
        ...

    def all(self) -> Sequence[Introduction]:
        """The newest first."""
        ...

    def declined(self, member: MemberId) -> Sequence[tuple[MemberId, datetime]]:
        """With whom the member was not introduced because one of them said no, and when that was."""
        ...

    def due(self, now: datetime) -> Sequence[Introduction]:
        """What waits for something that should have happened by now: to expire, or to ask a side how it went."""
        ...

    def add_round(self, held: Round) -> bool:
        """Store a round; false where one of this name was held already."""
        ...

    def round_of(self, round_id: RoundId) -> Sequence[Introduction]:
        """What was proposed in a round."""
        ...

    def rounds(self) -> Sequence[Round]:
        """The newest first."""
        ...
