"""Vectors in SQL by text and model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from knowledge.model import ModelIdentity, PassageId, TextHash
from knowledge.store.chunks import chunks
from knowledge.store.tables import ModelRow, PassageRow, VectorRow

FORMAT = "<f4"
"""Little-endian float32, whatever the machine."""


class SqlVectors:
    """See `knowledge.ports.VectorRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def missing(self, hashes: Collection[TextHash], model: ModelIdentity) -> set[TextHash]:
        """The texts that have no vector of this model."""
        number = self._number(model)
        wanted = set(hashes)
        if number is None:
            return wanted
        for chunk in chunks(sorted(wanted)):
            found = select(VectorRow.text_hash).where(VectorRow.model == number, VectorRow.text_hash.in_(chunk))
            wanted.difference_update(TextHash(value) for value in self._session.scalars(found))
        return wanted

    def lacking(self, model: ModelIdentity) -> Sequence[PassageId]:
        """The live passages whose text has no vector of this model."""
        there = select(VectorRow.text_hash).where(
            VectorRow.text_hash == PassageRow.text_hash, VectorRow.model == self._number(model)
        )
        rows = select(PassageRow.id).where(PassageRow.retired_at.is_(None), ~there.exists()).order_by(PassageRow.id)
        return [PassageId(number) for number in self._session.scalars(rows)]

    def put(self, vectors: Mapping[TextHash, NDArray[np.float32]], model: ModelIdentity) -> None:
        """Store vectors; those already there stay."""
        missing = self.missing(vectors.keys(), model)
        number = self._number(model) or self._add(model)
        rows = [
            {"text_hash": key, "model": number, "data": vector.astype(FORMAT).tobytes()}
            for key, vector in vectors.items()
            if key in missing
        ]
        if rows:
            self._session.execute(insert(VectorRow), rows)

    def get(self, hashes: Collection[TextHash], model: ModelIdentity) -> Mapping[TextHash, NDArray[np.float32]]:
        """The vectors of these texts, those that are there; each of shape (dimension,)."""
        number = self._number(model)
        found: dict[TextHash, NDArray[np.float32]] = {}
        if number is None:
            return found
        for chunk in chunks(sorted(set(hashes))):
            rows = self._session.execute(
                select(VectorRow.text_hash, VectorRow.data).where(
                    VectorRow.model == number, VectorRow.text_hash.in_(chunk)
                )
            )
            found.update((TextHash(key), np.frombuffer(data, FORMAT).astype(np.float32)) for key, data in rows)
        return found

    def models(self) -> Sequence[ModelIdentity]:
        """The models that vectors were made with."""
        rows = self._session.scalars(select(ModelRow).order_by(ModelRow.id))
        return [ModelIdentity(row.name, row.revision, row.dimension) for row in rows]

    def purge_unused(self, model: ModelIdentity) -> int:
        """Delete other models' vectors and those of texts that no passage has; returns how many."""
        number = self._number(model)
        used = select(PassageRow.text_hash)
        unused = delete(VectorRow).where((VectorRow.model != number) | VectorRow.text_hash.not_in(used))
        gone = self._session.execute(unused.returning(VectorRow.text_hash)).all()
        return len(gone)

    def _number(self, model: ModelIdentity) -> int | None:
        return self._session.scalars(
            select(ModelRow.id).where(
                ModelRow.name == model.name,
                ModelRow.revision == model.revision,
                ModelRow.dimension == model.dimension,
            )
        ).one_or_none()

    def _add(self, model: ModelIdentity) -> int:
        row = ModelRow(name=model.name, revision=model.revision, dimension=model.dimension)
        self._session.add(row)
        self._session.flush()
        return row.id
