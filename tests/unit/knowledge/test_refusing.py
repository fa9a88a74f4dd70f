"""Texts about a certain patient are refused, ordinary professional ones are not, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.evaluation.refusing import lines_of, outcome, read_texts
from knowledge.patients.evidence import Sign
from knowledge.patients.telling import sign_in_document, sign_in_message
from knowledge.privacy import (
    IdentityCodeError,
    PatientDataError,
    Personal,
    kept,
    kind_of_personal_data,
    personal_data_in,
)

SET = Path(__file__).parents[2] / "data" / "patient_like.jsonl"
UNLEARNED = "fifth"
SAMPLE = Path(__file__).parents[3] / "tools" / "sample_sources"


def test_labelled_texts_are_told_apart() -> None:
    """Of those that were learned from, nearly all about patients are refused, and none of the ordinary ones is."""
    told = outcome(each for each in read_texts([SET]) if each["half"] != UNLEARNED)
    assert told.refused + told.passed_wrongly >= 80
    assert told.passed + told.refused_wrongly >= 100
    assert told.precision == 1
    assert told.recall > 0.97


def test_texts_that_nothing_was_learned_from_are_told_apart_as_well_as_the_page_says() -> None:
    """What is said to whoever decides about Solmu stays true."""
    told = outcome(read_texts([SET], UNLEARNED))
    assert told.precision >= 0.91
    assert told.recall >= 0.53


def test_sample_documents_are_ordinary_text() -> None:
    """Not one line of the documents that come with Solmu looks like a patient's."""
    lines = [line for _, line in lines_of([SAMPLE])]
    assert [line for line in lines if personal_data_in(line) or kind_of_personal_data(line)] == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Maija Virtanen, s. 3.4.1952", Sign.BIRTH_DATE),
        ("Potilas M.V., s. 3.4.1952, ei halua hoitoa", Sign.BIRTH_DATE),
        ("Potilaamme Maija Virtanen kotiutuu", Sign.PATIENT),
        ("potilas maija virtanen kotiutuu", Sign.PATIENT),
        ("Klientnummer 20458817 har hjärtsvikt", Sign.NUMBER),
        ("My father Henry Dawson has dementia", Sign.HEALTH),
        ("Kalle Salo, Koivukatu 12, insuliinihoito", Sign.ADDRESS),
        ("Maija Virtanen vastaa diabeteshankkeesta", Sign.NONE),
        ("72-vuotias kotihoidon asiakas, jolla on diabetes", Sign.NONE),
        ("Elias Lönnrot (s. 9.4.1802) oli piirilääkäri", Sign.NONE),
        ("Två boende ville inte ha sensor", Sign.NONE),
    ],
)
def test_the_kind_of_sign_is_told(text: str, sign: Sign) -> None:
    """What a reader would name as the giveaway; a name, an age, a phone number or an illness alone is none."""
    assert sign_in_message(text) is sign


@pytest.mark.parametrize(
    "text",
    [
        "Kuka tuntee Virtasen tutkimuksen diabeteksesta?",
        "Parkinsonin tauti ja Downin oireyhtymä: mikä sovellus sopii 80-vuotiaalle?",
        "Virtanen, A. & Korhonen, M. (2022). Masennuksen ennustaminen.",
        "Mallin tekivät Ville Kivijärvi ja Xin Zhao; se tunnistaa eteisvärinän.",
        "Merja Auroran tekemä ahdistusmittari käännetään ruotsiksi.",
    ],
)
def test_who_is_named_for_their_work_passes(text: str) -> None:
    """Research, eponyms, citations, lists of authors and what somebody made are no cases."""
    assert sign_in_message(text) is Sign.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Pentti-vaari (89) ei enää osaa ottaa lääkkeitään.",
        "Virtanen Pentille on tehty lonkkaleikkaus ja hän kaatuilee.",
        "Hei!\n\nAsiakkaamme on Aila Rautiainen.\n\nHän on 83-vuotias ja sairastaa MS-tautia.",
        "Pot. A.K., 78 v, Marevan tauolla, INR 4,2",
        "Fatuma Ali Nur är gravid och behöver tolk",
    ],
)
def test_a_case_is_told_in_many_ways(text: str) -> None:
    """By a first name, inflected, surname first, over several lines, by initials, by a foreign name."""
    assert sign_in_message(text)


def test_a_document_needs_more_than_a_message() -> None:
    """Documents tell of the lives of people who are known."""
    life = "John Wycliffe kuoli halvaukseen kotona."
    assert sign_in_message(life)
    assert sign_in_document(life) is Sign.NONE
    assert sign_in_document("Epikriisi: Aila Rautiainen, 83 v, sairastaa MS-tautia ja kaatuilee.")


def test_a_sign_stays_in_its_paragraph() -> None:
    """A speaker in one paragraph and a patient in the next have nothing to do with each other."""
    assert sign_in_document("Puhuja on Maija Virtanen\npotilas s. kirjasto") is Sign.NONE


def test_an_identity_code_is_told_before_a_patient() -> None:
    """The stronger finding is what people are told of."""
    assert personal_data_in("Potilas Maija Virtanen, 131052-308T") is Personal.IDENTITY_CODE


def test_an_error_names_the_kind_alone() -> None:
    """Neither the code nor the name comes out in what may be logged."""
    with pytest.raises(IdentityCodeError) as code:
        kept("131052-308T", 100)
    with pytest.raises(PatientDataError) as patient:
        kept("Potilas Maija Virtanen", 100)
    assert "131052" not in str(code.value)
    assert "Maija" not in str(patient.value)
