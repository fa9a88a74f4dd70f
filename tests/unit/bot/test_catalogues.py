"""The bot's own sentences, and that every sentence is used: in all languages, with the same values to fill in."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.blocks.elements import TEXTS
from knowledge.answering.rendering import TEXTS as ANSWERS
from knowledge.model import Act, ActOutcome, Language
from knowledge.texts import Texts
from tests.sentence_ids import patterns_of

ROOT = Path(__file__).parents[3]
THREE = (Language.FI, Language.SV, Language.EN)
SAME_IN_TWO = {"home.example.1", "home.example.2", "home.example.3", "part.organisation", "audit.who.solmu"}
"""Examples of questions stay in the language that they show; some words are spelt alike in Swedish and English."""

SHARED = {Language.FI: {"om"}, Language.SV: {"ja", "on", "is", "not"}, Language.EN: {"on", "kan"}}
"""Spelt alike in this language, where they mean something else."""
TELLING = {
    Language.FI: {"ja", "ei", "on", "että", "jos", "kun", "vain", "voit", "sinä", "tämä"},
    Language.SV: {"och", "inte", "är", "att", "om", "när", "bara", "kan", "du", "det", "som"},
    Language.EN: {"and", "not", "is", "that", "if", "when", "only", "can", "you", "the", "which"},
}
"""Words that a sentence of some length has in its language, as far as no other language has them too."""
FOREIGN = {
    language: {word for other in THREE if other is not language for word in TELLING[other]} - SHARED[language]
    for language in THREE
}


def _messages(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def _names_used(package: str) -> Iterator[str]:
    """Names asked for in the package's sources, as patterns: what is filled in at run time matches anything."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _asks_for_text(node.func):
                yield from patterns_of(node.args[0])


def _asks_for_text(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        if function.attr in {"why_not_staff", "why_not_admin"}:
            return True
        return function.attr == "get" and isinstance(function.value, ast.Name) and function.value.id == "TEXTS"
    return isinstance(function, ast.Name) and function.id == "notice"


@pytest.mark.parametrize(("package", "texts"), [("bot", TEXTS), ("knowledge", ANSWERS)])
def test_every_sentence_is_used_and_every_used_one_is_there(package: str, texts: Texts) -> None:
    """No name in the code lacks its sentence, and no sentence is left over from something that is gone."""
    names, patterns = set(_messages(texts.catalogues[Language.FI])), set(_names_used(package))
    assert len(patterns) > 5
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, name) for name in names)] == []
    assert [name for name in names if not any(re.fullmatch(pattern, name) for pattern in patterns)] == []


def test_every_name_stands_in_all_three_catalogues() -> None:
    """No language lacks a sentence, and none is left empty."""
    finnish, *others = (_messages(TEXTS.catalogues[language]) for language in THREE)
    for other in others:
        assert other.keys() == finnish.keys()
    assert all(sentence.strip() for each in (finnish, *others) for sentence in each.values())


def test_a_sentence_takes_the_same_values_in_every_language() -> None:
    """The names in braces agree, so that no language fails where another works."""
    finnish, *others = (_messages(TEXTS.catalogues[language]) for language in THREE)
    for name, sentence in finnish.items():
        assert [_placeholders(other[name]) for other in others] == [_placeholders(sentence)] * 2, name


def test_no_sentence_was_left_in_another_language() -> None:
    """The three differ, but for what is the same in two."""
    finnish, swedish, english = (_messages(TEXTS.catalogues[language]) for language in THREE)
    for name, sentence in finnish.items():
        if name not in SAME_IN_TWO:
            assert len({sentence, swedish[name], english[name]}) == 3, name


@pytest.mark.parametrize("texts", [TEXTS, ANSWERS], ids=["bot", "knowledge"])
def test_no_sentence_holds_another_languages_words(texts: Texts) -> None:
    """A translation that was begun and not ended, or pasted into the wrong catalogue, holds words that tell it."""
    suspicious = [
        (language.value, name, sentence)
        for language in THREE
        for name, sentence in _messages(texts.catalogues[language]).items()
        if name not in SAME_IN_TWO and _words(sentence) & FOREIGN[language]
    ]
    assert suspicious == []


def _words(sentence: str) -> set[str]:
    quoted_or_filled = re.compile(r"\{\w+\}|[`“”\"«»][^`“”\"«»]*[`“”\"«»]|/\w+|\*[^*]+\*")
    return set(re.findall(r"[a-zåäö]+", quoted_or_filled.sub(" ", sentence).casefold()))


@pytest.mark.parametrize("language", THREE)
def test_every_act_and_outcome_of_the_audit_log_has_a_name(language: Language) -> None:
    """One that had none would keep admins from reading the log at all."""
    for act in Act:
        assert TEXTS.get(f"audit.act.{act}", language)
    for outcome in set(ActOutcome) - {ActOutcome.DONE}:
        assert TEXTS.get(f"audit.outcome.{outcome}", language)
