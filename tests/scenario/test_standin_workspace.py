"""The stand-in's people, channels, files and rate limits, as Slack's own client library sees them."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import webapi
from bot.sandbox.values import Access, Config
from tests.little_bot import client
from tests.standin import (
    BOT,
    COFFEE,
    COORDINATOR,
    ENGLISH,
    EVENTS,
    GENERAL,
    GUEST,
    MEMBER,
    OFFICE,
    PARTNERS,
    QUESTIONS,
    SWEDISH,
    SWEDISH_MEMBER,
    StandIn,
)

WINTER, SUMMER = datetime(2027, 1, 13, 9, tzinfo=UTC), datetime(2027, 7, 14, 9, tzinfo=UTC)
OPEN = [GENERAL, QUESTIONS, EVENTS, SWEDISH, ENGLISH, COFFEE, PARTNERS]


class Hands:
    """A clock that shows what it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time shown."""
        return self.now


@pytest.fixture
def clock() -> Hands:
    """Shows a winter morning."""
    return Hands(WINTER)


@pytest.fixture
def slack(clock: Hands) -> Iterator[StandIn]:
    """A workspace whose time stands still."""
    events = frozenset({"member_joined_channel", "member_left_channel", "channel_archive"})
    with StandIn(Config(subscriptions=events), clock=clock) as running:
        yield running


@pytest.fixture
def web(slack: StandIn) -> WebClient:
    """The bot's side of it."""
    return client(slack)


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    """Slack's word for what was refused."""
    return str(error.value.response["error"])


def test_a_persons_clock_is_told(web: WebClient, clock: Hands) -> None:
    """Finland is two hours ahead of UTC in winter and three in summer; the guest lives in Lisbon."""
    aino, teemu = (web.users_info(user=user)["user"] for user in (MEMBER, GUEST))
    assert (aino["tz"], aino["tz_offset"], aino["tz_label"]) == (
        "Europe/Helsinki",
        7200,
        "Eastern European Standard Time",
    )
    assert (teemu["tz"], teemu["tz_offset"]) == ("Europe/Lisbon", 0)
    clock.now = SUMMER
    told = {person["id"]: person for person in web.users_list(limit=100)["members"]}
    assert [(told[user]["tz_offset"], told[user]["tz_label"]) for user in (MEMBER, GUEST)] == [
        (10800, "Eastern European Summer Time"),
        (3600, "Western European Summer Time"),
    ]


@pytest.mark.parametrize(
    ("access", "told"),
    [
        (Access.GUEST, (False, True, False)),
        (Access.SINGLE_CHANNEL_GUEST, (False, True, True)),
        (Access.DEACTIVATED, (True, None, None)),
        (Access.MEMBER, (False, False, False)),
    ],
)
def test_what_an_account_may_is_told(slack: StandIn, web: WebClient, access: Access, told: tuple[bool | None]) -> None:
    """By users.info as by users.list; nobody opens a conversation with an account that is switched off."""
    slack.set_access(MEMBER, access)
    listed = {person["id"]: person for person in web.users_list(limit=100)["members"]}
    names = ("deleted", "is_restricted", "is_ultra_restricted")
    for person in (listed[MEMBER], web.users_info(user=MEMBER)["user"]):
        assert tuple(person.get(name) for name in names) == told
    if access is Access.DEACTIVATED:
        with pytest.raises(SlackApiError) as error:
            web.conversations_open(users=f"{MEMBER},{COORDINATOR}")
        assert refusal(error) == "user_disabled"


def test_a_persons_language_is_told_to_who_asks(web: WebClient) -> None:
    """The locale comes with include_locale only, from users.info and users.list alike."""
    assert "locale" not in web.users_info(user=SWEDISH_MEMBER)["user"]
    assert web.users_info(user=SWEDISH_MEMBER, include_locale=True)["user"]["locale"] == "sv-SE"
    people = web.users_list(include_locale=True, limit=100)["members"]
    assert {person["locale"] for person in people} == {"sv-SE", "en-GB"}


def test_channels_are_listed_by_kind(slack: StandIn, web: WebClient) -> None:
    """Public channels with or without the bot; private ones only with it; archived ones unless they are excluded."""
    assert [one["id"] for one in web.conversations_list()["channels"]] == OPEN
    assert [one["id"] for one in web.conversations_list(types="private_channel")["channels"]] == [OFFICE]
    assert {one["id"]: one["is_member"] for one in web.conversations_list()["channels"]}[COFFEE] is False
    slack.archive(SWEDISH)
    assert SWEDISH in [one["id"] for one in web.conversations_list()["channels"]]
    living = [one["id"] for one in web.conversations_list(exclude_archived=True)["channels"]]
    assert living == [one for one in OPEN if one != SWEDISH]
    slack.remove(OFFICE, by=COORDINATOR)
    assert web.conversations_list(types="private_channel")["channels"] == []
    with pytest.raises(SlackApiError) as refused:
        web.conversations_list(types="secret")
    assert refusal(refused) == "invalid_types"


def test_channels_come_page_by_page(web: WebClient) -> None:
    """A cursor leads through the list without a gap or a repetition."""
    pages = [[one["id"] for one in page["channels"]] for page in web.conversations_list(limit=3)]
    assert pages == [OPEN[:3], OPEN[3:6], OPEN[6:]]


def test_a_channel_is_told_to_members_or_where_it_is_public(slack: StandIn, web: WebClient) -> None:
    """A shared channel says so; a private one without the bot is as if it were not there."""
    assert web.conversations_info(channel=PARTNERS)["channel"]["is_ext_shared"] is True
    assert web.conversations_info(channel=OFFICE)["channel"]["is_private"] is True
    ts = slack.post(COORDINATOR, OFFICE, "Vain meille")
    slack.remove(OFFICE, by=COORDINATOR)
    for ask in (
        lambda: web.conversations_info(channel=OFFICE),
        lambda: web.conversations_members(channel=OFFICE),
        lambda: web.chat_getPermalink(channel=OFFICE, message_ts=ts),
        lambda: web.chat_postMessage(channel=OFFICE, text="Hei"),
    ):
        with pytest.raises(SlackApiError) as refused:
            ask()
        assert refusal(refused) == "channel_not_found"


def test_the_bot_posts_where_it_is(slack: StandIn, web: WebClient) -> None:
    """Elsewhere it is not_in_channel until somebody invites it; in an archived channel nobody posts."""
    with pytest.raises(SlackApiError) as refused:
        web.chat_postMessage(channel=COFFEE, text="Hei")
    assert refusal(refused) == "not_in_channel"
    slack.invite(COFFEE)
    assert web.chat_postMessage(channel=COFFEE, text="Hei")["ok"]
    slack.archive(COFFEE)
    with pytest.raises(SlackApiError) as refused:
        web.chat_postMessage(channel=COFFEE, text="Hei")
    assert refusal(refused) == "is_archived"
    told = [event.payload["event"] for event in slack.events()]
    assert [(event["type"], event["user"]) for event in told] == [
        ("member_joined_channel", BOT),
        ("channel_archive", MEMBER),
    ]


def test_joining_needs_its_scope(web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """conversations.join is refused to an app that did not ask for channels:join, and never opens a private channel."""
    with pytest.raises(SlackApiError) as refused:
        web.conversations_join(channel=COFFEE)
    assert refusal(refused) == "missing_scope"
    monkeypatch.setattr(webapi, "SCOPES", f"{webapi.SCOPES},channels:join")
    assert web.conversations_join(channel=COFFEE)["channel"]["is_member"] is True
    assert web.conversations_join(channel=COFFEE)["warning"] == "already_in_channel"
    with pytest.raises(SlackApiError) as refused:
        web.conversations_join(channel=OFFICE)
    assert refusal(refused) == "method_not_supported_for_channel_type"


def test_messages_come_and_go(slack: StandIn, web: WebClient) -> None:
    """A permalink opens the message; a deleted one is gone; a whisper needs its reader in the channel."""
    ts = web.chat_postMessage(channel=SWEDISH, text="AI-morgon")["ts"]
    link = web.chat_getPermalink(channel=SWEDISH, message_ts=ts)["permalink"]
    assert link == f"{slack.url}/archives/{SWEDISH}/p{ts.replace('.', '')}"
    web.chat_delete(channel=SWEDISH, ts=ts)
    assert slack.messages(SWEDISH) == []
    with pytest.raises(SlackApiError) as refused:
        web.chat_delete(channel=SWEDISH, ts=ts)
    assert refusal(refused) == "message_not_found"
    with pytest.raises(SlackApiError) as refused:
        web.chat_postEphemeral(channel=SWEDISH, user=GUEST, text="Hej")
    assert refusal(refused) == "user_not_in_channel"


def test_a_calendar_file_can_be_fetched(slack: StandIn, web: WebClient) -> None:
    """An .ics comes to each of the named channels as text/calendar, and is downloaded rather than shown."""
    calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    web.files_upload_v2(channels=[EVENTS, SWEDISH], content=calendar, filename="tekoälyaamu.ics", title="Tekoälyaamu")
    (message,), (copy,) = slack.messages(EVENTS), slack.messages(SWEDISH)
    (file,) = message.files
    assert (file["title"], file["mimetype"], copy.files) == ("Tekoälyaamu", "text/calendar", message.files)
    with urllib.request.urlopen(file["url_private"]) as reply:  # noqa: S310 - the stand-in's own address
        assert reply.headers["Content-Disposition"] == "attachment"
        assert reply.read().decode() == calendar


def test_updates_are_limited_by_the_minute(slack: StandIn, web: WebClient, clock: Hands) -> None:
    """chat.update is Tier 3: of 53 in a second 50 pass; the 51st is told to wait 2 seconds, and passes then."""
    ts = web.chat_postMessage(channel=EVENTS, text="0")["ts"]
    slack.limit_rates()
    for number in range(50):
        web.chat_update(channel=EVENTS, ts=ts, text=str(number))
    for number in range(50, 53):
        with pytest.raises(SlackApiError) as refused:
            web.chat_update(channel=EVENTS, ts=ts, text=str(number))
        answer = refused.value.response
        assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "2")
    assert (slack.counts("ok")["chat.update"], slack.counts("ratelimited")["chat.update"]) == (50, 3)
    assert slack.messages(EVENTS)[0].text == "49"
    clock.now += timedelta(seconds=2)
    assert web.chat_update(channel=EVENTS, ts=ts, text="52")["ok"]


def test_each_channel_takes_a_message_a_second(slack: StandIn, web: WebClient, clock: Hands) -> None:
    """Five messages may come to a channel at once, then one a second; another channel has its own count."""
    slack.limit_rates()
    for number in range(5):
        web.chat_postMessage(channel=EVENTS, text=str(number))
    with pytest.raises(SlackApiError) as refused:
        web.chat_postMessage(channel=EVENTS, text="5")
    assert refused.value.response.headers["Retry-After"] == "1"
    assert web.chat_postMessage(channel=SWEDISH, text="0")["ok"]
    clock.now += timedelta(seconds=1)
    assert web.chat_postMessage(channel=EVENTS, text="5")["ok"]
    assert len(slack.messages(EVENTS)) == 6


def test_limits_can_be_left_alone(slack: StandIn, web: WebClient) -> None:
    """Unless a test asks for them, calls are only counted."""
    for number in range(7):
        web.chat_postMessage(channel=EVENTS, text=str(number))
    assert slack.counts() == {"chat.postMessage": 7}
