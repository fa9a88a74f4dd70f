"""Publishing from SQL: only what is new is indexed and embedded, sentences too, and an upgrade needs no thought."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete

from knowledge.errors import IndexDamagedError, ModelMismatchError, NotFoundError
from knowledge.model import Audience, PassageId
from knowledge.ports import Vectors
from knowledge.publishing import WORDS_FIRST
from knowledge.searching.search import Searcher
from knowledge.store.tables import SentenceVectorsRow
from tests.fakes import SmallEmbedder
from tests.integration.indexing import Bench

TWO = "# Ohje\n\nPilotti alkoi toukokuussa. Se kestää vuoden.\n"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A data folder of its own."""
    made = Bench(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path, bench: Bench) -> Path:
    """A source of one guide, indexed."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "guide.md").write_text(TWO, encoding="utf-8")
    bench.add(made)
    assert not bench.sync().troubles
    return made


def _sentences(bench: Bench) -> dict[str, list[list[float]]]:
    """The sentence vectors of every live passage that the current generation knows, by the passage's text."""
    live = bench.live()
    found = bench.shelf.current().sentence_vectors(list(live))
    return {live[number][1]: vectors.tolist() for number, vectors in found.items()}


@pytest.mark.usefixtures("folder")
def test_every_sentence_has_its_vector(bench: Bench) -> None:
    """The generation holds for each passage what the model makes of its sentences, one by one."""
    [vectors] = _sentences(bench).values()
    expected = bench.embedder.embed_passages(["Pilotti alkoi toukokuussa.", "Se kestää vuoden."])
    assert np.array(vectors) == pytest.approx(expected, abs=1e-3)


def test_only_the_sentences_of_new_passages_are_embedded(bench: Bench, folder: Path) -> None:
    """A new document costs its own passage and sentences, equal ones once; what was there keeps its vectors."""
    before = _sentences(bench)
    (folder / "other.md").write_text("# Muu\n\nKahvia on. Kahvia on. Teetä ei ole.\n", encoding="utf-8")
    bench.embedder.embedded.clear()
    bench.sync()
    assert [text for text in bench.embedder.embedded if "\n" not in text] == ["Kahvia on.", "Teetä ei ole."]
    after = _sentences(bench)
    assert {text: len(vectors) for text, vectors in after.items()} == {
        "Pilotti alkoi toukokuussa.\nSe kestää vuoden.": 2,
        "Kahvia on.\nKahvia on.\nTeetä ei ole.": 3,
    }
    assert before.items() <= after.items()


@pytest.mark.usefixtures("folder")
def test_an_index_of_the_first_format_is_built_anew(bench: Bench) -> None:
    """The end of the next sync does it: the texts' vectors are taken from SQL, and their sentences are embedded."""
    before = bench.published()
    for generation in (bench.settings.data_dir / "index").iterdir():
        _make_first_format(generation)
    with bench.store() as work:
        work._session.execute(delete(SentenceVectorsRow))  # noqa: SLF001 - the first schema had none
        work.commit()
    upgraded = Bench(bench.settings.data_dir)
    with pytest.raises(IndexDamagedError, match="run `python -m indexer rebuild`"):
        upgraded.shelf.current()
    heard: list[tuple[str, int, int]] = []
    upgraded.pipeline().publish(lambda *told: heard.append(told))
    assert heard == [("embedding", 1, 1), ("publishing", 0, 1), ("publishing", 1, 1)]
    assert upgraded.published() == before
    assert upgraded.embedder.embedded == ["Pilotti alkoi toukokuussa.", "Se kestää vuoden."]
    assert [len(vectors) for vectors in _sentences(upgraded).values()] == [2]
    upgraded.close()


def _make_first_format(generation: Path) -> None:
    """One folder of vectors and words, and a manifest that says nothing of its format."""
    content = json.loads((generation / "manifest.json").read_text())
    del content["format"], content["rules"]
    (generation / "manifest.json").write_text(json.dumps(content))
    for segment in generation.glob("segment-*"):
        shutil.rmtree(segment)
    (generation / "vectors.faiss").write_bytes(b"IxFI")
    (generation / "lemma").mkdir()


@pytest.mark.usefixtures("folder")
def test_damaged_files_do_not_hide_whose_vectors_they_were(bench: Bench, tmp_path: Path) -> None:
    """With all files cut, another model is still refused before it embeds everything anew; the same one goes on."""
    for rows in (bench.settings.data_dir / "index").glob("*/rows.npy"):
        rows.write_bytes(b"")
    other = Bench(tmp_path / "data", embedder=SmallEmbedder(16, "2"))
    with pytest.raises(ModelMismatchError, match=r"made with small 1 .* name small 2"):
        other.sync()
    assert other.embedder.embedded == []
    other.close()
    same = Bench(tmp_path / "data")
    assert not same.sync().troubles
    same.close()


@pytest.mark.usefixtures("folder")
def test_other_rules_for_words_index_everything_anew(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade that makes other terms publishes by itself at the next sync, and embeds nothing."""
    first = bench.shelf.current().manifest
    bench.embedder.embedded.clear()
    monkeypatch.setattr("knowledge.publishing.term_rules", lambda: "other")
    bench.sync()
    second = bench.shelf.current().manifest
    assert second.generation > first.generation
    assert {path for path in second.checksums if path.startswith("segment-")}.isdisjoint(first.checksums)
    assert bench.embedder.embedded == []
    bench.sync()
    assert bench.shelf.current().manifest == second


def test_a_rebuild_takes_over_no_file(bench: Bench, folder: Path) -> None:
    """Whatever is wrong with the files of the index, a rebuild writes all of them from the database."""
    assert folder.is_dir()
    first = bench.shelf.current().manifest
    second = bench.publisher.publish(anew=True)
    assert {path for path in second.checksums if path.startswith("segment-")}.isdisjoint(first.checksums)
    assert bench.published() == set(bench.live())


def _fill(documents: Path) -> None:
    """As many short documents as make it worth while to let words answer first."""
    for number in range(WORDS_FIRST):
        text = f"# Huone {number}\n\nHuoneessa on kaappi {number}.\n"
        (documents / f"{number}.md").write_text(text, encoding="utf-8")


class _WatchingEmbedder(SmallEmbedder):
    """Calls somebody at the first passages of each embedding: while vectors are being made."""

    def __init__(self) -> None:
        super().__init__()
        self.watch: Callable[[], None] = lambda: None

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors, after a look around."""
        watch, self.watch = self.watch, lambda: None
        watch()
        return super().embed_passages(texts)


def test_words_answer_while_vectors_are_being_made(tmp_path: Path) -> None:
    """Much that is new is found by its words before it is embedded, and by its meaning when it is; both in one sync."""
    embedder = _WatchingEmbedder()
    bench = Bench(tmp_path / "data", embedder=embedder)
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "guide.md").write_text(TWO, encoding="utf-8")
    bench.add(documents)
    bench.sync()
    _fill(documents)
    met: list[tuple[bool, list[str], list[PassageId]]] = []

    def look() -> None:
        index = Searcher(bench.store, bench.shelf, SmallEmbedder())
        hits = [index.search(words, audience=Audience.MEMBERS)[0] for words in ("kaappi 17", "pilotti alkoi")]
        current = bench.shelf.current()
        known = current.sentence_vectors([hit.passage.id for hit in hits])
        met.append((current.manifest.is_complete, [hit.document.key for hit in hits], list(known)))

    embedder.watch = look
    report = bench.sync()
    assert report.counts.embedded == WORDS_FIRST
    [(was_complete, found, [known])] = met
    assert (was_complete, found) == (False, ["17.md", "guide.md"])
    assert bench.live()[known][0] == "guide.md"
    manifests = bench.shelf.kept()
    assert [each.is_complete for each in manifests] == [True, True]
    assert len(_sentences(bench)) == WORDS_FIRST + 1
    bench.close()


def test_a_killed_embedding_is_taken_up_again(tmp_path: Path) -> None:
    """What stands in is not taken for the whole: the next sync makes the vectors that are missing, and only those."""
    embedder = _WatchingEmbedder()
    bench = Bench(tmp_path / "data", embedder=embedder)
    documents = tmp_path / "documents"
    documents.mkdir()
    _fill(documents)
    bench.add(documents)

    def die() -> None:
        raise KeyboardInterrupt

    embedder.watch = die
    with pytest.raises(KeyboardInterrupt):
        bench.sync()
    assert not bench.shelf.current().manifest.is_complete
    with pytest.raises(NotFoundError):
        bench.shelf.roll_back()
    report = bench.sync()
    assert (report.counts.unchanged, report.counts.embedded) == (WORDS_FIRST, WORDS_FIRST)
    assert [each.is_complete for each in bench.shelf.kept()] == [True]
    bench.close()
