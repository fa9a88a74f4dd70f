"""Modals of the stand-in: their elements' state as Slack tells it, and the shortcuts that may open one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.sandbox.shortcuts import Shortcut, ShortcutKind
from bot.sandbox.values import TEAM, Config
from tests.little_bot import Bot, client
from tests.standin import COFFEE, EVENTS, GENERAL, MEMBER, OFFICE, SWEDISH, StandIn

SHORTCUTS = (
    Shortcut("start_event", "Uusi tapahtuma", "Luo tapahtuma"),
    Shortcut("from_message", "Tee tapahtuma", "Luo tapahtuma viestistä", ShortcutKind.MESSAGE),
)
YES, NO = ({"text": {"type": "plain_text", "text": word}, "value": word.lower()} for word in ("Kyllä", "Ei"))
BUTTON = {"type": "button", "action_id": "add", "text": {"type": "plain_text", "text": "Lisää kieli"}, "value": "sv"}


def field(block: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An input block whose element is called `value`."""
    label = {"type": "plain_text", "text": block}
    return {"type": "input", "block_id": block, "label": label, "element": {"action_id": "value"} | element} | more


def modal(*blocks: dict[str, Any], title: str = "Tapahtuma") -> dict[str, Any]:
    """A modal of these blocks that can be submitted."""
    texts = {name: {"type": "plain_text", "text": text} for name, text in (("title", title), ("submit", "Tallenna"))}
    return {"type": "modal", "blocks": list(blocks)} | texts


@pytest.fixture(scope="module")
def workspace() -> Iterator[tuple[StandIn, Bot]]:
    """A stand-in with shortcuts, and a bot in it."""
    with StandIn(Config(ack_seconds=2.0, shortcuts=SHORTCUTS)) as slack, Bot(slack) as bot:
        yield slack, bot


@pytest.fixture
def slack(workspace: tuple[StandIn, Bot]) -> StandIn:
    """The workspace."""
    return workspace[0]


@pytest.fixture
def bot(workspace: tuple[StandIn, Bot]) -> Bot:
    """The bot, which has seen nothing yet and only acknowledges."""
    _, running = workspace
    running.received.clear()
    running.answer = None
    return running


def opened(slack: StandIn, bot: Bot, view: dict[str, Any]) -> dict[str, Any]:
    """Let the member open this modal; returns it as views.open returned it."""
    shown: list[dict[str, Any]] = []

    def answer(request: SocketModeRequest) -> None:
        shown.append(client(slack).views_open(trigger_id=request.payload["trigger_id"], view=view).data["view"])  # type: ignore[call-overload]

    bot.answer = answer
    assert slack.command(MEMBER, GENERAL, "/kysy").acknowledged
    bot.answer = None
    bot.received.clear()
    return shown[0]


def values_of(request: SocketModeRequest) -> dict[str, Any]:
    """The state that a payload carries."""
    values: dict[str, Any] = request.payload["view"]["state"]["values"]
    return values


@pytest.mark.parametrize(
    ("element", "empty", "first", "chosen"),
    [
        ({"type": "datepicker"}, {"selected_date": None}, {"initial_date": "2027-01-13"}, "selected_date"),
        ({"type": "timepicker"}, {"selected_time": None}, {"initial_time": "08:30"}, "selected_time"),
        (
            {"type": "timepicker", "timezone": "Europe/Helsinki"},
            {"selected_time": None, "timezone": "Europe/Helsinki"},
            {"initial_time": "08:30"},
            "selected_time",
        ),
        (
            {"type": "datetimepicker"},
            {"selected_date_time": None},
            {"initial_date_time": 1799821800},
            "selected_date_time",
        ),
        ({"type": "number_input", "is_decimal_allowed": False}, {"value": None}, {"initial_value": "50"}, "value"),
        ({"type": "url_text_input"}, {"value": None}, {"initial_value": "https://kokous.example"}, "value"),
        ({"type": "plain_text_input"}, {"value": None}, {"initial_value": "Tekoälyaamu"}, "value"),
        ({"type": "channels_select"}, {"selected_channel": None}, {"initial_channel": EVENTS}, "selected_channel"),
        (
            {"type": "multi_channels_select"},
            {"selected_channels": []},
            {"initial_channels": [EVENTS, SWEDISH]},
            "selected_channels",
        ),
        (
            {"type": "conversations_select", "filter": {"include": ["private"]}},
            {"selected_conversation": None},
            {"initial_conversation": OFFICE},
            "selected_conversation",
        ),
        (
            {"type": "multi_conversations_select", "filter": {"include": ["public", "private"]}},
            {"selected_conversations": []},
            {"initial_conversations": [EVENTS, OFFICE]},
            "selected_conversations",
        ),
        ({"type": "users_select"}, {"selected_user": None}, {"initial_user": MEMBER}, "selected_user"),
        ({"type": "multi_users_select"}, {"selected_users": []}, {"initial_users": [MEMBER]}, "selected_users"),
        (
            {"type": "radio_buttons", "options": [YES, NO]},
            {"selected_option": None},
            {"initial_option": NO},
            "selected_option",
        ),
        (
            {"type": "checkboxes", "options": [YES, NO]},
            {"selected_options": []},
            {"initial_options": [YES]},
            "selected_options",
        ),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) and "type" in value else "",
)
def test_a_submitted_element_has_slacks_shape(
    slack: StandIn, bot: Bot, element: dict[str, Any], empty: dict[str, Any], first: dict[str, Any], chosen: str
) -> None:
    """What was left alone is submitted empty or as it began, under Slack's name for that kind of element."""
    opened(slack, bot, modal(field("left", element, optional=True), field("began", element | first)))
    assert slack.submit(MEMBER, {}) == {}
    values = values_of(bot.received[-1])
    kind = {"type": element["type"]}
    assert values["left"] == {"value": kind | empty}
    (began,) = first.values()
    assert values["began"] == {"value": kind | empty | {chosen: began}}


def test_what_was_entered_is_submitted(slack: StandIn, bot: Bot) -> None:
    """What is entered takes the place of the first value; what is no element of the modal is not submitted."""
    opened(slack, bot, modal(field("seats", {"type": "number_input", "is_decimal_allowed": False})))
    entered = {"seats": {"value": {"type": "number_input", "value": "50"}}, "other": {"value": {"value": "x"}}}
    assert slack.submit(MEMBER, entered) == {}
    assert values_of(bot.received[-1]) == {"seats": {"value": {"type": "number_input", "value": "50"}}}


def test_a_choice_within_a_modal_tells_of_all_its_elements(slack: StandIn, bot: Bot) -> None:
    """A menu in a section acts at once, and its block_actions carries what every element holds, its own included."""
    menu = {"type": "static_select", "action_id": "repeat", "options": [YES, NO]}
    place = {"type": "section", "block_id": "often", "text": {"type": "mrkdwn", "text": "Toistuu"}, "accessory": menu}
    view = opened(slack, bot, modal(field("day", {"type": "datepicker", "initial_date": "2027-01-13"}), place))
    assert slack.click_view(MEMBER, "repeat", chosen={"selected_option": YES}).acknowledged
    told = bot.received[-1].payload
    assert (told["type"], told["container"]) == ("block_actions", {"type": "view", "view_id": view["id"]})
    action = told["actions"][0]
    assert (action["block_id"], action["type"], action["selected_option"]) == ("often", "static_select", YES)
    held = {
        "day": {"value": {"type": "datepicker", "selected_date": "2027-01-13"}},
        "often": {"repeat": {"type": "static_select", "selected_option": YES}},
    }
    assert told["view"]["state"]["values"] == held
    assert slack.submit(MEMBER, {}) == {}
    assert values_of(bot.received[-1]) == held


def test_an_updated_modal_keeps_what_its_elements_held(slack: StandIn, bot: Bot) -> None:
    """An element under its old ids keeps its value, whatever it shall begin with now; under new ids it begins anew."""
    name = {"type": "plain_text_input", "initial_value": "Aamu"}
    view = opened(slack, bot, modal(field("fi", name), {"type": "actions", "block_id": "row", "elements": [BUTTON]}))
    typed = {"fi": {"value": {"type": "plain_text_input", "value": "Tekoälyaamu"}}}
    assert slack.click_view(MEMBER, "add", values=typed).acknowledged
    assert values_of(bot.received[-1]) == typed
    more = modal(field("fi", name | {"initial_value": "Ilta"}), field("sv", name | {"initial_value": "Morgon"}))
    changed = client(slack).views_update(view_id=view["id"], hash=view["hash"], view=more).data["view"]  # type: ignore[call-overload]
    assert (changed["id"], changed["hash"] == view["hash"]) == (view["id"], False)
    with pytest.raises(SlackApiError) as refused:
        client(slack).views_update(view_id=view["id"], hash=view["hash"], view=more)
    assert refused.value.response["error"] == "hash_conflict"
    assert slack.submit(MEMBER, {}) == {}
    held = {block: value["value"]["value"] for block, value in values_of(bot.received[-1]).items()}
    assert held == {"fi": "Tekoälyaamu", "sv": "Morgon"}


def test_a_modal_over_a_modal(slack: StandIn, bot: Bot) -> None:
    """views.push lays a modal over the one clicked in, up to three; closing shows the lower with what it held."""
    refusals: list[str] = []

    def push(request: SocketModeRequest) -> None:
        try:
            client(slack).views_push(trigger_id=request.payload["trigger_id"], view=modal(row, title="Päällä"))
        except SlackApiError as refused:
            refusals.append(refused.response["error"])

    row = {"type": "actions", "block_id": "row", "elements": [BUTTON]}
    lower = opened(slack, bot, modal(field("fi", {"type": "plain_text_input", "initial_value": "Aamu"}), row))
    bot.answer = push
    slack.click_view(MEMBER, "add")
    upper = slack.modal(MEMBER)
    assert (upper["title"]["text"], upper["root_view_id"], upper["previous_view_id"]) == (
        "Päällä",
        lower["id"],
        lower["id"],
    )
    slack.click_view(MEMBER, "add")
    slack.click_view(MEMBER, "add")
    assert refusals == ["push_limit_reached"]
    bot.answer = None
    slack.close_modal(MEMBER)
    slack.close_modal(MEMBER)
    assert slack.modal(MEMBER)["id"] == lower["id"]
    assert slack.submit(MEMBER, {}) == {}
    assert values_of(bot.received[-1])["fi"]["value"]["value"] == "Aamu"


def test_an_error_for_no_field_is_no_answer(slack: StandIn, bot: Bot) -> None:
    """Errors must name input blocks of the modal; else the person sees that the app failed."""
    opened(slack, bot, modal(field("fi", {"type": "plain_text_input"})))
    bot.answer = lambda _: {"response_action": "errors", "errors": {"sv": "Puuttuu"}}
    assert "ei kelpaa" in slack.submit(MEMBER, {})[""]
    bot.answer = None
    slack.close_modal(MEMBER)


def test_a_choice_in_a_message_carries_the_state_of_the_message(slack: StandIn, bot: Bot) -> None:
    """An overflow menu tells its option; the message's date, left as it began, stands in the state."""
    menu = {"type": "overflow", "action_id": "more", "options": [YES, NO]}
    picker = {"type": "datepicker", "action_id": "day", "initial_date": "2027-01-13"}
    row = {"type": "actions", "block_id": "row", "elements": [picker, menu]}
    ts = client(slack).chat_postMessage(channel=GENERAL, text="Tuletko?", blocks=[row])["ts"]
    assert slack.click(MEMBER, GENERAL, ts, "more", chosen={"selected_option": NO}).acknowledged
    told = bot.received[-1].payload
    assert told["actions"][0]["selected_option"] == NO
    day = {"day": {"type": "datepicker", "selected_date": "2027-01-13"}}
    assert told["state"]["values"] == {"row": day}


@pytest.mark.parametrize(
    "block",
    [
        field("a", {"type": "datepicker", "initial_date": "13.1.2027"}),
        field("a", {"type": "timepicker", "initial_time": "8.30"}),
        field("a", {"type": "timepicker", "timezone": "Suomi"}),
        field("a", {"type": "datetimepicker", "initial_date_time": "1799821800"}),
        field("a", {"type": "number_input"}),
        field("a", {"type": "number_input", "is_decimal_allowed": False, "min_value": 1}),
        field("a", {"type": "multi_conversations_select", "filter": {}}),
        field("a", {"type": "radio_buttons", "options": [YES], "initial_option": NO}),
        field("a", {"type": "overflow", "options": [YES]}),
        {"type": "actions", "elements": [{"type": "plain_text_input", "action_id": "a"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "date"}]}]},
    ],
)
def test_what_slack_refuses_is_refused(slack: StandIn, block: dict[str, Any]) -> None:
    """A first value of the wrong form, a missing field, an element where Slack has none: the modal does not open."""
    with pytest.raises(SlackApiError) as refused:
        client(slack).views_open(trigger_id="any", view=modal(block))
    assert refused.value.response["error"] == "invalid_arguments"
    assert refused.value.response["response_metadata"]["messages"]


def test_shortcuts_over_socket_mode(slack: StandIn, bot: Bot) -> None:
    """A global one knows no channel; one on a message brings it, from a channel that the bot is not in, too."""
    assert slack.shortcut(MEMBER, "start_event").acknowledged
    told = bot.received[-1].payload
    assert (told["type"], told["callback_id"], told["user"]["id"]) == ("shortcut", "start_event", MEMBER)
    assert not {"channel", "message", "response_url"} & set(told)
    client(slack).views_open(trigger_id=told["trigger_id"], view=modal(field("a", {"type": "plain_text_input"})))
    slack.close_modal(MEMBER)
    ts = slack.post(MEMBER, COFFEE, "Mennäänkö ensi keskiviikkona kahville?")
    assert slack.message_shortcut(MEMBER, "from_message", COFFEE, ts).acknowledged
    told = bot.received[-1].payload
    assert (told["type"], told["channel"]["name"], told["message_ts"]) == ("message_action", "kahvihuone", ts)
    assert (told["message"]["text"], told["message"]["user"]) == ("Mennäänkö ensi keskiviikkona kahville?", MEMBER)
    assert told["response_url"].startswith(slack.url)
    assert told["trigger_id"]


class _Door(BaseHTTPRequestHandler):
    """Takes signed requests into its server's list and says nothing but 200."""

    def do_POST(self) -> None:
        """One request."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.taken.append((dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def test_shortcuts_over_signed_http() -> None:
    """A shortcut is posted as a form whose `payload` is the JSON, signed with the app's secret."""
    with HTTPServer(("127.0.0.1", 0), _Door) as door:
        door.taken = []  # type: ignore[attr-defined]
        threading.Thread(target=door.serve_forever, daemon=True).start()
        config = Config(bot_url=f"http://127.0.0.1:{door.server_port}/slack/events", shortcuts=SHORTCUTS)
        with StandIn(config) as slack:
            assert slack.shortcut(MEMBER, "start_event").acknowledged
        door.shutdown()
    ((headers, body),) = door.taken  # type: ignore[attr-defined]
    assert SignatureVerifier(config.signing_secret).is_valid_request(body, headers)
    told = json.loads(parse_qs(body)["payload"][0])
    assert (told["type"], told["callback_id"], told["team"]["id"]) == ("shortcut", "start_event", TEAM)
