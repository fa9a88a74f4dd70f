"""What is said before a question is no part of it."""

from __future__ import annotations

import pytest

from knowledge.searching.lead_ins import without_lead_in


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Kerro minulle, milloin seminaari on?", "Milloin seminaari on?"),
        ("Hei! Onko kellään tietoa, milloin seminaari on?", "Milloin seminaari on?"),
        ("Tietääkö joku, mikä WER on?", "Mikä WER on?"),
        ("Voisiko joku kertoa, mikä WER on?", "Mikä WER on?"),
        ("Vet någon när seminariet hålls?", "När seminariet hålls?"),
        ("Kan du berätta för mig om falldetektering", "Falldetektering"),
        ("Tell me about fall detection", "Fall detection"),
        ("Do you know when the seminar is?", "When the seminar is?"),
        ("Could you tell me what WER is?", "What WER is?"),
        ("Hi, does anyone know about WER?", "WER?"),
        ("Kerro minulle!", "Kerro minulle!"),
        ("Kerrostalon hissi", "Kerrostalon hissi"),
        ("Hiking routes", "Hiking routes"),
    ],
)
def test_lead_ins_are_left_out(said: str, question: str) -> None:
    """Only the question stays; all of it where nothing else would, and words that merely begin alike."""
    assert without_lead_in(said) == question
