"""Answers, runs and the state of things as Slack messages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.blocks.answers import consultation_message, failure_message
from bot.blocks.runs import run_message
from bot.blocks.status import Shelf, home_view, notice, status_message, summary_text
from bot.blocks.troubles import trouble_text
from bot.delivery import Outgoing
from knowledge.answering.consulting import Consultation
from knowledge.answering.rendering import answer_text
from knowledge.model import (
    Answer,
    AnswerStatus,
    Citation,
    DocumentId,
    IndexRun,
    Language,
    Reason,
    RunCounts,
    RunState,
    UseCase,
)
from tests.builders import citation, failure, use_case
from tests.fakes import NOON

ROOT = Path(__file__).parents[3]
OWN = "1.pdf is protected by a password."
THREE = (Language.FI, Language.SV, Language.EN)
SHELF = Shelf({"documents": 12, "usecases": 40, "passages": 321}, datetime(2026, 1, 5, 22, 30, tzinfo=UTC))


def _answer(*citations: Citation, use_cases: tuple[UseCase, ...] = (), language: Language = Language.FI) -> Answer:
    text = answer_text(language, Reason.NONE, citations, use_cases)
    return Answer(AnswerStatus.ANSWERED, Reason.NONE, language, text, citations, use_cases)


def answer_message(answer: Answer, *, asked: str = "") -> Outgoing:
    """An answer by documents alone, as its asker sees it."""
    return consultation_message(Consultation(answer), {}, NOON, asked=asked)


def _run(state: RunState, **changes: Any) -> IndexRun:
    return replace(IndexRun("r1", state, "U1", NOON, "", 0, 0), **changes)


def _texts(value: object) -> list[str]:
    """Every piece of text in a block, in order."""
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [text for each in value.values() for text in _texts(each)]


def test_what_a_model_wrote_stands_above_the_quotes() -> None:
    """Exactly as it stands: nothing in it becomes a link or a mention."""
    written = replace(_answer(citation()), written="Pilotti alkoi <!channel> *toukokuussa* [1].")
    opening, second = answer_message(written).blocks[:2]
    assert opening["text"]["text"] == "Tästä löytyi yksi lähde:"
    assert second["text"]["text"].startswith("Pilotti alkoi")
    assert second["text"]["type"] == "plain_text"
    assert "<!channel>" not in json.dumps(second)


def test_a_quote_stands_with_its_source() -> None:
    """Number, linked title, publisher, date and page, under the quote as it was written."""
    message = answer_message(_answer(citation()))
    assert [block["type"] for block in message.blocks] == ["section", "rich_text", "context"]
    quoted, source = message.blocks[1]["elements"]
    assert quoted == {
        "type": "rich_text_quote",
        "elements": [{"type": "text", "text": "Pilotti alkoi toukokuussa."}],
    }
    assert source["elements"][1] == {
        "type": "link",
        "url": "https://example.org/guide.md",
        "text": "Opas",
        "style": {"bold": True},
    }
    assert "".join(_texts(source)) == "1. Opas · Esimerkkilän hyvinvointialue, 12.3.2026, s. 3"
    assert message.text.startswith("Tästä löytyi yksi lähde:")


def test_quotes_are_numbered() -> None:
    """In the order of the answer, each in a block of its own."""
    message = answer_message(_answer(citation(), citation("Pilotti päättyi.")))
    starts = [_texts(block)[1] for block in message.blocks if block["type"] == "rich_text"]
    assert starts == ["1. ", "2. "]
    assert "2 lähdettä" in message.blocks[0]["text"]["text"]


def test_a_quote_in_another_language_is_marked() -> None:
    """The reader is told, in the answer's language."""
    message = answer_message(_answer(citation(language=Language.SV)))
    assert "(ruotsiksi)" in "".join(_texts(message.blocks[1]))


def test_use_cases_are_listed_with_their_organisations() -> None:
    """Whom to ask, and how far they are."""
    message = answer_message(_answer(citation(), use_cases=(use_case(DocumentId("d2")),)))
    assert _texts(message.blocks[-2])[1:] == [
        "Puheentunnistus kirjaamisessa",
        " – Hyvinvointialue Esimerkki · pilotti",
    ]


@pytest.mark.parametrize("language", THREE)
def test_no_answer_is_one_honest_sentence(language: Language) -> None:
    """Without quotes there is nothing else to show."""
    text = answer_text(language, Reason.THIN_EVIDENCE, (), ())
    message = answer_message(Answer(AnswerStatus.NOT_FOUND, Reason.THIN_EVIDENCE, language, text))
    assert message.text == text
    assert [block["text"]["text"] for block in message.blocks] == [text]


def test_a_command_shows_what_was_asked() -> None:
    """Nobody's message does, so the answer repeats it, shortened and tamed."""
    message = answer_message(_answer(citation()), asked="<!channel> " + "x" * 400)
    shown = message.blocks[0]["elements"][0]["text"]
    assert shown.startswith("Kysyit: <\u2060!channel> xxx")
    assert len(shown) < 220


def test_nothing_of_a_document_acts_in_slack() -> None:
    """Titles, quotes, publishers and organisations with mark-up come out as harmless text."""
    bad = "<!channel> <@U0ADMIN001> <!subteam^S1>"
    hostile = citation(bad, title=bad, publisher=bad, url="javascript:alert(1)")
    case = UseCase(DocumentId("d2"), bad, bad, bad, (), "", "https://a@evil.example/")
    message = answer_message(_answer(hostile, use_cases=(case,)), asked=bad)
    sent = json.dumps([message.text, message.blocks])
    for sign in ("<!", "<@", "javascript", "mrkdwn", "evil.example"):
        assert sign not in sent


def test_a_document_without_a_title_is_called_by_its_address() -> None:
    """Slack refuses empty texts, and with them the whole answer."""
    for url, shown in (("https://example.org/a", "https://example.org/a"), ("", "–")):
        message = answer_message(_answer(citation(title=" ", url=url)))
        assert _texts(message.blocks[1])[2] == shown


def test_an_answer_of_the_longest_parts_fits() -> None:
    """Three long quotes and five use cases stay below what Slack takes in one message."""
    long = citation("Pitkä lause. " * 800, title="Otsikko " * 100, publisher="Julkaisija " * 5)
    cases = (use_case(DocumentId("d2"), "Nimi " * 200),) * 5
    message = answer_message(_answer(long, long, long, use_cases=cases), asked="Kysymys " * 300)
    assert len(message.text) <= 3000
    assert len(json.dumps(message.blocks, ensure_ascii=False)) < 13_000


@pytest.mark.parametrize("language", THREE)
def test_a_failure_names_its_reference(language: Language) -> None:
    """With it an admin finds the traceback."""
    message = failure_message("A1B2C3", language)
    assert "A1B2C3" in message.text
    assert message.blocks[0]["text"]["text"] == message.text


def test_a_run_tells_how_far_it_is() -> None:
    """Waiting, reading with a bar, building, done with counts, or failed with the reason."""
    assert run_message(_run(RunState.QUEUED), Language.FI).text == "Aineistojen päivitys odottaa vuoroaan."
    assert "python -m indexer worker" in run_message(_run(RunState.QUEUED), Language.FI, nobody_took_it=True).text
    reading = run_message(_run(RunState.RUNNING, phase="reading", done=3, total=12), Language.FI).text
    assert reading == "Luen aineistoja.\n" + "█" * 5 + "░" * 15 + " 3/12"
    assert run_message(_run(RunState.RUNNING, phase="publishing"), Language.FI).text == "Rakennan hakemistoa."
    assert run_message(_run(RunState.RUNNING, phase="unheard"), Language.FI).text == "Aineistojen päivitys on alkanut."
    done = run_message(_run(RunState.DONE, counts=RunCounts(1, 2, 3, 4, failed=5)), Language.FI).text
    assert done == (
        "Aineistot ovat ajan tasalla. Uusia 1, muuttuneita 2, ennallaan 3, poistettuja 4. "
        "Lukematta jäi 5: /solmu status kertoo miksi."
    )
    assert "levy on täynnä" in run_message(_run(RunState.FAILED, message="levy on täynnä"), Language.FI).text


def test_a_bar_never_overflows() -> None:
    """A source that grew meanwhile shows a full bar."""
    text = run_message(_run(RunState.RUNNING, phase="reading", done=14, total=12), Language.EN).text
    assert "█" * 20 + " 14/12" in text


def test_the_status_tells_what_is_there_and_what_is_not() -> None:
    """Counts, the time of the index in Finland, the last run, and what could not be read."""
    failures = [failure(f"{number}.pdf") for number in range(12)]
    message = status_message(SHELF, _run(RunState.QUEUED), failures, Language.FI)
    assert message.text == (
        "Asiakirjoja 12, käyttötapauksia 40, hakukelpoisia katkelmia 321. Hakemisto on rakennettu 6.1.2026 klo 0.30."
    )
    assert message.blocks[1]["text"]["text"] == "Viimeisin päivitys: Aineistojen päivitys odottaa vuoroaan."
    listed = _texts(message.blocks[2])
    assert listed[0] == "Näitä ei saatu luettua (12):"
    assert listed[1:3] == ["0.pdf", ": Tiedosto on suojattu salasanalla. Tallenna siitä kopio ilman salasanaa."]
    assert len(listed) == 1 + 2 * 10


def test_an_empty_shelf_says_so() -> None:
    """Before the first run there is nothing to count."""
    assert summary_text(Shelf({}, None), Language.SV) == notice("status.empty", Language.SV).text


@pytest.mark.parametrize("language", THREE)
def test_the_home_tab_shows_how_to_ask(language: Language) -> None:
    """In every language, and how fresh the documents are."""
    view = home_view(SHELF, language)
    assert view["type"] == "home"
    texts = _texts(view["blocks"])
    assert any("/kysy" in text for text in texts)
    assert summary_text(SHELF, language) in texts
    assert all(texts)


@pytest.mark.parametrize(
    ("code", "language", "told"),
    [
        (
            "http_404",
            Language.FI,
            "Sivun palvelin vastasi virheellä 404. Avaa osoite selaimessa ja korjaa tai poista se.",
        ),
        ("picture_only", Language.SV, "PDF-filen innehåller bara bilder av text."),
        ("of_a_newer_indexer", Language.FI, OWN),
    ],
)
def test_troubles_are_told_in_the_readers_language(code: str, language: Language, told: str) -> None:
    """By their code; one that is not known yet keeps the indexer's own sentence."""
    assert trouble_text(replace(failure("1.pdf"), code=code), language).startswith(told)


def test_every_trouble_of_the_indexer_has_a_sentence() -> None:
    """Each code that the indexer gives a failure is known to the bot."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "indexer").rglob("*.py"))
    codes = set(re.findall(r'(?:Read|Fetch)Failure\(\s*"(\w+)"', sources))
    assert len(codes) > 15
    own = {code for code in codes if trouble_text(replace(failure("1.pdf"), code=code), Language.EN) == OWN}
    assert own == set()
