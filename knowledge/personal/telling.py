"""What Solmu knows of a person, for them alone: how much of what, and all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

from knowledge.model import MemberId
from knowledge.personal.register import REGISTER, SUBJECTS
from knowledge.ports import Clock, UnitOfWorkFactory


class PersonalData:
    """Reads it. Rows that would tell of somebody else are not shown: they are erased with the person all the same."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def summary(self, person: MemberId) -> Mapping[str, int]:
        """How many things there are, by the register's subjects, in their order; those of nothing are left out."""
        counts = dict.fromkeys(SUBJECTS, 0)
        with self._uow.reading() as work:
            for held in REGISTER:
                if held.shown:
                    counts[held.subject] += work.personal.count(held, person)
        return {subject: count for subject, count in counts.items() if count}

    def export(self, person: MemberId) -> bytes:
        """Everything that is shown, as JSON: by subject and table, with the person's id and the time."""
        told: dict[str, dict[str, list[object]]] = {}
        with self._uow.reading() as work:
            for held in REGISTER:
                if rows := work.personal.rows(held, person):
                    told.setdefault(held.subject, {}).setdefault(held.table, []).extend(rows)
        whole = {"person": person, "exported_at": self._clock().isoformat(), "data": told}
        return json.dumps(whole, ensure_ascii=False, indent=2, default=str).encode()
