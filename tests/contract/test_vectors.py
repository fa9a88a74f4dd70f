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


def test_sentences_come_back_in_order(store: Store) -> None:
    """A row for each sentence, rounded to 16 bits; a text without sentences is known to have none."""
    made = np.array([[1 / 3, -1, 0], [0.25, 2**-12, 1]], dtype=np.float32)
    none = np.zeros((0, 3), dtype=np.float32)
    with store() as work:
        work.vectors.put_sentences({_key(1): made, _key(2): none}, SMALL)
        assert work.vectors.missing_sentences([_key(1), _key(2), _key(3)], SMALL) == {_key(3)}
        assert work.vectors.missing_sentences([_key(1)], NEWER) == {_key(1)}
        got = work.vectors.sentences([_key(1), _key(2), _key(3)], SMALL)
        assert work.vectors.missing([_key(1)], SMALL) == {_key(1)}
    assert got.keys() == {_key(1), _key(2)}
    assert got[_key(1)].dtype == np.float32
    assert got[_key(1)].tolist() == [[0.333251953125, -1, 0], [0.25, 2**-12, 1]]
    assert got[_key(2)].shape == (0, 3)


def test_what_lacks_a_vector_is_named(store: Store) -> None:
    """Live passages without the vector or the sentences of this model; retired ones are not looked at."""
    one, two, three = (text_hash(f"Opas\n{text}") for text in ("Yksi.", "Kaksi.", "Kolme."))
    sentences = np.ones((1, 3), dtype=np.float32)
    with store() as work:
        work.sources.add(source())
        work.documents.put(content(document(), "Yksi.", "Kaksi.", "Kolme."), NOON)
        work.documents.put(content(document("gone.md"), "Poistettu."), NOON)
        work.documents.retire(document("gone.md").id, NOON)
        numbers = {passage.text_hash: passage.id for passage in work.documents.of_document(document().id)}
        work.vectors.put({one: ODD, two: ODD}, SMALL)
        work.vectors.put_sentences({one: sentences, three: sentences}, SMALL)
        assert work.vectors.lacking(SMALL) == [numbers[two], numbers[three]]
        assert work.vectors.lacking(NEWER) == [numbers[one], numbers[two], numbers[three]]


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
        work.vectors.put_sentences(dict.fromkeys((used, _key(1)), ODD[None]), NEWER)
        work.vectors.put({used: ODD}, SMALL)
        work.vectors.put_sentences({used: ODD[None]}, SMALL)
        assert work.vectors.purge_unused(NEWER) == 3
        assert work.vectors.missing([used, _key(1), _key(2)], NEWER) == {_key(1), _key(2)}
        assert work.vectors.missing_sentences([used, _key(1)], NEWER) == {_key(1)}
        assert work.vectors.missing_sentences([used], SMALL) == {used}
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
