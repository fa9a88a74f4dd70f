"""The windows in which a contact is handed over: within Slack's limits, and nothing in them acts as mark-up."""

from __future__ import annotations

import json

import pytest

from bot.blocks.contacts import (
    appointed_modal,
    appointing_modal,
    choosing_modal,
    given_modal,
    handing_modal,
    not_yours_modal,
    what_about,
)
from bot.blocks.introductions import said_message
from bot.sandbox.limits import block_problems, view_problems
from knowledge.model import NOBODY, Language, MemberId, Organisation, OrganisationId, OrganisationKind
from tests.builders import organisation

LANGUAGES = [Language.FI, Language.SV, Language.EN]
LONG = "<!channel> & å" * 60
ONE = MemberId("T1:U1")


def _organisations(count: int) -> list[Organisation]:
    names = [OrganisationId(f"o{number}") for number in range(count)]
    return [Organisation(name, f"{name} {LONG}", OrganisationKind.UNKNOWN) for name in names]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 100, 500])
def test_every_window_keeps_slacks_limits(language: Language, count: int) -> None:
    """With many organisations, and with many people or none."""
    organisations, people = _organisations(count), {MemberId(f"T1:U{number}"): LONG for number in range(count)}
    for view in (
        choosing_modal(organisations, language),
        appointing_modal(organisations, organisations[-1].id, people, language),
        appointing_modal(organisations, organisations[-1].id, {}, language),
        appointed_modal(LONG, LONG, ONE, language),
        appointed_modal(LONG, LONG, NOBODY, language),
        handing_modal(LONG, people, language),
        given_modal(LONG, language),
        not_yours_modal(language),
    ):
        assert view_problems(view) == []
        assert "<!" not in json.dumps(view, ensure_ascii=False)


def test_the_window_carries_what_it_is_about() -> None:
    """Its language and the organisation; what somebody put in their place reads as no organisation."""
    view = appointing_modal([organisation()], organisation().id, {ONE: "Aino"}, Language.SV)
    assert what_about(view["private_metadata"]) == ("sv", organisation().id)
    assert what_about(None) == what_about("") == ("", "")


def test_people_stand_by_name_and_whoever_has_a_contact_is_marked() -> None:
    """So that a coordinator finds whom they look for."""
    people = {MemberId("T1:U2"): "Veera", ONE: "aino"}
    view = appointing_modal([organisation(contact=ONE), *_organisations(1)], organisation().id, people, Language.FI)
    [menu] = [block["elements"][0] for block in view["blocks"] if block["type"] == "actions"]
    assert [each["description"]["text"] for each in menu["options"]] == ["yhteyshenkilö on", "ei yhteyshenkilöä"]
    assert menu["initial_option"] == menu["options"][0]
    [asked] = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    assert [(each["text"]["text"], each["value"]) for each in asked["options"]] == [
        ("aino", "T1:U1"),
        ("Veera", "T1:U2"),
    ]


def test_without_a_colleague_who_can_be_named_nothing_is_submitted() -> None:
    """Whoever hands over reads what a colleague can do for it instead."""
    view = handing_modal("Puhevako Oy", {}, Language.FI)
    assert "submit" not in view
    assert "Pyydä työtoveriasi tekemään profiili, jossa molemmat näkyvät" in json.dumps(view, ensure_ascii=False)
    assert "submit" in handing_modal("Puhevako Oy", {ONE: "Aino"}, Language.FI)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", ["contact_new", "contact_old", "contact_given"])
def test_those_concerned_are_told_of_which_organisation(language: Language, word: str) -> None:
    """Whoever is new can hand it over from there; whoever was before cannot."""
    message = said_message(word, language, f"Puhevako <!here> Oy {LONG}")
    assert "Puhevako" in message.text
    assert "<!" not in json.dumps([message.text, message.blocks], ensure_ascii=False)
    assert block_problems(message.blocks) == []
    assert ("contact_hand_over" in json.dumps(message.blocks)) is (word != "contact_old")
