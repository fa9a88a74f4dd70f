"""The profile's forms and texts: within Slack's limits, and never more than was agreed to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.own_profile import OwnProfile, own_blocks, shown_blocks
from bot.blocks.profile import Filling, filling_of, profile_modal, saved_modal, trouble_texts
from bot.blocks.status import Shelf, home_view
from bot.blocks.welcome import Joining, welcome_message
from bot.blocks.wishes import wishes_modal
from bot.sandbox.limits import block_problems, view_problems
from knowledge.members.drafts import Field, Trouble
from knowledge.members.named_contacts import NamedContact
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Consent,
    Exclusion,
    IntroductionId,
    Language,
    Member,
    MemberId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    shown,
)
from tests.builders import member

LANGUAGES = [Language.FI, Language.SV, Language.EN]
TODAY = date(2026, 3, 12)
ONE = MemberId("T1:U1")
LONG = "<!channel> & å" * 60
SHOWABLE = frozenset(Consent) - {Consent.ROUNDS, Consent.QUESTIONS, Consent.EVENTS}
MARKS = {
    Consent.ORGANISATION: "Merkki-organisaatio",
    Consent.ROLE: "merkki-tehtävä",
    Consent.LANGUAGES: "English",
    Consent.TOPICS: "merkki-aihe",
    Consent.OFFERS: "merkki-tarjous",
    Consent.SEEKS: "merkki-toive",
}
"""What can be recognised of each part wherever it turns up; a name is told in the words below."""
NAMED = "sama kuin Slackissa"


def _organisations(count: int) -> list[Organisation]:
    return [
        Organisation(OrganisationId(f"o{number}"), f"{number:03} {LONG}", OrganisationKind.UNKNOWN)
        for number in range(count)
    ]


def _fullest(*consents: Consent) -> Member:
    """Every part as long as it can be."""
    return member(
        organisation=OrganisationId("o1"),
        role=LONG[:100],
        languages=tuple(LANGUAGES),
        topics=tuple(f"{number:02}{'a' * 58}" for number in range(12)),
        offers=LONG[:700],
        seeks=LONG[:700],
        consents=frozenset(consents),
    )


def _marked(consents: frozenset[Consent]) -> Member:
    return member(
        languages=(Language.EN,),
        role=MARKS[Consent.ROLE],
        topics=(MARKS[Consent.TOPICS],),
        offers=MARKS[Consent.OFFERS],
        seeks=MARKS[Consent.SEEKS],
        consents=consents,
    )


def _own(whose: Member, **changes: Any) -> OwnProfile:
    return replace(OwnProfile(whose, MARKS[Consent.ORGANISATION], False, True, TODAY), **changes)  # noqa: FBT003


def _blind(count: int) -> list[Exclusion]:
    """Wishes about people who are not named: those of proposals, and those who were erased."""
    found = [
        Exclusion.suggested(ONE, MemberId(f"T1:U{number}"), IntroductionId(f"i{number}"), TODAY)
        for number in range(count)
    ]
    return [replace(each, suggestion=IntroductionId("")) if at % 3 == 0 else each for at, each in enumerate(found)]


def test_wishes_tell_for_whom_they_are() -> None:
    """By the organisation's name where they are for all of it: of organisations each, of people how many."""
    county, vendor = (replace(each, name=name) for each, name in zip(_organisations(2), ("Alue", "Firma"), strict=True))
    named = Exclusion(ONE, MemberId("T1:U2"), NO_ORGANISATION, True, date(2026, 12, 31), county.id)  # noqa: FBT003
    about_all = Exclusion(ONE, NOBODY, vendor.id, True, date(2026, 12, 31), county.id)  # noqa: FBT003
    wishes = [about_all, named, replace(named, member=MemberId("T1:U3"))]
    erased = replace(named, member=NOBODY)
    text = _text(wishes_modal([*wishes, erased], [county, vendor], Language.FI))
    reach = "koskee koko organisaatiota Alue (31.12.2026 asti)"
    assert text.count(reach) == 3
    for before in ('"Firma: "', '"Valitut ihmiset (2): "', '"Henkilö, jonka nimeä en enää säilytä"'):
        assert reach in text[text.index(before) :][:300], before


def _text(blocks: object) -> str:
    return json.dumps(blocks, ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 100, 101, 500])
def test_every_form_keeps_slacks_limits(language: Language, count: int) -> None:
    """With no organisation known or with 500, for somebody new and for the fullest profile there can be."""
    organisations, whole = _organisations(count), _fullest(*Consent)
    wishes = [
        Exclusion(whole.id, NOBODY, each.id, for_all=True, until=date(2026, 12, 31)) for each in organisations[:30]
    ]
    wishes += [Exclusion(whole.id, MemberId("T1:U2"), NO_ORGANISATION, for_all=False, until=date.max)]
    for view in (
        profile_modal(Filling(), organisations, language),
        profile_modal(filling_of(whole), organisations, language),
        saved_modal(shown_blocks(shown(whole), LONG, language), language),
        wishes_modal(wishes, organisations, language),
        wishes_modal(wishes + _blind(10), organisations, language),
        wishes_modal(wishes + _blind(count), organisations, language),
    ):
        assert view_problems(view) == []
        assert len(_text(view)) < 250_000
        # What somebody wrote comes back to them as they wrote it; everything else is tamed.
        fields = [block for block in view["blocks"] if block["type"] != "input"]
        assert "<!" not in _text([fields, view["title"]])


def test_a_long_list_of_organisations_is_grouped_and_loses_none() -> None:
    """Slack takes a hundred options to a list, and a hundred groups of them."""
    form = profile_modal(Filling(organisation="o1499"), _organisations(1500), Language.FI)
    element = next(block for block in form["blocks"] if block.get("block_id") == "organisation_known")["element"]
    groups = element["option_groups"]
    assert len(groups) == 75
    assert [option["value"] for group in groups for option in group["options"]] == [f"o{n}" for n in range(1500)]
    assert element["initial_option"] in groups[-1]["options"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_tab_keeps_slacks_limits(language: Language) -> None:
    """In every state that a profile can be in."""
    whole = _fullest(*SHOWABLE)
    for own in (
        _own(whole, is_contact=True, organisation=LONG),
        _own(whole, has_contact=False),
        _own(whole, has_contact=False, named=(NamedContact(LONG, LONG),) * 2),
        _own(replace(whole, available_from=date.max)),
        _own(replace(whole, consents=frozenset(), available_from=date(2026, 6, 12))),
    ):
        view = home_view(Shelf({}, None), language, own_blocks(own, language))
        assert view_problems(view) == []


@given(st.frozensets(st.sampled_from(sorted(Consent))), st.sampled_from(LANGUAGES))
def test_others_find_nothing_that_was_not_agreed_to(consents: frozenset[Consent], language: Language) -> None:
    """Each part is in what others see exactly where its own consent was given."""
    seen = _text(shown_blocks(shown(_marked(consents)), MARKS[Consent.ORGANISATION], language))
    assert {consent for consent, mark in MARKS.items() if mark in seen} == consents & MARKS.keys()
    assert "T1:U1" not in seen
    if language is Language.FI:
        assert (NAMED in seen) is (Consent.NAME in consents)


@given(st.frozensets(st.sampled_from(sorted(Consent))))
def test_the_owner_is_told_what_nobody_sees(consents: frozenset[Consent]) -> None:
    """On the Home tab stands exactly what others see, and the names, not the words, of what they do not."""
    home = _text(own_blocks(_own(_marked(consents)), Language.FI))
    assert {consent for consent, mark in MARKS.items() if mark in home} == consents & MARKS.keys()
    names = {Consent.NAME: "nimesi", Consent.ROLE: "tehtäväsi"}
    names |= {Consent.OFFERS: "mitä tarjoat", Consent.SEEKS: "mitä etsit"}
    hidden = home.partition("Näitä ei näytetä kenellekään: ")[2].partition(".")[0].split(", ")
    assert {consent for consent, name in names.items() if name in hidden} == names.keys() - consents
    assert ("Ehdotan sinulle tuttavuuksia." in home) is (Consent.ROUNDS in consents)


def test_an_empty_profile_shows_and_hides_nothing() -> None:
    """Parts that were left empty are neither listed as seen nor as hidden."""
    empty = member(role="", topics=(), offers="", seeks="", consents=frozenset(Consent))
    home = _text(own_blocks(_own(empty), Language.EN))
    assert "Role" not in home
    assert "shown to nobody" not in home
    nothing = replace(empty, consents=frozenset())
    assert "Other members see nothing about you." in _text(own_blocks(_own(nothing), Language.EN))


def test_whom_the_catalogue_names_is_asked_once() -> None:
    """For the first use case, with one button in place of the usual one, and no mention in it."""
    named = (NamedContact("Käyntien <!here> reititys", "palvelupäällikkö"), NamedContact("Sanelu", "palvelupäällikkö"))
    home = _text(own_blocks(_own(_marked(frozenset()), has_contact=False, named=named), Language.FI))
    assert "reititys” yhteyshenkilöksi on merkitty palvelupäällikkö. Oletko se sinä?" in home
    assert "Sanelu" not in home
    assert "<!" not in home
    assert home.count("contact_take_on") == 1


def test_a_pause_says_until_when() -> None:
    """A day as people write it, or none; it is over on the day itself."""
    whole = _marked(frozenset(Consent))
    paused = _text(own_blocks(_own(replace(whole, available_from=date(2026, 6, 12))), Language.FI))
    assert "Olet tauolla, joka päättyy 12.6.2026." in paused
    assert "profile_pause" not in paused
    assert "kunnes palaat" in _text(own_blocks(_own(replace(whole, available_from=date.max)), Language.FI))
    assert "profile_pause" in _text(own_blocks(_own(replace(whole, available_from=TODAY)), Language.FI))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_is_told_at_a_field_of_the_form(language: Language) -> None:
    """Also where no organisation is known yet, and the form has one field less."""
    form = profile_modal(Filling(), [], language)
    fields = {block.get("block_id") for block in form["blocks"]}
    for trouble in Trouble:
        texts = trouble_texts(dict.fromkeys(Field, trouble), language)
        assert texts.keys() <= fields
        assert len(texts) == len(Field)
        assert all(texts.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_welcome_says_how_an_organisation_joins(language: Language) -> None:
    """By a page, by the names of those who know, or not at all; in every case within Slack's limits."""
    page = welcome_message(Joining("https://example.org/liity", ()), language)
    names = welcome_message(Joining("", ("Mikael <!here>", "Riikka")), language)
    neither = welcome_message(Joining("", ()), language)
    assert "https://example.org/liity" in _text(page.blocks)
    assert "Riikka" in _text(names.blocks)
    assert len(neither.blocks) == len(page.blocks) - 1
    for message in (page, names, neither):
        assert block_problems(message.blocks) == []
        assert "<!" not in _text(message.blocks)
        others = {each.value for each in LANGUAGES} - {language.value}
        [row] = [block for block in message.blocks if block["type"] == "actions"]
        assert [each["action_id"] for each in row["elements"]] == [
            "profile_edit",
            *(f"welcome_speak_{code}" for code in ("fi", "sv", "en") if code in others),
        ]
