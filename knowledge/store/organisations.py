"""Member organisations in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import MemberId, Organisation, OrganisationId, OrganisationKind
from knowledge.organisations import name_key
from knowledge.store.chunks import chunks
from knowledge.store.member_tables import OrganisationRow
from knowledge.store.upserting import upsert


class SqlOrganisations:
    """See `knowledge.ports.OrganisationRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, organisation: Organisation) -> None:
        """Store, or replace what is stored under the same id."""
        values = {
            "id": organisation.id,
            "key": name_key(organisation.name),
            "name": organisation.name,
            "kind": organisation.kind.value,
            "domain": organisation.domain,
            "region": organisation.region,
            "contact": organisation.contact,
        }
        upsert(self._session, OrganisationRow, values)

    def get(self, organisation: OrganisationId) -> Organisation:
        """The organisation; raises NotFoundError."""
        return _organisation(self._row(organisation, locked=False))

    def lock(self, organisation: OrganisationId) -> Organisation:
        """As `get`, and nobody else changes or erases it before this transaction ends."""
        return _organisation(self._row(organisation, locked=True))

    def lock_free(self, organisations: Collection[OrganisationId]) -> Sequence[Organisation]:
        """Lock those of them that nobody else has locked, without waiting; SQLite has one writer anyway."""
        locked: list[Organisation] = []
        for chunk in chunks(sorted(set(organisations))):
            found = select(OrganisationRow).where(OrganisationRow.id.in_(chunk)).with_for_update(skip_locked=True)
            fresh = found.execution_options(populate_existing=True)
            locked += map(_organisation, self._session.scalars(fresh))
        return locked

    def find(self, name: str) -> Organisation | None:
        """The one of this name, or of another name that has the same key."""
        key = name_key(name)
        row = self._session.scalars(select(OrganisationRow).where(OrganisationRow.key == key)).one_or_none()
        if row is not None:
            return _organisation(row)
        # Stored before it was known that the two names are of one: under another key.
        return next((each for each in self.all() if name_key(each.name) == key), None)

    def remove(self, organisation: OrganisationId) -> None:
        """Erase it; nobody may belong to it any more."""
        self._session.execute(delete(OrganisationRow).where(OrganisationRow.id == organisation))

    def all(self) -> Sequence[Organisation]:
        """By name."""
        rows = self._session.scalars(select(OrganisationRow))
        return sorted(map(_organisation, rows), key=lambda each: each.name.casefold())

    def _row(self, organisation: OrganisationId, *, locked: bool) -> OrganisationRow:
        found = select(OrganisationRow).where(OrganisationRow.id == organisation)
        row = self._session.scalars(found.with_for_update() if locked else found).one_or_none()
        if row is None:
            message = f"There is no organisation {organisation}."
            raise NotFoundError(message)
        return row


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        OrganisationId(row.id), row.name, OrganisationKind(row.kind), row.domain, row.region, MemberId(row.contact)
    )
