"""The words of many catalogues brought to Solmu's own: columns, stages, topics."""

from __future__ import annotations

import pytest

from indexer.failures import ListingError
from indexer.sources.catalogue import split_topics
from indexer.sources.columns import find_columns
from indexer.sources.stages import normal_stage


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (["Nimi", "Kuvaus", "Vaihe"], {"title": "Nimi", "description": "Kuvaus", "stage": "Vaihe"}),
        (["Käyttötapauksen nimi (pakollinen)", "ORGANISAATIO"], {"title": 0, "organisation": 1}),
        (["Rubrik", "Välfärdsområde", "Ämnen", "Länk"], {"title": 0, "organisation": 1, "topics": 2, "url": 3}),
        (
            ["use_case_name", "agency", "summary", "e-mail"],
            {"title": 0, "organisation": 1, "description": 2, "contact": 3},
        ),
        (["id", "name", "title"], {"id": "id", "title": "title"}),
    ],
)
def test_columns_are_known_by_their_names(columns: list[str], fields: dict[str, str | int]) -> None:
    """In three languages, whatever the case, brackets and underscores; the likeliest name wins."""
    expected = {field: columns[name] if isinstance(name, int) else name for field, name in fields.items()}
    assert find_columns("c.csv", columns, ()) == expected


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ((("otsikko", "A"),), "otsikko is not a field of a use case; the fields are contact, description"),
        ((("title", "Z"),), "c.csv has no column Z; its columns are A, B."),
        ((), "c.csv has no column for the title: its first row should name the columns, and holds A, B;"),
    ],
)
def test_columns_that_are_not_there(said: tuple[tuple[str, str], ...], word: str) -> None:
    """The sentence names what there is."""
    with pytest.raises(ListingError, match=word.replace("(", r"\(")):
        find_columns("c.csv", ["A", "B"], said)


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ("Ideavaihe", "idea"),
        ("Suunnitteilla", "idea"),
        ("Pre-deployment", "idea"),
        ("Pilotointi käynnissä", "pilot"),
        ("Kokeilu", "pilot"),
        ("Försök pågår", "pilot"),
        ("Tuotantokäytössä", "production"),
        ("I drift", "production"),
        ("Deployed", "production"),
        ("Päättynyt", "ended"),
        ("Avslutat", "ended"),
        ("Not in use", "ended"),
        ("Retired", "ended"),
        ("Muu", "Muu"),
        ("", ""),
    ],
)
def test_stages(told: str, stage: str) -> None:
    """One of four words, or the catalogue's own where they are not understood."""
    assert normal_stage(told) == stage


@pytest.mark.parametrize(
    ("told", "topics"),
    [
        ("puhe; kirjaaminen;puhe", ("puhe", "kirjaaminen")),
        ("puhe, kirjaaminen", ("puhe", "kirjaaminen")),
        ("sosiaali- ja terveys, muu; puhe", ("sosiaali- ja terveys, muu", "puhe")),
        ("puhe | kuva\nteksti", ("puhe", "kuva", "teksti")),
        ("  ", ()),
    ],
)
def test_topics(told: str, topics: tuple[str, ...]) -> None:
    """Between semicolons, bars or line ends; between commas where there is none of these; each once."""
    assert split_topics(told) == topics
