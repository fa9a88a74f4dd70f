"""Answers as plain text, in the reader's language."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from knowledge.answering.rendering import answer_text, language_mark, render, source_line, use_case_line
from knowledge.model import Answer, AnswerStatus, DocumentId, Language, Reason
from tests.builders import citation, use_case

FI, SV, EN = Language.FI, Language.SV, Language.EN


def test_an_answer_is_quotes_with_numbers_and_sources() -> None:
    """Opening, then each quote with its number, and below it title, publisher, date and page."""
    text = answer_text(FI, Reason.NONE, [citation(), citation("Se kestää vuoden.", page=None, published=None)], [])
    assert text.splitlines() == [
        "Tästä löytyi 2 lähdettä:",
        "",
        "[1] ”Pilotti alkoi toukokuussa.”",
        "    Opas, Esimerkkilän hyvinvointialue, 12.3.2026, s. 3",
        "",
        "[2] ”Se kestää vuoden.”",
        "    Opas, Esimerkkilän hyvinvointialue",
    ]


def test_use_cases_follow_with_organisation_and_stage() -> None:
    """Below the quotes stand the use cases found, their stage in the reader's language."""
    text = answer_text(SV, Reason.NONE, [citation(language=SV)], [use_case(DocumentId("d2"))])
    assert text.splitlines()[-1] == "– Puheentunnistus kirjaamisessa – Hyvinvointialue Esimerkki (pilot)"
    finnish = use_case_line(use_case(DocumentId("d2")), FI)
    assert finnish == "Puheentunnistus kirjaamisessa – Hyvinvointialue Esimerkki (pilotti)"


def test_a_stage_of_the_catalogues_own_stands_as_it_is() -> None:
    """A stage that Solmu does not know is shown as written; none at all leaves no brackets."""
    case = use_case(DocumentId("d2"))
    assert use_case_line(dataclasses.replace(case, stage="Selvitys"), EN).endswith(
        "Hyvinvointialue Esimerkki (Selvitys)"
    )
    assert use_case_line(dataclasses.replace(case, stage=""), EN).endswith("Hyvinvointialue Esimerkki")


@pytest.mark.parametrize(
    ("quoted", "reader", "mark"),
    [(SV, FI, "ruotsiksi"), (FI, SV, "på finska"), (FI, EN, "in Finnish"), (FI, FI, ""), (Language.UNKNOWN, FI, "")],
)
def test_a_quote_in_another_language_says_so(quoted: Language, reader: Language, mark: str) -> None:
    """Quotes stay in their own language, marked where it is not the reader's."""
    assert language_mark(citation(language=quoted), reader) == mark
    assert source_line(citation(language=quoted), reader).endswith(f"({mark})") == bool(mark)


@pytest.mark.parametrize(("reader", "day"), [(FI, "12.3.2026"), (SV, "12 mars 2026"), (EN, "Mar 12, 2026")])
def test_dates_are_written_as_the_reader_writes_them(reader: Language, day: str) -> None:
    """The day of publication follows the reader's language."""
    assert day in source_line(citation(), reader)


def test_a_refusal_is_its_sentence_alone() -> None:
    """Whatever was found, a refused question shows nothing of it."""
    text = answer_text(EN, Reason.PERSONAL_DATA, [citation()], [use_case(DocumentId("d2"))])
    assert "personal identity code" in text
    assert "Pilotti" not in text
    assert "Puheentunnistus" not in text


def test_what_comes_nearest_is_not_called_an_answer() -> None:
    """Where nothing sure was found, the quotes stand below a sentence that says so."""
    text = answer_text(FI, Reason.UNSURE, [citation()], ())
    assert text.startswith("En löytänyt tähän varmaa vastausta. Tarkista lähteestä, auttaako tämä:\n\n[1] ”Pilotti")


@pytest.mark.parametrize(
    ("changes", "above"),
    [
        ({}, "Tästä löytyi yksi lähde:"),
        (
            {"written": "Pilotti alkoi toukokuussa [1]."},
            (
                "Pilotti alkoi toukokuussa [1].\n\n"
                "Kielimalli kirjoitti tämän alla olevista lähteistä, ja jokainen lause on tarkistettu niistä:"
            ),
        ),
        (
            {"held_back": True},
            "En saanut kirjoitettua vastausta, jolle olisi löytynyt tuki lähteistä. Tässä ovat lähteiden omat sanat:",
        ),
    ],
)
def test_what_a_model_wrote_stands_above_the_quotes(changes: dict[str, object], above: str) -> None:
    """What was written and by whom, or that it was held back, or the opening; the quotes stand below in each case."""
    answer = Answer(AnswerStatus.ANSWERED, Reason.NONE, FI, "", (citation(),))
    text = render(dataclasses.replace(answer, **changes)).text  # type: ignore[arg-type]
    assert text.startswith(f"{above}\n\n[1] ”Pilotti alkoi toukokuussa.”")


def test_an_earlier_version_is_marked_and_the_newer_one_recommended() -> None:
    """Where two versions of one document are cited, the reader is told which holds."""
    earlier = citation(is_superseded=True)
    assert source_line(earlier, Language.FI).endswith("s. 3 (aiempi versio)")
    assert source_line(earlier, Language.EN).endswith("p. 3 (earlier version, in Finnish)")
    text = answer_text(Language.FI, Reason.NONE, [citation(), earlier], ())
    assert text.endswith("Jos versiot poikkeavat toisistaan, noudata uudempaa.")
    assert "versio" not in answer_text(Language.FI, Reason.NONE, [citation()], ())


@pytest.mark.parametrize(
    ("official", "days", "sentence"),
    [
        ((True, False), (date(2026, 1, 1), date(2025, 1, 1)), "Lähde 1 on viranomaisen ja uudempi."),
        ((True, False), (date(2025, 1, 1), date(2026, 1, 1)), "Lähde 1 on viranomaisen, lähde 2 on uudempi."),
        ((True, False), (None, date(2026, 1, 1)), "Lähde 1 on viranomaisen."),
        ((True, True), (date(2026, 1, 1), date(2025, 1, 1)), "Lähde 1 on uudempi."),
        ((False, False), (None, None), "Tarkista, kumpi pätee."),
    ],
)
def test_a_conflict_is_said_with_the_reason_for_the_order(
    official: tuple[bool, bool], days: tuple[date | None, date | None], sentence: str
) -> None:
    """Both sources are named by their numbers, and why the first one goes first."""
    first, second = (
        citation(document=DocumentId(name), is_official=is_official, published=day, contradicts=frozenset({other}))
        for name, other, is_official, day in zip(("d1", "d2"), ("d2", "d1"), official, days, strict=True)
    )
    text = answer_text(FI, Reason.NONE, [first, second], ())
    assert text.endswith(f"\n\nLähteet 1 ja 2 poikkeavat toisistaan. {sentence}")
    assert "poikkeavat" not in answer_text(FI, Reason.NONE, [first, citation()], ())


def test_a_document_that_replaced_another_leads_to_it() -> None:
    """Beneath its own line, by title and address; one that is nowhere on the web by its title alone."""
    cited = citation(earlier=(("Opas 2024", "https://example.org/2024"), ("Opas 2023", "")))
    lines = answer_text(Language.FI, Reason.NONE, [cited], ()).split("\n")
    assert lines[-2:] == [
        "    Korvaa aiemman version: Opas 2024 https://example.org/2024",
        "    Korvaa aiemman version: Opas 2023",
    ]
