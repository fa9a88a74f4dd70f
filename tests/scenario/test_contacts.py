"""Who speaks for an organisation, through the real bot: whom the catalogue names is asked, and nobody is made one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.values import TEAM
from knowledge.model import NOBODY, Consent, member_id
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import filled_in, option
from tests.scenario.home_tab import (
    clear,
    click_home,
    fill_in_profile,
    home,
    id_of,
    modal,
    open_form,
    organisation_of,
    store_of,
)
from tests.scenario.talking import over_socket, settle
from tests.standin import ADMIN, COORDINATOR, MEMBER, OFFICE, SWEDISH_MEMBER, StandIn

pytestmark = over_socket
HOME = "Lumiharjun hyvinvointialue"
ASKED = "Käyttötapauksessa ”Kaatumisten ehkäisy” yhteyshenkilöksi on merkitty Palvelupäällikkö. Oletko se sinä?"


@pytest.fixture(autouse=True)
def _nobody(workplace: Workplace) -> Iterator[None]:
    yield
    clear(workplace, MEMBER, ADMIN, COORDINATOR, SWEDISH_MEMBER)


def test_whom_the_catalogue_names_is_asked_and_may_say_yes(workplace: Workplace) -> None:
    """After the form and on the Home tab; the contact only once they said so, which they read where they clicked."""
    slack = workplace.slack
    open_form(slack, MEMBER)
    assert slack.submit(MEMBER, filled_in(organisation=HOME, role="Palvelupäällikkö")) == {}
    assert ASKED in json.dumps(modal(slack, MEMBER, "profile_saved"), ensure_ascii=False)
    assert ASKED in home(slack, MEMBER, lambda text: "profile_leave" in text)
    assert organisation_of(workplace, HOME).contact == NOBODY
    assert slack.click_view(MEMBER, "contact_take_on").acknowledged
    text = f"Olet organisaatiosi yhteyshenkilö ({HOME})."
    slack.wait_for(lambda: text in json.dumps(modal(slack, MEMBER, "profile_saved"), ensure_ascii=False))
    assert ASKED not in home(slack, MEMBER, lambda tab: text in tab)
    assert organisation_of(workplace, HOME).contact == id_of(MEMBER)


def test_whoever_is_too_late_reads_so(workplace: Workplace) -> None:
    """Somebody else took it on while the window was open."""
    slack = workplace.slack
    open_form(slack, MEMBER)
    assert slack.submit(MEMBER, filled_in(organisation=HOME, role="palvelupäällikkö")) == {}
    fill_in_profile(slack, ADMIN, organisation=HOME)
    click_home(slack, ADMIN, "contact_take_on")
    home(slack, ADMIN, lambda tab: "contact_hand_over" in tab)
    assert slack.click_view(MEMBER, "contact_take_on").acknowledged
    text = "Organisaatiollasi on jo toinen yhteyshenkilö."
    slack.wait_for(lambda: text in json.dumps(modal(slack, MEMBER, "profile_saved"), ensure_ascii=False))
    assert organisation_of(workplace, HOME).contact == id_of(ADMIN)


def _told(slack: StandIn, user: str, words: str) -> list[str]:
    return [message.text for message in slack.from_bot(slack.dm(user)) if words in message.text]


def _choose(slack: StandIn, home_of: str) -> dict[str, Any]:
    """The window, once it shows whom a coordinator can choose in the organisation."""
    slack.wait_for(lambda: _has_window(slack, COORDINATOR))
    assert slack.click_view(
        COORDINATOR, "contact_organisation", chosen={"selected_option": option(home_of)}
    ).acknowledged
    return slack.wait_for(lambda: _window_about(slack, home_of))


def _has_window(slack: StandIn, user: str) -> bool:
    return slack.server.slack.views.top(user) is not None


def _window_about(slack: StandIn, home_of: str) -> dict[str, Any]:
    view = slack.modal(COORDINATOR)
    return view if view["private_metadata"].endswith(home_of) else {}


def _choice(user: str) -> dict[str, Any]:
    return {"person": {"value": {"selected_option": option(member_id(TEAM, user))}}}


def test_a_coordinator_hands_a_contact_over_and_both_are_told(workplace: Workplace) -> None:
    """Only those who show who they are can be chosen; what was done is said, and each concerned is told once."""
    slack = workplace.slack
    for user, shows in ((MEMBER, True), (ADMIN, True), (SWEDISH_MEMBER, False)):
        consents = (Consent.NAME, Consent.ORGANISATION) if shows else (Consent.NAME,)
        fill_in_profile(slack, user, *consents, organisation=HOME, language="sv" if user == ADMIN else "fi")
    click_home(slack, MEMBER, "contact_take_on")
    home(slack, MEMBER, lambda tab: "contact_hand_over" in tab)
    assert slack.command(COORDINATOR, OFFICE, "/solmu", "contact").acknowledged
    window = _choose(slack, organisation_of(workplace, HOME).id)
    people = next(block for block in window["blocks"] if block["type"] == "input")["element"]["options"]
    assert {each["value"] for each in people} == {member_id(TEAM, each) for each in (MEMBER, ADMIN)}
    assert "person" in slack.submit(COORDINATOR, _choice(MEMBER))
    assert "person" in slack.submit(COORDINATOR, _choice(SWEDISH_MEMBER))
    assert slack.submit(COORDINATOR, _choice(ADMIN)) == {}
    done = json.dumps(slack.modal(COORDINATOR), ensure_ascii=False)
    assert f"Organisaation {HOME} uusi yhteyshenkilö on Riikka" in done
    assert organisation_of(workplace, HOME).contact == id_of(ADMIN)
    slack.wait_for(lambda: _told(slack, ADMIN, "valt dig till kontaktperson") and _told(slack, MEMBER, "siirsi"))
    settle(slack)
    assert [len(_told(slack, *each)) for each in ((ADMIN, "valt dig"), (MEMBER, "siirsi"))] == [1, 1]
    assert f"({HOME})" in _told(slack, ADMIN, "valt dig")[0]


def test_only_coordinators_hand_contacts_over(workplace: Workplace) -> None:
    """Others are refused at the command, and a window that they send all the same changes nothing."""
    slack = workplace.slack
    fill_in_profile(slack, MEMBER, Consent.NAME, Consent.ORGANISATION, organisation=HOME)
    refused = slack.command(MEMBER, OFFICE, "/solmu", "contact").answer["text"]
    assert refused == "Tämä on vain koordinaattoreille ja ylläpitäjille."
    assert slack.command(COORDINATOR, OFFICE, "/solmu", "contact").acknowledged
    view = _choose(slack, organisation_of(workplace, HOME).id)
    person = {"id": MEMBER, "username": "aino", "name": "aino", "team_id": TEAM}
    sent = {"type": "view_submission", "user": person, "team": {"id": TEAM}, "api_app_id": "A1"}
    answer = slack.send_raw("interactive", sent | {"view": view | {"state": {"values": _choice(MEMBER)}}}).answer
    assert answer["errors"] == {"person": refused}
    assert organisation_of(workplace, HOME).contact == NOBODY


def test_a_window_about_somebody_who_left_changes_nothing(workplace: Workplace) -> None:
    """The coordinator reads that things have changed."""
    slack = workplace.slack
    fill_in_profile(slack, MEMBER, Consent.NAME, Consent.ORGANISATION, organisation=HOME)
    assert slack.command(COORDINATOR, OFFICE, "/solmu", "contact").acknowledged
    _choose(slack, organisation_of(workplace, HOME).id)
    with store_of(workplace) as store, store() as work:
        work.members.remove(id_of(MEMBER))
        work.commit()
    assert slack.submit(COORDINATOR, _choice(MEMBER))["person"].startswith("Tilanne ehti muuttua")
    assert organisation_of(workplace, HOME).contact == NOBODY
