"""Questions whose answer stands in several documents of the sample: all of them are cited, up to three."""

from __future__ import annotations

from pathlib import Path

from knowledge.model import Audience
from knowledge.wiring import Knowledge

SPEECH = {"ohjausryhman-poytakirja-2026-03-12.md", "nyhetsbrev-2-2026.html", "research-plan-bilingual-speech.docx"}
QUESTIONS = {
    "Kuinka monta minuuttia kirjaamisaika lyheni kotihoidossa?": {"puheentunnistuspilotti-loppuraportti.pdf", "UC-001"},
    "Montako tuntia puhetta yhteisessä testiaineistossa on?": SPEECH,
    "Missä ja milloin syysseminaari pidetään vuonna 2026?": {
        "ohjausryhman-poytakirja-2026-03-12.md",
        "nyhetsbrev-2-2026.html",
    },
    "Missä ajassa tietoturvaloukkauksesta ilmoitetaan tietosuojavaltuutetulle?": {
        "tietosuojaohje-2026.pdf",
        "anvisning-rapportering-av-avvikelser.md",
    },
    "Kauanko teknisiä lokeja säilytetään?": {"tietosuojaohje-2026.pdf", "tietosuojaohje-2024.md"},
    "Hur många falska larm ger varje sensor per vecka?": {
        "etisk-granskning-falldetektering.docx",
        "nyhetsbrev-2-2026.html",
        "UC-026",
    },
    "Inom vilken tid ska sensorernas råa mätvärden raderas?": {"etisk-granskning-falldetektering.docx", "UC-026"},
    "Hur mycket har mediantiden från fall till hjälp sjunkit?": {"nyhetsbrev-2-2026.html", "UC-026"},
    "How many hours of speech does the common test material contain?": SPEECH,
    "After how many false alarms is a trial of fall detection stopped?": {
        "etisk-granskning-falldetektering.docx",
        "from-idea-to-pilot.pptx",
    },
}
FLOOR = 0.6


def test_documents_that_answer_alike_are_cited_together(sample: Knowledge) -> None:
    """Of all documents that answer these questions, the share that is cited does not fall."""
    missing: dict[str, set[str]] = {}
    for question, documents in QUESTIONS.items():
        answer = sample.answerer.ask(question, audience=Audience.MEMBERS)
        missing[question] = documents - {Path(citation.key).name for citation in answer.citations}
    wanted = sum(map(len, QUESTIONS.values()))
    lacking = sum(map(len, missing.values()))
    assert 1 - lacking / wanted >= FLOOR, missing


def test_sources_that_disagree_are_named(sample: Knowledge) -> None:
    """A supplier promised fewer false alarms than there were: the reader is told that the two sources differ."""
    answer = sample.answerer.ask("Hur många falska larm ger varje sensor per vecka?", audience=Audience.MEMBERS)
    by_value = {value: {each.document for each in answer.citations if value in each.quote} for value in ("0,4", "0,9")}
    assert all(by_value.values())
    for each in answer.citations:
        others = by_value["0,9" if "0,4" in each.quote else "0,4"]
        assert each.contradicts == others
    assert "skiljer sig åt" in answer.text
