"""Names are found in the forms in which they stand in sentences, and what only looks like one is not sure."""

from __future__ import annotations

import pytest

from knowledge.patients.lexicon import one_of, words
from knowledge.patients.names import Surety, names_in


@pytest.mark.parametrize(
    ("text", "name", "surety"),
    [
        ("kävi Maija Virtanen.", "Maija Virtanen", Surety.FULL),
        ("soitin Maija Virtaselle eilen", "Maija Virtaselle", Surety.FULL),
        ("tieto Virtanen Maijasta", "Virtanen Maijasta", Surety.FULL),
        ("annoin Pentille", "Pentille", Surety.SINGLE),
        ("rouva Purasta kuultiin", "Purasta", Surety.SINGLE),
        ("fru Hagström ringde", "Hagström", Surety.SINGLE),
        ("potilas maija virtanen", "maija virtanen", Surety.IN_LOWER_CASE),
        ("potilas M.V. kotiutuu", "M.V.", Surety.INITIALS),
        ("Zhu Shaowei är här", "Zhu Shaowei", Surety.LIKELY),
        ("Aino-robotti muistuttaa", "", None),
        ("Parkinsonin tauti", "", None),
        ("Väinö Linnankatu", "", None),
    ],
)
def test_a_name_is_found_and_how_sure_it_is(text: str, name: str, surety: Surety | None) -> None:
    """Products, eponyms and streets are no persons."""
    found = [(text[each.start : each.end], each.surety) for each in names_in(text)]
    assert (name, surety) in found if surety else not found


def test_one_pattern_finds_any_of_its_stems() -> None:
    """What the stems have in common is written once, and each is still found on its own."""
    assert one_of(["asti", "astia", "astma"]) == "ast(?:i(?:a)?|ma)"


def test_a_list_tells_beginnings_whole_words_and_ends_of_compounds() -> None:
    """`diabe` begins a word, `=kol` is one, `*murtuma` ends one."""
    illness = words("illnesses")
    assert illness.search("vanha diabeetikko")
    assert illness.search("har kol sedan länge")
    assert illness.search("lonkkamurtuma")
    assert not illness.search("kolmas kerros")
