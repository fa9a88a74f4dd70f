"""The page for data protection officers says of every table what the register of personal data says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.model.personal import Ending
from knowledge.personal.register import REGISTER
from knowledge.settings import Settings

PAGE = (Path(__file__).parents[3] / "docs" / "data-protection.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([a-z_]+)` \|(.*)\|$", PAGE, re.MULTILINE))


def test_the_pages_table_is_the_registers() -> None:
    """Each table with a person's data has one row, and no other table has."""
    assert ROWS.keys() == {held.table for held in REGISTER}


@pytest.mark.parametrize("table", sorted({held.table for held in REGISTER}))
def test_the_page_says_what_an_erasure_does(table: str) -> None:
    """Its last column agrees with how the table's rows end."""
    told = ROWS[table].rpartition("|")[2]
    endings = {held.ending for held in REGISTER if held.table == table}
    words = {Ending.ROW: "erased", Ending.NAME: "emptied", Ending.KEPT: "kept"}
    assert any(words[ending] in told for ending in endings)
    assert Ending.KEPT not in endings or words[Ending.KEPT] in told


@pytest.mark.parametrize("name", ["question_days", "feedback_days", "sign_up_days"])
def test_the_page_tells_the_terms_in_force(name: str) -> None:
    """The defaults that it names are the settings' own."""
    days = Settings.model_fields[name].default
    assert f"`SOLMU_{name.upper()}`, {days:g} days" in PAGE
