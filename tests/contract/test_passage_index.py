"""A published generation: its scores against brute force and against a formula worked out by hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.language.analysis import gram_terms
from knowledge.model import Audience, Language, ModelIdentity, PassageId
from knowledge.ports import Alternative, Candidates, IndexRow, PassageIndex, Query
from tests.builders import publish, row
from tests.fakes import SetClock
from tests.vector_servers import OpenShelf

DIMENSION = 8
ROWS = 400
EVERYBODY = frozenset(Audience)
UNKNOWN = Language.UNKNOWN
"""No lemmas and no stop words: a word is its own term."""


Published = Callable[[Sequence[IndexRow]], PassageIndex]


@pytest.fixture(scope="session")
def published(open_shelf: OpenShelf, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Makes an index of these rows, with vectors in files, in pgvector and in Milvus."""

    def publish_these(rows: Sequence[IndexRow]) -> PassageIndex:
        shelf = open_shelf(tmp_path_factory.mktemp("index"), 3, SetClock())
        publish(shelf, rows, ModelIdentity("small", "1", len(rows[0].vector)))
        return shelf.current()

    return publish_these


def _unit(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Of length one but for the rounding to 16 bits, as which vectors are kept."""
    scaled: NDArray[np.float32] = (values / np.linalg.norm(values)).astype(np.float16).astype(np.float32)
    return scaled


def _axis(at: int, dimension: int = DIMENSION) -> NDArray[np.float32]:
    return np.eye(dimension, dtype=np.float32)[at]


def _parts(candidates: Candidates) -> dict[int, tuple[float, float, float]]:
    columns = (candidates.ids, candidates.vector, candidates.lemma, candidates.gram)
    return {int(number): (float(a), float(b), float(c)) for number, a, b, c in zip(*columns, strict=True)}


@pytest.fixture(scope="session")
def many(published: Published) -> tuple[PassageIndex, list[IndexRow]]:
    """Random vectors under ids with gaps, a third of them for each audience."""
    random = np.random.default_rng(7)
    rows = [
        row(10 + 3 * at, f"sana{at}", _unit(random.normal(size=DIMENSION)), list(Audience)[at % 3], UNKNOWN)
        for at in range(ROWS)
    ]
    return published(rows), rows


@pytest.mark.parametrize("audiences", [each.readable for each in Audience])
def test_the_nearest_vectors_are_those_of_brute_force(
    many: tuple[PassageIndex, list[IndexRow]], audiences: Collection[Audience]
) -> None:
    """For 20 random questions the ids and cosines of the top 10 readable passages are those of a full comparison."""
    index, rows = many
    readable = [each for each in rows if each.audience in audiences]
    random = np.random.default_rng(11)
    for _ in range(20):
        question = _unit(random.normal(size=DIMENSION))
        cosines = {each.id: float(each.vector @ question) for each in readable}
        best = sorted(cosines, key=lambda number: -cosines[number])[:10]
        got = _parts(index.candidates(Query("tuntematon", UNKNOWN, question), audiences, 10))
        assert got.keys() == set(best)
        assert {number: parts[0] for number, parts in got.items()} == pytest.approx(
            {number: cosines[number] for number in best}, abs=1e-6
        )


def test_every_score_is_exact_for_every_row(many: tuple[PassageIndex, list[IndexRow]]) -> None:
    """A passage brought up by its words alone has its true cosine, and one brought up by its vector its word score."""
    index, rows = many
    opposite = rows[5]
    got = _parts(index.candidates(Query("sana5", UNKNOWN, -opposite.vector), EVERYBODY, 3))
    assert opposite.id in got
    assert got[opposite.id][0] == pytest.approx(-1, abs=1e-3)
    by_id = {each.id: each for each in rows}
    for number, (cosine, lemma, _) in got.items():
        assert cosine == pytest.approx(float(by_id[number].vector @ -opposite.vector), abs=1e-6)
        assert (lemma > 0) == (number == opposite.id)


CORPUS = ("alfa beeta", "alfa alfa gamma delta", "gamma delta eeta")


@pytest.fixture
def three(published: Published) -> PassageIndex:
    """Passages 1, 2 and 3 of two, four and three words."""
    return published([row(at, text, _axis(0), language=UNKNOWN) for at, text in enumerate(CORPUS, 1)])


def test_bm25_is_the_formula(three: PassageIndex) -> None:
    """Inverse frequency ln(1 + (N - n + 0.5) / (n + 0.5)) times f / (f + 0.9 (0.6 + 0.4 length / mean))."""
    got = _parts(three.candidates(Query("alfa", UNKNOWN, _axis(0)), EVERYBODY, 10))
    # N = 3, n = 2: ln 1.6 = 0.47000. Lengths 2 and 4 of mean 3: 1 / (1 + 0.78) and 2 / (2 + 1.02).
    assert [round(got[number][1], 4) for number in (1, 2, 3)] == [0.2640, 0.3113, 0]
    got = _parts(three.candidates(Query("beeta gamma", UNKNOWN, _axis(0)), EVERYBODY, 10))
    # beeta: ln(1 + 2.5 / 1.5) = 0.98083 / 1.78; gamma: 0.47000 / (1 + 1.02) and, at mean length, / (1 + 0.9).
    assert [round(got[number][1], 4) for number in (1, 2, 3)] == [0.5510, 0.2327, 0.2474]


def test_character_ngrams_are_scored_by_the_same_formula(three: PassageIndex) -> None:
    """Over n-grams, a word that is only alike still scores, and as the formula says."""
    question = gram_terms("deltat")
    assert set(question) & set(gram_terms("delta")) == {"^del", "delt", "elta"}
    lists = [gram_terms(text) for text in CORPUS]
    got = _parts(three.candidates(Query("deltat", UNKNOWN, _axis(0)), EVERYBODY, 10))
    assert [got[number][2] for number in (1, 2, 3)] == pytest.approx(_bm25(question, lists), abs=1e-5)
    assert got[3][2] > got[2][2] > got[1][2] == 0


def _bm25(question: Sequence[str], lists: Sequence[Sequence[str]]) -> list[float]:
    mean = sum(map(len, lists)) / len(lists)
    scores = []
    for terms in lists:
        counts = Counter(terms)
        scores.append(0.0)
        for term in question:
            holding = sum(term in each for each in lists)
            rarity = math.log(1 + (len(lists) - holding + 0.5) / (holding + 0.5))
            scores[-1] += rarity * counts[term] / (counts[term] + 0.9 * (0.6 + 0.4 * len(terms) / mean))
    return scores


def test_the_ideal_is_a_passage_that_holds_each_term_once(three: PassageIndex) -> None:
    """The sum of idf / 1.9 over the question's terms; a term that no passage has counts as the rarest."""
    # alfa: 0.47000 / 1.9; outo, in no passage: ln(1 + 3.5 / 0.5) = 2.07944 / 1.9.
    assert three.candidates(Query("alfa", UNKNOWN, _axis(0)), EVERYBODY, 10).lemma_ideal == pytest.approx(
        0.2474, abs=1e-4
    )
    assert three.candidates(Query("alfa outo", UNKNOWN, _axis(0)), EVERYBODY, 10).lemma_ideal == pytest.approx(
        1.3418, abs=1e-4
    )


def test_words_rank_by_lemma_in_the_language_of_question_and_passage(published: Published) -> None:
    """An inflected Finnish question reaches the inflected Finnish passage by their common lemma."""
    rows = [row(1, "Pilottien tuloksista kerrottiin.", _axis(0)), row(2, "Kahvia on tarjolla.", _axis(0))]
    got = _parts(published(rows).candidates(Query("pilotit", Language.FI, _axis(0)), EVERYBODY, 10))
    assert got[1][1] > 0
    assert got[2][1] == 0


@pytest.mark.parametrize("reader", list(Audience))
def test_a_narrower_audiences_passage_never_comes_up(published: Published, reader: Audience) -> None:
    """Even as the perfect match by vector, lemma and n-gram, a passage shows only to those who may read it."""
    rows = [
        row(number, "pilotti", _axis(0), audience, UNKNOWN)
        for number, audience in enumerate((Audience.PUBLIC, Audience.MEMBERS, Audience.COORDINATORS), 1)
    ]
    for limit in (1, 10):
        got = published(rows).candidates(Query("pilotti", UNKNOWN, _axis(0)), reader.readable, limit)
        assert set(got.ids.tolist()) <= {each.id for each in rows if each.audience in reader.readable}
        assert len(got.ids) >= 1


def test_who_may_read_nothing_gets_nothing(published: Published) -> None:
    """With only narrower sources indexed, or no audience at all, there are no candidates."""
    index = published([row(1, "pilotti", _axis(0), Audience.COORDINATORS, UNKNOWN)])
    for audiences in (Audience.MEMBERS.readable, frozenset[Audience]()):
        assert index.candidates(Query("pilotti", UNKNOWN, _axis(0)), audiences, 10).ids.tolist() == []


def test_languages_stand_beside_their_passages(published: Published) -> None:
    """Every candidate carries its passage's language."""
    rows = [row(at, "sama", _axis(0), language=language) for at, language in enumerate(Language, 1)]
    got = published(rows).candidates(Query("sama", Language.EN, _axis(0)), EVERYBODY, 10)
    assert dict(zip(got.ids.tolist(), got.languages, strict=True)) == dict(enumerate(Language, 1))


def test_passages_and_questions_without_words_are_allowed(published: Published) -> None:
    """Where nothing but signs is indexed or asked, word scores are 0 and vectors still work."""
    got = _parts(
        published([row(1, "…", _axis(0)), row(2, "—", _axis(1))]).candidates(
            Query("?", Language.FI, _axis(1)), EVERYBODY, 1
        )
    )
    assert got == {2: (1.0, 0.0, 0.0)}


def test_the_lift_compares_a_passage_with_those_of_its_language(published: Published) -> None:
    """Finnish cosines .8 and .6 lie one deviation about their mean .7, Swedish .4 and .2 about .3: alike in lift."""
    four = ((0.8, Language.FI), (0.6, Language.FI), (0.4, Language.SV), (0.2, Language.SV))
    cosines = dict(enumerate(four * 16, 1))
    rows = [
        row(number, f"sana{number}", _unit(np.array([cosine, math.sqrt(1 - cosine**2)])), language=language)
        for number, (cosine, language) in cosines.items()
    ]
    got = published(rows).candidates(Query("tuntematon", UNKNOWN, _axis(0, 2)), EVERYBODY, 64)
    lifts = dict(zip(got.ids.tolist(), got.lift.tolist(), strict=True))
    assert [lifts[number] for number in (1, 2, 3, 4)] == pytest.approx([1, -1, 1, -1], abs=1e-3)


def test_a_language_of_one_passage_is_compared_with_what_is_usual(published: Published) -> None:
    """One passage cannot stand out among itself: nearly all it is compared with is the model's usual cosine."""
    only = [row(1, "sana", _unit(np.array([0.9, math.sqrt(1 - 0.81)])), language=Language.FI)]
    index = published(only)
    usual, spread = (0.9 + 31 * 0.78) / 32, 31 * 0.02 / 32
    assert index.candidates(Query("sana", Language.FI, _axis(0, 2)), EVERYBODY, 9).lift.tolist() == pytest.approx(
        [(0.9 - usual) / spread], abs=1e-2
    )
    assert index.candidates(Query("word", Language.EN, _axis(0, 2)), EVERYBODY, 9).lift[0] > (0.9 - usual) / spread + 1


def test_each_language_has_its_nearest(published: Published) -> None:
    """With room for one passage, the nearest of every language comes up: none crowds out another."""
    rows = [
        row(number, f"sana{number}", _unit(np.array([1.0, 0.1 * number])), language=language)
        for number, language in enumerate((Language.FI, Language.SV, Language.EN, Language.FI), 1)
    ]
    got = published(rows).candidates(Query("tuntematon", UNKNOWN, _axis(0, 2)), EVERYBODY, 1)
    assert sorted(got.ids.tolist()) == [1, 2, 3]


def test_a_question_is_compared_as_it_would_be_asked_in_the_passages_language(published: Published) -> None:
    """The moved vector meets the passages of its language, the vector as it is all others."""
    rows = [
        row(1, "sana", _axis(1), language=Language.FI),
        row(2, "word", _axis(0), language=Language.EN),
        row(3, "ord", _axis(0), language=Language.SV),
    ]
    asked = Query("?", Language.EN, _axis(0), {Language.FI: _axis(1)})
    got = _parts(published(rows).candidates(asked, EVERYBODY, 1))
    assert {number: cosine for number, (cosine, _, _) in got.items()} == {1: 1.0, 2: 1.0, 3: 1.0}


def test_sentences_are_compared_as_their_passages_are(published: Published) -> None:
    """Best, mean of the best two and of all, and best by the vector as it is, all as lifts of their language."""
    three = np.stack([_unit(np.array([cosine, math.sqrt(1 - cosine**2)])) for cosine in (0.8, 0.6, 0.1)])
    others = [row(number, "sana", _unit(np.array([0.7, 0.71])), language=Language.FI) for number in range(10, 42)]
    rows = [row(1, "kolme", _axis(0, 2), language=Language.FI, sentences=three), *others]
    asked = Query("kolme", Language.EN, _axis(1, 2), {Language.FI: _axis(0, 2)})
    found = published(rows).candidates(asked, EVERYBODY, 50)
    at = found.ids.tolist().index(1)
    # Every cosine c becomes (c - usual) / spread, so that differences of lifts are in the ratio of those of cosines.
    best, two, every, unmoved = found.sentences[at]
    unit = (best - every) / (0.8 - 0.5)
    assert (best - two) / unit == pytest.approx(0.8 - 0.7, abs=1e-3)
    assert (found.lift[at] - best) / unit == pytest.approx(1 - 0.8, abs=1e-3)
    assert unmoved != pytest.approx(best, abs=1e-3)


def test_a_passage_without_known_sentences_counts_as_one_sentence(published: Published) -> None:
    """Where no sentences were embedded, the lifts of the sentences are that of the passage."""
    found = published([row(1, "sana", _axis(0)), row(2, "muu", _axis(1))]).candidates(
        Query("sana", Language.FI, _axis(0)), EVERYBODY, 5
    )
    assert found.sentences.tolist() == [[lift] * 4 for lift in found.lift.tolist()]


def test_each_passage_has_its_sentences(published: Published) -> None:
    """The vectors of a passage's sentences come in their order; unknown ones and unknown passages are absent."""
    rows = [
        row(3, "yksi", _axis(0), sentences=np.eye(DIMENSION, dtype=np.float32)[2:4]),
        row(5, "kaksi", _axis(1)),
        row(8, "kolme", _axis(2), Audience.COORDINATORS, Language.SV, np.full((1, DIMENSION), 0.5, dtype=np.float32)),
    ]
    got = published(rows).sentence_vectors([PassageId(number) for number in (8, 5, 3, 4, 99)])
    assert {number: vectors.tolist() for number, vectors in got.items()} == {
        3: [_axis(2).tolist(), _axis(3).tolist()],
        8: [[0.5] * DIMENSION],
    }
    assert {vectors.dtype for vectors in got.values()} == {np.dtype(np.float32)}


def test_synonyms_add_a_part_of_their_score_and_nothing_to_the_ideal(three: PassageIndex) -> None:
    """The formula times 0.3 for each lemma of a synonym, shared among its lemmas; ideal and rarity as without it."""
    also = (
        Alternative("beeta", UNKNOWN, "alfa", UNKNOWN),
        Alternative("gamma eeta", UNKNOWN, "alfa", UNKNOWN),
        Alternative("alfa", UNKNOWN, "alfa", UNKNOWN),
    )
    plain = three.candidates(Query("alfa", UNKNOWN, _axis(0)), EVERYBODY, 10)
    wide = three.candidates(Query("alfa", UNKNOWN, _axis(0), also=also), EVERYBODY, 10)
    got = _parts(wide)
    # beeta 0.98083 / 1.78 * 0.3 beside alfa; gamma 0.47000 / 2.02 * 0.15; both (0.47000 + 0.98083) / 1.9 * 0.15.
    assert [round(got[number][1], 4) for number in (1, 2, 3)] == [0.4294, 0.3462, 0.1145]
    assert (wide.lemma_ideal, wide.lemma_rarity) == (plain.lemma_ideal, plain.lemma_rarity)
    assert wide.gram.tolist() == plain.gram.tolist()
