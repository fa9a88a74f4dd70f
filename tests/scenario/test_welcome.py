"""Whoever comes to the workspace is welcomed: once, privately, and whatever was killed in between."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.values import OTHER_TEAM, TEAM
from tests.scenario.conftest import Workplace
from tests.scenario.talking import over_http, over_socket, settle, shown
from tests.standin import GUEST, StandIn


def _welcome(slack: StandIn, user: str) -> Any:
    return slack.wait_for(lambda: slack.from_bot(slack.dm(user)))[0]


@over_http
def test_a_newcomer_is_welcomed_in_their_language(workplace: Workplace) -> None:
    """In Finnish first, by a private message whose buttons draw it in Swedish or English, and which opens the form."""
    slack = workplace.slack
    user = slack.join()
    message = _welcome(slack, user)
    text = shown(message)
    assert "Hei ja tervetuloa!" in text
    assert "kysy koordinaattoreilta: Mikael Sund." in text
    assert "Jag talar också svenska. I speak English too." in text
    for action, words in (("welcome_speak_sv", "Hej och välkommen!"), ("welcome_speak_en", "Hello and welcome!")):
        assert slack.click(user, message.channel, message.ts, action).acknowledged
        [drawn] = slack.wait_for(
            lambda words=words: [one for one in slack.from_bot(message.channel) if words in one.text]
        )
        assert drawn.ts == message.ts
    assert slack.click(user, message.channel, message.ts, "profile_edit").acknowledged
    form = slack.wait_for(lambda: slack.server.slack.views.top(user))
    assert form.body["title"]["text"] == "My profile"
    assert len(slack.from_bot(message.channel)) == 1


@over_socket
def test_nobody_is_welcomed_twice_nor_forgotten(workplace: Workplace) -> None:
    """Redelivered, killed before posting or just after it: in the end there is one greeting."""
    slack, bot = workplace.slack, workplace.bot
    first = slack.join()
    _welcome(slack, first)
    joined = slack.events()[-1]
    slack.redeliver(joined.id)

    slack.fault("chat.postMessage", accepted=True, delay=3.0)
    second = slack.join()
    _welcome(slack, second)
    bot.kill()

    third = slack.join()
    slack.redeliver(joined.id)
    workplace.restart()
    _welcome(slack, third)
    slack.wait_for(lambda: any(call.arguments.get("channel") == slack.dm(second) for call in _histories(slack)))
    settle(slack)
    assert [len(slack.from_bot(slack.dm(user))) for user in (first, second, third)] == [1, 1, 1]


def _histories(slack: StandIn) -> Any:
    return slack.calls("conversations.history")


@over_socket
def test_guests_bots_and_people_from_elsewhere_are_not_welcomed(workplace: Workplace) -> None:
    """Nothing is said to them."""
    slack = workplace.slack
    before = len(slack.from_bot(slack.dm(GUEST)))
    for user in ({"id": GUEST, "team_id": OTHER_TEAM}, {"id": "U0BOT00001", "team_id": TEAM, "is_bot": True}):
        slack.send_event({"type": "team_join", "user": user, "event_ts": "1.1"})
    slack.wait_for(lambda: any(call.arguments.get("user") == GUEST for call in slack.calls("users.info")))
    settle(slack)
    assert len(slack.from_bot(slack.dm(GUEST))) == before
    assert "U0BOT00001" not in json.dumps([call.arguments for call in slack.calls()])


@over_socket
def test_a_welcome_waits_for_slack(workplace: Workplace) -> None:
    """Where Slack is not there when somebody comes, they are greeted once it is back."""
    slack = workplace.slack
    slack.fault("users.info", status=503, times=1)
    user = slack.join()
    _welcome(slack, user)
    asked = [call for call in slack.calls("users.info") if call.arguments.get("user") == user]
    assert len(asked) == 2
    assert len(slack.from_bot(slack.dm(user))) == 1
