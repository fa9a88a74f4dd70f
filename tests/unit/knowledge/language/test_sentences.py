"""Sentences: found where they end, verbatim and in order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.sentences import pack_sentences, split_sentences
from knowledge.model import Language

FI, SV, EN = Language.FI, Language.SV, Language.EN


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (FI, ["Pilotti alkoi toukokuussa.", "Se kestää vuoden.", "Entä sitten?", "Jatketaan!"]),
        (SV, ["Piloten började i maj.", "Den pågår ett år.", "Och sedan?", "Vi fortsätter!"]),
        (EN, ["The pilot began in May.", "It lasts a year.", "And then?", "We go on!"]),
    ],
)
def test_plain_sentences_are_found(language: Language, sentences: list[str]) -> None:
    """Full stops, question and exclamation marks end sentences in every language."""
    assert split_sentences(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (FI, "Työkaluja, esim. puheentunnistus ja ns. kirjaamisrobotti, testattiin mm. Kainuussa."),
        (FI, "Ks. Liite 2 ja vrt. Taulukko 3."),
        (FI, "Hankkeen johtaja on prof. Maija Meikäläinen."),
        (FI, "Kustannus on 3,2 milj. euroa ja n. 40 henkilötyövuotta."),
        (SV, "Verktyg, t.ex. taligenkänning och bl.a. robotar, testades."),
        (SV, "Resultaten gäller fr.o.m. maj, jfr. Bilaga 2."),
        (EN, "Tools, e.g. Dragon, were tested by Dr. Smith et al. in Oulu."),
        (EN, "See Fig. 3, i.e. the chart of approx. 40 cases."),
    ],
)
def test_an_abbreviation_ends_no_sentence(language: Language, sentence: str) -> None:
    """The full stop of a common abbreviation is not taken for an end, also before a capital."""
    assert split_sentences(f"{sentence} Loppu.", language) == [sentence, "Loppu."]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (SV, "Piloten börjar i maj."),
        (SV, "Det är en viktig del."),
        (SV, "Maskinen hörde nästan varje ord."),
        (EN, "Do as you may."),
        (EN, "The answer is no."),
        (EN, "Twelve patients were ill."),
    ],
)
def test_a_word_that_looks_like_an_abbreviation_ends_its_sentence(language: Language, sentence: str) -> None:
    """Before a capital, `maj.` and `del.` are the end of a sentence."""
    assert split_sentences(f"{sentence} Then more.", language) == [sentence, "Then more."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kokous pidettiin 12.3.2026 Oulussa.",
        "Hakuaika päättyy 31.5. Kainuun hyvinvointialueella.",
        "Haku on avoinna 1.–31.5. kaikille jäsenille.",
        "Tämä on 3. pilotti ja 2. vaihe alkaa syksyllä.",
        "Päätöksen teki Kaarle XVI Kustaa.",
        "Versio 2.10.3 julkaistiin osoitteessa www.example.org eilen.",
    ],
)
def test_dates_ordinals_and_numbers_end_no_sentence(sentence: str) -> None:
    """A Finnish date or ordinal carries a full stop that is no end."""
    assert split_sentences(f"{sentence} Loppu.", FI) == [sentence, "Loppu."]


def test_a_time_ends_its_sentence() -> None:
    """After `klo 10.30.` comes a new sentence: a time has no full stop of its own."""
    assert split_sentences("Tilaisuus alkaa klo 9.30. Kahvia on tarjolla.", FI) == [
        "Tilaisuus alkaa klo 9.30.",
        "Kahvia on tarjolla.",
    ]


def test_a_text_wrapped_to_a_page_is_joined_and_stays_verbatim() -> None:
    """Lines broken at the width of a page are one sentence, with its line break as it stands in the text."""
    text = (
        "Hyvinvointialueen puheentunnistuspilotti aloitettiin toukokuussa kahdella\n"
        "osastolla, ja siihen osallistui neljäkymmentä hoitajaa. Tulokset olivat\n"
        "rohkaisevia: kirjaamiseen käytetty aika väheni viidenneksen."
    )
    end = text.index("Tulokset")
    assert split_sentences(text, FI) == [text[:end].strip(), text[end:]]


def test_list_items_headings_and_rows_stand_alone() -> None:
    """Each item, heading and table row is a sentence, with or without a full stop."""
    lines = [
        "# Aikataulu",
        "Vaiheet ovat:",
        "- suunnittelu",
        "- pilotti. Se kestää vuoden",
        "1. hankinta",
        "2. käyttöönotto",
        "| Vaihe | Alkaa |",
        "| Pilotti | 1.5.2026. Kesto vuosi. |",
    ]
    assert split_sentences("\n".join(lines), FI) == [
        *lines[:3],
        "- pilotti.",
        "Se kestää vuoden",
        *lines[4:],
    ]


def test_short_lines_are_not_joined() -> None:
    """Lines much shorter than a page's width end where they end: an address or a list without marks."""
    lines = ["Hyvinvointialue Esimerkki", "Kirjaamo", "PL 1, 00100 Helsinki"]
    assert split_sentences("\n".join(lines), FI) == lines


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t\n"])
def test_a_text_of_nothing_has_no_sentences(text: str) -> None:
    """White space alone gives nothing."""
    assert split_sentences(text, FI) == []


PIECES = st.sampled_from(
    ["Pilotti", "alkoi", "12.3.", "klo 9.30.", "esim.", "Dr.", "3.", "- ", "1. ", "| a |", "#", "?", "!", "…", ":", ".",
     "i maj. ", "\n", "\n\n", "\r\n", " ", "\u00a0", "\u2028", "”Hei!”", "(ks. s. 3)",
     "hyvinvointialueen puheentunnistuspilotti"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join))


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(list(Language)))
def test_nothing_is_lost_repeated_or_reordered(text: str, language: Language) -> None:
    """Sentences stand in the text one after another, and between them is nothing but white space."""
    position = 0
    for sentence in split_sentences(text, language):
        assert sentence == sentence.strip() != ""
        start = text.index(sentence, position)
        assert text[position:start].strip() == ""
        position = start + len(sentence)
    assert text[position:].strip() == ""


def test_sentences_are_packed_evenly() -> None:
    """Ten sentences of ten words under a limit of 60 make two groups of 50 words, not 60 and 40."""
    sentences = [" ".join(["sana"] * 10)] * 10
    assert [len(group) for group in pack_sentences(sentences, 60)] == [5, 5]


def test_a_sentence_longer_than_the_limit_stands_alone() -> None:
    """No sentence is ever split, and a group passes the limit only by a single one."""
    long = " ".join(["sana"] * 50)
    assert pack_sentences(["Yksi kaksi.", long, "Kolme."], 20) == [["Yksi kaksi."], [long], ["Kolme."]]


@given(st.lists(st.integers(1, 30).map(lambda words: " ".join(["sana"] * words))), st.integers(5, 60))
def test_packing_keeps_every_sentence_in_order_and_within_the_limit(sentences: list[str], most: int) -> None:
    """Groups joined again are the sentences; a group of several stays within the limit."""
    groups = pack_sentences(sentences, most)
    assert [sentence for group in groups for sentence in group] == sentences
    assert all(len(group) == 1 or sum(len(each.split()) for each in group) <= most for group in groups)
