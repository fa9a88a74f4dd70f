"""What the benchmark makes up: texts, vectors, and the figures' form."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from knowledge.model import Language, ModelIdentity
from tests.benchmark.holdings import LikelyEmbedder
from tests.benchmark.report import percentiles, shown
from tests.benchmark.texts import Texts
from tests.benchmark.watch import Timed, TimedStore, Watch
from tests.builders import passage
from tools.write_performance import with_tables

BASE = [
    passage("Verkosto järjestää tekoälyaamun. Hoitajat kirjaavat potilastietoja puheentunnistuksella joka päivä."),
    passage("Nätverket ordnar utbildning varje höst. Rapporterna förvaras i tre år.", language=Language.SV),
]


def test_texts_repeat_for_the_same_seed() -> None:
    """So that two runs measure the same, and two seeds different things."""
    first, second, other = (Texts(BASE, seed) for seed in (1, 1, 2))
    texts = [first.passage().text for _ in range(5)]
    assert texts == [second.passage().text for _ in range(5)]
    assert texts != [other.passage().text for _ in range(5)]


def test_words_come_as_in_life() -> None:
    """A few words are everywhere, most are rare, new ones keep coming, and both languages of the base occur."""
    texts = Texts(BASE, 1)
    drafts = [texts.passage() for _ in range(400)]
    assert {draft.language for draft in drafts} == {Language.FI, Language.SV}
    words = [word for draft in drafts for word in draft.text.split()]
    counted = Counter(words)
    assert sum(count == 1 for count in counted.values()) > len(counted) / 2
    assert len(set(words)) > 1.4 * len(set(words[: len(words) // 2]))
    assert counted.most_common(1)[0][1] > len(words) / 100


def test_vectors_are_near_real_ones() -> None:
    """Of unit length, the same for the same texts, about .9 from one of the real ones."""
    real = np.eye(4, 256, dtype=np.float32)
    embedder = LikelyEmbedder(ModelIdentity("m", "1", 256), real)
    vectors = embedder.embed_passages(["a", "b", "c"])
    assert vectors == pytest.approx(embedder.embed_passages(["a", "b", "c"]))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert (vectors @ real.T).max(axis=1) == pytest.approx([0.91] * 3, abs=0.05)
    assert embedder.embed_passages([]).shape == (0, 256)


class Inner:
    """A port with a method and a property."""

    name = "inner"

    def double(self, number: int) -> int:
        """Twice the number."""
        return 2 * number


def test_a_timed_port_does_what_the_port_does() -> None:
    """Its named methods are booked and their last result kept; everything else is passed on."""
    watch = Watch()
    timed = Timed(Inner(), watch, {"double": "doubling"})
    assert (timed.double(4), timed.name, timed.last) == (8, "inner", {"double": 8})
    spent = watch.lap()
    assert spent.keys() == {"doubling"}
    assert spent["doubling"] > 0
    assert not watch.lap()


def test_a_failing_call_is_booked_too() -> None:
    """What was spent was spent."""
    watch = Watch()
    with pytest.raises(TypeError):
        Timed(Inner(), watch, {"double": "doubling"}).double()
    assert watch.lap()["doubling"] > 0


def test_transactions_are_booked_to_their_end(store: object) -> None:
    """Reading and writing alike, with the real unit of work inside."""
    watch = Watch()
    timed = TimedStore(store, watch)
    with timed.reading() as work:
        assert work.documents.live() == []
    reading = watch.lap()["sql"]
    with timed() as work:
        work.commit()
    assert reading > 0
    assert watch.lap()["sql"] > 0


def test_figures_that_count() -> None:
    """Three of them, whole numbers with their thousands apart; percentiles between the values."""
    assert [shown(cell) for cell in (0.01234, 5.678, 123.4, 1234567, "x")] == ["0.0123", "5.7", "123", "1,234,567", "x"]
    assert percentiles([1.0, 2.0, 3.0]) == pytest.approx((2.0, 2.9))


def test_tables_are_filled_in_where_they_belong() -> None:
    """Old ones are replaced, words around them stay, and a page without the place is refused."""
    page = "a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nb\n"
    filled = with_tables(page, {"bench": "| \\1 |\n"})
    assert filled == "a\n<!-- bench:begin -->\n\n| \\1 |\n\n<!-- bench:end -->\nb\n"
    with pytest.raises(ValueError, match="expected one place for peers, found 0"):
        with_tables(page, {"peers": "x"})
