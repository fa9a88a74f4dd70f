"""Who may read what: decided by who will see the reply, and by what Slack says of them at that moment."""

from __future__ import annotations

from http.client import RemoteDisconnected
from typing import Any, cast

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.audience import Audiences
from bot.delivery import SlackUnavailableError
from bot.questions import Question
from knowledge.model import Audience

HOME = "T1"
MEMBER, COORDINATOR = "U1", "U2"


class FakeSlack:
    """Answers `users.info` and `conversations.info` with what was set, or fails with the error that was set."""

    def __init__(self, user: dict[str, Any] | None = None, channel: dict[str, Any] | None = None) -> None:
        self.user = {"team_id": HOME} | (user or {})
        self.channel: dict[str, Any] = channel or {}
        self.errors: dict[str, Exception] = {}

    def api_call(self, method: str, *, params: dict[str, str]) -> dict[str, Any]:
        """What Slack would say."""
        assert set(params) <= {"user", "channel"}
        if method in self.errors:
            raise self.errors[method]
        return {"user": self.user} if method == "users.info" else {"channel": self.channel or {"id": params["channel"]}}


def _refusal(status: int, code: str) -> SlackApiError:
    data = {"ok": False, "error": code}
    response = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=status
    )
    return SlackApiError("refused", response)


def _audience(slack: FakeSlack, user: str = MEMBER, **changes: Any) -> Audience:
    values: dict[str, Any] = {
        "id": "q",
        "team": HOME,
        "user": user,
        "user_team": HOME,
        "channel": "C1",
        "is_direct": False,
        "ts": "1.1",
        "thread": "1.1",
        "response_url": "",
        "text": "?",
        "language": "fi",
    }
    question = Question(**(values | changes))
    return Audiences(cast(WebClient, slack), HOME, frozenset({COORDINATOR})).of(question)


DIRECT = {"is_direct": True, "channel": "D1"}
COMMAND = {"response_url": "https://hooks.example/1", "thread": "", "ts": "", "user_team": ""}


@pytest.mark.parametrize("where", [DIRECT, COMMAND])
def test_a_private_reply_goes_by_the_asker(where: dict[str, Any]) -> None:
    """In direct messages, and under a command, only the asker sees it."""
    assert _audience(FakeSlack(), MEMBER, **where) is Audience.MEMBERS
    assert _audience(FakeSlack(), COORDINATOR, **where) is Audience.COORDINATORS


def test_a_reply_in_a_channel_is_for_members() -> None:
    """Also where a coordinator asks: the others in the channel read along."""
    assert _audience(FakeSlack(), MEMBER) is Audience.MEMBERS
    assert _audience(FakeSlack(), COORDINATOR) is Audience.MEMBERS


@pytest.mark.parametrize("kind", ["is_ext_shared", "is_pending_ext_shared", "is_org_shared"])
def test_a_shared_channel_gets_public_sources_only(kind: str) -> None:
    """Whoever asks there: people of other organisations read along."""
    for user in (MEMBER, COORDINATOR):
        assert _audience(FakeSlack(channel={"id": "C1", kind: True}), user) is Audience.PUBLIC


@pytest.mark.parametrize(
    "user",
    [
        {"team_id": "T9"},
        {"team_id": ""},
        {"is_stranger": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"deleted": True},
    ],
)
@pytest.mark.parametrize("where", [DIRECT, COMMAND, {}])
def test_outsiders_get_public_sources_only(user: dict[str, Any], where: dict[str, Any]) -> None:
    """Guests, people of other workspaces and closed accounts, listed as coordinators or not."""
    assert _audience(FakeSlack(user), COORDINATOR, **where) is Audience.PUBLIC


def test_another_workspace_is_believed_at_once() -> None:
    """The event itself names the asker's workspace, whatever users.info says."""
    assert _audience(FakeSlack(), MEMBER, **DIRECT, user_team="T9") is Audience.PUBLIC


@pytest.mark.parametrize("method", ["users.info", "conversations.info"])
def test_what_slack_refuses_to_tell_counts_as_outside(method: str) -> None:
    """A missing scope, or somebody whom the bot cannot see."""
    slack = FakeSlack()
    slack.errors[method] = _refusal(200, "missing_scope")
    assert _audience(slack) is Audience.PUBLIC


@pytest.mark.parametrize(
    "error",
    [
        RemoteDisconnected("gone"),
        TimeoutError(),
        _refusal(429, "ratelimited"),
        _refusal(502, "Received a response in a non-JSON format: <html>"),
    ],
)
@pytest.mark.parametrize("method", ["users.info", "conversations.info"])
def test_an_unreachable_slack_is_asked_again(method: str, error: Exception) -> None:
    """Nobody gets less than they may because of a bad moment."""
    slack = FakeSlack()
    slack.errors[method] = error
    with pytest.raises(SlackUnavailableError):
        _audience(slack)


def test_each_question_is_decided_anew() -> None:
    """Who became a guest this morning is one now."""
    slack = FakeSlack()
    assert _audience(slack) is Audience.MEMBERS
    slack.user["is_restricted"] = True
    assert _audience(slack) is Audience.PUBLIC
