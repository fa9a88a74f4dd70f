"""Vectors of texts and of their sentences in SQL, by text and model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session

from knowledge.model import ModelIdentity, PassageId, TextHash
from knowledge.ports import Vectors
from knowledge.store.chunks import chunks
from knowledge.store.model_rows import model_number, number_model
from knowledge.store.tables import ModelRow, PassageRow, SentenceVectorsRow, VectorRow

FORMAT = "<f4"
"""Little-endian float32, whatever the machine."""
SENTENCE_FORMAT = "<f2"
"""Half of that: sentences are many, and only compared with each other and a question."""
_Table = type[VectorRow] | type[SentenceVectorsRow]


class SqlVectors:
    """See `knowledge.ports.VectorRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def missing(self, hashes: Collection[TextHash], model: ModelIdentity) -> set[TextHash]:
        """The texts that have no vector of this model."""
        return self._missing(VectorRow, hashes, model)

    def missing_sentences(self, hashes: Collection[TextHash], model: ModelIdentity) -> set[TextHash]:
        """The texts whose sentences were not embedded by this model."""
        return self._missing(SentenceVectorsRow, hashes, model)

    def lacking(self, model: ModelIdentity) -> Sequence[PassageId]:
        """The live passages whose text has no vector of this model, or whose sentences have none."""
        number = model_number(self._session, model)
        there = [
            select(table.text_hash).where(table.text_hash == PassageRow.text_hash, table.model == number).exists()
            for table in (VectorRow, SentenceVectorsRow)
        ]
        rows = select(PassageRow.id).where(PassageRow.retired_at.is_(None), ~and_(*there)).order_by(PassageRow.id)
        return [PassageId(found) for found in self._session.scalars(rows)]

    def put(self, vectors: Mapping[TextHash, NDArray[np.float32]], model: ModelIdentity) -> None:
        """Store vectors; those already there stay."""
        self._put(VectorRow, {key: vector.astype(FORMAT).tobytes() for key, vector in vectors.items()}, model)

    def put_sentences(self, sentences: Mapping[TextHash, Vectors], model: ModelIdentity) -> None:
        """Store the vectors of each text's sentences; those already there stay."""
        packed = {key: vectors.astype(SENTENCE_FORMAT).tobytes() for key, vectors in sentences.items()}
        self._put(SentenceVectorsRow, packed, model)

    def get(self, hashes: Collection[TextHash], model: ModelIdentity) -> Mapping[TextHash, NDArray[np.float32]]:
        """The vectors of these texts, those that are there; each of shape (dimension,)."""
        rows = self._get(VectorRow, hashes, model)
        return {key: np.frombuffer(data, FORMAT).astype(np.float32) for key, data in rows}

    def sentences(self, hashes: Collection[TextHash], model: ModelIdentity) -> Mapping[TextHash, Vectors]:
        """The vectors of these texts' sentences, those that are there; each of shape (sentences, dimension)."""
        rows = self._get(SentenceVectorsRow, hashes, model)
        return {
            key: np.frombuffer(data, SENTENCE_FORMAT).astype(np.float32).reshape(-1, model.dimension)
            for key, data in rows
        }

    def models(self) -> Sequence[ModelIdentity]:
        """The models that vectors were made with."""
        rows = self._session.scalars(select(ModelRow).order_by(ModelRow.id))
        return [ModelIdentity(row.name, row.revision, row.dimension) for row in rows]

    def purge_unused(self, model: ModelIdentity) -> int:
        """Delete other models' vectors and those of texts that no passage has; returns how many texts' vectors."""
        number = model_number(self._session, model)
        used = select(PassageRow.text_hash)
        for table in (SentenceVectorsRow, VectorRow):
            unused = delete(table).where((table.model != number) | table.text_hash.not_in(used))
            gone = self._session.execute(unused.returning(table.text_hash)).all()
        return len(gone)

    def _missing(self, table: _Table, hashes: Collection[TextHash], model: ModelIdentity) -> set[TextHash]:
        number = model_number(self._session, model)
        wanted = set(hashes)
        if number is None:
            return wanted
        for chunk in chunks(sorted(wanted)):
            found = select(table.text_hash).where(table.model == number, table.text_hash.in_(chunk))
            wanted.difference_update(TextHash(value) for value in self._session.scalars(found))
        return wanted

    def _put(self, table: _Table, values: Mapping[TextHash, bytes], model: ModelIdentity) -> None:
        missing = self._missing(table, values.keys(), model)
        number = number_model(self._session, model)
        rows = [{"text_hash": key, "model": number, "data": data} for key, data in values.items() if key in missing]
        if rows:
            self._session.execute(insert(table), rows)

    def _get(
        self, table: _Table, hashes: Collection[TextHash], model: ModelIdentity
    ) -> Iterator[tuple[TextHash, bytes]]:
        number = model_number(self._session, model)
        for chunk in chunks(sorted(set(hashes))):
            found = select(table.text_hash, table.data).where(table.model == number, table.text_hash.in_(chunk))
            yield from ((TextHash(key), data) for key, data in self._session.execute(found))


def drop_vectors(session: Session, texts: Collection[str]) -> None:
    """Delete every model's vectors of those of the texts that no passage has any more."""
    used = select(PassageRow.text_hash)
    for chunk in chunks(sorted(set(texts))):
        for table in (SentenceVectorsRow, VectorRow):
            session.execute(delete(table).where(table.text_hash.in_(chunk), table.text_hash.not_in(used)))
