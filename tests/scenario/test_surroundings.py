"""Whoever saves their first profile is shown who and what is near them: once, and whatever was killed in between."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.values import Message
from knowledge.model import Consent
from tests.fakes import NOON
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import filled_in
from tests.scenario.home_tab import clear, fill_in_profile, id_of, open_form, store_of
from tests.scenario.people import OFFER, SECRET, people_in
from tests.scenario.talking import over_socket, settle, shown
from tests.standin import StandIn

pytestmark = over_socket
SEEKS = "Etsimme kokemuksia sänkyantureista kaatumisten ehkäisyssä."


def _told(slack: StandIn, user: str) -> Sequence[Message]:
    return [message for message in slack.from_bot(slack.dm(user)) if "profiilisi on tallessa" in message.text]


def test_a_first_profile_is_answered_by_who_is_near(workplace: Workplace) -> None:
    """With the reason from both sides and a button, and a use case beside; saved again, nothing more is said."""
    slack = workplace.slack
    user = slack.join()
    with people_in(workplace.bot.data_dir):
        fill_in_profile(slack, user, Consent.SEEKS, seeks=SEEKS)
        text = shown(slack.wait_for(lambda: _told(slack, user))[0])
        assert "Riikka Ojala" in text
        assert SEEKS in text
        assert OFFER in text
        assert "introduce" in text
        assert SECRET not in text
        fill_in_profile(slack, user, Consent.SEEKS, seeks="Etsimme muuta.")
        clear(workplace, user)
        fill_in_profile(slack, user, Consent.SEEKS, seeks=SEEKS)
        settle(slack)
    assert len(_told(slack, user)) == 1
    clear(workplace, user)


def test_where_nobody_is_near_the_next_step_is_told_even_after_a_kill(workplace: Workplace) -> None:
    """Killed while it is posted: in the end it stands there once."""
    slack, bot = workplace.slack, workplace.bot
    user = slack.join()
    slack.wait_for(lambda: slack.from_bot(slack.dm(user)))
    open_form(slack, user)
    slack.fault("chat.postMessage", accepted=True, delay=3.0)
    assert slack.submit(user, filled_in()) == {}
    slack.wait_for(lambda: _told(slack, user))
    bot.kill()
    workplace.restart()
    slack.wait_for(lambda: _is_kept(workplace, user))
    settle(slack)
    [message] = _told(slack, user)
    assert "esimerkiksi /verkosto puheentunnistus" in message.text
    clear(workplace, user)


def _is_kept(workplace: Workplace, user: str) -> bool:
    with store_of(workplace) as store, store() as work:
        return not work.members.orient(id_of(user), NOON)
