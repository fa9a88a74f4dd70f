"""One sandbox and one browser for every test of the page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.browser.chromium import Page, open_chromium
from tests.standin import free_port

ROOT = Path(__file__).parents[2]
READY_SECONDS = 420.0
"""What a busy machine may take; an idle one needs less than a minute."""
OF_ANOTHER_SOLMU = {"SOLMU_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "SOLMU_MISSPELT": "1"}


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """The browser."""
    opened = open_chromium(tmp_path_factory.mktemp("chromium"))
    yield opened
    opened.quit()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory, bundled_home: Path) -> Iterator[str]:
    """The address of a real sandbox, started where the settings of another Solmu lie about, which it must not touch."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / ".env").write_text("SOLMU_DATABASE_URL=postgresql://nobody@127.0.0.1:9/none\nSOLMU_OTHER=1\n")
    folder = tmp_path_factory.mktemp("sandbox")
    (folder / "models").symlink_to(bundled_home / "models")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--port", str(port), "--data-dir", str(folder)],
        cwd=elsewhere,
        env=os.environ | OF_ANOTHER_SOLMU | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)


@pytest.fixture(scope="session")
def progress(chrome: Chrome, sandbox: str) -> list[tuple[int, int]]:
    """What the bar showed, as done and total, until the page said that Solmu is ready."""
    page = Page(chrome, sandbox)
    page.until(lambda: _answers(page), READY_SECONDS)
    shown: list[tuple[int, int]] = []

    def is_ready() -> bool:
        done, total, ready = page.script(
            "const bar = document.querySelector('#progress progress');"
            "return [bar?.value ?? 0, bar?.max ?? 0, Boolean(document.querySelector('#progress.done'))]"
        )
        shown.append((done, total))
        return bool(ready)

    page.until(is_ready, READY_SECONDS)
    return shown


@pytest.fixture
def page(chrome: Chrome, sandbox: str, progress: list[tuple[int, int]]) -> Iterator[Page]:
    """The page of a ready sandbox, opened for the first time; no test may leave a word in the browser's console."""
    del progress
    opened = Page(chrome, sandbox)
    opened.open()
    yield opened
    assert opened.complaints() == []


def _answers(page: Page) -> bool:
    try:
        page.open()
    except Exception:  # noqa: BLE001 - whatever the browser says of a server that does not listen yet
        return False
    page.complaints()
    return True
