"""The map's page in a browser: it opens from a file, searches, filters, tells, and needs no mouse and no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from knowledge.map.graph import make_map
from knowledge.map.page import draw_page
from knowledge.model import DocumentId, Language, UseCase
from knowledge.searching.synonyms import read_synonyms
from tests.benchmark.ecosystem import invent

EVIL = "</script><img src=x onerror=alert(1)>"


class MapPage:
    """The page, opened from a file."""

    def __init__(self, chrome: Chrome, file: Path) -> None:
        self.chrome = chrome
        chrome.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1600, "height": 1200, "deviceScaleFactor": 1, "mobile": False},
        )
        chrome.get(file.as_uri())
        self.until(lambda: self.data("ready") == "yes")

    def script(self, code: str, *values: object) -> Any:
        """What JavaScript returns."""
        return self.chrome.execute_script(code, *values)  # type: ignore[no-untyped-call]

    def data(self, name: str) -> str:
        """What the page says of itself."""
        return str(self.script("return document.body.dataset[arguments[0]] ?? ''", name))

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until that is true."""
        waiting: WebDriverWait[Chrome] = WebDriverWait(self.chrome, 20, poll_frequency=0.05)
        waiting.until(lambda _: condition())

    def find(self, selector: str) -> Any:
        """The first such element."""
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """The texts of all such elements."""
        return [each.text for each in self.chrome.find_elements(By.CSS_SELECTOR, selector)]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of 250 organisations and 500 use cases, and one with a hostile title."""
    cases, organisations = invent()
    hostile = UseCase(DocumentId("d"), EVIL, "Järviranta Oy", "pilot", ("kotihoito",), "", "javascript:alert(1)")
    file = tmp_path_factory.mktemp("map") / "map.html"
    file.write_text(
        draw_page(make_map([*cases, (hostile, Language.FI)], read_synonyms(), organisations), Language.FI),
        encoding="utf-8",
    )
    return file


@pytest.fixture
def page(chrome: Chrome, large: Path) -> Iterator[MapPage]:
    """Freshly opened; nothing may be complained about, and nothing may be fetched."""
    # What another test's page had to say as it lost its server is no complaint of this one.
    chrome.get("about:blank")
    chrome.get_log("browser")  # type: ignore[no-untyped-call]
    opened = MapPage(chrome, large)
    yield opened
    assert chrome.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert opened.script("return performance.getEntriesByType('resource').length") == 0


def test_the_whole_map_is_shown_and_counted(page: MapPage) -> None:
    """Every organisation and use case has its mark, and the list says how many there are."""
    assert page.script("return document.querySelectorAll('.node.organisation').length") >= 250
    assert page.script("return document.querySelectorAll('circle.usecase').length") == 501
    assert page.find("#counts").text == "Organisaatioita 250, käyttötapauksia 501"
    assert page.find("#status").text == "751 osumaa"


def test_names_do_not_cover_each_other(page: MapPage) -> None:
    """Of the names that are shown no two overlap."""
    code = """
      const boxes = [...document.querySelectorAll('.name.owner.room')].map((one) => one.getBoundingClientRect());
      const clash = (a, b) => a.left < b.right - 2 && b.left < a.right - 2
        && a.top < b.bottom - 3 && b.top < a.bottom - 3;
      return [boxes.length, boxes.some((a, i) => boxes.some((b, j) => j > i && clash(a, b)))];
    """
    count, overlap = page.script(code)
    assert count > 10
    assert not overlap


def test_searching_narrows_the_list_and_a_click_tells(page: MapPage) -> None:
    """Words find what has all of them, without regard to case and dots; its details name stage and organisation."""
    last, _ = invent()[0][-1]
    owner = last.organisation
    plain = owner.upper().replace("Ä", "A").replace("Ö", "O")
    page.find("#search").send_keys(f"499 {plain}")
    page.until(lambda: page.data("found") == "1")
    assert page.texts("#found button")[0].startswith(last.title)
    page.find("#found button").click()
    assert page.find("#details h2").text == last.title
    assert f"Organisaatio: {owner}" in page.find("#details").text
    page.find("#details [data-id^='o:']").click()
    assert page.find("#details h2").text == owner
    page.find("#search").send_keys(" eimitään")
    page.until(lambda: page.data("found") == "0")
    assert page.find("#status").text == "Ei osumia. Kokeile toista hakusanaa tai väljempiä valintoja."


def test_topic_and_kind_filter(page: MapPage) -> None:
    """With organisations taken out and a topic chosen, only its use cases are found, and the rest is faint."""
    page.find("[name=kind][value=organisation]").click()
    page.script(
        "const box = document.getElementById('topic'); box.value = 'selkokieli';"
        "box.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    page.until(lambda: 0 < int(page.data("found")) < 200)
    found = int(page.data("found"))
    assert page.script("return document.querySelectorAll('circle.usecase:not(.out)').length") == found
    assert page.script("return document.querySelectorAll('#world .organisation:not(.hidden)').length") == 0
    page.find("#found button").click()
    assert "selkokieli" in page.find("#details").text


def test_keys_move_and_zoom_and_the_list_is_reached_by_tab(page: MapPage) -> None:
    """Plus comes nearer, nought shows the whole again, Enter on the list's entry tells, Escape shuts."""
    whole = float(page.data("zoom"))
    page.find("#map").send_keys("+")
    assert float(page.data("zoom")) > whole
    before = page.script("return document.getElementById('world').getAttribute('transform')")
    page.find("#map").send_keys(Keys.ARROW_LEFT)
    assert page.script("return document.getElementById('world').getAttribute('transform')") != before
    page.find("#map").send_keys("0")
    assert float(page.data("zoom")) == pytest.approx(whole, abs=0.01)
    page.find("[name=kind][value=usecase]").send_keys(Keys.TAB)
    page.chrome.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.data("chosen")
    page.chrome.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.data("chosen") == ""


def test_what_people_wrote_stays_text(page: MapPage) -> None:
    """A title with markup is shown as it is, and an address that is no web address is no link."""
    page.find("#search").send_keys("onerror")
    page.until(lambda: page.data("found") == "1")
    page.find("#found button").click()
    assert page.find("#details h2").text == EVIL
    assert page.script("return document.querySelectorAll('img, #details a').length") == 0


def test_an_empty_map_says_so(chrome: Chrome, tmp_path: Path) -> None:
    """There is a page all the same, without an error."""
    file = tmp_path / "empty.html"
    file.write_text(draw_page(make_map([], read_synonyms()), Language.EN), encoding="utf-8")
    page = MapPage(chrome, file)
    assert page.find("#counts").text == "There is nothing to show on the map yet."
    assert chrome.get_log("browser") == []  # type: ignore[no-untyped-call]
