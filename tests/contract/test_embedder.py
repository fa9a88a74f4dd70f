"""The embedding model's port: the same tests on the small stand-in and on the bundled model."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.ports import Embedder

TEXTS = (
    "Puheentunnistuspilotti alkoi Kainuussa toukokuussa.",
    "Taxi.",
    "Tietosuojaselvitys tehdään ennen hankintaa, ja sen hyväksyy tietosuojavastaava. " * 40,
    "Taligenkänningen testades på två avdelningar.",
)


@pytest.fixture(params=["small", "bundled"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Each implementation in turn."""
    made: Embedder = request.getfixturevalue(f"{request.param}_embedder")
    return made


def test_every_vector_has_unit_length_and_the_dimension_it_names(embedder: Embedder) -> None:
    """Rows are float32 of length 1, also for a short, a long, a blank and a repeated text."""
    vectors = embedder.embed_passages([*TEXTS, "", TEXTS[0]])
    assert vectors.shape == (6, embedder.identity.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-5)
    query = embedder.embed_query(TEXTS[0])
    assert (query.shape, query.dtype) == ((embedder.identity.dimension,), np.float32)
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-5)


def test_vectors_come_in_the_order_of_their_texts(embedder: Embedder) -> None:
    """A batch gives what its texts give one by one, in order: neither sorting nor padding changes a vector."""
    together = embedder.embed_passages(TEXTS)
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    others = together @ alone.T - np.eye(4)
    assert others.max() < 0.99


def test_nothing_embeds_to_nothing(embedder: Embedder) -> None:
    """No texts give no rows of the right width."""
    assert embedder.embed_passages([]).shape == (0, embedder.identity.dimension)


def test_the_same_text_always_gives_the_same_vector(embedder: Embedder) -> None:
    """Vectors are kept by text hash, so a second embedding must agree with the first."""
    first, second = (embedder.embed_passages(TEXTS[:2]) for _ in range(2))
    assert second == pytest.approx(first, abs=1e-6)


def test_a_question_is_nearest_to_the_passage_that_speaks_of_it(embedder: Embedder) -> None:
    """Of the four passages the one that shares the question's subject has the highest cosine."""
    cosines = embedder.embed_passages(TEXTS) @ embedder.embed_query("Milloin puheentunnistuspilotti alkoi?")
    assert int(cosines.argmax()) == 0


def test_the_identity_does_not_change(embedder: Embedder) -> None:
    """Embedding does not change what the model calls itself: it is stored with every vector."""
    before = embedder.identity
    embedder.embed_passages(TEXTS[:1])
    assert embedder.identity == before
    assert before.name
    assert before.revision
