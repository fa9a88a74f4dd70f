"""Generations that share segments: whatever was added and taken away, they answer as if built at once."""

from __future__ import annotations

import dataclasses
import math
import os
import random
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import pytest

from knowledge.adapters import postings
from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.lexical_index import K1, B, LexicalIndex
from knowledge.adapters.manifests import verify
from knowledge.adapters.postings import PostingsBuilder
from knowledge.model import Audience, Language, ModelIdentity, PassageId
from knowledge.ports import IndexContent, IndexRow, Manifest, Query
from tests.builders import publish, row
from tests.fakes import SetClock, SmallEmbedder

EMBEDDER = SmallEmbedder(16)
MODEL = EMBEDDER.identity
WORDS = ("pilotti", "sanelu", "kirjaus", "hoitaja", "vuosi", "kahvi", "tulos", "potilas", "ohje", "tieto")
EVERYBODY = frozenset(Audience)


@pytest.fixture
def shelf(tmp_path: Path, clock: SetClock) -> GenerationShelf:
    """An empty shelf that keeps two generations."""
    return GenerationShelf(tmp_path / "index", 2, clock)


def _row(number: int, random: random.Random) -> IndexRow:
    text = " ".join(random.choices(WORDS, k=random.randint(0, 12)))
    sentences = EMBEDDER.embed_passages([f"{text} {at}" for at in range(random.randint(0, 3))])
    audience, language = random.choice(list(Audience)), random.choice(list(Language))
    return row(number, text, EMBEDDER.embed_query(text), audience, language, sentences)


def _answers(shelf: GenerationShelf, rows: Sequence[IndexRow]) -> dict[str, object]:
    """Everything that the current generation says of some questions, by passage and rounded."""
    index = shelf.current()
    said: dict[str, object] = {}
    for question in ("pilotin tulokset", "kahvi hoitaja kahvi", "outo sanelu"):
        for audience in Audience:
            query = Query(question, Language.FI, EMBEDDER.embed_query(question))
            got = index.candidates(query, audience.readable, 2 * len(rows))
            columns = (got.ids, got.vector, got.lemma, got.gram, got.lift, *got.sentences.T)
            order = np.argsort(got.ids)
            said[f"{question} {audience}"] = [np.round(column[order], 4).tolist() for column in columns]
            said[f"{question} terms"] = (got.lemma_ideal, got.gram_ideal, got.lemma_rarity, got.gram_rarity)
    sentences = index.sentence_vectors([each.id for each in rows])
    said["sentences"] = {number: vectors.tolist() for number, vectors in sorted(sentences.items())}
    return said


def _segments(manifest: Manifest) -> set[str]:
    return {path.split("/")[0] for path in manifest.checksums if path.startswith("segment-")}


def test_many_small_changes_answer_as_one_build(shelf: GenerationShelf, tmp_path: Path, clock: SetClock) -> None:
    """After 30 publications that each add, take away and hand to others, every answer is that of a fresh index."""
    moments = random.Random(5)
    rows = {number: _row(number, moments) for number in range(1, 40)}
    following = 40
    for step in range(30):
        for number in moments.sample(sorted(rows), k=min(len(rows), moments.randint(0, 3))):
            rows[number] = dataclasses.replace(rows[number], audience=moments.choice(list(Audience)))
        for number in moments.sample(sorted(rows), k=min(len(rows), moments.randint(0, 4))):
            del rows[number]
        for _ in range(moments.randint(0, 5)):
            rows[following] = _row(following, moments)
            following += 1
        manifest = publish(shelf, list(rows.values()), MODEL, revision=step)
        assert len(_segments(manifest)) <= 2 + math.log(max(len(rows), 2), 1.5)
    assert verify(tmp_path / "index" / manifest.generation) == manifest
    fresh = GenerationShelf(tmp_path / "fresh", 2, clock)
    publish(fresh, list(rows.values()), MODEL)
    assert len(_segments(manifest)) > 1
    assert len(_segments(fresh.current().manifest)) == 1
    changed, built = _answers(shelf, list(rows.values())), _answers(fresh, list(rows.values()))
    for name, said in built.items():
        if "terms" in name or name == "sentences":
            assert changed[name] == said
        else:
            # The lift is told from vectors of some passages of each language, here of all.
            assert np.array(changed[name]) == pytest.approx(np.array(said), abs=2e-4)


class Loading:
    """Rows by id, and which of them were asked for."""

    def __init__(self, *rows: IndexRow) -> None:
        self.rows = {each.id: each for each in rows}
        self.asked: list[int] = []

    def __call__(self, ids: Sequence[PassageId]) -> list[IndexRow]:
        """As `knowledge.ports.LoadRows`."""
        self.asked.extend(ids)
        return [self.rows[number] for number in ids]

    def publish(self, shelf: GenerationShelf, model: ModelIdentity = MODEL, rules: str = "1") -> list[int]:
        """Publish all rows; returns those that were asked for."""
        self.asked.clear()
        shelf.publish(IndexContent(list(self.rows.values()), model, rules, 1, 1), self)
        return list(self.asked)


def _ten() -> Loading:
    moments = random.Random(2)
    return Loading(*(dataclasses.replace(_row(number, moments), language=Language.FI) for number in range(1, 11)))


def test_only_what_the_generation_before_lacks_is_loaded(shelf: GenerationShelf) -> None:
    """All at first, then nothing, the new passage alone, and again a passage whose language is told otherwise."""
    loading = _ten()
    assert loading.publish(shelf) == list(range(1, 11))
    assert loading.publish(shelf) == []
    loading.rows[PassageId(11)] = _row(11, random.Random(1))
    assert loading.publish(shelf) == [11]
    loading.rows[PassageId(3)] = dataclasses.replace(loading.rows[PassageId(3)], language=Language.SV)
    assert loading.publish(shelf) == [3]
    assert sorted(shelf.current().sentence_vectors(list(loading.rows))) == sorted(
        number for number, each in loading.rows.items() if len(each.sentence_vectors)
    )


def test_another_audience_loads_nothing_and_holds_at_once(shelf: GenerationShelf) -> None:
    """A passage handed to the coordinators alone is no longer found by the public, nor lost to the coordinators."""
    loading = Loading(*(row(number, "pilotti", EMBEDDER.embed_query("pilotti")) for number in (1, 2)))
    loading.publish(shelf)
    loading.rows[PassageId(2)] = dataclasses.replace(loading.rows[PassageId(2)], audience=Audience.COORDINATORS)
    assert loading.publish(shelf) == []
    vector = EMBEDDER.embed_query("pilotti")
    for audience, ids in ((Audience.PUBLIC, [1]), (Audience.COORDINATORS, [1, 2])):
        got = shelf.current().candidates(Query("pilotti", Language.FI, vector), audience.readable, 5)
        assert got.ids.tolist() == ids


@pytest.mark.parametrize(
    ("model", "rules"), [(ModelIdentity("small", "2", 16), "1"), (MODEL, "2")], ids=["model", "rules"]
)
def test_nothing_is_shared_with_what_was_made_otherwise(
    shelf: GenerationShelf, model: ModelIdentity, rules: str
) -> None:
    """Another model's vectors and the terms of other rules cannot stand beside the new ones: all is loaded."""
    loading = _ten()
    loading.publish(shelf)
    assert loading.publish(shelf, model, rules) == list(range(1, 11))


def test_a_damaged_generation_is_not_built_upon(shelf: GenerationShelf, tmp_path: Path) -> None:
    """With the newest generation's files cut, the next is made of the one before, and is whole."""
    loading = _ten()
    loading.publish(shelf)
    loading.rows[PassageId(11)] = _row(11, random.Random(1))
    loading.publish(shelf)
    newest = max((tmp_path / "index").iterdir())
    (newest / "rows.npy").write_bytes(b"")
    assert loading.publish(shelf) == [11]
    assert shelf.current().manifest.passages == 11


def test_without_links_segments_are_copied(
    shelf: GenerationShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system that has no hard links a generation stands on files of its own, with the same checksums."""

    def refuse(*_: object) -> None:
        raise PermissionError

    loading = _ten()
    loading.publish(shelf)
    monkeypatch.setattr(os, "link", refuse)
    assert loading.publish(shelf) == []
    for manifest in shelf.kept():
        assert verify(tmp_path / "index" / manifest.generation) == manifest
        [vectors] = (tmp_path / "index" / manifest.generation).glob("segment-*/vectors.faiss")
        assert vectors.stat().st_nlink == 1


def test_links_take_no_room(shelf: GenerationShelf, tmp_path: Path) -> None:
    """A segment that two generations hold lies on the disk once, and outlives the older of them."""
    loading = _ten()
    for _ in range(3):
        loading.publish(shelf)
    found = list((tmp_path / "index").glob("*/segment-*/vectors.faiss"))
    assert [path.stat().st_nlink for path in found] == [2, 2]
    assert len({path.stat().st_ino for path in found}) == 1


def test_a_row_of_another_passage_is_refused(shelf: GenerationShelf) -> None:
    """Rows out of order would answer for each other: the build ends, and nothing is published."""
    rows = [_row(number, random.Random(number)) for number in (1, 2)]
    with pytest.raises(ValueError, match=r"^expected the row of passage 1, got that of 2$"):
        shelf.publish(IndexContent(rows, MODEL, "1", 1, 1), lambda _: reversed(rows))
    assert list(shelf.kept()) == []


@pytest.mark.parametrize(("run", "block"), [(8000, 4_000_000), (7, 5)])
def test_bm25_is_that_of_the_library(monkeypatch: pytest.MonkeyPatch, run: int, block: int) -> None:
    """For random texts, over one or many runs and blocks, every score is that of `bm25s`, and so are weighted terms."""
    monkeypatch.setattr(postings, "RUN", run)
    monkeypatch.setattr(postings, "BLOCK", block)
    dice = random.Random(3)
    texts = [dice.choices("abcdefgh", weights=range(1, 9), k=dice.randint(0, 30)) for _ in range(100)]
    index = LexicalIndex([_postings(texts)], np.ones(len(texts), dtype=np.bool_))
    numbers = {letter: number for number, letter in enumerate("abcdefgh")}
    library = bm25s.BM25(method="lucene", k1=K1, b=B)
    library.index(
        ([[numbers[letter] for letter in text] for text in texts], numbers),
        create_empty_token=False,
        show_progress=False,
    )
    for question in ("a", "abh", "hhab", "cdefgh"):
        expected = library.get_scores_from_ids([numbers[letter] for letter in question])
        assert index.match(list(question)).scores == pytest.approx(expected, abs=1e-5)


def test_gone_rows_count_for_nothing() -> None:
    """Frequencies and the usual length are of the live rows: scores are those of an index without the others."""
    dice = random.Random(4)
    texts = [dice.choices("abcdef", k=dice.randint(1, 20)) for _ in range(60)]
    live = np.array([dice.random() < 0.6 for _ in texts])
    halves = [_postings(texts[:25]), _postings(texts[25:])]
    some = LexicalIndex(halves, live).match(list("abbz"))
    alone = LexicalIndex(
        [_postings([text for text, stays in zip(texts, live, strict=True) if stays])],
        np.ones(int(live.sum()), np.bool_),
    ).match(list("abbz"))
    assert some.scores[live] == pytest.approx(alone.scores, abs=1e-6)
    assert some.rarity == alone.rarity


def _postings(texts: list[list[str]]) -> postings.Postings:
    builder = PostingsBuilder()
    for text in texts:
        builder.add(text)
    return builder.built()
