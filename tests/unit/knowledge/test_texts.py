"""The catalogues: every sentence in every language, with the same values to fill in."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from knowledge.answering.rendering import TEXTS
from knowledge.model import Language, Reason
from knowledge.texts import Texts

ALIKE_IN_TWO = {"source.page", "map.organisation", "overview.column.organisation"}
THREE = (Language.FI, Language.SV, Language.EN)


def _messages(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def _placeholders(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_name_stands_in_all_three_catalogues() -> None:
    """No language lacks a sentence, and none is left empty."""
    finnish, *others = (_messages(TEXTS.catalogues[language]) for language in THREE)
    assert len(finnish) > 10
    for other in others:
        assert other.keys() == finnish.keys()
    assert all(sentence.strip() for each in (finnish, *others) for sentence in each.values())


def test_a_sentence_takes_the_same_values_in_every_language() -> None:
    """The names in braces agree, so that no language fails where another works."""
    finnish, *others = (_messages(TEXTS.catalogues[language]) for language in THREE)
    for name, sentence in finnish.items():
        assert [_placeholders(other[name]) for other in others] == [_placeholders(sentence)] * 2, name


def test_the_languages_differ() -> None:
    """A sentence was not left in another language: only names of stages and a few words may be alike."""
    finnish, swedish, english = (_messages(TEXTS.catalogues[language]) for language in THREE)
    for name, sentence in finnish.items():
        if not name.startswith("stage.") and name not in ALIKE_IN_TWO:
            assert len({sentence, swedish[name], english[name]}) == 3, name


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
@pytest.mark.parametrize("language", THREE)
def test_every_reason_has_its_sentence(reason: Reason, language: Language) -> None:
    """However a question ends, there is something to say."""
    assert len(TEXTS.get(f"reason.{reason.value}", language)) > 20


def test_values_are_filled_in() -> None:
    """A name in braces is replaced by its value."""
    assert TEXTS.get("answer.opening.many", Language.FI, count=3) == "Tästä löytyi 3 lähdettä:"


def test_an_unknown_language_is_answered_in_finnish() -> None:
    """Finnish comes first."""
    assert TEXTS.get("stage.ended", Language.UNKNOWN) == TEXTS.get("stage.ended", Language.FI) == "päättynyt"


def test_a_missing_or_empty_sentence_is_an_error(tmp_path: Path) -> None:
    """A name that the catalogue lacks, or leaves untranslated, never shows as itself."""
    for language in THREE:
        (tmp_path / f"{language.value}.po").write_text('msgid "empty"\nmsgstr ""\n', encoding="utf-8")
    texts = Texts(tmp_path)
    for name in ("empty", "unheard.of"):
        with pytest.raises(KeyError, match=name):
            texts.get(name, Language.FI)
