"""The sources as admins see them: in words of their language, within what Slack takes, and nothing that acts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.answers import consultation_message
from bot.blocks.plans import cited_message
from bot.blocks.runs import run_message
from bot.blocks.source_forms import choose_modal, file_modal, generations_modal, page_modal, replaced_modal
from bot.blocks.sources import MOST_SHOWN, TURN_BACK, TURN_ON, indexer_text, source_modal, sources_modal
from bot.sandbox.limits import view_problems
from knowledge.administering.sources import KeptGeneration, SourceCard, SourcesOverview
from knowledge.answering.consulting import Consultation
from knowledge.model import (
    Answer,
    AnswerStatus,
    CitedChange,
    DocumentId,
    GenerationId,
    IndexRun,
    Language,
    Reason,
    Replacement,
    RunCounts,
    RunReport,
    RunState,
    RunTask,
    SourceCare,
    SourceId,
)
from tests.builders import citation, document, failure, source
from tests.fakes import NOON

THREE = (Language.FI, Language.SV, Language.EN)
LONG = "<!channel> " + "x" * 3000
KEPT = KeptGeneration(GenerationId("g1"), NOON, 232, 2_000_000, is_current=True)


def _card(number: int = 1, **care: object) -> SourceCard:
    known = SourceCare(SourceId(f"s{number}"))
    return SourceCard(source(number, location=f"/srv/{LONG}"), 3, (failure(),), replace(known, **care))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", THREE)
def test_every_window_fits_however_much_there_is(language: Language) -> None:
    """Sources, generations and documents beyond what fits, with the longest names."""
    cards = tuple(_card(number) for number in range(1, 60))
    overview = SourcesOverview(cards, 10, 10, (KEPT,), None, None)
    long = [replace(document(f"{n}.md", title=LONG), id=DocumentId(f"{n:040}")) for n in range(50)]
    known = [(Replacement(each.id, long[0].id, "T1:U1", NOON), each, long[0]) for each in long]
    windows = [
        sources_modal(overview, NOON, language),
        source_modal(_card(trouble=LONG, schedule="mon 03:00", due_at=NOON), language),
        generations_modal(
            [KEPT, *[replace(KEPT, id=GenerationId(f"g{n}"), is_current=False) for n in range(50)]], language
        ),
        replaced_modal(known, language),
        choose_modal(long, long, language),
        file_modal(100 * 1024 * 1024, language),
        page_modal("", language),
    ]
    for window in windows:
        assert list(view_problems(window)) == []
        assert "<!channel>" not in json.dumps(window)
    assert len([each for each in windows[0]["blocks"] if "accessory" in each]) == MOST_SHOWN


def test_every_source_can_be_reached_the_newest_first() -> None:
    """Beyond what a window holds the older ones are one button away, and the newer ones again."""
    cards = tuple(_card(number) for number in range(1, 66))
    overview = SourcesOverview(cards, 10, 10, (KEPT,), None, None)
    skipped, seen, turns = 0, [], []
    while True:
        window = sources_modal(overview, NOON, Language.EN, skipped)
        assert list(view_problems(window)) == []
        seen += [each["accessory"]["value"] for each in window["blocks"] if "accessory" in each]
        buttons = {
            each["action_id"]: each["value"]
            for block in window["blocks"]
            for each in block.get("elements", ())
            if each.get("action_id") in {TURN_ON, TURN_BACK}
        }
        turns.append(buttons)
        if TURN_ON not in buttons:
            break
        skipped = int(buttons[TURN_ON])
    assert seen == [f"s{number}" for number in range(65, 0, -1)]
    assert turns == [{TURN_ON: "30"}, {TURN_BACK: "0", TURN_ON: "60"}, {TURN_BACK: "30"}]


def test_an_indexer_that_is_away_is_told_with_when_it_was_seen() -> None:
    """Not while its last sign of life is fresh."""
    assert indexer_text(NOON, NOON + timedelta(minutes=2), Language.EN) == ""
    assert indexer_text(NOON, NOON + timedelta(minutes=3), Language.EN).startswith(
        "The indexer process has not been seen since Thursday 12 March 2026"
    )
    assert "python -m indexer worker" in indexer_text(None, NOON, Language.EN)


def test_a_dry_run_tells_the_difference() -> None:
    """Numbers, then the first of each kind by name, and why something cannot be read."""
    report = RunReport(("Uusi opas",), (), ("Vanha opas",), (failure(),))
    counts = RunCounts(new=1, removed=1, failed=1, unchanged=7)
    run = IndexRun("r1", RunState.DONE, "U1", NOON, "", 0, 0, counts, "", RunTask.PLAN, "", report)
    message = run_message(run, Language.FI)
    assert message.text == (
        "Päivitys toisi uusia 1, muuttuneita 0 ja poistaisi 1. Ennallaan 7, lukematta jäisi 1. Mitään ei julkaistu."
    )
    told = json.dumps(message.blocks, ensure_ascii=False)
    assert "Uudet: " in told
    assert "Vanha opas" in told
    assert failure().key in told
    assert "Muuttuneet" not in told


def test_a_letter_about_what_was_cited_names_documents_and_nobody() -> None:
    """What became of each, and in how many answers it was quoted."""
    changes = [CitedChange(DocumentId("d1"), "Opas", is_gone=False, questions=3)]
    changes += [CitedChange(DocumentId("d2"), "<!here> Ohje", is_gone=True, questions=1)]
    changes += [CitedChange(DocumentId("d3"), "", is_gone=True, questions=1)]
    message = cited_message(changes, Language.FI)
    told = json.dumps(message.blocks, ensure_ascii=False)
    assert "lainattu kohta on muuttunut, lainattu vastauksissa: 3" in told
    assert "poistunut, lainattu vastauksissa: 1" in told
    assert "Kokonaan poistettu asiakirja" in told
    assert "<!here>" not in told


def test_an_answer_links_to_what_its_source_replaced() -> None:
    """Beneath the new document's line."""
    cited = citation(earlier=(("Opas 2024", "https://example.org/2024"),))
    answer = Answer(AnswerStatus.ANSWERED, Reason.NONE, Language.FI, "", (cited,))
    blocks = consultation_message(Consultation(answer), {}, NOON).blocks
    line = blocks[1]["elements"][-1]["elements"]
    assert [each["type"] for each in line] == ["text", "link"]
    assert line[1]["url"] == "https://example.org/2024"
