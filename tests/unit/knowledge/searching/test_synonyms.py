"""Synonyms: which phrases of a question name a group, and what a file of groups may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import SettingsError
from knowledge.model import Language
from knowledge.ports import Alternative
from knowledge.searching.explaining import explained
from knowledge.searching.synonyms import SHIPPED, Synonyms, parse_groups, read_synonyms

LINES = (
    "# Finnish, Swedish, English",
    "",
    "hyvinvointialue; HVA\tvälfärdsområde\twellbeing services county",
    "palvelu\ttjänst\tservice",
    "Kela; Kansaneläkelaitos\tFPA\tKela",
    "tekoäly\tartificiell intelligens\tartificial intelligence",
)
GROUPS = Synonyms(parse_groups(LINES, "words.tsv"))


def _named(question: str, language: Language) -> set[str]:
    return {other.instead_of for other in GROUPS.alternatives(question, language)}


@pytest.mark.parametrize(
    ("question", "language", "named"),
    [
        ("Mitä hyvinvointialueilla tehdään?", Language.FI, {"hyvinvointialue"}),
        ("Mitä on hyvinvointi?", Language.FI, set()),
        ("Which wellbeing services counties?", Language.EN, {"wellbeing services county"}),
        ("Which services?", Language.EN, {"service"}),
        ("tekoälyratkaisu", Language.FI, {"tekoäly"}),
        ("HVA:n ohje", Language.FI, {"HVA"}),
        ("hva", Language.UNKNOWN, {"HVA"}),
        ("Kelan ohje", Language.FI, {"Kela"}),
        ("filmin kela", Language.FI, set()),
        ("FPA:s anvisning", Language.SV, {"FPA"}),
    ],
)
def test_a_phrase_is_known_by_lemmas_the_longest_first(question: str, language: Language, named: set[str]) -> None:
    """Inflected words, compounds and case endings count; capitals matter where the small letters are a word."""
    assert _named(question, language) == named


def test_the_other_words_of_all_languages_are_the_alternatives() -> None:
    """Each other phrase once, in its language; the one that was asked for in none."""
    assert GROUPS.alternatives("Mitä HVA tekee?", Language.FI) == (
        Alternative("hyvinvointialue", Language.FI, "HVA", Language.FI),
        Alternative("välfärdsområde", Language.SV, "HVA", Language.FI),
        Alternative("wellbeing services county", Language.EN, "HVA", Language.FI),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("HVA; hyvinvointialue", "Line 2 of words.tsv has 1 columns instead of 3; set Finnish"),
        ("HVA\t\t", "Line 2 of words.tsv has fewer than two words or phrases; add"),
        ("HVA\t–\tcounty", "Line 2 of words.tsv has “–”, which holds no word; take it out."),
        ("kela\tFPA\t", "Line 2 of words.tsv repeats “kela” of line 1; join the two lines."),
    ],
)
def test_a_bad_line_is_named_with_what_to_do(line: str, said: str) -> None:
    """Number, file and remedy are in the sentence."""
    with pytest.raises(SettingsError) as raised:
        parse_groups(["Kela\tFolkpensionsanstalten\tKela", line], "words.tsv")
    assert str(raised.value).startswith(said)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    """The sentence names the setting."""
    with pytest.raises(SettingsError, match=r"none\.tsv cannot be read .* correct SOLMU_SYNONYMS"):
        read_synonyms(tmp_path / "none.tsv")


def test_the_shipped_file_is_good() -> None:
    """At least sixty groups, each with a word in every language."""
    groups = parse_groups(SHIPPED.read_text(encoding="utf-8").splitlines(), SHIPPED.name)
    assert len(groups) >= 60
    assert all({phrase.language for phrase in group} == set(Language) - {Language.UNKNOWN} for group in groups)


def test_names_are_explained_to_the_model_and_common_words_are_not() -> None:
    """Behind the name with its ending stand its other names; `tekoäly` is left alone."""
    question = "Hur prövar FPA:s artificiell intelligens?"
    also = GROUPS.alternatives(question, Language.SV)
    assert explained(question, also) == "Hur prövar FPA:s (Kela, Kansaneläkelaitos) artificiell intelligens?"
