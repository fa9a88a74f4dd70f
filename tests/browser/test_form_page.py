"""Forms, menus and moments on the page: filled in by keyboard, and told on the reader's own clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.sandbox.shortcuts import Shortcut, ShortcutKind
from bot.sandbox.values import Config
from tests.browser.chromium import NARROW, WIDE, Page
from tests.little_bot import Bot, client
from tests.standin import BOT, COFFEE, EVENTS, GUEST, MEMBER, PARTNERS, SWEDISH, StandIn

EVE = datetime(2027, 1, 12, 7, tzinfo=UTC)
MORNING = int(datetime(2027, 1, 13, 6, 30, tzinfo=UTC).timestamp())
"""8.30 in Helsinki on the day after, 6.30 in Lisbon."""
SHORTCUTS = (
    Shortcut("start", "Uusi tapahtuma", "Luo tapahtuma"),
    Shortcut("from_message", "Tee tapahtuma", "Luo tapahtuma tästä viestistä", ShortcutKind.MESSAGE),
)


def text(words: str) -> dict[str, str]:
    """A text object."""
    return {"type": "plain_text", "text": words}


def field(block: str, kind: str, **more: Any) -> dict[str, Any]:
    """An input block with one element called `value`, optional unless told."""
    optional = more.pop("optional", True)
    element = {"type": kind, "action_id": "value"} | more
    return {"type": "input", "block_id": block, "label": text(block), "optional": optional, "element": element}


def button(action: str, words: str) -> dict[str, Any]:
    """A button."""
    return {"type": "button", "action_id": action, "text": text(words)}


OPTIONS = [{"text": text(word), "value": word} for word in ("Tulen", "Ehkä", "En tule")]
TITLE, ROW = field("title", "plain_text_input", min_length=3, optional=False), {"type": "actions", "block_id": "row"}
FIELDS = (
    TITLE,
    field("day", "datepicker", initial_date="2027-01-13"),
    field("at", "timepicker", timezone="Europe/Helsinki"),
    field("until", "datetimepicker", initial_date_time=MORNING),
    field("seats", "number_input", is_decimal_allowed=False, min_value="1", max_value="500"),
    field("link", "url_text_input"),
    field("where", "multi_conversations_select", filter={"include": ["public"]}, initial_conversations=[EVENTS]),
    field("host", "users_select", initial_user=MEMBER),
    field("answer", "radio_buttons", options=OPTIONS),
)


def modal(*blocks: dict[str, Any], title: str = "Tapahtuma") -> dict[str, Any]:
    """A modal that can be submitted."""
    return {"type": "modal", "title": text(title), "submit": text("Tallenna"), "blocks": list(blocks)}


@pytest.fixture(scope="module")
def workspace(chrome: Chrome) -> Iterator[tuple[StandIn, Bot]]:
    """A workspace where it stays the eve of an event, and a bot in it."""
    with StandIn(Config(shortcuts=SHORTCUTS), clock=lambda: EVE) as slack, Bot(slack) as bot:
        yield slack, bot
        # A page whose server ends complains of that to whoever reads the console next.
        chrome.get("about:blank")


@pytest.fixture
def slack(workspace: tuple[StandIn, Bot]) -> StandIn:
    """The workspace."""
    return workspace[0]


@pytest.fixture
def bot(workspace: tuple[StandIn, Bot]) -> Bot:
    """The bot, which opens a form when a shortcut is used."""
    slack, running = workspace

    def answer(request: SocketModeRequest) -> None:
        if request.payload["type"] in {"shortcut", "message_action"}:
            client(slack).views_open(trigger_id=request.payload["trigger_id"], view=modal(*FIELDS))

    running.answer = answer
    running.received.clear()
    return running


@pytest.fixture
def page(chrome: Chrome, slack: StandIn) -> Iterator[Page]:
    """The page in a browser on a machine in New York; no test may leave a word in its console."""
    chrome.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "America/New_York"})
    opened = Page(chrome, slack.url)
    opened.open()
    yield opened
    slack.close_modal(MEMBER)
    chrome.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": ""})
    assert opened.complaints() == []


def by_shortcut(page: Page) -> None:
    """Open the form by the keyboard alone."""
    page.script("document.querySelector('#composer .shortcuts').focus()")
    page.press(Keys.ENTER)
    page.until(lambda: page.text(":focus") == "Uusi tapahtuma\nLuo tapahtuma")
    page.press(Keys.ENTER)
    page.until(lambda: page.is_visible("dialog.modal"))


def fill(page: Page, block: str, value: str) -> None:
    """Give a field a value as a browser's own picker does, however that browser writes dates."""
    page.script(
        "const field = document.querySelector(`[data-block=${arguments[0]}] .control`);"
        "field.value = arguments[1]; field.dispatchEvent(new Event('change', {bubbles: true}))",
        block,
        value,
    )


def submitted(page: Page, bot: Bot) -> dict[str, Any]:
    """Send the form, and what the bot then reads, without the names that are the same for all."""
    page.click("dialog.modal [data-submit]")
    page.until(lambda: not page.is_visible("dialog.modal"))
    values = bot.received[-1].payload["view"]["state"]["values"]
    return {block: {k: v for k, v in held["value"].items() if k != "type"} for block, held in values.items()}


def test_a_form_is_filled_in(page: Page, bot: Bot) -> None:
    """Every kind of field reaches the bot in Slack's shape; a moment is what the reader's clock shows."""
    by_shortcut(page)
    page.press("Tekoälyaamu")
    fill(page, "at", "08:30")
    fill(page, "until", "2027-01-12T23:59")
    fill(page, "seats", "50")
    fill(page, "link", "https://kokous.example/aamu")
    page.click("[data-block=where] label:nth-of-type(4) input")
    page.click("[data-block=answer] label:nth-of-type(2) input")
    assert submitted(page, bot) == {
        "title": {"value": "Tekoälyaamu"},
        "day": {"selected_date": "2027-01-13"},
        "at": {"selected_time": "08:30", "timezone": "Europe/Helsinki"},
        "until": {"selected_date_time": int(datetime(2027, 1, 12, 21, 59, tzinfo=UTC).timestamp())},
        "seats": {"value": "50"},
        "link": {"value": "https://kokous.example/aamu"},
        "where": {"selected_conversations": [EVENTS, SWEDISH]},
        "host": {"selected_user": MEMBER},
        "answer": {"selected_option": OPTIONS[1]},
    }


def test_a_form_left_alone_is_as_it_began(page: Page, bot: Bot) -> None:
    """What is optional may stay empty, and a moment comes back as it was given."""
    by_shortcut(page)
    page.press("Aamu")
    assert page.script("return document.querySelector('[data-block=until] input').value") == "2027-01-13T08:30"
    values = submitted(page, bot)
    assert values["until"] == {"selected_date_time": MORNING}
    assert (values["seats"], values["answer"]) == ({"value": None}, {"selected_option": None})


def test_what_slack_would_not_send_is_not_sent(page: Page, bot: Bot) -> None:
    """A title too short, too many seats and an address that is none are told at their fields; the bot hears nothing."""
    by_shortcut(page)
    page.press("Aa")
    fill(page, "seats", "501")
    fill(page, "link", "kokous")
    before = len(bot.received)
    page.click("dialog.modal [data-submit]")
    page.until(lambda: page.text("[data-block=title] .error"))
    wrong = {block: page.text(f"[data-block={block}] .error") for block in ("title", "seats", "link", "day")}
    assert wrong == {
        "title": "Kirjoita vähintään 3 merkkiä.",
        "seats": "Kirjoita enintään 500.",
        "link": "Kirjoita osoite, joka alkaa https://.",
        "day": "",
    }
    assert page.script("return document.activeElement.closest('.field').dataset.block") == "title"
    assert len(bot.received) == before


def test_a_form_that_changes_keeps_what_was_typed(page: Page, slack: StandIn, bot: Bot) -> None:
    """A button in the form adds a field: what was typed and where one was stay, and the bot knew it at the click."""
    form = modal(TITLE, ROW | {"elements": [button("more", "Lisää ruotsi")]})

    def answer(request: SocketModeRequest) -> None:
        if request.payload["type"] == "shortcut":
            client(slack).views_open(trigger_id=request.payload["trigger_id"], view=form)
        elif request.payload["type"] == "block_actions":
            told = request.payload["view"]
            more = form | {"blocks": [*form["blocks"], field("sv", "plain_text_input", initial_value="Morgon")]}
            client(slack).views_update(view_id=told["id"], hash=told["hash"], view=more)

    bot.answer = answer
    by_shortcut(page)
    page.press("Aamu", Keys.TAB)
    assert page.text(":focus") == "Lisää ruotsi"
    page.press(Keys.ENTER)
    page.until(lambda: page.is_visible("[data-block=sv]"))
    clicked = bot.received[-1].payload["view"]["state"]["values"]
    assert clicked["title"]["value"]["value"] == "Aamu"
    assert page.text(":focus") == "Lisää ruotsi"
    assert submitted(page, bot) == {"title": {"value": "Aamu"}, "sv": {"value": "Morgon"}}


def test_a_form_over_a_form(page: Page, slack: StandIn, bot: Bot) -> None:
    """A choice in the form opens another over it; leaving that one shows the first as it was left."""
    menu = {"type": "static_select", "action_id": "pick", "options": OPTIONS}
    lower = modal(TITLE, ROW | {"elements": [menu]})
    upper = modal(field("note", "plain_text_input"), title="Toisto")

    def answer(request: SocketModeRequest) -> None:
        trigger = request.payload.get("trigger_id")
        if request.payload["type"] == "shortcut":
            client(slack).views_open(trigger_id=trigger, view=lower)
        elif request.payload["type"] == "block_actions":
            client(slack).views_push(trigger_id=trigger, view=upper)

    bot.answer = answer
    by_shortcut(page)
    page.press("Aamu", Keys.TAB, "Ehkä")
    page.until(lambda: page.text("dialog.modal h2") == "Toisto")
    assert bot.received[-1].payload["actions"][0]["selected_option"] == OPTIONS[1]
    page.press(Keys.ESCAPE)
    page.until(lambda: page.text("dialog.modal h2") == "Tapahtuma")
    assert page.script("return document.querySelector('[data-block=title] input').value") == "Aamu"
    page.click("dialog.modal [data-submit]")
    page.until(lambda: not page.is_visible("dialog.modal"))
    assert bot.received[-1].payload["view"]["state"]["values"]["row"]["pick"]["selected_option"] == OPTIONS[1]


def test_a_moment_is_told_on_the_readers_clock(page: Page, slack: StandIn) -> None:
    """Whatever zone the machine is in: tomorrow at 8.30 for who is in Helsinki, at 6.30 for who is in Lisbon."""
    date = {"type": "date", "timestamp": MORNING, "format": "{date_long_pretty} klo {time}", "fallback": "13.1."}
    far = {"type": "date", "timestamp": MORNING + 86_400, "format": "{date_long_pretty}", "url": "https://a.example"}
    blocks = [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [date, far]}]},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<!date^{MORNING}^{{date_num}} {{time}}|pian>"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<!date^{MORNING}^{{date_slash}}, {{ago}}|pian>"}},
    ]
    ts = client(slack).chat_postMessage(channel=PARTNERS, text="Tekoälyaamu", blocks=blocks)["ts"]
    times = f'article[data-ts="{ts}"] .blocks time'
    page.go(PARTNERS)
    assert page.texts(times) == [
        "Huomenna klo 8.30",
        "torstaina 14. tammikuuta 2027",
        "2027-01-13 8.30",
        "13.1.2027, 23 tunnin päästä",
    ]
    assert page.script("return document.querySelector(arguments[0]).href", f"{times} a") == "https://a.example/"
    assert page.text(f'article[data-ts="{ts}"] .by time') == "09.00"
    assert page.text("#messages .day") == "Tänään"
    page.become(GUEST)
    assert page.texts(times)[0] == "Huomenna klo 6.30"
    assert page.text(f'article[data-ts="{ts}"] .by time') == "07.00"
    assert "Europe/Lisbon" in page.text("#roles")


def test_a_shortcut_on_a_message(page: Page, slack: StandIn, bot: Bot) -> None:
    """The menu of a message offers it by keyboard; Escape leaves the menu without a word to the bot."""
    ts = slack.post(MEMBER, COFFEE, "Kahville keskiviikkona?")
    page.go(COFFEE)
    more = f'article[data-ts="{ts}"] [aria-haspopup=menu]'
    page.script("document.querySelector(arguments[0]).focus()", more)
    page.press(Keys.ENTER)
    page.until(lambda: page.is_visible(".menu-list"))
    page.press(Keys.ESCAPE)
    page.until(lambda: not page.is_visible(".menu-list"))
    assert page.script("return document.activeElement === document.querySelector(arguments[0])", more)
    assert bot.received == []
    page.press(Keys.ENTER)
    page.until(lambda: page.is_visible(".menu-list"))
    page.press(Keys.ENTER)
    page.until(lambda: page.is_visible("dialog.modal"))
    told = bot.received[0].payload
    assert (told["callback_id"], told["message"]["ts"], told["channel"]["id"]) == ("from_message", ts, COFFEE)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_the_menu_of_a_message(page: Page, slack: StandIn, bot: Bot, size: tuple[int, int], *, dark: bool) -> None:
    """An overflow menu stays within the window, is steered by arrows, and tells the option and the other choices."""
    picker = {"type": "datepicker", "action_id": "day", "initial_date": "2027-01-13"}
    menu = {"type": "overflow", "action_id": "answer", "options": OPTIONS}
    blocks = [{"type": "actions", "block_id": "row", "elements": [picker, menu]}]
    ts = client(slack).chat_postMessage(channel=EVENTS, text="Tuletko?", blocks=blocks)["ts"]
    page.open(size=size, dark=dark)
    if size == NARROW:
        page.click("#head .menu")
    page.go(EVENTS)
    page.click(f'article[data-ts="{ts}"] .overflow')
    box = page.until(
        lambda: page.script("return document.querySelector('.menu-list')?.getBoundingClientRect().toJSON()")
    )
    assert box["left"] >= 0
    assert box["right"] <= size[0]
    assert box["bottom"] <= size[1]
    page.press(Keys.ARROW_UP)
    assert page.text(":focus") == "En tule"
    page.press(Keys.ENTER)
    told = page.until(lambda: [each.payload for each in bot.received if "actions" in each.payload])[0]
    assert told["actions"][0]["selected_option"] == OPTIONS[2]
    assert told["state"]["values"]["row"]["day"]["selected_date"] == "2027-01-13"
    assert page.script("return document.documentElement.scrollWidth") == size[0]


def test_a_calendar_file_is_offered(page: Page, slack: StandIn) -> None:
    """An .ics in a message is a link that downloads it under its name."""
    client(slack).files_upload_v2(channel=EVENTS, content="BEGIN:VCALENDAR\r\n", filename="aamu.ics", title="Aamu")
    page.go(EVENTS)
    page.until(lambda: page.is_visible("a.file"))
    name = page.script("return document.querySelector('a.file').download")
    assert (page.text("a.file b"), name) == ("Aamu", "aamu.ics")


def test_solmu_is_invited_to_a_channel(page: Page, slack: StandIn) -> None:
    """Where Solmu is not, the channel says so and offers to invite it."""
    slack.remove(COFFEE, by=MEMBER)
    page.go(COFFEE)
    assert "Solmu ei ole tällä kanavalla" in page.text(".welcome")
    page.click("[data-invite]")
    page.until(lambda: "Mainitse @solmu" in page.text(".welcome"))
    assert BOT in client(slack).conversations_members(channel=COFFEE)["members"]
