"""Takes the pictures of the documentation: a question answered, events, sources, and a week, in the sandbox.

Run it after the page or the answers have changed: `make screenshot`. It needs Chromium and its driver
(Debian: chromium, chromium-driver), and keeps the sandbox's index in the same folder as `make demo`.
"""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from selenium.common.exceptions import (
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
QUESTION = "Kuinka kauan sanelun äänitallennetta saa säilyttää?"
WIDTH, HEIGHT = 1280, 860
READY_SECONDS, ANSWER_SECONDS = 300, 60
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
IS_OPEN = "return Boolean(document.querySelector('.suggestion'))"
EVENTS = '.place[data-channel="C0TAPAHTU1"]'
COORDINATOR = '[data-person="U0COORD001"]'
ADMIN = '[data-person="U0ADMIN001"]'
SOURCES = '[data-action="sources_open"]'
HOME = '[data-tab="home"]'
CARDS = """
const all = [...document.querySelectorAll('#messages article')]
const card = all.find((each) => each.innerText.includes(arguments[0]))
if (!card) return false
card.scrollIntoView({ block: 'start' })
return !document.getAnimations().length"""
IS_HOME = "return document.querySelector('main').innerText.includes(arguments[0]) && !document.getAnimations().length"
IS_WINDOW = """
const shown = document.querySelector('dialog[open]')?.innerText ?? ''
return shown.includes(arguments[0]) && !document.getAnimations().length"""
MESSAGES = '[data-tab="messages"]'
HAS_WINDOW = "return Boolean(document.querySelector('dialog[open]'))"
CONTEXT = '[data-action="knowing_context_1"]'
ASK_NETWORK = '#messages article:last-of-type [data-action="knowing_ask_network"]'
UNANSWERED = "Miten kirjaamisen rakenteisuutta mitataan hammashoidossa?"
IS_LAST = """
const last = [...document.querySelectorAll('#messages article')].at(-1)
if (!last?.innerText.includes(arguments[0])) return false
last.scrollIntoView({ block: 'end' })
return !document.getAnimations().length"""
WEEK = """
const picture = document.querySelector('a.file img')
if (!picture || !picture.complete) return false
picture.closest('article').scrollIntoView({ block: 'start' })
return !document.getAnimations().length"""
IS_ANSWERED = "return Boolean(document.querySelector('article blockquote')) && !document.getAnimations().length"


def main() -> None:
    """Start a sandbox, ask, and keep what the page shows."""
    with _sandbox() as url, tempfile.TemporaryDirectory() as profile, _chromium(profile) as chrome:
        WebDriverWait(chrome, READY_SECONDS).until(lambda _: _is_ready(url))
        chrome.get(url)
        WebDriverWait(chrome, ANSWER_SECONDS).until(lambda _: chrome.execute_script(IS_OPEN))
        chrome.find_element(By.CSS_SELECTOR, "#composer textarea").send_keys(QUESTION + Keys.ENTER)
        WebDriverWait(chrome, ANSWER_SECONDS).until(lambda _: chrome.execute_script(IS_ANSWERED))
        _keep(chrome, "sandbox")
        take_member(chrome)
        _take(chrome, (EVENTS,), CARDS, "Työpaja", "events")
        _take(chrome, (COORDINATOR, ".place:has(.avatar)", HOME), IS_HOME, "Uusi tapahtuma", "coordinator")
        _take(chrome, (ADMIN, ".place:has(.avatar)", HOME, SOURCES), IS_WINDOW, "Hakemistoversiot", "sources")
        _leave(chrome)
        take_week(chrome)


def take_member(chrome: Chrome) -> None:
    """What a member does next: looks where a quote stands, asks in vain, asks the network, and looks at Home."""
    _take(chrome, (CONTEXT,), IS_WINDOW, "Kohta asiakirjassa", "context")
    _leave(chrome)
    _write(chrome, UNANSWERED)
    _take(chrome, (), IS_LAST, "Hän saattaa tietää asiasta", "not-found")
    _take(chrome, (ASK_NETWORK,), IS_WINDOW, "Julkaisen kysymyksen", "ask-network")
    _leave(chrome)
    # Escape: else Enter takes what the composer proposes.
    _write(chrome, "/tietoni" + Keys.ESCAPE)
    _take(chrome, (), IS_WINDOW, "Omat tietoni", "own-data")
    _leave(chrome)
    _take(chrome, (HOME,), IS_HOME, "Omat kysymykseni", "home")


def _write(chrome: Chrome, text: str) -> None:
    chrome.find_element(By.CSS_SELECTOR, "#composer textarea").send_keys(text + Keys.ENTER)


def _leave(chrome: Chrome) -> None:
    """Close the window that is open."""
    chrome.switch_to.active_element.send_keys(Keys.ESCAPE)
    WebDriverWait(chrome, ANSWER_SECONDS).until_not(lambda _: chrome.execute_script(HAS_WINDOW))


def take_week(chrome: Chrome) -> None:
    """The overview of the week, in the coordinator's messages with Solmu."""
    _click(chrome, COORDINATOR, ".place:has(.avatar)", MESSAGES)
    WebDriverWait(chrome, ANSWER_SECONDS).until(lambda _: chrome.execute_script(IS_OPEN))
    _write(chrome, "/solmu katsaus")
    _take(chrome, (), WEEK, "", "insights")


def _take(chrome: Chrome, clicks: Sequence[str], condition: str, text: str, name: str) -> None:
    """Click one after the other, and keep what is shown once the condition holds of the text."""
    _click(chrome, *clicks)
    WebDriverWait(chrome, ANSWER_SECONDS).until(lambda _: chrome.execute_script(condition, text))
    _keep(chrome, name)


def _click(chrome: Chrome, *selectors: str) -> None:
    for selector in selectors:
        WebDriverWait(chrome, ANSWER_SECONDS).until(lambda _, selector=selector: _clicked(chrome, selector))


def _clicked(chrome: Chrome, selector: str) -> bool:
    """Whether the click met the element: not while the page drew it anew."""
    try:
        chrome.find_element(By.CSS_SELECTOR, selector).click()
    except (NoSuchElementException, StaleElementReferenceException, ElementNotInteractableException):
        return False
    return True


def _keep(chrome: Chrome, name: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    chrome.save_screenshot(str(IMAGES / f"{name}.png"))
    print(IMAGES / f"{name}.png")


@contextmanager
def _sandbox() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "bot", "sandbox", "--port", str(port)], cwd=ROOT)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


@contextmanager
def _chromium(profile: str) -> Iterator[Chrome]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        sys.exit("The picture is taken in Chromium: install it and its driver (Debian: chromium, chromium-driver).")
    options = ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={WIDTH},{HEIGHT}"):
        options.add_argument(flag)
    chrome = Chrome(options=options, service=Service(driver))
    try:
        # The window's frame takes of its height; the picture shall not.
        metrics = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        yield chrome
    finally:
        chrome.quit()


def _is_ready(url: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{url}/_standin/progress") as reply:  # noqa: S310 - on loopback
        return bool(json.load(reply)["stage"] == "ready")
    return False


if __name__ == "__main__":
    main()
