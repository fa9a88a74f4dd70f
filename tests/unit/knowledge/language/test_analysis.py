"""Index terms: words meet by their lemmas, by the parts of compounds, and by the letters they share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.analysis import gram_terms, lemma_terms, words
from knowledge.model import Language

FI, SV, EN, UNKNOWN = Language.FI, Language.SV, Language.EN, Language.UNKNOWN


@pytest.mark.parametrize(
    ("language", "passage", "question"),
    [
        (FI, "potilastietojärjestelmä", "järjestelmä"),
        (FI, "Potilastietojärjestelmien hankinta", "tietojärjestelmän"),
        (FI, "hyvinvointialueella", "alueet"),
        (FI, "puheentunnistuspilottiin", "tunnistus"),
        (FI, "tietosuojaselosteessa", "seloste"),
        (FI, "HL7-rajapinnat", "rajapinta"),
        (SV, "sjukvårdssystemen", "system"),
        (SV, "patientjournalsystemet", "journal"),
    ],
)
def test_a_compound_is_reached_by_its_parts(language: Language, passage: str, question: str) -> None:
    """An inflected question word meets the part of a compound, also a part within a part."""
    assert set(lemma_terms(question, language)) & set(lemma_terms(passage, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [(FI, "koira", "kissa"), (FI, "hankinta", "hanke"), (SV, "sjukhus", "skola"), (EN, "pilot", "report")],
)
def test_other_words_do_not_meet(language: Language, one: str, other: str) -> None:
    """Words that only begin alike, or share nothing, are not made one."""
    assert not set(lemma_terms(one, language)) & set(lemma_terms(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (FI, "pilotissa", "pilotit"),
        (FI, "hankkeiden", "hanke"),
        (FI, "äideille", "äiti"),
        (SV, "piloterna", "pilot"),
        (EN, "children", "child"),
    ],
)
def test_inflected_forms_share_their_lemma(language: Language, one: str, other: str) -> None:
    """Forms of one word are one term."""
    assert lemma_terms(one, language)[0] == lemma_terms(other, language)[0]


def test_terms_come_in_order_without_stop_words() -> None:
    """Function words are left out, the rest keeps its order and number, parts after their compound."""
    assert lemma_terms("Onko pilotti ja pilotin äidinmaito?", FI) == [
        "pilotti",
        "pilotti",
        "äidinmaito",
        "äiti",
        "maito",
    ]


def test_codes_stay_as_they_stand() -> None:
    """A name with digits is not inflected; with a hyphen or colon it is also its parts."""
    assert lemma_terms("COVID-19", FI) == ["covid-19", "covid", "19"]
    assert lemma_terms("EU:n", FI)[:2] == ["eu:n", "eu"]


def test_an_unknown_language_keeps_words_whole() -> None:
    """Without a language there are no lemmas, parts or stop words."""
    assert lemma_terms("Ja hyvinvointialueella", UNKNOWN) == ["ja", "hyvinvointialueella"]


def test_words_are_letters_digits_and_what_joins_them() -> None:
    """Signs between words are dropped; hyphens, apostrophes and colons inside a word hold it together."""
    assert words("EU:n asetus, COVID-19 – ja 3,5 %!") == ["eu:n", "asetus", "covid-19", "ja", "3", "5"]


def test_grams_run_over_each_word_with_its_borders() -> None:
    """Four letters at a time within one word, `^` and `$` at its ends; a shorter word is one gram."""
    assert gram_terms("Ab pilotin") == ["^ab$", "^pil", "pilo", "ilot", "loti", "otin", "tin$"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tekoäly", "tekoaly"),
        ("pilotti", "piloti"),
        ("physics", "fysiks"),
        ("quality", "kvality"),
        ("Skövde", "Skovde"),
        ("mechanism", "mekanism"),
    ],
)
def test_letters_are_simplified_as_they_sound(one: str, other: str) -> None:
    """Marks on letters, doubled letters and the spellings that languages choose for one sound make no difference."""
    assert gram_terms(one) == gram_terms(other)


def test_digits_are_never_simplified() -> None:
    """2000 is not 20, and 2025 not 205."""
    assert gram_terms("2000") == ["^200", "2000", "000$"]
    assert gram_terms("2255") != gram_terms("25")


def test_grams_reach_misspelt_words() -> None:
    """A word with one wrong letter shares most of its grams."""
    right, wrong = set(gram_terms("puheentunnistus")), set(gram_terms("puheentunistus"))
    assert len(right & wrong) >= len(right) / 2


@given(st.text(max_size=60), st.sampled_from(list(Language)))
def test_any_text_gives_terms_that_are_no_blanks(text: str, language: Language) -> None:
    """Whatever is written, analysis ends, and no term is empty or upper case."""
    for term in (*lemma_terms(text, language), *gram_terms(text)):
        assert term
        assert term == term.casefold()
