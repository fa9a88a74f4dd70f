"""Buttons and modals on the page, driven by a bot that only knows how to open and check one modal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.browser.chromium import NARROW, WIDE, Page
from tests.standin import MEMBER, StandIn

TOO_SHORT = "Kerro vähän tarkemmin."
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Palaute"},
    "submit": {"type": "plain_text", "text": "Lähetä"},
    "close": {"type": "plain_text", "text": "Peruuta"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Mikä vastauksessa oli vialla?"},
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
        }
    ],
}
MESSAGE = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Auttoiko* vastaus?"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "feedback", "text": {"type": "plain_text", "text": "Anna palautetta"}}
        ],
    },
]


@pytest.fixture(scope="module")
def slack() -> Iterator[StandIn]:
    """A workspace with the bot of this module."""
    with StandIn() as running:
        web = WebClient(running.config.bot_token, base_url=f"{running.url}/api/")
        client = SocketModeClient(running.config.app_token, web_client=web)

        def take(socket: BaseSocketModeClient, request: SocketModeRequest) -> None:
            socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, _answer(web, request.payload)))

        client.socket_mode_request_listeners.append(take)
        client.connect()
        web.chat_postMessage(channel=running.dm(MEMBER), text="Auttoiko vastaus?", blocks=MESSAGE)
        yield running
        client.close()


def _answer(web: WebClient, payload: dict[str, Any]) -> dict[str, Any] | None:
    if payload["type"] == "block_actions":
        web.views_open(trigger_id=payload["trigger_id"], view=MODAL)
    elif payload["type"] == "view_submission":
        written = payload["view"]["state"]["values"]["why"]["text"]["value"]
        if len(written) < 10:
            return {"response_action": "errors", "errors": {"why": TOO_SHORT}}
        web.chat_postMessage(channel=f"D{MEMBER[1:]}", text=f"Kiitos: {written}")
    return None


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_button_opens_a_modal_that_can_refuse(chrome: Chrome, slack: StandIn, size: tuple[int, int]) -> None:
    """A click opens the bot's modal; what it refuses stays there with the reason, what it accepts closes it."""
    page = Page(chrome, slack.url)
    page.open(size=size)
    page.click("article .button")
    page.until(lambda: page.is_visible("dialog.modal"))
    box = page.script("return document.querySelector('dialog.modal').getBoundingClientRect().toJSON()")
    assert box["left"] >= 0
    assert box["right"] <= size[0]
    page.press("lyhyt")
    page.click("dialog.modal [data-submit]")
    page.until(lambda: TOO_SHORT in page.text("dialog.modal"))
    page.script("document.querySelector('dialog.modal textarea').focus()")
    page.press(f" mutta nyt jo tarkempi {size[0]}")
    page.click("dialog.modal [data-submit]")
    page.until(lambda: not page.is_visible("dialog.modal"))
    page.until(lambda: f"Kiitos: lyhyt mutta nyt jo tarkempi {size[0]}" in page.text("#messages article:last-of-type"))
    assert page.complaints() == []


def test_a_modal_can_be_left_by_keyboard(chrome: Chrome, slack: StandIn) -> None:
    """Enter on a button opens the modal, Escape closes it, and nothing is sent."""
    page = Page(chrome, slack.url)
    page.open()
    page.until(lambda: page.is_visible("article .button"))
    page.script("document.querySelector('article .button').focus()")
    page.press(Keys.ENTER)
    page.until(lambda: page.is_visible("dialog.modal"))
    before = len(slack.messages(slack.dm(MEMBER)))
    page.press(Keys.ESCAPE)
    page.until(lambda: not page.is_visible("dialog.modal"))
    assert len(slack.messages(slack.dm(MEMBER))) == before
    assert page.complaints() == []
