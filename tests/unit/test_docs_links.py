"""The documentation hangs together: every page is found from its index, and every link and picture leads somewhere."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.blocks.elements import TEXTS
from bot.settings import SlackSettings
from knowledge.model import Act, Consent, Language
from knowledge.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
MARKDOWN = MarkdownIt("commonmark").enable("table")
BUTTONS = (
    "channels.home.ask",
    "channels.home.ask.button",
    "channels.home.language",
    "knowing.ask",
    "knowing.context.button",
    "knowing.form.submit",
    "knowing.rate.bad",
    "knowing.rate.good",
    "knowing.reply.accept",
    "knowing.retract",
    "network.introduce",
    "profile.create",
    "profile.leave",
    "profile.pause",
    "wishes.open",
    "introduction.button.yes",
    "introduction.button.no",
    "card.button.going",
    "card.button.maybe",
    "card.button.not_going",
    "card.button.calendar",
    "signup.wish.visible",
    "signup.wish.meet",
    "calendar.home.subscribe",
    "reminder.home",
    "own_data.export",
    "own_data.erase",
)
"""What the guides name."""


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
    headings = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
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
    assert {f"SOLMU_{name.upper()}" for name in Settings.model_fields} <= told
    assert {f"SLACK_{name.upper()}" for name in SlackSettings.model_fields} <= told


def test_every_command_in_slack_is_told() -> None:
    """Under the name that people type."""
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    manifest = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
    commands = [each["command"] for each in manifest["features"]["slash_commands"]]
    assert [command for command in commands if not re.search(rf"`{command}[ `]", page)] == []


def test_every_act_in_the_audit_log_is_told() -> None:
    """Under the name that its row holds."""
    page = (DOCS / "administration.md").read_text(encoding="utf-8")
    assert [act for act in Act if f"`{act.value}`" not in page] == []


@pytest.mark.parametrize("language", [Language.FI, Language.SV, Language.EN])
def test_the_members_guide_calls_things_as_the_bot_does(language: Language) -> None:
    """In each language it tells of every consent, and of the buttons that it explains, in the bot's own words."""
    guide = re.sub(r"\s+", " ", (DOCS / f"members.{language.value}.md").read_text(encoding="utf-8"))
    consents = [f"consent.{consent.value}" for consent in Consent]
    assert [name for name in (*consents, *BUTTONS) if f"**{TEXTS.get(name, language)}**" not in guide] == []
