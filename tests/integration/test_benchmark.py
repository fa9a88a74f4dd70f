"""The benchmark at tiny sizes: that it measures what it says, over the real use cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.benchmark.__main__ import main
from tests.benchmark.plan import QUICK

PARTS = ["building", "reindexing", "query", "throughput", "round", "year", "calendar"]
"""Those that start no process of Solmu's own: its start takes seconds."""


@pytest.fixture(scope="module")
def measured(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was written for programs, by part."""
    out = tmp_path_factory.mktemp("bench")
    main(PARTS, quick=True, size=None, sample=sample_home, out=out)
    content = json.loads((out / "latest.json").read_text(encoding="utf-8"))
    assert all(f"make bench PARTS={part}" in (out / "latest.md").read_text(encoding="utf-8") for part in PARTS)
    return {result["part"]: result for result in content["results"]}


def test_collections_have_the_size_that_was_wanted(measured: dict[str, Any]) -> None:
    """The sample and as many made-up passages as are missing, stored and published in some time."""
    rows = measured["building"]["rows"]
    assert [row[0] for row in rows] == list(QUICK.sizes)
    assert all(row[1] > 0 and row[2] > 0 for row in rows)


def test_what_did_not_change_is_cheaper_than_what_did(measured: dict[str, Any]) -> None:
    """Files through the real pipeline: a second look takes less than one new document, and that less than all."""
    took = dict(measured["reindexing"]["rows"])
    assert 0 < took["nothing"] < took["one document"] < took["everything is new"]
    assert "400 passages in 40 files" in measured["reindexing"]["title"]


def test_a_question_is_more_than_each_of_its_parts(measured: dict[str, Any]) -> None:
    """At every size the whole takes longer than what is beyond embedding, and no part more than the whole."""
    for column in range(1, 1 + len(QUICK.sizes)):
        medians = {row[0]: float(row[column].split(" / ")[0]) for row in measured["query"]["rows"]}
        assert medians["whole"] > medians["beyond embedding"] > medians["SQL"] > 0
        assert medians["embedding the question"] > 0
        assert max(medians.values()) == medians["whole"]


def test_every_crowd_is_answered(measured: dict[str, Any]) -> None:
    """With one asker and with two."""
    rows = measured["throughput"]["rows"]
    assert [row[0] for row in rows] == list(QUICK.askers)
    assert all(speed > 0 and high >= middle > 0 for _, speed, middle, high in rows)


def test_a_round_pairs_everybody_and_a_year_has_its_weeks(measured: dict[str, Any]) -> None:
    """Forty members make at most twenty pairs; the whole takes longer than its parts; a year has 52 rounds."""
    [[members, pairs, whole, *parts]] = measured["round"]["rows"]
    assert members == 40
    assert 15 <= pairs <= 20
    assert whole > max(parts) > 0
    assert "52 weekly rounds" in measured["year"]["title"]
    assert dict(measured["year"]["rows"])["proposals"] > 52


def test_a_feed_is_read_again_sooner_than_at_first(measured: dict[str, Any]) -> None:
    """Five single events and five series, each of twelve weeks but one."""
    [[events, held, size, first, again, own]] = measured["calendar"]["rows"]
    assert (events, held) == (10, 5 + 5 * 11)
    assert size > 0
    assert first > again > 0
    assert own > 0


def test_an_unknown_part_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Before anything is measured, with the names that there are."""
    with pytest.raises(typer.Exit):
        main(["querry"], quick=True, size=None, sample=None, out=tmp_path)
    assert "There is no part querry; there are embedding, building" in capsys.readouterr().err
