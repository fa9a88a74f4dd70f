"""Profiles through the real bot: filled in, checked, shown to their owner, changed and erased."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from bot.sandbox.values import TEAM
from knowledge.model import Consent, Exclusion, IntroductionId
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import OFFER, filled_in, option
from tests.scenario.home_tab import (
    clear,
    click_home,
    fill_in_profile,
    home,
    id_of,
    member_of,
    modal,
    open_form,
    organisation_of,
    store_of,
)
from tests.scenario.talking import over_socket, shown
from tests.standin import ADMIN, COORDINATOR, GUEST, MEMBER, SWEDISH_MEMBER

pytestmark = over_socket
CODE = "131052-308T"


@pytest.fixture(autouse=True)
def _nobody(workplace: Workplace) -> Iterator[None]:
    yield
    clear(workplace, MEMBER, ADMIN, COORDINATOR, SWEDISH_MEMBER)


def test_nobody_has_agreed_to_anything_before_they_say_so(workplace: Workplace) -> None:
    """The form of somebody new has no consent ticked, and each says what it means."""
    form = open_form(workplace.slack, MEMBER)
    by_name = {block.get("block_id"): block for block in form["blocks"]}
    options = [option for name in ("shown", "allowed") for option in by_name[name]["element"]["options"]]
    assert [option["value"] for option in options] == [consent.value for consent in Consent]
    assert all(option["description"]["text"] for option in options)
    assert not any("initial_options" in by_name[name]["element"] for name in ("shown", "allowed"))


def test_a_profile_is_kept_and_shown_as_far_as_agreed(workplace: Workplace) -> None:
    """After the form its owner reads what others see; the Home tab says the same, and what nobody sees."""
    slack = workplace.slack
    open_form(slack, MEMBER)
    assert slack.submit(MEMBER, filled_in(Consent.ORGANISATION, Consent.TOPICS, Consent.ROUNDS)) == {}
    told = json.dumps(modal(slack, MEMBER, "profile_saved"), ensure_ascii=False)
    assert "Profiili tallennettu" in told
    tab = home(slack, MEMBER, lambda text: "profile_leave" in text)
    for text in (told, tab):
        assert "Järvirannan hyvinvointialue" in text
        assert "puheentunnistus, kirjaaminen" in text
        assert "rakenteisesta" not in text
    assert "Näitä ei näytetä kenellekään: nimesi, tehtäväsi, kielesi, mitä tarjoat." in tab
    assert "Ehdotan sinulle tuttavuuksia." in tab
    member = member_of(workplace, MEMBER)
    assert member is not None
    assert member.consents == {Consent.ORGANISATION, Consent.TOPICS, Consent.ROUNDS}
    assert member.topics == ("puheentunnistus", "kirjaaminen")
    form = open_form(slack, MEMBER)
    assert OFFER in json.dumps(form, ensure_ascii=False)
    with store_of(workplace) as store, store.reading() as work:
        assert work.organisations.get(member.organisation).name == "Järvirannan hyvinvointialue"


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(workplace: Workplace) -> None:
    """An identity code is refused in the person's language, stored nowhere, and in no log."""
    slack = workplace.slack
    open_form(slack, MEMBER)
    errors = slack.submit(MEMBER, filled_in(organisation=" ", offers=f"Hetuni on {CODE}."))
    assert set(errors) == {"organisation_name", "offers"}
    assert "henkilötunnus" in errors["offers"]
    assert CODE not in json.dumps(errors)
    assert member_of(workplace, MEMBER) is None
    assert CODE not in workplace.bot.log.read_text()
    for file in workplace.bot.data_dir.glob("*.sqlite*"):
        assert CODE.encode() not in file.read_bytes(), file


def test_home_and_form_speak_the_language_that_was_chosen(workplace: Workplace) -> None:
    """Finnish before anything is known; Swedish for whoever chose it, errors included."""
    slack = workplace.slack
    assert open_form(slack, SWEDISH_MEMBER)["title"]["text"] == "Profiilini"
    assert slack.submit(SWEDISH_MEMBER, filled_in(language="sv")) == {}
    assert modal(slack, SWEDISH_MEMBER, "profile_saved")["title"]["text"] == "Profilen är sparad"
    slack.close_modal(SWEDISH_MEMBER)
    tab = home(slack, SWEDISH_MEMBER, lambda text: "Ta bort min profil" in text)
    assert "Solmu svarar med källor" in tab
    assert open_form(slack, SWEDISH_MEMBER)["title"]["text"] == "Min profil"
    errors = slack.submit(SWEDISH_MEMBER, filled_in(organisation="", offers=CODE))
    assert "personbeteckning" in errors["offers"]


def test_the_form_can_be_begun_in_any_language(workplace: Workplace) -> None:
    """Of somebody new nobody knows which they read: the Home tab has a button in each."""
    slack = workplace.slack
    for action, title in (("profile_edit", "Profiilini"), ("profile_edit_sv", "Min profil"), ("profile_edit_en", "My")):
        slack.open_app(ADMIN)
        home(slack, ADMIN, lambda text: "Skapa en profil (2 min)" in text)
        click_home(slack, ADMIN, action)
        assert modal(slack, ADMIN, "profile_save")["title"]["text"].startswith(title)
        slack.close_modal(ADMIN)


def test_a_pause_begins_and_ends_on_the_home_tab(workplace: Workplace) -> None:
    """The tab says until when, and offers the way back."""
    slack = workplace.slack
    fill_in_profile(slack, MEMBER, Consent.ROUNDS)
    click_home(slack, MEMBER, "profile_pause", "3")
    tab = home(slack, MEMBER, lambda text: "profile_resume" in text)
    assert "Olet tauolla, joka päättyy" in tab
    click_home(slack, MEMBER, "profile_resume")
    tab = home(slack, MEMBER, lambda text: "profile_resume" not in text)
    assert "Ehdotan sinulle tuttavuuksia." in tab


def test_whoever_leaves_is_asked_first_and_leaves_nothing(workplace: Workplace) -> None:
    """The button asks back, saying what is erased; then the tab invites to begin anew."""
    slack = workplace.slack
    fill_in_profile(slack, MEMBER, *Consent)
    tab = home(slack, MEMBER, lambda text: "profile_leave" in text)
    assert "Poistan heti kaiken, mitä kerroit" in tab
    click_home(slack, MEMBER, "profile_leave")
    tab = home(slack, MEMBER, lambda text: "profile_leave" not in text)
    assert "Tee profiili (2 min)" in tab
    assert member_of(workplace, MEMBER) is None


def _wishes(workplace: Workplace) -> list[tuple[str, str, bool]]:
    with store_of(workplace) as store, store.reading() as work:
        return [(each.member, each.organisation, each.for_all) for each in work.members.exclusions()]


def _wish_form(
    people: list[str], organisations: list[str], *, for_all: bool = False, taken_back: Sequence[str] = ()
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "people": {"selected_users": people},
        "organisations": {"selected_options": [option(each) for each in organisations]},
        "for_all": {"selected_options": [option("all")] if for_all else []},
        "until": {"selected_date": "2099-12-31" if for_all else None},
        "blind": {"selected_options": [option(each) for each in taken_back]},
    }
    return {name: {"value": value} for name, value in values.items()}


def test_wishes_are_kept_shown_to_their_author_and_taken_back(workplace: Workplace) -> None:
    """People and organisations, for oneself or for all of one's organisation, until a day; nobody else sees them.

    One that came from a proposal is in no picker, and goes only where it is ticked.
    """
    slack = workplace.slack
    fill_in_profile(slack, ADMIN, Consent.ORGANISATION, organisation="Puhevako Oy")
    fill_in_profile(slack, MEMBER)
    vendor = organisation_of(workplace, "Puhevako Oy").id
    click_home(slack, MEMBER, "wishes_open")
    modal(slack, MEMBER, "wishes_save")
    assert slack.submit(MEMBER, _wish_form([COORDINATOR, MEMBER], [])) == {}
    assert _wishes(workplace) == [(id_of(COORDINATOR), "", False)]
    click_home(slack, MEMBER, "wishes_open")
    modal(slack, MEMBER, "wishes_save")
    assert slack.submit(MEMBER, _wish_form([COORDINATOR], [vendor], for_all=True)) == {}
    assert sorted(_wishes(workplace)) == [("", vendor, True), (id_of(COORDINATOR), "", False)]
    click_home(slack, MEMBER, "wishes_open")
    form = json.dumps(modal(slack, MEMBER, "wishes_save"), ensure_ascii=False)
    assert COORDINATOR in form
    whole = organisation_of(workplace, "Järvirannan hyvinvointialue").name
    assert f"koskee koko organisaatiota {whole} (31.12.2099 asti)" in form
    with store_of(workplace) as store, store() as work:
        suggested = IntroductionId("i1")
        work.members.exclude(Exclusion.suggested(id_of(MEMBER), id_of(COORDINATOR), suggested, date(2026, 12, 3)))
        work.commit()
    assert slack.submit(MEMBER, _wish_form([], [])) == {}
    assert _wishes(workplace) == [("", "", False)]
    click_home(slack, MEMBER, "wishes_open")
    form = json.dumps(modal(slack, MEMBER, "wishes_save"), ensure_ascii=False)
    assert "Henkilö, jota ehdotin sinulle 3.12.2026" in form
    assert COORDINATOR not in form
    assert slack.submit(MEMBER, _wish_form([], [], taken_back=[suggested])) == {}
    assert _wishes(workplace) == []
    slack.open_app(ADMIN)
    click_home(slack, ADMIN, "wishes_open")
    assert MEMBER not in json.dumps(modal(slack, ADMIN, "wishes_save"))


def test_the_contact_role_is_taken_on_and_handed_over(workplace: Workplace) -> None:
    """Only to a colleague who shows who they are, and who is told; whoever has none such reads what can be done."""
    slack = workplace.slack
    fill_in_profile(slack, COORDINATOR)
    fill_in_profile(slack, MEMBER)
    click_home(slack, MEMBER, "contact_take_on")
    tab = home(slack, MEMBER, lambda text: "contact_hand_over" in text)
    assert "Olet organisaatiosi yhteyshenkilö (Järvirannan hyvinvointialue)." in tab
    click_home(slack, MEMBER, "contact_hand_over")
    assert "tekemään profiili" in json.dumps(modal(slack, MEMBER, "contact_appoint"), ensure_ascii=False)
    slack.close_modal(MEMBER)
    fill_in_profile(slack, ADMIN, Consent.NAME, Consent.ORGANISATION)
    click_home(slack, MEMBER, "contact_hand_over")
    [person] = [each for each in modal(slack, MEMBER, "contact_save")["blocks"] if each["type"] == "input"]
    assert [each["value"] for each in person["element"]["options"]] == [id_of(ADMIN)]
    assert "person" in slack.submit(MEMBER, {"person": {"value": {"selected_option": option(id_of(COORDINATOR))}}})
    assert slack.submit(MEMBER, {"person": {"value": {"selected_option": option(id_of(ADMIN))}}}) == {}
    assert organisation_of(workplace, "Järvirannan hyvinvointialue").contact == id_of(ADMIN)
    slack.wait_for(lambda: any("siirsi tehtävän sinulle" in each.text for each in slack.from_bot(slack.dm(ADMIN))))
    home(slack, MEMBER, lambda text: "contact_hand_over" not in text and "contact_take_on" not in text)


def test_guests_have_no_profile(workplace: Workplace) -> None:
    """Their Home tab offers none; a form that they send all the same, of whomever, is refused and keeps nothing."""
    slack = workplace.slack
    slack.open_app(GUEST)
    assert "profile_edit" not in home(slack, GUEST, bool)
    form = open_form(slack, MEMBER)
    guest = {"id": GUEST, "username": "teemu", "name": "teemu", "team_id": TEAM}
    click = {"type": "block_actions", "user": guest, "team": {"id": TEAM}, "api_app_id": "A1", "trigger_id": "1.2"}
    click |= {"actions": [{"action_id": "profile_edit", "block_id": "b", "type": "button"}], "container": {}}
    before = len(slack.from_bot(slack.dm(GUEST)))
    assert slack.send_raw("interactive", click).acknowledged
    refusal = slack.wait_for(lambda: slack.from_bot(slack.dm(GUEST))[before:])[0]
    assert "Profiilin voivat tehdä tämän työtilan omat jäsenet." in shown(refusal)
    view = form | {"state": {"values": filled_in(Consent.NAME)}, "private_metadata": "en"}
    sent = {"type": "view_submission", "user": guest, "team": {"id": TEAM}, "api_app_id": "A1", "view": view}
    answer = slack.send_raw("interactive", sent).answer
    assert answer["response_action"] == "errors"
    assert answer["errors"]["organisation_name"].startswith("Profiles are for this workspace")
    assert member_of(workplace, GUEST) is None


def test_a_form_that_could_not_be_opened_is_apologised_for(workplace: Workplace) -> None:
    """Whoever pressed the button is told to press it again, rather than nothing."""
    slack = workplace.slack
    slack.open_app(MEMBER)
    home(slack, MEMBER, lambda text: "profile_edit" in text)
    slack.fault("views.open", error="expired_trigger_id")
    before = len(slack.from_bot(slack.dm(MEMBER)))
    click_home(slack, MEMBER, "profile_edit")
    slack.wait_for(
        lambda: any("Lomake ei avautunut." in shown(told) for told in slack.from_bot(slack.dm(MEMBER))[before:])
    )
