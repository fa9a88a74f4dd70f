"""A message that is being streamed, on the page: it grows before the reader's eyes, and says when it is whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.browser.chromium import Page
from tests.little_bot import client
from tests.standin import MEMBER, StandIn


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace without a bot process."""
    with StandIn() as standin:
        yield standin


def test_a_stream_grows_on_the_page(chrome: Chrome, slack: StandIn) -> None:
    """Busy while it grows, with what is escaped shown as it stands; whole and quiet at the end, sources below."""
    web, place = client(slack), slack.dm(MEMBER)
    root = slack.post(MEMBER, place, "Milloin?")
    page = Page(chrome, slack.url)
    page.open()
    page.go(place)
    ts = web.chat_startStream(channel=place, thread_ts=root, markdown_text="Lasku &lt;!channel&gt; ")["ts"]
    growing = f'article[data-ts="{ts}"]'
    page.until(lambda: "Lasku <!channel>" in page.text(growing))
    assert page.script("return document.querySelector(arguments[0]).getAttribute('aria-busy')", growing) == "true"
    web.chat_appendStream(channel=place, ts=ts, markdown_text="tulee **pian**.")
    page.until(lambda: "tulee pian." in page.text(growing))
    source = {"type": "section", "text": {"type": "plain_text", "text": "Verkoston säännöt"}}
    web.chat_stopStream(channel=place, ts=ts, blocks=[source])
    page.until(lambda: "Verkoston säännöt" in page.text(growing))
    assert not page.is_visible(f"{growing}.streaming")
    assert not page.is_visible(f"{growing} .edited")
    assert page.complaints() == []
