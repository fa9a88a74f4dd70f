"""Questions that people answer are told from those that ask for a fact."""

from __future__ import annotations

import pytest

from knowledge.answering.knowers import topic_for_people


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Kuka tietää puheentunnistuksesta?", "puheentunnistuksesta"),
        ("Kuka meistä tietää eniten kaatumisen ehkäisystä?", "kaatumisen ehkäisystä"),
        ("kuka osaa hankintoja", "hankintoja"),
        ("Kuka on perehtynyt tekoälyasetukseen?", "tekoälyasetukseen"),
        ("Kenellä on kokemusta keskustelurobotista ajanvarauksessa?", "keskustelurobotista ajanvarauksessa"),
        ("Onko kenelläkään kokemuksia sanelusta?", "sanelusta"),
        ("Keneltä voisi kysyä aiheesta vaikutustenarviointi?", "vaikutustenarviointi"),
        ("Kuka voisi auttaa meitä kilpailutuksessa?", "kilpailutuksessa"),
        ("Vem vet något om taligenkänning?", "taligenkänning"),
        ("Vem kan om falldetektering?", "falldetektering"),
        ("Har någon erfarenhet av upphandling av AI?", "upphandling av AI"),
        ("Vilka har erfarenheter av samtalsrobotar?", "samtalsrobotar"),
        ("Vem ska jag fråga om dataskydd?", "dataskydd"),
        ("Who knows about speech recognition?", "speech recognition"),
        ("Does anyone have experience with fall sensors?", "fall sensors"),
        ("Who should I ask about procurement?", "procurement"),
        ("Who can help us with data protection impact assessments?", "data protection impact assessments"),
    ],
)
def test_a_question_for_people_names_its_topic(question: str, topic: str) -> None:
    """In three languages, whatever stands between the words; what is left is what somebody should know about."""
    assert topic_for_people(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "Kuka tietää, milloin jäsenmaksu laskutetaan?",
        "Kuka tietää saako äänitallenteen säilyttää?",
        "Tietääkö joku, paljonko pilotti maksoi?",
        "Kuka rahoittaa puheentunnistuksen tutkimusta?",
        "Kuka käyttää leikkausrobotteja?",
        "Kuka tietää?",
        "Vem vet när anmälan stängs?",
        "Vem är ordförande för styrgruppen?",
        "Vem vet om man får spela in samtal?",
        "Who knows when the call closes?",
        "Who is the controller in public health care?",
        "Who uses speech recognition?",
        "Millä alueella on kokemusta puheentunnistuksesta?",
    ],
)
def test_a_question_for_a_fact_is_left_to_the_documents(question: str) -> None:
    """Also where it begins with the same words."""
    assert topic_for_people(question) == ""
