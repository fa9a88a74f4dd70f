"""Questions that lean on the one before: understood by rules, and never where they speak of something new."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.answering.following import understood
from knowledge.evaluation.following import FollowUpsError, is_right, read_follow_ups
from knowledge.model import Language

FOLLOW_UPS = Path(__file__).parents[3] / "data" / "follow_ups.jsonl"


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (
            "Missä puheentunnistus on käytössä Uudellamaalla?",
            "Entä Pirkanmaalla?",
            "Missä puheentunnistus on käytössä Pirkanmaalla?",
        ),
        ("Mitä puheentunnistus tarkoittaa?", "Kuka sitä käyttää?", "Kuka puheentunnistus käyttää?"),
        (
            "Missä kaatumisen tunnistusta kokeillaan?",
            "Kenellä on siitä kokemusta?",
            "Kenellä on kokemusta kaatumisen tunnistusta?",
        ),
        ("Milloin syysseminaari pidetään?", "Missä?", "Missä syysseminaari pidetään?"),
        (
            "Var används taligenkänning i Egentliga Finland?",
            "Och i Nyland?",
            "Var används taligenkänning i Nyland?",
        ),
        (
            "Millä alueella puheentunnistusta käytetään kotihoidossa?",
            "entä vuodeosastolla?",
            "Millä alueella puheentunnistusta käytetään vuodeosastolla?",
        ),
        (
            "Millä alueella puheentunnistus on?",
            "Entä Pirkanmaalla?",
            "Millä alueella puheentunnistus on, Pirkanmaalla?",
        ),
        ("How many reports were sent in 2025?", "And in 2024?", "How many reports were sent in 2024?"),
        ("What is the fracture tool used for?", "What about costs?", "costs – fracture tool?"),
    ],
)
def test_a_follow_up_becomes_a_question_of_its_own(before: str, asked: str, meant: str) -> None:
    """A part goes where its like stood, a pronoun gives way to the subject, another word of asking takes its place."""
    assert understood(asked, [before]).text == meant


def test_a_wish_for_another_language_is_no_question() -> None:
    """The same is asked again, to be answered in that language."""
    found = understood("Entä ruotsiksi?", ["Kuinka kauan ilmoituksia säilytetään?"])
    assert (found.text, found.language) == ("Kuinka kauan ilmoituksia säilytetään?", Language.SV)


def test_a_question_without_another_before_it_stays_as_it_is() -> None:
    """Nothing is made up for it."""
    assert understood("Entä Pirkanmaalla?", []).text == "Entä Pirkanmaalla?"
    assert understood("Entä Pirkanmaalla?", [""]).text == "Entä Pirkanmaalla?"


def test_the_set_is_understood() -> None:
    """Nearly all of the questions that lean on another, and no new question is mixed with an old one."""
    asked, right = Counter[bool](), Counter[bool]()
    for each in read_follow_ups(FOLLOW_UPS):
        asked[each.joined] += 1
        right[each.joined] += is_right(each, understood(each.question, each.earlier))
    assert asked[False] >= 50
    assert right[False] == asked[False]
    assert right[True] >= 0.97 * asked[True]


def test_questions_that_say_all_themselves_are_left_alone() -> None:
    """The sample's questions, asked one after another, are about something else each time."""
    lines = (FOLLOW_UPS.parent / "sample_questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    assert len(questions) > 200
    assert [new for old, new in itertools.pairwise(questions) if understood(new, [old]).follows] == []


def test_what_a_person_in_need_says_is_left_alone() -> None:
    """Nothing is added to it: it must be told for what it is."""
    text = "En jaksa enää, haluan kuolla. Mitä se auttaa?"
    assert understood(text, ["Mikä on kokeiluraha?"]).text == text


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    """By its name."""
    (tmp_path / "x.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(FollowUpsError, match=r"x\.jsonl holds no follow-ups"):
        read_follow_ups(tmp_path / "x.jsonl")
