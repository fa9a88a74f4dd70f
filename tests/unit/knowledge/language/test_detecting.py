"""Language of a question or passage, as short as people write them."""

from __future__ import annotations

import pytest

from knowledge.language.detecting import detect_language
from knowledge.model import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Milloin pilotti alkoi?", Language.FI),
        ("Mikä on MDR?", Language.FI),
        ("Potilastietojärjestelmän hankinta", Language.FI),
        ("puheentunnistus", Language.FI),
        ("När började piloten?", Language.SV),
        ("Hur ansöker man om etikprövning?", Language.SV),
        ("Vad kostar Apotti?", Language.SV),
        ("taligenkänning", Language.SV),
        ("When did the pilot start?", Language.EN),
        ("What is Kanta?", Language.EN),
        ("speech recognition", Language.EN),
    ],
)
def test_short_questions_are_told_apart(text: str, language: Language) -> None:
    """A few words are enough, also where a foreign name stands among them."""
    assert detect_language(text) is language


@pytest.mark.parametrize("text", ["", "  \n", "?", "123 456", "12.3.2026", "THL", "AI", "SOTE THL"])
def test_what_says_nothing_is_unknown(text: str) -> None:
    """Without letters, and with acronyms alone, no language is made up."""
    assert detect_language(text) is Language.UNKNOWN


def test_a_quoted_title_does_not_change_the_language_of_a_passage() -> None:
    """The bulk of the text decides: a Finnish passage that names an English article is Finnish."""
    text = (
        "Tulokset on julkaistu artikkelissa ”Automatic speech recognition in clinical documentation”. "
        "Sen mukaan kirjaamiseen käytetty aika väheni viidenneksen, ja hoitajat olivat tyytyväisiä."
    )
    assert detect_language(text) is Language.FI
