"""A headless Chromium, and what a person does with the sandbox's page in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from selenium.common.exceptions import ElementNotInteractableException, StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "chromedriver"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page kept for the way back would go on listening, and a browser has six connections for a server.
    "--disable-features=BackForwardCache",
    "--lang=fi",
)
WIDE, NARROW = (1280, 860), (390, 800)
PATIENCE = 30.0
T = TypeVar("T")


def open_chromium(profile: Path) -> Chrome:
    """A browser with an empty profile; the tests fail with a sentence where there is none."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which(DRIVER)
    if browser is None or driver is None:
        pytest.fail("The page is tested in Chromium: install it and its driver (Debian: chromium, chromium-driver).")
    options = ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return Chrome(options=options, service=Service(driver))


class Page:
    """The sandbox's page as one person uses it."""

    def __init__(self, chrome: Chrome, url: str) -> None:
        self.chrome = chrome
        self._url = url

    def open(self, *, size: tuple[int, int] = WIDE, dark: bool = False) -> None:
        """Come to the page for the first time."""
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        # The page that is open would write down once more where it is, should something come at this moment.
        self.chrome.get("about:blank")
        origin = {"origin": self._url, "storageTypes": "local_storage"}
        self.chrome.execute_cdp_cmd("Storage.clearDataForOrigin", origin)
        self.chrome.get(self._url)
        self.until(lambda: self.script("return document.body.dataset.version"))

    def script(self, code: str, *values: object) -> Any:
        """What JavaScript returns."""
        return self.chrome.execute_script(code, *values)  # type: ignore[no-untyped-call]

    def until(self, condition: Callable[[], T], seconds: float = PATIENCE) -> T:
        """What the condition returns once that is true."""
        waiting: WebDriverWait[Chrome] = WebDriverWait(self.chrome, seconds, poll_frequency=0.05)
        return waiting.until(lambda _: condition())

    def text(self, selector: str) -> str:
        """The visible text of the first element, or nothing where there is none."""
        return str(self.script("return document.querySelector(arguments[0])?.innerText ?? ''", selector))

    def texts(self, selector: str) -> list[str]:
        """The visible texts of all elements."""
        code = "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)"
        return [str(text) for text in self.script(code, selector)]

    def is_visible(self, selector: str) -> bool:
        """Whether the first such element can be seen."""
        code = "return Boolean(document.querySelector(arguments[0])?.checkVisibility({visibilityProperty: true}))"
        return bool(self.script(code, selector))

    def click(self, selector: str) -> None:
        """Click the first element once it is there."""
        self.until(lambda: self.is_visible(selector) and self._clicked(selector))

    def _clicked(self, selector: str) -> bool:
        """Whether the click met the element: not while the page drew it anew, nor while a drawer still slid in."""
        try:
            self.chrome.find_element(By.CSS_SELECTOR, selector).click()
        except (StaleElementReferenceException, ElementNotInteractableException):
            return False
        return True

    def press(self, *keys: str) -> None:
        """Press keys together, wherever the focus is."""
        self.chrome.switch_to.active_element.send_keys("".join(keys))

    def go(self, channel: str) -> None:
        """Look at a channel."""
        self.click(f'.place[data-channel="{channel}"]')
        self.until(lambda: self.script("return document.body.dataset.place") == channel)

    def become(self, person: str) -> None:
        """Change the role."""
        self.click(f'[data-person="{person}"]')
        self.until(lambda: self.script("return document.body.dataset.viewer") == person)

    def write(self, text: str, composer: str = "#composer") -> None:
        """Type a text and send it by Enter."""
        field = self.chrome.find_element(By.CSS_SELECTOR, f"{composer} textarea")
        field.send_keys(text)
        if self.is_visible(f"{composer} .completion"):
            field.send_keys(Keys.ESCAPE)
        field.send_keys(Keys.ENTER)

    def last(self, selector: str) -> str:
        """The `ts` of the last message that matches."""
        code = "return [...document.querySelectorAll(arguments[0])].at(-1)?.dataset.ts ?? ''"
        return str(self.script(code, selector))

    def say(self, text: str) -> str:
        """Write a message in the conversation and return its `ts` once it is shown."""
        own = "#messages article:not(.reply)"
        before = self.last(own)
        self.write(text)
        return self.until(lambda: (ts := self.last(own)) != before and ts)

    def ask(self, text: str) -> str:
        """Ask in the direct conversation; returns a selector of the answer, once it is there."""
        answer = f'#messages article[data-ts="{self.say(text)}"] + article.reply'
        self.until(lambda: self.text(answer))
        return answer

    def told(self, command: str) -> str:
        """Run a slash command and return what only this person sees."""
        before = self.last("#messages article.ephemeral")
        self.write(command)
        ts = self.until(lambda: (ts := self.last("#messages article.ephemeral")) != before and ts)
        return self.text(f'#messages article[data-ts="{ts}"]')

    def complaints(self) -> list[str]:
        """What the browser's console holds since the last call."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]  # type: ignore[no-untyped-call]
