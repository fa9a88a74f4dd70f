"""Who speaks for an organisation, through the real bot: whom the catalogue names is asked, and nobody is made one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from knowledge.model import NOBODY
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import filled_in
from tests.scenario.home_tab import (
    clear,
    click_home,
    fill_in_profile,
    home,
    id_of,
    modal,
    open_form,
    organisation_of,
)
from tests.scenario.talking import over_socket
from tests.standin import ADMIN, COORDINATOR, MEMBER

pytestmark = over_socket
HOME = "Lumiharjun hyvinvointialue"
ASKED = "Käyttötapauksessa ”Kaatumisten ehkäisy” yhteyshenkilöksi on merkitty Palvelupäällikkö. Oletko se sinä?"


@pytest.fixture(autouse=True)
def _nobody(workplace: Workplace) -> Iterator[None]:
    yield
    clear(workplace, MEMBER, ADMIN, COORDINATOR)


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
