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
from bot.lookup import FEW, KEPT_SECONDS, Lookup
from bot.questions import Question
from knowledge.model import Audience, member_id
from knowledge.roles import FixedRoles

HOME = "T1"
MEMBER, COORDINATOR = "U1", "U2"
METHODS = ("users.info", "conversations.info", "conversations.members", "users.list")


class FakeSlack:
    """Answers with the asker, the channel and the other people that were set, or fails with the error that was set.

    Lists come two people to a page.
    """

    def __init__(self, user: dict[str, Any] | None = None, channel: dict[str, Any] | None = None) -> None:
        self.user = {"team_id": HOME} | (user or {})
        self.channel: dict[str, Any] = channel or {}
        self.people = {name: {"id": name, "team_id": HOME} for name in (MEMBER, COORDINATOR, "U3", "U4", "UBOT")}
        self.in_channel = [MEMBER, COORDINATOR, "U3", "UBOT"]
        self.errors: dict[str, Exception] = {}
        self.asked: list[str] = []

    def api_call(self, method: str, *, params: dict[str, str]) -> SlackResponse:
        """What Slack would say."""
        assert set(params) <= {"user", "channel", "limit", "cursor"}
        self.asked.append(method)
        if method in self.errors:
            raise self.errors[method]
        at = int(params.get("cursor", "0"))
        return _response(
            200,
            {
                "users.info": lambda: self._person(params["user"]),
                "conversations.info": lambda: {"channel": self.channel or {"id": params["channel"]}},
                "users.list": lambda: _page(list(self.people.values()), at),
                "conversations.members": lambda: _page(self.in_channel, at),
            }[method](),
        )

    def _person(self, user: str) -> dict[str, Any]:
        """The asker, or one of the people; of others in the channel nothing is told."""
        if user in self.in_channel and user not in {MEMBER, COORDINATOR}:
            if user not in self.people:
                raise _refusal(200, "user_not_found")
            return {"user": self.people[user]}
        return {"user": self.user}


def _page(everybody: list[Any], at: int) -> dict[str, Any]:
    cursor = str(at + 2) if at + 2 < len(everybody) else ""
    return {"members": everybody[at : at + 2], "response_metadata": {"next_cursor": cursor}}


def _response(status: int, data: dict[str, Any]) -> SlackResponse:
    return SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=status
    )


def _refusal(status: int, code: str) -> SlackApiError:
    return SlackApiError("refused", _response(status, {"ok": False, "error": code}))


def _audience(slack: FakeSlack, user: str = MEMBER, *, is_slack: bool = True, **changes: Any) -> Audience:
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
    lookup = Lookup(cast(WebClient, slack), HOME, is_slack=is_slack)
    return Audiences(lookup, HOME, FixedRoles([member_id(HOME, COORDINATOR)])).of(question)


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


@pytest.mark.parametrize("method", METHODS)
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
@pytest.mark.parametrize("method", METHODS)
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


@pytest.mark.parametrize("guest", [{"is_restricted": True}, {"is_ultra_restricted": True}, {"team_id": "T9"}])
def test_a_guest_who_reads_along_narrows_the_answer(guest: dict[str, Any]) -> None:
    """One guest among the members of a channel, and what the bot writes there is from public sources."""
    slack = FakeSlack()
    slack.people["U3"] |= guest
    assert _audience(slack) is Audience.PUBLIC
    slack.in_channel.remove("U3")
    assert _audience(slack) is Audience.MEMBERS


def test_somebody_unknown_counts_as_a_guest() -> None:
    """A person who is in the channel, and of whom Slack does not tell."""
    slack = FakeSlack()
    slack.in_channel.append("U9")
    assert _audience(slack) is Audience.PUBLIC


def test_a_newcomer_narrows_nothing() -> None:
    """Who came after the list was read is asked about; of many at once it is not believed that all came lately."""
    slack = FakeSlack()
    lookup = Lookup(cast(WebClient, slack), HOME)
    assert lookup.all_are_insiders("C1")
    slack.people["U9"] = {"id": "U9", "team_id": HOME}
    slack.in_channel.append("U9")
    assert lookup.all_are_insiders("C1")
    slack.people["U9"]["team_id"] = "T9"
    assert not lookup.all_are_insiders("C1")
    del slack.people["U9"]["team_id"]
    slack.in_channel += [f"U{number}" for number in range(10, 16)]
    before = slack.asked.count("users.info")
    assert not lookup.all_are_insiders("C1")
    assert slack.asked.count("users.info") == before


def test_the_list_of_people_is_read_once_in_a_while() -> None:
    """Slack lets it be read a few times a minute; a guest is told within five."""
    slack, times = FakeSlack(), iter([0.0, 0.0, KEPT_SECONDS - 1, KEPT_SECONDS + 1, KEPT_SECONDS + 1])
    lookup = Lookup(cast(WebClient, slack), HOME, now=lambda: next(times))
    assert lookup.all_are_insiders("C1")
    slack.people["U3"] |= {"is_restricted": True}
    assert lookup.all_are_insiders("C1")
    assert not lookup.all_are_insiders("C1")
    assert slack.asked.count("users.list") == 2 * 3


@pytest.mark.parametrize("error", [_refusal(200, "unknown_method"), _refusal(404, "<html>Not found</html>")])
@pytest.mark.parametrize("where", [DIRECT, COMMAND, {}])
def test_a_stand_in_may_know_less_than_slack(where: dict[str, Any], error: Exception) -> None:
    """Where there are no people and channels to ask about, whoever writes is a member; Slack itself must tell."""
    silent = FakeSlack()
    silent.errors = dict.fromkeys(METHODS, error)
    assert _audience(silent, is_slack=False, **where) is Audience.MEMBERS
    silent.errors = dict.fromkeys(METHODS, _refusal(200, "unknown_method"))
    assert _audience(silent, **where) is Audience.PUBLIC


def test_what_a_stand_in_does_say_counts() -> None:
    """A guest of a stand-in is a guest, and its answers may lack everything else."""
    slack = FakeSlack({"team_id": ""})
    slack.people.clear()
    assert _audience(slack, is_slack=False) is Audience.MEMBERS
    slack.user["is_restricted"] = True
    assert _audience(slack, is_slack=False) is Audience.PUBLIC


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ({"display_name": "Anna", "real_name": "Anna Aalto"}, "Anna"),
        ({"display_name": "", "real_name": "Anna Aalto"}, "Anna Aalto"),
        ({}, ""),
    ],
)
def test_a_person_is_called_as_slack_shows_them(profile: dict[str, str], name: str) -> None:
    """By the name that they chose, or else by their own; nothing is made up where there is none."""
    slack = FakeSlack({"profile": profile})
    assert Lookup(cast(WebClient, slack), HOME).name_of(MEMBER) == name


def test_whom_slack_does_not_name_has_no_name() -> None:
    """A coordinator who is gone is left out, rather than named by an id."""
    slack = FakeSlack()
    slack.errors["users.info"] = _refusal(200, "user_not_found")
    assert Lookup(cast(WebClient, slack), HOME).name_of(MEMBER) == ""


def test_a_crowd_is_not_asked_about_one_by_one() -> None:
    """Once all were read, who was an insider then is believed to be, for some minutes; others are asked about."""
    slack, clock = FakeSlack({"id": "U9", "is_restricted": True}), [0.0]
    lookup = Lookup(cast(WebClient, slack), HOME, now=lambda: clock[0])
    assert not lookup.was_insider(MEMBER)
    lookup.refresh()
    slack.asked.clear()
    assert all(lookup.was_insider(user) for user in slack.people)
    lookup.refresh()
    assert slack.asked == []
    assert not lookup.was_insider("U9")
    clock[0] = KEPT_SECONDS + 1
    assert not lookup.was_insider(MEMBER)
    assert slack.asked == ["users.info", "users.info"]


def test_a_crowd_that_slack_does_not_tell_is_no_error() -> None:
    """Each is asked about alone then."""
    slack = FakeSlack()
    slack.errors["users.list"] = _refusal(503, "")
    lookup = Lookup(cast(WebClient, slack), HOME)
    lookup.refresh()
    assert lookup.was_insider(MEMBER)


def test_only_slacks_own_word_takes_somebody_out_of_the_network() -> None:
    """A guest, an account that is switched off, nobody of that id; a refusal for another reason tells of nobody."""
    slack = FakeSlack({"deleted": True})
    slack.people["U3"] |= {"is_restricted": True}
    del slack.people["U4"]
    slack.in_channel.append("U4")
    lookup = Lookup(cast(WebClient, slack), HOME)
    few = [f"{HOME}:{user}" for user in (MEMBER, "U3", "U4", "UBOT")]
    assert lookup.belonging([*few, "T9:U1"]) == dict(zip(few, [False, False, False, True], strict=True))
    for code in ("missing_scope", "account_inactive", "unknown_method"):
        slack.errors["users.info"] = _refusal(200, code)
        assert lookup.belonging(few) == {}
        assert Lookup(cast(WebClient, slack), HOME, is_slack=False).belonging(few) == {}
    slack.errors["users.info"] = _refusal(503, "")
    with pytest.raises(SlackUnavailableError):
        lookup.belonging(few)


def test_of_many_the_list_of_people_tells() -> None:
    """Of whom it does not name nothing is told; nor of anybody where Slack refuses it."""
    slack = FakeSlack()
    slack.people["U3"] |= {"deleted": True}
    many = [MEMBER, "U3", *(f"X{number}" for number in range(FEW))]
    assert Lookup(cast(WebClient, slack), HOME).belonging(many) == {MEMBER: True, "U3": False}
    assert "users.info" not in slack.asked
    slack.errors["users.list"] = _refusal(200, "missing_scope")
    assert Lookup(cast(WebClient, slack), HOME).belonging(many) == {}


def test_many_names_are_read_at_once() -> None:
    """A few are asked for alone; of many all are read, and only those who are not among them asked for."""
    slack = FakeSlack({"profile": {"display_name": "Uusi"}})
    for user, person in slack.people.items():
        person["profile"] = {"real_name": f"Nimi {user}"}  # type: ignore[assignment]
    lookup = Lookup(cast(WebClient, slack), HOME)
    assert lookup.names_of([MEMBER]) == {MEMBER: "Uusi"}
    assert slack.asked == ["users.info"]
    slack.asked.clear()
    many = [MEMBER, *(f"X{number}" for number in range(FEW))]
    names = lookup.names_of(many)
    assert (names[MEMBER], names["X0"]) == (f"Nimi {MEMBER}", "Uusi")
    assert slack.asked == ["users.list"] * 3 + ["users.info"] * FEW
