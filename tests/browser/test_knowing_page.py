"""What a person does about an answer, and where there is none, on the page of the sandbox."""

from __future__ import annotations

import pytest
from selenium.webdriver import Keys

from tests.browser.chromium import NARROW, Page
from tests.standin import COORDINATOR, GENERAL, MEMBER, OFFICE, QUESTIONS, SWEDISH

pytestmark = pytest.mark.timeout(600)
ANSWERED = "Kuinka kauan sanelun äänitallennetta saa säilyttää?"
UNANSWERED = "Paljonko ambulanssin ostaminen maksaa Kuusijoella?"
PRESS = """
const [within, label] = arguments
const buttons = [...document.querySelectorAll(`${within} button`)]
const button = buttons.find((one) => one.innerText.trim().split('\\n')[0] === label)
button?.scrollIntoView({ block: 'center' })
button?.click()
return Boolean(button)"""
CHOOSE = """
const [within, label] = arguments
const has = (list) => [...list.options].some((one) => one.text === label)
const list = [...document.querySelectorAll(`${within} select`)].find(has)
if (!list) return false
list.value = [...list.options].find((one) => one.text === label).value
list.dispatchEvent(new Event('change', { bubbles: true }))
return true"""
IS_SETTLED = """
const field = document.querySelector('main textarea')
if (!field) return false
field.dataset.since ??= Date.now()
return Date.now() - field.dataset.since > 1500"""
"""Whether the Home tab has not been drawn anew for a while: it is whenever it is opened."""
DIALOG = "dialog.modal[open]"


def _press(page: Page, within: str, label: str) -> None:
    """Click the button of this label once it is there."""
    page.until(lambda: page.script(PRESS, within, label))


def _choose(page: Page, within: str, label: str) -> None:
    """Choose the option of this label in the list that has it."""
    page.until(lambda: page.script(CHOOSE, within, label))


def _window(page: Page, title: str) -> str:
    """The text of the window of this title, once it is open."""
    return page.until(lambda: (text := page.text(DIALOG)).startswith(title) and text)


def _last(page: Page) -> str:
    """The text of the last message."""
    return (page.texts("#messages article") or [""])[-1]


def _leave(page: Page) -> None:
    page.press(Keys.ESCAPE)
    page.until(lambda: not page.is_visible(DIALOG))


@pytest.mark.parametrize("dark", [False, True])
def test_a_quote_is_shown_where_it_stands(page: Page, *, dark: bool) -> None:
    """A window has the passage among its neighbours, also on a phone and in the dark; Escape closes it."""
    page.open(size=NARROW if dark else (1280, 860), dark=dark)
    answer = page.ask(ANSWERED)
    _press(page, answer, "Näytä lähde 1 yhteydessään")
    text = _window(page, "Kohta asiakirjassa")
    assert "enintään 7 vuorokautta" in page.text(f"{DIALOG} blockquote")
    assert "Kirjausluonnos on teksti" in text
    assert page.script("return document.documentElement.scrollWidth <= window.innerWidth")
    _leave(page)


def test_an_answer_is_praised_or_blamed(page: Page) -> None:
    """One click thanks in private; blame asks for a reason, and a personal identity code in it is sent back."""
    answer = page.ask(ANSWERED)
    before = page.last("#messages article.ephemeral")
    _press(page, answer, "Hyödyllinen")
    page.until(lambda: page.last("#messages article.ephemeral") != before)
    _press(page, answer, "Ei auttanut")
    _window(page, "Palaute vastauksesta")
    _choose(page, DIALOG, "Tieto on vanhentunut")
    page.chrome.find_element("css selector", f"{DIALOG} textarea").send_keys("Potilas 131052-308T")
    _press(page, DIALOG, "Lähetä")
    page.until(lambda: "henkilötunnus" in page.text(f"{DIALOG} .error:not(:empty)"))
    field = page.chrome.find_element("css selector", f"{DIALOG} textarea")
    field.clear()
    field.send_keys("Ohje on muuttunut.")
    _press(page, DIALOG, "Lähetä")
    page.until(lambda: "palautteesi on tallessa" in page.text(DIALOG))
    _leave(page)


def test_the_network_is_asked_where_nothing_was_found(page: Page) -> None:
    """After a preview, in the channel that was chosen, without a name unless one is wished for."""
    answer = page.ask(UNANSWERED)
    assert "En löytänyt" in page.text(answer)
    _press(page, answer, "Kysy verkostolta")
    _window(page, "Kysy verkostolta")
    _press(page, DIALOG, "Julkaise")
    page.until(lambda: "Täytä tämä kenttä" in page.text(DIALOG))
    _choose(page, DIALOG, "#kysymykset")
    _press(page, DIALOG, "Julkaise")
    page.until(lambda: "Saat viestin, kun joku vastaa" in _window(page, "Kysy verkostolta"))
    _leave(page)
    page.go(QUESTIONS)
    posted = page.until(lambda: [text for text in page.texts("#messages article") if UNANSWERED in text])
    assert "Aino Lehtola" not in posted[-1]


def test_a_question_asked_from_home(page: Page) -> None:
    """The answer comes as a direct message, the field is empty again, and the question stands among one's own."""
    page.click(".place:has(.avatar)")
    page.click('[data-tab="home"]')
    page.until(lambda: page.script(IS_SETTLED))
    page.chrome.find_element("css selector", "main textarea").send_keys(ANSWERED)
    _press(page, "main", "Kysy")
    page.until(lambda: page.script("return document.querySelector('main textarea')?.value") == "")
    page.click('[data-tab="messages"]')
    page.until(lambda: ANSWERED in (last := _last(page)) and "7 vuorokautta" in last)
    page.click('[data-tab="home"]')
    page.until(lambda: f"{ANSWERED} – vastattu" in page.text("main"))


def test_a_persons_own_language(page: Page) -> None:
    """Chosen on Home, it is the language of Home at once."""
    page.click(".place:has(.avatar)")
    page.click('[data-tab="home"]')
    page.until(lambda: "Kieli, jolla Solmu puhuu kanssasi" in page.text("main"))
    _choose(page, "main", "svenska")
    page.until(lambda: "Fråga Solmu" in page.text("main"))
    _choose(page, "main", "suomi")
    page.until(lambda: "Kysy Solmulta" in page.text("main"))


def test_somebody_elses_message_is_answered(page: Page) -> None:
    """The shortcut on a message asks where the answer is to go, and it goes there."""
    page.go(GENERAL)
    ts = page.say(f"Tietääkö kukaan: {ANSWERED}")
    page.become(COORDINATOR)
    page.go(GENERAL)
    page.script(f"document.querySelector('#messages article[data-ts=\"{ts}\"] [aria-haspopup=menu]').focus()")
    page.press(Keys.ENTER)
    page.until(lambda: page.script(PRESS, ".menu-list", "Vastaa tähän"))
    page.until(lambda: page.is_visible(DIALOG))
    _press(page, DIALOG, "Hae vastaus")
    page.click(f'#messages [data-thread="{ts}"]')
    page.until(lambda: "7 vuorokautta" in page.text("#thread-messages"))


def test_a_channel_learns_its_manners(page: Page) -> None:
    """A coordinator lets Solmu answer everything in a channel: an untagged question gets its answer in a thread."""
    page.become(COORDINATOR)
    page.go(OFFICE)
    page.write("/solmu channels")
    _window(page, "Kanavat")
    _press(page, DIALOG, "Miten Solmu toimii kanavilla")
    _window(page, "Solmu kanavalla")
    _choose(page, DIALOG, "#på-svenska")
    everything = "Solmu vastaa ketjussa kaikkiin kysymyksiin"
    page.until(lambda: everything in page.texts(DIALOG)[-1])
    _choose(page, DIALOG, everything)
    _press(page, DIALOG, "Tallenna")
    page.until(lambda: f"#på-svenska: {everything}" in page.text(DIALOG))
    _leave(page)
    page.become(MEMBER)
    page.go(SWEDISH)
    ts = page.say("Hur länge får ljudinspelningen av en diktering sparas?")
    page.click(f'#messages [data-thread="{ts}"]')
    page.until(lambda: page.texts("#thread-messages blockquote"))
