"""The documentation hangs together: every page is found from its index, and every link and picture leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.settings import SlackSettings
from knowledge.settings import Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
GUIDES = sorted(DOCS.glob("members.*.md"))
MARKDOWN = MarkdownIt("commonmark").enable("table")


def _tokens(page: Path) -> list[Token]:
    blocks = MARKDOWN.parse(page.read_text(encoding="utf-8"))
    return [token for block in blocks for token in (block, *(block.children or ()))]


def _targets(page: Path) -> list[str]:
    """Where its links and pictures lead, those to the web left out."""
    found = [str(token.attrGet("href") or token.attrGet("src") or "") for token in _tokens(page)]
    return [target for target in found if target and not re.match(r"[a-z]+:", target)]


def _anchors(page: Path) -> set[str]:
    """What its headings are called in links, as GitHub makes names of them."""
    tokens = MARKDOWN.parse(page.read_text(encoding="utf-8"))
    headings = [after.content for token, after in zip(tokens, tokens[1:], strict=False) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _is_there(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    led_to = (page.parent / path).resolve() if path else page
    return led_to.is_relative_to(ROOT) and led_to.exists() and (not anchor or anchor in _anchors(led_to))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    """To a file of the repository and, where a link names one, to a heading in it."""
    assert [target for target in _targets(page) if not _is_there(page, target)] == []


def test_the_index_lists_every_page() -> None:
    """Nobody has to know a page's name to find it."""
    listed = set(_targets(DOCS / "README.md"))
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= listed


def test_every_picture_is_shown() -> None:
    """One that no page shows is not kept."""
    shown = {(page.parent / target).resolve() for page in PAGES for target in _targets(page)}
    assert {path for path in (DOCS / "images").iterdir() if path not in shown} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_one_title(page: Path) -> None:
    """A second one is a page that was put behind another."""
    assert [token.tag for token in _tokens(page) if token.type == "heading_open"].count("h1") == 1


def test_every_setting_is_told() -> None:
    """By its whole name, as it is written into `.env`."""
    told = set(re.findall(r"`([A-Z_]+)`", (DOCS / "settings.md").read_text(encoding="utf-8")))
    names = {f"SOLMU_{name.upper()}" for name in Settings.model_fields}
    assert names | {_slack_name(name) for name in SlackSettings.model_fields} <= told


def _slack_name(field: str) -> str:
    prefix = str(SlackSettings.model_config.get("env_prefix") or "")
    return f"{prefix}{field}".upper()
