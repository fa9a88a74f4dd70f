"""Members from a table: all of it or nothing, and never over what people wrote or agreed to themselves.

Somebody who is brought in this way has agreed to nothing: they are not shown, and not proposed to anybody, until they
consent in Slack.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.errors import SolmuError
from knowledge.members.catalogue import find_or_make
from knowledge.members.columns import CellError, find_columns
from knowledge.members.entries import Entry, SkippedError, read_entry
from knowledge.members.registry import hold, let_idle_go
from knowledge.members.spreadsheet import UnreadableTableError, read_rows
from knowledge.model import (
    NOBODY,
    Consent,
    Member,
    MemberId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    member_id,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory


class Change(enum.StrEnum):
    """What becomes of a line. KEPT says something else than what is stored, which stays."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, by its number there, with what becomes of it and why."""

    number: int
    change: Change
    reason: str = ""


class UnknownTeamError(SolmuError):
    """It cannot be told which workspace the accounts are of."""


class Importer:
    """Brings members in. `replace` takes the file's word over what is stored."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, *, replace: bool = False) -> None:
        self._uow = uow
        self._clock = clock
        self._replace = replace

    def run(self, content: bytes, team: str, *, dry_run: bool) -> list[Line]:
        """What becomes of each line; nothing is kept on a dry run, nor where a single line is refused.

        Raises UnreadableTableError, and UnknownTeamError where `team` is empty and nobody is stored yet.
        """
        rows = read_rows(content)
        try:
            _, header = next(rows)
        except StopIteration:
            message = "The file is empty."
            raise UnreadableTableError(message) from None
        columns = find_columns(header)
        with self._uow() as work:
            workspace = team or team_of(work)
            lines = list(self._lines(work, rows, columns, workspace))
            let_idle_go(work)
            if not dry_run and all(line.change is not Change.REFUSED for line in lines):
                work.commit()
        return lines

    def _lines(
        self, work: UnitOfWork, rows: Iterator[tuple[int, list[str]]], columns: dict[str, int], team: str
    ) -> Iterator[Line]:
        first: dict[str, int] = {}
        for number, row in rows:
            try:
                entry = read_entry(row, columns)
            except CellError as error:
                yield Line(number, Change.REFUSED, str(error))
                continue
            except SkippedError as error:
                yield Line(number, Change.SKIPPED, str(error))
                continue
            if entry.user in first:
                yield Line(number, Change.REFUSED, f"the account stands in line {first[entry.user]} already")
                continue
            first[entry.user] = number
            change, reason = self._take(work, entry, member_id(team, entry.user))
            yield Line(number, change, reason)

    def _take(self, work: UnitOfWork, entry: Entry, name: MemberId) -> tuple[Change, str]:
        organisation = self._organisation(work, entry)
        known = work.members.have([name]).get(name)
        if known is None:
            work.members.put(_new(entry, name, organisation.id, self._clock))
            change, reason = Change.NEW, ""
        else:
            change, reason = self._merge(work, entry, known, organisation.id)
        if entry.is_contact:
            reason = "; ".join(filter(None, (reason, self._make_contact(work, organisation, name))))
        return change, reason

    def _organisation(self, work: UnitOfWork, entry: Entry) -> Organisation:
        known = hold(work, find_or_make(work, entry.organisation))
        kind = entry.kind if entry.kind and (self._replace or known.kind is OrganisationKind.UNKNOWN) else known.kind
        told = {name: getattr(entry, name) for name in ("domain", "region")}
        kept = {name: text for name, text in told.items() if text and (self._replace or not getattr(known, name))}
        changed = dataclasses.replace(known, kind=kind, **kept)
        if changed != known:
            work.organisations.put(changed)
        return changed

    def _merge(self, work: UnitOfWork, entry: Entry, known: Member, organisation: OrganisationId) -> tuple[Change, str]:
        told = {"organisation": organisation, **entry.fields}
        differing = {name: value for name, value in told.items() if getattr(known, name) != value}
        if not differing:
            return Change.SAME, ""
        taken = differing if self._replace else _to_fill(known, differing)
        left = [name for name in differing if name not in taken]
        stays = f"the member’s own {', '.join(left)} stays; --replace takes the file’s" if left else ""
        if not taken:
            return Change.KEPT, stays
        withdrawn = known.consents & {Consent(name) for name in taken}
        work.members.put(dataclasses.replace(known, consents=known.consents - withdrawn, **taken))
        hidden = f"not shown until the member agrees again: {', '.join(sorted(withdrawn))}" if withdrawn else ""
        return Change.CHANGED, "; ".join(filter(None, (f"takes {', '.join(taken)}", hidden, stays)))

    def _make_contact(self, work: UnitOfWork, organisation: Organisation, name: MemberId) -> str:
        if organisation.contact == name:
            return ""
        if organisation.contact != NOBODY and not self._replace:
            return "the organisation has a contact, who stays; --replace takes the file’s"
        work.organisations.put(dataclasses.replace(organisation, contact=name))
        return "becomes the organisation’s contact"


def team_of(work: UnitOfWork) -> str:
    """The workspace of the members that are stored; raises UnknownTeamError where there is none, or several."""
    teams = {member.id.partition(":")[0] for member in work.members.all()}
    if len(teams) == 1:
        return teams.pop()
    message = "Say with --team which workspace the accounts are of: its id begins with T and stands in Slack's address."
    raise UnknownTeamError(message)


def _new(entry: Entry, name: MemberId, organisation: OrganisationId, clock: Clock) -> Member:
    empty: dict[str, object] = {"role": "", "languages": (), "topics": (), "offers": "", "seeks": ""}
    return Member(
        id=name,
        organisation=organisation,
        consents=frozenset(),
        joined_at=clock(),
        **(empty | dict(entry.fields)),  # type: ignore[arg-type]
    )


def _to_fill(known: Member, differing: dict[str, object]) -> dict[str, object]:
    """What is empty, of somebody who has agreed to nothing yet: who has may have emptied it on purpose."""
    return {} if known.consents else {name: value for name, value in differing.items() if not getattr(known, name)}
