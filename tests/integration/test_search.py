"""Searching: near-duplicates merged, few passages of each document, and models that must match."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.adapters.generations import GenerationShelf
from knowledge.errors import IndexMissingError, ModelMismatchError
from knowledge.model import Audience
from knowledge.publishing import Publisher
from knowledge.searching.search import PER_DOCUMENT, Searcher
from knowledge.store import Store, open_store
from tests.builders import content, document, source
from tests.fakes import SetClock, SmallEmbedder

TEXTS = {
    "a.md": ["Pilotti alkoi toukokuussa.", "Pilotti jatkuu syksyllä.", "Pilotti päättyy talvella."],
    "b.md": ["Pilotti alkoi toukokuussa."],
    "c.md": ["Kahvia on tarjolla aulassa."],
}


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Three documents, the second a copy of the first one's beginning."""
    store, shelf = _home(tmp_path)
    home = source()
    with store() as work:
        work.sources.add(home)
        for key, texts in TEXTS.items():
            work.documents.put(content(document(key, of=home), *texts), SetClock()())
        work.commit()
    Publisher(store, shelf, SmallEmbedder()).publish()
    return Searcher(store, shelf, SmallEmbedder())


def _home(folder: Path) -> tuple[Store, GenerationShelf]:
    return open_store(f"sqlite:///{folder / 'solmu.sqlite'}"), GenerationShelf(folder / "index", 3, SetClock())


def test_the_same_text_comes_up_once(searcher: Searcher) -> None:
    """Of two documents with one and the same passage one is shown, and others take the room."""
    texts = [hit.passage.text for hit in searcher.search("Milloin pilotti alkoi?", audience=Audience.PUBLIC)]
    assert texts.count("Pilotti alkoi toukokuussa.") == 1
    assert texts[0] == "Pilotti alkoi toukokuussa."


def test_no_document_takes_all_places(searcher: Searcher) -> None:
    """However many of its passages fit, a document has two hits at most, and the limit is kept."""
    hits = searcher.search("pilotti", audience=Audience.PUBLIC)
    assert max([hit.document.key for hit in hits].count(key) for key in TEXTS) == PER_DOCUMENT
    assert len(searcher.search("pilotti", audience=Audience.PUBLIC, limit=1)) == 1


def test_hits_are_in_the_order_of_their_scores(searcher: Searcher) -> None:
    """The best comes first, and no hit scores above the one before it."""
    scores = [hit.score for hit in searcher.search("pilotti toukokuussa", audience=Audience.PUBLIC)]
    assert scores == sorted(scores, reverse=True)


def test_nothing_published_is_said(tmp_path: Path) -> None:
    """Before the first index there is nothing to search, and the searcher says so."""
    store, shelf = _home(tmp_path)
    with pytest.raises(IndexMissingError):
        Searcher(store, shelf, SmallEmbedder()).search("pilotti", audience=Audience.PUBLIC)


@pytest.mark.usefixtures("searcher")
def test_another_model_is_refused(tmp_path: Path) -> None:
    """Vectors of two models never meet: the sentence names both, and what to run."""
    store, shelf = _home(tmp_path)
    other = Searcher(store, shelf, SmallEmbedder(revision="2"))
    with pytest.raises(ModelMismatchError, match=r"small 1 .* small 2 .*; run `python -m indexer rebuild`"):
        other.search("pilotti", audience=Audience.PUBLIC)
