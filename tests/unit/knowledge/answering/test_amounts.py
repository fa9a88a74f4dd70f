"""What sentences state, made comparable."""

from __future__ import annotations

import pytest

from knowledge.answering.amounts import Value, values, years
from knowledge.answering.wanted import Wanted


@pytest.mark.parametrize(
    ("sentence", "kind", "stated"),
    [
        ("Jäsenmaksu on 1 200 euroa vuodessa.", Wanted.MONEY, {(1200.0,)}),
        ("Avgiften är 1.200 € om året.", Wanted.MONEY, {(1200.0,)}),
        ("It cost 1.5 million euros.", Wanted.MONEY, {(1500000.0,)}),
        ("Hinnan paino on 30 % ja laadun 25 prosenttia.", Wanted.SHARE, {(30.0,), (25.0,)}),
        ("Lokeja säilytetään 12 kuukautta.", Wanted.DURATION, {(365.0,)}),
        ("Loggarna sparas i ett år.", Wanted.DURATION, {(365.0,)}),
        ("The logs are kept for two weeks.", Wanted.DURATION, {(14.0,)}),
        ("Tallenne poistetaan 24 tunnin kuluessa.", Wanted.DURATION, {(1.0,)}),
        ("93 procent upptäcks, och en sensor ger 0,4 larm per vecka.", Wanted.COUNT, {(0.4,)}),
        ("Vuonna 2025 jäseniä oli 268.", Wanted.COUNT, {(268.0,)}),
        ("Haku päättyy 15.5.2026.", Wanted.DATE, {(15.0, 5.0, 2026.0)}),
        ("Haku päättyy 31. lokakuuta.", Wanted.DATE, {(31.0, 10.0, None)}),
        ("Det grundades 14 mars 2022.", Wanted.DATE, {(14.0, 3.0, 2022.0)}),
        ("It was founded in 2022.", Wanted.DATE, {(None, None, 2022.0)}),
        ("Omainen saa antaa suostumuksen.", Wanted.PERMISSION, {(1.0,)}),
        ("En anhörig får inte ge samtycke.", Wanted.PERMISSION, {(0.0,)}),
        ("Sharing is forbidden.", Wanted.PERMISSION, {(0.0,)}),
        ("Suostumus on kirjallinen.", Wanted.PERMISSION, set()),
        ("Maija Meikäläinen johtaa pilottia.", Wanted.NAME, set()),
    ],
)
def test_what_a_sentence_states_is_made_comparable(sentence: str, kind: Wanted, stated: set[Value]) -> None:
    """Money in euros, shares in per cent, durations in days, dates as day, month and year, yes as 1 and no as 0."""
    assert values(sentence, kind) == stated


def test_years_are_told_from_other_figures() -> None:
    """A year is four digits of its own, not a part of a number."""
    assert years("Vuosina 2024 ja 2025 maksettiin 12024 euroa.") == {"2024", "2025"}
