"""What tells who somebody is comes out of a text, and ordinary words stay."""

from __future__ import annotations

import pytest

from knowledge.insights.anonymity import HIDDEN, Scrubber, is_persons_name

SCRUBBER = Scrubber(["Riikka Ojala", "Matti Virtanen", "Pekka Kivimäki", "Aino Lehtola", "Jo Ek", "kotihoito, 5. krs"])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Kysy Ojalalta!", f"Kysy {HIDDEN}!"),
        ("riikka ojalan tiimi", f"{HIDDEN} {HIDDEN} tiimi"),
        ("Virtasen lupa", f"{HIDDEN} lupa"),
        ("Kivimäen Pekalle", f"{HIDDEN} {HIDDEN}"),
        ("Jo Ek vet", f"{HIDDEN} {HIDDEN} vet"),
        ("mail a.b+c@example.fi nu", f"mail {HIDDEN} nu"),
        ("puh. 040 123 4567", f"puh. {HIDDEN}"),
        ("+358401234567", HIDDEN),
        ("(09) 123 4567", HIDDEN),
        ("asiakas 20251234", f"asiakas {HIDDEN}"),
        ("131052-308T ja 131052A308T", f"{HIDDEN} ja {HIDDEN}"),
        ("<@U0MEMBER01> ja @pekka", f"{HIDDEN} ja {HIDDEN}"),
        ("https://example.org/riikka", HIDDEN),
    ],
)
def test_persons_come_out(text: str, clean: str) -> None:
    """Names in their cases, addresses, numbers, identity codes and mentions."""
    assert SCRUBBER.clean(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Jokela on Ekumeeninen, ainoa lajiaan",
        "Vuosina 2024-2026 oli 37 raporttia ja 22 000 euroa",
        "säilytys 7 vuorokautta 1.2.2026",
        "kotihoidon ohje, osa 5",
        "",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    """A short name is no part of a longer word, and years, amounts and days are nobody's."""
    assert SCRUBBER.clean(text) == text


def test_only_names_of_people_are_names() -> None:
    """A contact of a use case may be a title or a place."""
    assert is_persons_name("Mary-Jane O’Brien")
    assert not any(map(is_persons_name, ["kotihoidon palvelupäällikkö", "Solmu", "", "THL 2 krs"]))
