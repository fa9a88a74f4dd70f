"""Quotes: the right sentence of a passage, always verbatim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.quoting import LONGEST, Quoter
from knowledge.model import Language
from tests.builders import found, passage
from tests.fakes import SmallEmbedder

PILOT = (
    "Hankkeessa on mukana neljä hyvinvointialuetta ja kaksi yliopistoa eri puolilta Suomea. "
    "Puheentunnistuspilotti alkoi Kainuun keskussairaalassa toukokuussa 2025 kahdella osastolla. "
    "Kokemuksista kerrotaan loppuraportissa, jonka ohjausryhmä hyväksyy syksyn kokouksessaan."
)


def _quote(question: str, text: str, language: Language = Language.FI) -> str:
    quoter = Quoter(SmallEmbedder())
    return quoter.choose(found(question, language=language), passage(text, language=language), "").text


def test_the_sentence_that_speaks_of_the_question_is_quoted() -> None:
    """Of three sentences the one that shares the question's words is chosen, with at most one neighbour."""
    quote = _quote("Milloin puheentunnistuspilotti alkoi?", PILOT)
    assert "Puheentunnistuspilotti alkoi Kainuun keskussairaalassa toukokuussa 2025 kahdella osastolla." in quote
    assert PILOT.startswith(quote) is not PILOT.endswith(quote)


def test_a_question_for_a_number_is_answered_with_one() -> None:
    """Of two sentences equally about the question, the one with a number wins where a number is asked for."""
    text = (
        "Pilottiin osallistui hoitajia useilta eri osastoilta koko kevään ja kesän ajan. "
        "Tuloksista kerrotaan syksyllä julkaistavassa raportissa, jonka ohjausryhmä hyväksyy. "
        "Pilottiin osallistui hoitajia 43, kun mukaan lasketaan myös sijaiset ja opiskelijat."
    )
    assert _quote("Kuinka monta hoitajaa pilottiin osallistui?", text).startswith("Pilottiin osallistui hoitajia 43")


def test_a_sentence_that_leans_on_the_one_before_takes_it_along() -> None:
    """`Se kestää…` says nothing alone: its neighbour comes too, with what stands between them."""
    text = (
        "Kainuun hyvinvointialue aloitti keväällä uuden kokeilun sairaanhoitajien kanssa.\n\n"
        "Se kestää vuoden ja maksaa noin neljäkymmentätuhatta euroa, joista puolet on valtionapua."
    )
    assert _quote("Mitä kokeilu maksaa euroa ja kuinka kauan kestää vuoden?", text) == text


def test_a_short_sentence_takes_the_next_along() -> None:
    """A heading-like sentence of a few words is quoted with what it announces."""
    text = "Pilotin aikataulu. Kokeilu käynnistyy syyskuun alussa ja loppuraportti valmistuu seuraavana keväänä."
    assert _quote("pilotin aikataulu", text) == text


def test_what_a_colon_announces_is_kept_together() -> None:
    """A sentence ending in a colon and the next are one quote."""
    text = (
        "Hakemuksen liitteiksi vaaditaan jokaiselta hakijalta seuraavat kaksi asiakirjaa:\n"
        "- tietosuojan vaikutustenarviointi, jonka tietosuojavastaava on hyväksynyt ennen hakua"
    )
    assert _quote("Mitä liitteitä hakemukseen vaaditaan?", text) == text


def test_a_table_row_comes_with_its_header() -> None:
    """A row is quoted from the table's first line on, so that its columns have names."""
    text = "| Vaihe | Alkaa |\n| --- | --- |\n| Pilotti | toukokuu |\n| Käyttöönotto | lokakuu |"
    assert _quote("Milloin pilotti alkaa?", text) == "| Vaihe | Alkaa |\n| --- | --- |\n| Pilotti | toukokuu |"


def test_a_quote_of_two_sentences_has_a_greatest_length() -> None:
    """A neighbour that would make the quote too long is left out."""
    long = "Hankkeessa kerrotaan " + "ja ".join(["monenlaisista asioista "] * 30) + "perusteellisesti."
    assert len(long) > LONGEST
    best = "Lisäksi puheentunnistuspilotti alkoi toukokuussa."
    assert _quote("Milloin puheentunnistuspilotti alkoi?", f"{long} {best}") == best


def test_the_right_one_of_two_equal_sentences_is_cut_out() -> None:
    """Repeated text does not confuse where a quote begins."""
    text = "Kyllä. Kyllä. Pilotti alkoi toukokuussa Kainuun keskussairaalan kahdella osastolla. Kyllä."
    assert _quote("Milloin pilotti alkoi Kainuun keskussairaalassa?", text) in text


def test_across_languages_the_nearest_sentence_is_quoted() -> None:
    """Where question and passage share no language, the sentence whose vector is nearest is chosen."""
    embedder = SmallEmbedder()
    text = (
        "Kommittén sammanträdde flera gånger under våren och behandlade många olika ärenden. "
        "Apotti levererar taligenkänning till HUS från och med hösten enligt det nya avtalet."
    )
    question = found("Toimittaako Apotti HUS taligenkänning?", language=Language.FI, embedder=embedder)
    quote = Quoter(embedder).choose(question, passage(text, language=Language.SV), "")
    assert "Apotti levererar taligenkänning till HUS" in quote.text
    assert len(embedder.embedded) == 2


def test_within_a_language_no_sentence_is_embedded() -> None:
    """Where words can tell, the model need not: an answer stays fast."""
    embedder = SmallEmbedder()
    Quoter(embedder).choose(found("Milloin pilotti alkoi?"), passage(PILOT), "")
    assert embedder.embedded == []


WORDS = st.sampled_from(
    [
        "Pilotti",
        "alkoi.",
        "12.3.",
        "Se",
        "kestää:",
        "esim.",
        "\n",
        "\n\n",
        "- kohta",
        "| a | b |",
        "Kyllä.",
        "2025?",
        "\r\n",
    ]
)


@given(
    st.one_of(st.text(min_size=1, max_size=120), st.lists(WORDS, min_size=1, max_size=30).map(" ".join)),
    st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=4).map(" ".join)),
    st.sampled_from(list(Language)),
    st.sampled_from(list(Language)),
)
def test_every_quote_is_verbatim(text: str, question: str, language: Language, spoken: Language) -> None:
    """Whatever the passage and the question, the quote stands in the passage, is not blank, and scores 0 to 1."""
    if not text.strip():
        return
    embedder = SmallEmbedder()
    quote = Quoter(embedder).choose(
        found(question, language=spoken, embedder=embedder), passage(text, language=language), ""
    )
    assert quote.text in text
    assert quote.text.strip()
    assert 0 <= quote.score <= 1
