"""The bot's own sentences where Slack gives them little room: none is cut, in any language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.blocks.elements import TEXTS
from bot.blocks.forms import (
    BUTTON,
    CONFIRM_BUTTON,
    CONFIRM_TEXT,
    CONFIRM_TITLE,
    LABEL,
    OPTION,
    TITLE,
)
from knowledge.model import Language
from tests.sentence_ids import patterns_of

BOT = Path(__file__).parents[3] / "bot"
THREE = (Language.FI, Language.SV, Language.EN)
ROOM: dict[str, dict[int | str, int]] = {
    "Choice": {1: OPTION, 2: OPTION, "about": OPTION},
    "button": {1: BUTTON},
    "field": {1: LABEL, "hint": LABEL},
    "menu": {2: LABEL},
    "menu_of_several": {2: LABEL},
    "modal": {1: TITLE, "close": TITLE, "submit": TITLE},
}
"""What each function of `bot.blocks.forms` cuts, by its argument."""
ELSEWHERE = {"knowing.reason.private", "sources.added", "sources.removed"}
"""They begin as names that are put together for options and buttons do, but stand where there is room."""
CONFIRMED = {"title": CONFIRM_TITLE, "text": CONFIRM_TEXT, "yes": CONFIRM_BUTTON, "no": CONFIRM_BUTTON}


@cache
def _room() -> list[tuple[str, int]]:
    """Names of texts, as patterns, with how long they may be where they are shown."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(BOT.rglob("*.py"))]
    scopes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [found for scope in scopes for found in _in_function(scope)]


def _in_function(scope: ast.FunctionDef) -> Iterator[tuple[str, int]]:
    calls = [node for node in ast.walk(scope) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    local = dict(_assigned(scope))
    for call in calls:
        name = ast.unparse(call.func)
        if name == "confirmation":
            for pattern in patterns_of(call.args[0]):
                yield from ((rf"{pattern}\.{part}", most) for part, most in CONFIRMED.items())
        given: dict[int | str | None, ast.expr] = dict(enumerate(call.args))
        given |= {each.arg: each.value for each in call.keywords}
        for argument, most in ROOM.get(name, {}).items():
            if argument in given:
                yield from ((pattern, most) for pattern in _texts(given[argument], local))


def _assigned(scope: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    """What the function calls by a name of its own."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from (
                    (ast.unparse(name), value) for name, value in zip(target.elts, node.value.elts, strict=True)
                )
            else:
                yield ast.unparse(target), node.value


def _texts(shown: ast.expr, local: dict[str, ast.expr]) -> Iterator[str]:
    """The names of texts that an expression asks the catalogue for."""
    if isinstance(shown, ast.Name) and shown.id in local:
        shown = local[shown.id]
    if isinstance(shown, ast.IfExp):
        yield from _texts(shown.body, local)
        yield from _texts(shown.orelse, local)
    elif isinstance(shown, ast.Call) and ast.unparse(shown.func) == "TEXTS.get":
        yield from patterns_of(shown.args[0])


def test_the_texts_with_little_room_are_found() -> None:
    """Else the next test would hold nothing: options, what they mean, labels, buttons and titles are among them."""
    known = dict(_room())
    for name, most in (
        (r"consent\.\w+\.about", OPTION),
        (r"wishes\.for_all\.about", OPTION),
        (r"contact\.staff\.has_not", OPTION),
        (r"profile\.form\.shown", LABEL),
        (r"channels\.answer\.title", TITLE),
        (r"leave\.text", CONFIRM_TEXT),
    ):
        assert known.get(name) == most, name
    assert len(known) > 150


@pytest.mark.parametrize("language", THREE)
def test_no_text_is_cut_where_there_is_little_room(language: Language) -> None:
    """What is consented to, and what a button does, is read to its end; texts with values to fill in are left out."""
    told = {str(each.id): str(each.string) for each in TEXTS.catalogues[language] if each.id}
    told = {name: sentence for name, sentence in told.items() if name not in ELSEWHERE and "{" not in sentence}
    cut = [
        (name, most, sentence)
        for pattern, most in _room()
        for name, sentence in told.items()
        if re.fullmatch(pattern, name) and len(sentence) > most
    ]
    assert cut == []
