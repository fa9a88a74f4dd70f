"""Matching over the sample's use cases with the real model: the figures of the docs, as floors."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.evaluation.related_cards import index_cases
from knowledge.evaluation.related_sets import read_cases, read_groups, read_seekers
from knowledge.evaluation.relating import DATA, METHODS, SAMPLE, Asked, ask_cases, ask_seekers, measure
from knowledge.ports import Embedder
from knowledge.store import open_store
from knowledge.wiring import utc_now

BM25, PLAIN, MATCHING = range(len(METHODS))


@pytest.fixture(scope="module")
def asked(
    tmp_path_factory: pytest.TempPathFactory, bundled_embedder: Embedder
) -> tuple[Sequence[Asked], Sequence[Asked]]:
    """Use cases, and seekers, that look for related use cases."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('relating') / 'solmu.sqlite'}")
    cases, seekers = read_cases(SAMPLE), read_seekers(DATA / "seeking_members.jsonl")
    indexed = index_cases(cases, seekers, store, bundled_embedder, utc_now, lambda _: None)
    store.dispose()
    related = read_groups(DATA / "related_sample_use_cases.tsv", cases)
    return ask_cases(cases, indexed, related), ask_seekers(cases, seekers, indexed)


def test_related_use_cases_find_each_other_across_three_languages(
    asked: tuple[Sequence[Asked], Sequence[Asked]],
) -> None:
    """Twice as well as by plain vectors, three times as well as by BM25; a floor just below what was measured."""
    count, *found = measure(asked[0], lambda _: range(44))
    assert count == 39
    assert found[MATCHING] >= 0.65
    assert found[MATCHING] > 2 * found[PLAIN]
    assert found[MATCHING] > 3 * found[BM25]


def test_who_seeks_finds_who_has_it(asked: tuple[Sequence[Asked], Sequence[Asked]]) -> None:
    """Nine wishes of ten bring up the use case that fits, mostly in another language."""
    count, *found = measure(asked[1], lambda _: range(44))
    assert count == 36
    assert found[MATCHING] >= 0.9
    assert found[MATCHING] > 2 * found[PLAIN]
