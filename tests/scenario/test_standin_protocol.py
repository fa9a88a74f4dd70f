"""The stand-in speaks Slack's protocol to Slack's own client library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.webhook import WebhookClient

from bot.sandbox.values import Config
from tests.little_bot import Bot, client
from tests.standin import BOT, COORDINATOR, GENERAL, MEMBER, QUESTIONS, StandIn

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hei"}}
BUTTON = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "Lisää"}, "value": "7"}
    ],
}


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A running stand-in whose patience for an acknowledgement is short."""
    with StandIn(Config(ack_seconds=0.6, retry_delays=(0.0, 0.05, 0.1))) as standin:
        yield standin


def test_tokens_are_checked(slack: StandIn) -> None:
    """A wrong token, no token and a token of the wrong kind each get Slack's own refusal."""
    assert client(slack).auth_test()["user_id"] == BOT
    refusals = []
    for token in ("xoxb-wrong", slack.config.app_token):
        with pytest.raises(SlackApiError) as refused:
            client(slack, token).auth_test()
        refusals.append(refused.value.response["error"])
    with pytest.raises(SlackApiError) as refused:
        WebClient(base_url=f"{slack.url}/api/").auth_test()
    assert [*refusals, refused.value.response["error"]] == ["invalid_auth", "not_allowed_token_type", "not_authed"]


def test_a_mention_reaches_the_bot_once_and_is_acknowledged(slack: StandIn) -> None:
    """A mention in a channel becomes one message event and one app_mention event, with the message's own ts."""
    with Bot(slack) as bot:
        ts = slack.post(MEMBER, QUESTIONS, f"<@{BOT}> mitä kuuluu?")
        slack.wait_for(lambda: all(event.acknowledged for event in slack.events()))
        kinds = [event.payload["event"]["type"] for event in slack.events()]
        assert sorted(kinds) == ["app_mention", "message"]
        assert {request.payload["event"]["ts"] for request in bot.received} == {ts}
        assert {request.retry_attempt for request in bot.received} == {0}


def test_an_unacknowledged_event_comes_again_with_its_number(slack: StandIn) -> None:
    """The same event_id comes again with retry_attempt 1 and the reason, in a new envelope."""
    with Bot(slack, ack_from=2) as bot:
        slack.post(MEMBER, slack.dm(MEMBER), "hei")
        slack.wait_for(lambda: slack.events()[0].over)
    first, second = bot.received
    assert first.payload["event_id"] == second.payload["event_id"]
    assert first.envelope_id != second.envelope_id
    assert (second.retry_attempt, second.retry_reason) == (1, "timeout")


def test_three_retries_are_the_end(slack: StandIn) -> None:
    """An event that is never acknowledged is tried four times in all."""
    with Bot(slack, ack_from=99) as bot:
        slack.post(MEMBER, slack.dm(MEMBER), "hei")
        slack.wait_for(lambda: slack.events()[0].over)
    assert [request.retry_attempt for request in bot.received] == [0, 1, 2, 3]
    assert not slack.events()[0].acknowledged


def test_events_wait_for_a_bot_that_is_away(slack: StandIn) -> None:
    """What is posted while nothing is connected is delivered when the bot connects."""
    slack.post(MEMBER, slack.dm(MEMBER), "hei")
    with Bot(slack) as bot:
        slack.wait_for(lambda: slack.events()[0].acknowledged)
    assert bot.received[0].payload["event"]["text"] == "hei"


def test_an_event_can_be_delivered_twice(slack: StandIn) -> None:
    """On demand an acknowledged event comes a second time with the same event_id."""
    with Bot(slack) as bot:
        slack.post(MEMBER, slack.dm(MEMBER), "hei")
        slack.wait_for(lambda: slack.events()[0].acknowledged)
        slack.redeliver()
        slack.wait_for(lambda: len(slack.events()[0].attempts) == 2)
    assert len({request.payload["event_id"] for request in bot.received}) == 1
    assert len(bot.received) == 2


def test_a_command_answered_in_its_acknowledgement_is_seen_by_one(slack: StandIn) -> None:
    """The text of a command's acknowledgement becomes an ephemeral message to whoever ran it."""
    with Bot(slack, answer=lambda _: {"text": "Vain sinulle"}):
        attempt = slack.command(MEMBER, GENERAL, "/kysy", "mitä?")
    assert attempt.acknowledged
    (message,) = slack.from_bot(GENERAL)
    assert (message.text, message.seen_by) == ("Vain sinulle", MEMBER)


def test_a_command_without_a_bot_tells_the_person(slack: StandIn) -> None:
    """A command that nobody acknowledges ends in a sentence from the workspace."""
    attempt = slack.command(MEMBER, GENERAL, "/kysy", "mitä?")
    assert not attempt.acknowledged
    assert "/kysy ei onnistunut" in slack.messages(GENERAL)[0].text


def test_a_click_opens_a_modal_whose_errors_keep_it_open(slack: StandIn) -> None:
    """A click carries a trigger that opens a modal; view_submission can refuse, then accept."""
    answers = iter([{"response_action": "errors", "errors": {"why": "Liian lyhyt"}}, None])
    field = {"type": "input", "block_id": "why", "label": {"type": "plain_text", "text": "Miksi?"}}
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Palaute"},
        "submit": {"type": "plain_text", "text": "Lähetä"},
        "blocks": [field | {"element": {"type": "plain_text_input", "action_id": "text"}}],
    }

    def answer(request: SocketModeRequest) -> object:
        if request.payload["type"] == "view_submission":
            return next(answers)
        client(slack).views_open(trigger_id=request.payload["trigger_id"], view=view)
        return None

    with Bot(slack, answer):
        posted = client(slack).chat_postMessage(channel=GENERAL, text="Hei", blocks=[SECTION, BUTTON])
        slack.click(MEMBER, GENERAL, posted["ts"], "more")
        entered = {"why": {"text": {"type": "plain_text_input", "value": "x"}}}
        assert slack.submit(MEMBER, entered) == {"why": "Liian lyhyt"}
        assert slack.modal(MEMBER)["title"]["text"] == "Palaute"
        assert slack.submit(MEMBER, entered) == {}
        with pytest.raises(LookupError):
            slack.modal(MEMBER)


def test_a_click_can_be_answered_through_its_response_url(slack: StandIn) -> None:
    """replace_original changes the message clicked, an ephemeral one too; delete_original takes it away."""
    urls: list[str] = []

    def answer(request: SocketModeRequest) -> object:
        urls.append(request.payload["response_url"])

    with Bot(slack, answer):
        web = client(slack)
        ts = web.chat_postEphemeral(channel=GENERAL, user=MEMBER, text="Hei", blocks=[BUTTON])["message_ts"]
        slack.click(MEMBER, GENERAL, ts, "more")
        assert WebhookClient(urls[0]).send_dict({"replace_original": True, "text": "Uusi"}).status_code == 200
        assert [(one.text, one.seen_by) for one in slack.messages(GENERAL)] == [("Uusi", MEMBER)]
        assert WebhookClient(urls[0]).send_dict({"delete_original": True}).status_code == 200
        assert slack.messages(GENERAL) == []


def test_a_disconnect_makes_the_client_come_back(slack: StandIn) -> None:
    """After a disconnect message the client opens another connection and events keep coming."""
    with Bot(slack) as bot:
        slack.wait_for(lambda: slack.connected() == 1)
        slack.disconnect()
        slack.wait_for(lambda: len(slack.calls("apps.connections.open")) == 2)
        slack.post(MEMBER, slack.dm(MEMBER), "vielä")
        slack.wait_for(lambda: slack.events()[0].acknowledged)
    assert bot.received[-1].payload["event"]["text"] == "vielä"


def test_faults_meet_the_next_calls_only(slack: StandIn) -> None:
    """A 429 with Retry-After is obeyed by the client's handler; a lost reply has taken effect all the same."""
    web = client(slack)
    web.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    slack.fault("chat.postMessage", status=429, retry_after=1)
    assert web.chat_postMessage(channel=GENERAL, text="yksi")["ok"]
    web.retry_handlers.clear()
    slack.fault("chat.postMessage", reset=True, accepted=True)
    with pytest.raises(ConnectionError):
        web.chat_postMessage(channel=GENERAL, text="kaksi")
    assert [message.text for message in slack.messages(GENERAL)] == ["yksi", "kaksi"]
    assert [call.outcome for call in slack.calls("chat.postMessage")] == ["429", "ok", "reset"]


def test_limits_are_enforced(slack: StandIn) -> None:
    """51 blocks, a section of 3,001 characters and an unknown block are invalid_blocks; no text at all is no_text."""
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    for blocks in ([{"type": "divider"}] * 51, [long], [{"type": "banner"}]):
        with pytest.raises(SlackApiError) as refused:
            client(slack).chat_postMessage(channel=GENERAL, text="Hei", blocks=blocks)
        assert refused.value.response["error"] == "invalid_blocks"
    with pytest.raises(SlackApiError) as refused:
        client(slack).api_call("chat.postMessage", json={"channel": GENERAL})
    assert refused.value.response["error"] == "no_text"


def test_reading_the_workspace(slack: StandIn) -> None:
    """Members, history and threads come back as they are, metadata only when asked for."""
    web = client(slack)
    root = slack.post(MEMBER, GENERAL, "juuri")
    web.chat_postMessage(
        channel=GENERAL, text="vastaus", thread_ts=root, metadata={"event_type": "a", "event_payload": {"id": "1"}}
    )
    assert [one["text"] for one in web.conversations_history(channel=GENERAL)["messages"]] == ["juuri"]
    plain = web.conversations_replies(channel=GENERAL, ts=root)["messages"]
    assert [one["text"] for one in plain] == ["juuri", "vastaus"]
    assert "metadata" not in plain[1]
    told = web.conversations_replies(channel=GENERAL, ts=root, include_all_metadata=True)["messages"]
    assert told[1]["metadata"]["event_payload"] == {"id": "1"}
    assert web.users_info(user=COORDINATOR)["user"]["is_admin"] is False
    assert COORDINATOR in web.conversations_members(channel=GENERAL)["members"]
    assert web.conversations_open(users=MEMBER)["channel"]["id"] == slack.dm(MEMBER)


def test_a_trigger_is_good_once(slack: StandIn) -> None:
    """The same trigger_id opens one modal and is then refused."""
    triggers: list[str] = []

    def answer(request: SocketModeRequest) -> object:
        triggers.append(request.payload["trigger_id"])

    view = {"type": "modal", "title": {"type": "plain_text", "text": "Hei"}, "blocks": [SECTION]}
    with Bot(slack, answer):
        slack.command(MEMBER, GENERAL, "/kysy")
        client(slack).views_open(trigger_id=triggers[0], view=view)
        with pytest.raises(SlackApiError) as refused:
            client(slack).views_open(trigger_id=triggers[0], view=view)
    assert refused.value.response["error"] == "exchanged_trigger_id"
