"""The sandbox as a person meets it: the real bot over the real sample, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selenium.webdriver import Keys

from tests.browser.chromium import NARROW, Page
from tests.standin import ADMIN, BOT, COORDINATOR, GENERAL, GUEST, MEMBER, OFFICE, PARTNERS, QUESTIONS

pytestmark = pytest.mark.timeout(600)
SAMPLE = Path(__file__).parents[1] / "data" / "sample_questions.jsonl"
TRUE = {one["id"]: one for one in map(json.loads, SAMPLE.read_text(encoding="utf-8").splitlines())}
DATA_PROTECTION = "Tietosuojaohje puheentunnistuksen ja tekstiä tuottavan tekoälyn käyttöön, versio 2.0"


def test_the_bar_grows_until_solmu_is_ready(progress: list[tuple[int, int]]) -> None:
    """While the sample is read the bar never goes back, and counts all 62 of its documents and use cases."""
    counted = [done for done, total in progress if total == 62]
    assert counted == sorted(counted)
    assert counted[-1] > 0


@pytest.mark.parametrize(
    ("name", "opening", "title", "page_mark"),
    [
        ("Q-001", "Tästä löytyi", DATA_PROTECTION, "s. 2"),
        ("Q-018", "Jag hittade", "Anvisning", ""),
        ("Q-032", "I found", "Wrist fracture", "p. "),
    ],
)
def test_a_question_gets_its_quote_and_source(page: Page, name: str, opening: str, title: str, page_mark: str) -> None:
    """The true answer stands in a quote, its source below it, in the question's language."""
    answer = page.ask(TRUE[name]["question"])
    assert page.text(answer + " .text").startswith(opening)
    sources = page.texts(answer + " blockquote + .text")
    found = dict(zip(page.texts(answer + " blockquote"), sources, strict=True))
    source = next(source for quote, source in found.items() if TRUE[name]["answer"] in quote)
    assert title.lower() in source.lower()
    assert page_mark in source


def test_a_suggestion_is_a_question(page: Page) -> None:
    """Whoever does not know what to ask clicks an example, and is answered."""
    page.become(COORDINATOR)
    asked = page.text(".suggestion")
    page.click(".suggestion")
    page.until(lambda: page.text("#messages article.reply blockquote"))
    assert page.text("#messages article .text") == asked


def test_a_mention_is_answered_in_its_thread(page: Page) -> None:
    """In a channel the answer is in the thread at the side, where one can go on asking; the channel shows a count."""
    page.go(QUESTIONS)
    of_the_bot = f'#messages article[data-author="{BOT}"]'
    before = len(page.texts(of_the_bot))
    ts = page.say(f"@Solmu {TRUE['Q-018']['question']}")
    page.click(f'#messages [data-thread="{ts}"]')
    quotes = page.until(lambda: page.texts("#thread-messages blockquote"))
    assert any(TRUE["Q-018"]["answer"] in quote for quote in quotes)
    page.write(f"@Solmu {TRUE['Q-001']['question']}", "#thread-composer")
    page.until(lambda: "7 vuorokautta" in page.text("#thread-messages article:last-of-type"))
    page.until(lambda: page.text(f'#messages [data-thread="{ts}"] b') == "3 vastausta")
    assert len(page.texts(of_the_bot)) == before


def test_a_command_is_answered_for_one(page: Page) -> None:
    """What /kysy is told only its asker sees."""
    page.go(GENERAL)
    told = page.told(f"/kysy {TRUE['Q-001']['question']}")
    assert "Vain sinä näet tämän" in told
    assert "7 vuorokautta" in told
    page.become(COORDINATOR)
    assert "7 vuorokautta" not in page.text("#messages")


def test_only_admins_see_the_status(page: Page) -> None:
    """A member is refused with a friendly sentence; an admin is told how much is indexed."""
    page.go(GENERAL)
    assert "vain ylläpitäjille" in page.told("/solmu status")
    page.become(ADMIN)
    assert "Asiakirjoja 18, käyttötapauksia 44" in page.told("/solmu status")


def test_an_admin_reindexes(page: Page) -> None:
    """A reindexing is acknowledged where it was asked for, and shown to its end in a direct message."""
    page.become(ADMIN)
    page.go(OFFICE)
    assert "yksityisviestillä" in page.told("/solmu reindex")
    page.click(".place:has(.avatar)")
    page.until(lambda: "ennallaan 62" in page.text("#messages article:last-of-type"))


def test_the_home_tab(page: Page) -> None:
    """The Home tab says what Solmu is and what it knows."""
    page.click('[data-tab="home"]')
    page.until(lambda: "Asiakirjoja 18" in page.text("#home"))
    assert not page.is_visible("#composer")
    page.click('[data-tab="messages"]')
    assert page.is_visible("#composer")


def test_each_role_sees_its_own_channels(page: Page) -> None:
    """Only staff see the office; a guest from another workspace sees nothing but the shared channel and Solmu."""
    channels = {}
    for person in (MEMBER, COORDINATOR, ADMIN, GUEST):
        page.become(person)
        channels[person] = page.texts(".place .name")
    members = ["Solmu", "yleinen", "kysymykset", "tapahtumat", "på-svenska", "in-english", "kahvihuone", "kumppanit"]
    assert channels[MEMBER] == members
    assert channels[COORDINATOR] == channels[ADMIN] == [*members[:7], "toimisto", "kumppanit"]
    assert channels[GUEST] == ["Solmu", "kumppanit"]


def test_a_shared_channel_shows_public_sources_only(page: Page) -> None:
    """Where outsiders read along, a member is not quoted what is for members."""
    page.go(PARTNERS)
    ts = page.say(f"@Solmu {TRUE['Q-001']['question']}")
    page.click(f'#messages [data-thread="{ts}"]')
    page.until(lambda: page.text("#thread-messages article:nth-of-type(2)"))
    assert "7 vuorokautta" not in page.text("#thread-messages")


def test_an_identity_code_is_refused(page: Page) -> None:
    """A question with an identity code is not answered, and says why."""
    assert "henkilötunnus" in page.text(page.ask("Hetuni on 131052-308T, milloin jäsenmaksu erääntyy?"))


def test_a_narrow_window(page: Page) -> None:
    """On a phone nothing sticks out, the channels are a drawer, and a thread fills the window."""
    page.open(size=NARROW)
    assert not page.is_visible("#sidebar")
    page.click("#head .menu")
    page.go(QUESTIONS)
    page.until(lambda: not page.is_visible("#sidebar"))
    ts = page.say(f"@Solmu {TRUE['Q-001']['question']}")
    page.click(f'#messages [data-thread="{ts}"]')
    page.until(lambda: page.text("#thread-messages blockquote"))
    box = page.script("return document.getElementById('thread').getBoundingClientRect().toJSON()")
    assert (box["x"], box["width"]) == (0, NARROW[0])
    assert page.script("return document.documentElement.scrollWidth") == NARROW[0]


def test_a_dark_window(page: Page) -> None:
    """Who has chosen dark gets light letters on a dark ground, until the button says otherwise."""
    page.open(dark=True)
    assert _lightness(page, "background-color") < 60
    assert _lightness(page, "color") > 200
    page.click("#theme")
    assert _lightness(page, "background-color") > 200


def test_everything_works_by_keyboard(page: Page) -> None:
    """Without a mouse: skip to the conversation, find another, ask, leave its thread, step on, change the role."""
    page.press(Keys.TAB)
    assert page.script("return document.activeElement.className") == "skip"
    page.press(Keys.CONTROL, "k")
    page.until(lambda: page.is_visible("dialog.switcher"))
    page.press("kysy", Keys.ENTER)
    page.until(lambda: page.script("return document.body.dataset.place") == QUESTIONS)
    ts = page.say(f"@Solmu {TRUE['Q-001']['question']}")
    thread = f'#messages [data-thread="{ts}"]'
    page.until(lambda: page.is_visible(thread))
    page.script("document.querySelector(arguments[0]).focus()", thread)
    page.press(Keys.ENTER)
    page.until(lambda: page.script("return document.activeElement.closest('#thread-composer') !== null"))
    page.press(Keys.ESCAPE)
    page.until(lambda: not page.is_visible("#thread"))
    page.press(Keys.ALT, Keys.ARROW_UP)
    page.until(lambda: page.script("return document.body.dataset.place") == GENERAL)
    page.script(f"document.querySelector('[data-person={MEMBER}]').focus()")
    page.press(Keys.ARROW_RIGHT)
    page.until(lambda: page.script("return document.body.dataset.viewer") == COORDINATOR)
    page.until(lambda: page.script("return document.activeElement.dataset.person") == COORDINATOR)


def _lightness(page: Page, what: str) -> float:
    code = "return getComputedStyle(document.querySelector('#conversation')).getPropertyValue(arguments[0])"
    red, green, blue = page.script(code, what).removeprefix("rgb(").removesuffix(")").split(",")[:3]
    return (int(red) + int(green) + int(blue)) / 3
