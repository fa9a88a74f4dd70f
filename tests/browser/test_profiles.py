"""A profile filled in by hand on the page, and somebody new being welcomed there."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.browser.chromium import NARROW, Page
from tests.standin import COORDINATOR, SWEDISH_MEMBER

pytestmark = pytest.mark.timeout(600)
MODAL = "dialog.modal"


def _field(block: str) -> str:
    return f'{MODAL} .field[data-block="{block}"]'


def _write(page: Page, block: str, text: str) -> None:
    field = page.chrome.find_element(By.CSS_SELECTOR, f"{_field(block)} :is(input, textarea)")
    field.clear()
    field.send_keys(text)


def _tick(page: Page, block: str, *labels: str) -> None:
    for label in page.chrome.find_elements(By.CSS_SELECTOR, f"{_field(block)} label"):
        if label.text.split("\n")[0] in labels:
            label.find_element(By.CSS_SELECTOR, "input").click()


def _open_home(page: Page, words: str) -> None:
    page.click('[data-tab="home"]')
    page.until(lambda: words in page.text("#home"))


def _open_form(page: Page, action: str) -> None:
    page.click(f'#home [data-action="{action}"]')
    page.until(lambda: page.is_visible(MODAL))


def _submit(page: Page) -> None:
    page.click(f"{MODAL} [data-submit]")


def test_a_profile_is_filled_in_corrected_used_and_deleted(page: Page) -> None:
    """From the Home tab: a refused form keeps what was typed; the kept profile shows what was ticked, and can go."""
    _open_home(page, "Tee profiili (2 min)")
    _open_form(page, "profile_edit")
    _write(page, "organisation_name", "Selkälahden hyvinvointialue")
    _write(page, "topics", "puheentunnistus, kirjaaminen")
    _write(page, "offers", "Hetuni on 131052-308T.")
    _tick(page, "languages", "suomi", "English")
    _tick(page, "shown", "Organisaationi", "Aiheeni")
    _submit(page)
    page.until(lambda: "henkilötunnus" in page.text(f"{_field('offers')} .error"))
    assert page.text(f"{_field('organisation_name')} .error") == ""
    _write(page, "offers", "Kerron, miten pilotoimme puheentunnistusta.")
    _submit(page)
    page.until(lambda: "Profiili tallennettu" in page.text(MODAL))
    assert "puheentunnistus, kirjaaminen" in page.text(MODAL)
    assert "pilotoimme" not in page.text(MODAL)
    page.click(f"{MODAL} .dialog-foot .button")
    page.until(lambda: "Näin muut jäsenet näkevät sinut" in page.text("#home"))
    assert "Organisaatio: Selkälahden hyvinvointialue" in page.text("#home")
    assert "Näitä ei näytetä kenellekään: nimesi, kielesi, mitä tarjoat." in page.text("#home")

    _open_form(page, "wishes_open")
    _tick(page, "people", "Mikael Sund")
    _tick(page, "organisations", "Talvipilvi Data Oy")
    _submit(page)
    page.until(lambda: not page.is_visible(MODAL))
    _open_form(page, "wishes_open")
    assert page.script(f"return [...document.querySelectorAll('{MODAL} input:checked')].length") == 2
    page.click(f"{MODAL} .dialog-foot .button")
    page.until(lambda: not page.is_visible(MODAL))

    page.click('#home [data-action="profile_leave"]')
    page.until(lambda: "Poistan heti kaiken" in page.text("dialog.confirm"))
    page.click('dialog.confirm [value="yes"]')
    page.until(lambda: "Tee profiili (2 min)" in page.text("#home"))


def test_the_swedish_speaking_member_meets_solmu_in_swedish(page: Page) -> None:
    """Home and form, also in a narrow window, where nothing sticks out."""
    page.become(SWEDISH_MEMBER)
    _open_home(page, "Så här ser andra medlemmar dig:")
    page.open(size=NARROW)
    page.click("#head .menu")
    page.become(SWEDISH_MEMBER)
    page.click(".place:has(.avatar)")
    _open_home(page, "Nordviks välfärdsområde")
    _open_form(page, "profile_edit")
    assert page.text(f"{MODAL} h2") == "Min profil"
    assert page.script("return document.documentElement.scrollWidth") == NARROW[0]
    page.click(f"{MODAL} .dialog-foot .button")
    page.until(lambda: not page.is_visible(MODAL))


def test_somebody_new_is_welcomed(page: Page) -> None:
    """Whoever looks on becomes the newcomer, reads the greeting, and draws it in another language."""
    page.become(COORDINATOR)
    page.click(".newcomer")
    page.until(lambda: "Hei ja tervetuloa!" in page.text("#messages"))
    assert page.text(".whoami strong") == "Hilla Paju"
    page.click('[data-action="welcome_speak_en"]')
    page.until(lambda: "Hello and welcome!" in page.text("#messages"))
    page.click('#messages [data-action="profile_edit"]')
    page.until(lambda: page.text(f"{MODAL} h2") == "My profile")
    page.click(f"{MODAL} .dialog-foot .button")
    page.until(lambda: not page.is_visible(MODAL))
