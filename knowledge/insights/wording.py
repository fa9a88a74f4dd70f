"""The overview in words: one sentence, and headed lists, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from knowledge.insights.anonymity import ENOUGH_PEOPLE
from knowledge.insights.gaps import Gap
from knowledge.insights.overview import Insights
from knowledge.insights.stale import StaleDocument
from knowledge.insights.texts import TEXTS, days
from knowledge.model import Language
from knowledge.texts import FALLBACK

Part = tuple[str, list[str]]


def heading(insights: Insights, language: Language) -> str:
    """What it is, of which days."""
    return f"{TEXTS.get('insights.title', language)} {days(insights.period, language)}"


def summary(insights: Insights, language: Language) -> str:
    """How many questions there were, and how they ended."""
    tally = insights.tally
    if not tally.asked:
        return TEXTS.get("insights.nothing", language)
    values = {"asked": tally.asked, "answered": tally.answered, "not_found": tally.not_found, "refused": tally.refused}
    return TEXTS.get("insights.summary", language, **values)


def parts(insights: Insights, language: Language) -> list[Part]:
    """Headings with their lines; what there is nothing to say of is left out, but for questions."""
    lines = {
        "questions": _questions(insights, language),
        "gaps": _gaps(insights, language),
        "stale": _stale(insights, language),
        "opinions": _opinions(insights, language),
        "events": _events(insights, language),
        "introductions": _introductions(insights, language),
        "inquiries": _inquiries(insights, language),
        "demands": [
            TEXTS.get("insights.demand", language, topic=each.topic, seekers=each.seekers) for each in insights.demands
        ],
    }
    return [(TEXTS.get(f"insights.part.{name}", language), said) for name, each in lines.items() if (said := [*each])]


def gap_name(gap: Gap, language: Language) -> str:
    """What the topic is called."""
    return gap.names[FALLBACK if language is Language.UNKNOWN else language]


def _questions(insights: Insights, language: Language) -> Iterator[str]:
    tally, before = insights.tally, insights.before
    if tally.asked:
        name = "people" if tally.people >= ENOUGH_PEOPLE else "few"
        yield TEXTS.get(f"insights.{name}", language, people=tally.people)
    if not insights.is_first:
        yield TEXTS.get("insights.compared", language, asked=before.asked, not_found=before.not_found)
    elif tally.asked:
        yield TEXTS.get("insights.first", language)


def _gaps(insights: Insights, language: Language) -> Iterator[str]:
    for gap in insights.gaps.topics:
        values = {"topic": gap_name(gap, language), "questions": gap.questions, "people": gap.people}
        yield TEXTS.get("insights.gap", language, **values)
    if insights.gaps.other:
        yield TEXTS.get("insights.gaps.other", language, questions=insights.gaps.other)
    elif insights.tally.answered and not insights.gaps.topics:
        yield TEXTS.get("insights.gaps.none", language)


def _stale(insights: Insights, language: Language) -> Iterator[str]:
    for each in insights.stale:
        yield _stale_line(each, language)
    if insights.tally.answered and not insights.stale:
        yield TEXTS.get("insights.stale.none", language)


def _stale_line(document: StaleDocument, language: Language) -> str:
    year = document.published.year if document.published else ""
    values = {"title": document.title, "cited": document.cited, "newer": document.newer, "year": year}
    return TEXTS.get(f"insights.stale.{document.why.value}", language, **values)


def _opinions(insights: Insights, language: Language) -> Iterator[str]:
    opinions = insights.opinions
    if opinions.good or opinions.bad:
        yield TEXTS.get("insights.opinions", language, good=opinions.good, bad=opinions.bad)
    elif insights.tally.answered:
        yield TEXTS.get("insights.opinions.none", language)


def _events(insights: Insights, language: Language) -> Iterator[str]:
    events = insights.events
    if events.held or events.signed_up:
        yield TEXTS.get("insights.events", language, held=events.held, came=events.came, signed_up=events.signed_up)
    if events.coming:
        yield TEXTS.get("insights.events.coming", language, coming=events.coming, booked=events.booked)


def _introductions(insights: Insights, language: Language) -> Iterator[str]:
    if insights.introductions.proposed:
        yield TEXTS.get("insights.introductions", language, **asdict(insights.introductions))
    if insights.lately.proposed:
        yield TEXTS.get("insights.introductions.lately", language, **asdict(insights.lately))


def _inquiries(insights: Insights, language: Language) -> Iterator[str]:
    if insights.inquiries.asked:
        yield TEXTS.get("insights.inquiries", language, **asdict(insights.inquiries))
