"""What admins and members see of the state of things: the status reply, the Home tab, and short notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from bot.blocks.elements import (
    TEXTS,
    Block,
    bullets,
    divider,
    fallback,
    header,
    line,
    paragraph,
    rich,
    shorten,
    small_print,
    words,
)
from bot.blocks.runs import run_message
from bot.blocks.troubles import trouble_text
from bot.delivery import Outgoing
from knowledge.model import FailureRecord, IndexRun, Language

FAILURES_SHOWN = 10
TIMEZONE = ZoneInfo("Europe/Helsinki")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is indexed: live counts by name, and when the current generation was built (None before the first)."""

    counts: Mapping[str, int]
    built_at: datetime | None


def notice(name: str, language: Language, **values: object) -> Outgoing:
    """One sentence of the catalogue."""
    text = TEXTS.get(name, language, **values)
    return Outgoing(fallback(text), [paragraph(text)])


def status_message(
    shelf: Shelf, run: IndexRun | None, failures: Sequence[FailureRecord], language: Language
) -> Outgoing:
    """What is indexed, how the last run went, and what could not be read."""
    summary = summary_text(shelf, language)
    blocks = [paragraph(summary)]
    if run is not None:
        last = run_message(run, language).blocks[0]["text"]["text"]
        blocks.append(paragraph(f"{TEXTS.get('status.last_run', language)} {last}"))
    if failures:
        shown = [
            line(words(shorten(each.key, LONGEST), bold=True), words(f": {trouble_text(each, language)}"))
            for each in failures[:FAILURES_SHOWN]
        ]
        heading = TEXTS.get("status.failures", language, count=len(failures))
        blocks.append(rich(line(words(heading, bold=True)), bullets(*shown)))
    return Outgoing(fallback(summary), blocks)


def summary_text(shelf: Shelf, language: Language) -> str:
    """How much is indexed, and how fresh it is."""
    if shelf.built_at is None:
        return TEXTS.get("status.empty", language)
    built = shelf.built_at.astimezone(TIMEZONE)
    return TEXTS.get(
        "status.summary",
        language,
        documents=shelf.counts["documents"],
        usecases=shelf.counts["usecases"],
        passages=shelf.counts["passages"],
        date=format_date(built, format="medium", locale=language.value),
        time=format_time(built, format="short", locale=language.value),
    )


def home_view(
    shelf: Shelf, language: Language, profile: Sequence[Block] = (), sections: Sequence[Sequence[Block]] = ()
) -> dict[str, Any]:
    """The Home tab: what Solmu is, what it knows of its reader, how to ask, and what there is to be found.

    Of the further `sections` those that have nothing to say are left out.
    """
    examples = [line(words(TEXTS.get(f"home.example.{number}", language), italic=True)) for number in (1, 2, 3)]
    blocks: list[Block] = [
        header(TEXTS.get("home.title", language)),
        paragraph(TEXTS.get("home.about", language)),
        divider(),
        *(block for section in sections if section for block in (*section, divider())),
        *([header(TEXTS.get("profile.heading", language)), *profile, divider()] if profile else []),
        rich(
            line(words(TEXTS.get("home.how", language), bold=True)),
            bullets(*(line(words(TEXTS.get(f"home.how.{number}", language))) for number in (1, 2, 3))),
        ),
        divider(),
        rich(line(words(TEXTS.get("home.examples", language), bold=True)), bullets(*examples)),
        divider(),
        small_print(summary_text(shelf, language)),
        small_print(TEXTS.get("home.privacy", language)),
    ]
    return {"type": "home", "blocks": blocks}
