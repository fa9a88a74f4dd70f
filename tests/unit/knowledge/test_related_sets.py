"""Sets of related use cases: what is read, what is masked, and how recall is counted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.evaluation.related_sets import RelatedSetError, read_cases, read_groups, without_names
from knowledge.evaluation.relating import Asked, recall
from knowledge.evaluation.rivals import bm25
from knowledge.model import Language

TEXT = "Nurses in Virtala dictate notes to a tool by Talvikka every day and check them."


def _write(folder: Path, *rows: dict[str, object]) -> Path:
    lines = [json.dumps({"lang": "en", "description": TEXT, "title": "Dictation"} | row) for row in rows]
    (folder / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_names_of_places_vendors_and_systems_are_masked_and_titles_hidden(tmp_path: Path) -> None:
    """`Virtala` is in the owner's name, `Talvikka` in a title; words of the dictionary stay."""
    row = {"id": "a", "organisation": "Town of Virtala", "title": "Talvikka for nurses"}
    [case] = without_names(read_cases(_write(tmp_path, row)), tmp_path)
    assert case.title == ""
    assert case.text == "Nurses in dictate notes to a tool by every day and check them."


def test_a_description_of_a_few_words_is_passed_over(tmp_path: Path) -> None:
    """There is nothing to compare."""
    assert read_cases(_write(tmp_path, {"id": "a", "description": "A chatbot."}, {"id": "b"}))[0].id == "b"


def test_the_others_of_a_group_are_related_unless_they_have_one_owner(tmp_path: Path) -> None:
    """`a` and `b` are of one bureau: each is related to `c` alone; ids that are not there do not matter."""
    rows = [{"id": "a", "bureau": "X"}, {"id": "b", "bureau": "x"}, {"id": "c", "bureau": "Y"}]
    cases = read_cases(_write(tmp_path, *rows))
    groups = tmp_path / "groups.tsv"
    groups.write_text("dictation\ta b c gone\n", encoding="utf-8")
    assert read_groups(groups, cases) == {"a": {"c"}, "b": {"c"}, "c": {"a", "b"}}
    groups.write_text("dictation a b\n", encoding="utf-8")
    with pytest.raises(RelatedSetError, match="Line 1"):
        read_groups(groups, cases)


def test_a_folder_without_use_cases_is_told(tmp_path: Path) -> None:
    """In a sentence, as is a file that is no JSON."""
    with pytest.raises(RelatedSetError, match="holds no use cases"):
        read_cases(tmp_path)
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(RelatedSetError, match="is not JSON lines"):
        read_cases(tmp_path)


def test_recall_counts_the_right_ones_among_the_first_five() -> None:
    """Of eight, 1 and 7 are right and 0 asks: 7 is sixth and missed; without 2 and 3 it is found."""
    asked = Asked(Language.FI, [np.array([9.0, 8, 7, 6, 5, 4, 3, 3.5])], [1, 7], [0])
    assert recall(asked, 0, range(8)) == 0.5
    assert recall(asked, 0, [0, 1, 4, 5, 6, 7]) == 1.0


def test_more_right_ones_than_five_can_still_all_be_found() -> None:
    """Recall is of as many as fit: five of six right ones in the first five are everything."""
    asked = Asked(Language.FI, [np.arange(8.0)], [2, 3, 4, 5, 6, 7], ())
    assert recall(asked, 0, range(8)) == 1.0


def test_bm25_ranks_by_rare_shared_words() -> None:
    """`radar` stands in one text of three, `nurses` in two: the text with both comes first, the one with none last."""
    texts = [("nurses and radar", Language.EN), ("nurses and cars", Language.EN), ("cars and boats", Language.EN)]
    [found] = bm25([("radar for nurses", Language.EN)], texts)
    assert found[0] > found[1] > found[2] == 0
