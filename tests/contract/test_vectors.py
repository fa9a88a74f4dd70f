"""The vectors' repository, on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.documents import text_hash
from knowledge.model import ModelIdentity, TextHash
from knowledge.store import Store
from tests.builders import content, document, source
from tests.fakes import NOON

SMALL = ModelIdentity("small", "1", 3)
NEWER = ModelIdentity("small", "2", 3)
ODD = np.array([np.float32(1 / 3), np.nextafter(np.float32(1), np.float32(2)), np.float32(1e-38)], dtype=np.float32)
"""Values that a detour over text or float16 would round."""


def _key(number: int) -> TextHash:
    return TextHash(hashlib.sha256(str(number).encode()).hexdigest())


def _vectors(*numbers: int) -> dict[TextHash, NDArray[np.float32]]:
    return {_key(number): np.full(3, number, dtype=np.float32) for number in numbers}


def test_a_vector_comes_back_exactly(store: Store) -> None:
    """Every bit of a float32 vector survives, as float32 of the same shape."""
    with store() as work:
        work.vectors.put({_key(1): ODD}, SMALL)
        work.commit()
    with store.reading() as work:
        got = work.vectors.get([_key(1)], SMALL)[_key(1)]
    assert got.dtype == np.float32
    assert got.tobytes() == ODD.tobytes()


def test_only_what_is_there_is_given(store: Store) -> None:
    """Unknown texts are absent from `get` and exactly what `missing` names, also beyond one statement's length."""
    everything = range(1200)
    with store() as work:
        work.vectors.put(_vectors(*range(0, 1200, 2)), SMALL)
        keys = [_key(number) for number in everything]
        got = work.vectors.get(keys, SMALL)
        missing = work.vectors.missing(keys, SMALL)
    assert got.keys() == {_key(number) for number in range(0, 1200, 2)}
    assert missing == {_key(number) for number in range(1, 1200, 2)}
    assert float(got[_key(1198)][0]) == 1198


def test_models_never_share_vectors(store: Store) -> None:
    """The same text under another revision is missing, and each model gives back its own."""
    with store() as work:
        work.vectors.put({_key(1): ODD}, SMALL)
        assert work.vectors.missing([_key(1)], NEWER) == {_key(1)}
        assert work.vectors.get([_key(1)], NEWER) == {}
        work.vectors.put(_vectors(1), NEWER)
        assert work.vectors.get([_key(1)], SMALL)[_key(1)].tobytes() == ODD.tobytes()
        assert work.vectors.get([_key(1)], NEWER)[_key(1)].tolist() == [1, 1, 1]
        assert work.vectors.models() == [SMALL, NEWER]


def test_a_vector_is_stored_once(store: Store) -> None:
    """Putting a text again keeps what is there and adds what is new: two builders may have made the same one."""
    with store() as work:
        work.vectors.put(_vectors(1), SMALL)
        work.vectors.put({_key(1): ODD} | _vectors(2), SMALL)
        got = work.vectors.get([_key(1), _key(2)], SMALL)
    assert [got[_key(number)].tolist() for number in (1, 2)] == [[1, 1, 1], [2, 2, 2]]


def test_putting_nothing_changes_nothing(store: Store) -> None:
    """An empty put is allowed."""
    with store() as work:
        work.vectors.put({}, SMALL)
        assert work.vectors.missing([], SMALL) == set()


@pytest.mark.parametrize("retired", [False, True])
def test_purging_keeps_what_a_passage_has(store: Store, retired: bool) -> None:  # noqa: FBT001 - a parameter
    """Vectors of other models and of texts without a passage go; those of live and of retired passages stay."""
    used = text_hash("Opas\nTeksti.")
    with store() as work:
        work.sources.add(source())
        work.documents.put(content(document(), "Teksti."), NOON)
        if retired:
            work.documents.retire(document().id, NOON)
        work.vectors.put({used: ODD} | _vectors(1, 2), NEWER)
        work.vectors.put({used: ODD}, SMALL)
        assert work.vectors.purge_unused(NEWER) == 3
        assert work.vectors.missing([used, _key(1), _key(2)], NEWER) == {_key(1), _key(2)}
        assert work.vectors.missing([used], SMALL) == {used}


def test_purging_for_a_model_without_vectors_takes_the_others(store: Store) -> None:
    """After a change of model, and before its first vector, the old model's vectors are all unused."""
    used = text_hash("Opas\nTeksti.")
    with store() as work:
        work.sources.add(source())
        work.documents.put(content(document(), "Teksti."), NOON)
        work.vectors.put({used: ODD}, SMALL)
        assert work.vectors.purge_unused(NEWER) == 1
        assert work.vectors.missing([used], SMALL) == {used}
