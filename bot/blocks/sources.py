"""The sources as admins see them: at a glance on the Home tab, all of them in a window, and one of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePath

from bot.blocks.elements import TEXTS, Block, beside, bullets, divider, header, line, paragraph, rich, shorten, words
from bot.blocks.forms import Choice, actions, button, confirmation, field, menu, modal
from bot.blocks.quarantine import quarantine_blocks
from bot.blocks.times import moment
from bot.blocks.troubles import trouble_text
from knowledge.administering.schedules import DAYS, read_timetable
from knowledge.administering.sources import SourceCard, SourcesOverview
from knowledge.events.schedule import HOME_ZONE
from knowledge.model import NEVER, OFF, Audience, Language, RunTask, Source, SourceKind

OPEN, SHOW, KEEP = "sources_open", "sources_show", "sources_keep"
ADD_PAGE, ADD_FILE, REMOVE = "sources_add_page", "sources_add_file", "sources_remove"
GENERATIONS, REPLACED = "sources_generations", "sources_replaced"
TURN_ON, TURN_BACK = "sources_turn_on", "sources_turn_back"
"""Show other sources of many; the value is how many newer ones are left out."""
RUN = "sources_run"
"""Begins the actions that ask for a run, `sync` or `plan`; the value is the source, `all` for all."""
ALL = "all"
AUDIENCE, DAY, TIME = "audience", "day", "time"
MOST_SHOWN, MOST_FAILURES, LONGEST = 30, 8, 300
MEGABYTE = 1024 * 1024
SILENT_AFTER = timedelta(minutes=2)
"""Without a sign of life for this long, an indexer is told to be away."""
USUAL_TIME = "03:00"


def home_section(overview: SourcesOverview, now: datetime, language: Language) -> list[Block]:
    """How the sources fare, in a few lines, and the way to all of them."""
    troubled = [each for each in overview.cards if each.failures or each.care.trouble]
    shown = [line(words(f"{name_of(each.source, language)}: {trouble_of(each, language)}")) for each in troubled[:5]]
    return [
        header(TEXTS.get("sources.heading", language)),
        paragraph(summary(overview, now, language)),
        *([rich(bullets(*shown))] if shown else []),
        actions(
            button(OPEN, TEXTS.get("sources.open", language), style="primary"),
            button(f"{RUN}_sync", TEXTS.get("sources.run.all", language), value=ALL),
        ),
    ]


def sources_modal(overview: SourcesOverview, now: datetime, language: Language, skipped: int = 0) -> Block:
    """All of them, the newest first, each with a button that opens it, and what can be done to all.

    Of many, those after the `skipped` newest ones are shown.
    """
    blocks = [paragraph(summary(overview, now, language)), *_deeds(language), divider()]
    opened = TEXTS.get("sources.show", language)
    newest_first = overview.cards[::-1]
    for each in newest_first[skipped : skipped + MOST_SHOWN]:
        text = "\n".join([name_of(each.source, language), facts(each, language)])
        blocks.append(beside(text, button(SHOW, opened, value=each.source.id)))
    blocks += _turning(len(newest_first), skipped, language)
    if not overview.cards:
        blocks.append(paragraph(TEXTS.get("sources.none", language)))
    return _window("sources_all", blocks, language)


def source_modal(card: SourceCard, language: Language) -> Block:
    """One source: how it fares, what of it could not be read and why, and what an admin may change."""
    source = card.source
    blocks = [
        paragraph(shorten(source.location, LONGEST)),
        paragraph(facts(card, language)),
        *_failures(card, language),
        *quarantine_blocks(card.quarantined, language),
    ]
    run = [
        button(f"{RUN}_{task.value}", TEXTS.get(f"sources.run.{task.value}", language), value=source.id)
        for task in RunTask
    ]
    back = button(OPEN, TEXTS.get("sources.back", language))
    remove = button(
        REMOVE,
        TEXTS.get("sources.remove", language),
        value=source.id,
        style="danger",
        confirm=confirmation("sources_removing", language),
    )
    blocks.append(actions(*run, *([remove] if card.is_managed else []), back))
    blocks += [audience_field(source.audience, language)] if card.is_managed else []
    blocks += _schedule_fields(card, language)
    name = TEXTS.get("sources.heading", language)
    submit, close = TEXTS.get("sources.save", language), TEXTS.get("form.close", language)
    return modal(KEEP, name, blocks, close=close, submit=submit, metadata=source.id)


def summary(overview: SourcesOverview, now: datetime, language: Language) -> str:
    """How much there is, and whether an indexer is there to keep it fresh."""
    told = TEXTS.get(
        "sources.summary",
        language,
        sources=len(overview.cards),
        documents=sum(each.documents for each in overview.cards),
        passages=overview.passages,
        size=megabytes(overview.size, language),
        generations=len(overview.generations),
    )
    return f"{told} {indexer_text(overview.indexer_seen, now, language)}".strip()


def indexer_text(seen: datetime | None, now: datetime, language: Language) -> str:
    """Empty while an indexer is there, else since when none was."""
    if seen is None:
        return TEXTS.get("sources.indexer.never", language)
    if now - seen <= SILENT_AFTER:
        return ""
    return TEXTS.get("sources.indexer.silent", language, when=moment(seen, HOME_ZONE, language))


def name_of(source: Source, language: Language) -> str:
    """What a source is called: its page, its file or folder, or what it holds."""
    if source.kind in {SourceKind.EVENTS, SourceKind.CURATED}:
        return TEXTS.get(f"sources.name.{source.kind.value}", language)
    place = source.location if source.kind is SourceKind.WEB else PurePath(source.location).name
    return shorten(place, LONGEST)


def facts(card: SourceCard, language: Language) -> str:
    """Kind, audience, how much is in it, how fresh it is, when it is read next, and what is wrong."""
    care = card.care
    parts = [
        TEXTS.get(f"sources.kind.{card.source.kind.value}", language),
        TEXTS.get(f"sources.for.{card.source.audience.value}", language),
        TEXTS.get("sources.documents", language, count=card.documents),
        TEXTS.get("sources.never", language)
        if care.synced_at == NEVER
        else TEXTS.get("sources.fresh", language, when=moment(care.synced_at, HOME_ZONE, language)),
    ]
    if care.due_at != NEVER:
        parts.append(TEXTS.get("sources.due", language, when=moment(care.due_at, HOME_ZONE, language)))
    trouble = trouble_of(card, language)
    return " · ".join([*parts, *([trouble] if trouble else [])])


def trouble_of(card: SourceCard, language: Language) -> str:
    """That it could not be listed, or how much of it could not be read; empty where all is well."""
    if card.care.trouble:
        return TEXTS.get("sources.unlisted", language)
    return TEXTS.get("sources.failed", language, count=len(card.failures)) if card.failures else ""


def audience_field(chosen: Audience, language: Language) -> Block:
    """Who may see what is in it."""
    choices = [Choice(each.value, TEXTS.get(f"channels.add.audience.{each.value}", language)) for each in Audience]
    label = TEXTS.get("channels.add.audience", language)
    return field(AUDIENCE, label, menu(choices, chosen.value, label), needed=True)


def megabytes(size: int, language: Language) -> str:
    """A size in megabytes with one decimal where it has any, as the language writes it."""
    told = f"{size / MEGABYTE:.1f}".removesuffix(".0")
    return told if language is Language.EN else told.replace(".", ",")


def _deeds(language: Language) -> list[Block]:
    def made(action: str, name: str, value: str = "") -> Block:
        return button(action, TEXTS.get(f"sources.{name}", language), value=value)

    first = (made(ADD_PAGE, "add.page"), made(ADD_FILE, "add.file"), made(f"{RUN}_sync", "run.all", ALL))
    return [
        actions(*first, made(f"{RUN}_plan", "run.plan", ALL)),
        actions(made(GENERATIONS, "generations"), made(REPLACED, "replaced")),
    ]


def _turning(count: int, skipped: int, language: Language) -> list[Block]:
    turns = []
    if skipped > 0:
        back = TEXTS.get("sources.turn.back", language)
        turns.append(button(TURN_BACK, back, value=str(max(0, skipped - MOST_SHOWN))))
    rest = count - skipped - MOST_SHOWN
    if rest > 0:
        on = TEXTS.get("sources.turn.on", language, count=rest)
        turns.append(button(TURN_ON, on, value=str(skipped + MOST_SHOWN)))
    return [actions(*turns)] if turns else []


def _failures(card: SourceCard, language: Language) -> list[Block]:
    if card.care.trouble:
        return [paragraph(TEXTS.get("sources.unlisted.why", language, why=shorten(card.care.trouble, LONGEST)))]
    kept_out = {each.key for each in card.quarantined}
    failures = [each for each in card.failures if each.key not in kept_out]
    shown = [
        line(words(shorten(each.key, LONGEST), bold=True), words(f": {trouble_text(each, language)}"))
        for each in failures[:MOST_FAILURES]
    ]
    if not shown:
        return []
    return [rich(line(words(TEXTS.get("status.failures", language, count=len(failures)), bold=True)), bullets(*shown))]


def _schedule_fields(card: SourceCard, language: Language) -> list[Block]:
    timetable = read_timetable(card.care.schedule)
    chosen = timetable.day if timetable else OFF
    choices = [Choice(each, TEXTS.get(f"sources.day.{each}", language)) for each in (OFF, *DAYS)]
    label, at = TEXTS.get("sources.schedule", language), TEXTS.get("sources.time", language)
    first = f"{timetable.at:%H:%M}" if timetable else USUAL_TIME
    return [
        field(DAY, label, menu(choices, chosen, label), needed=True),
        field(TIME, at, {"type": "timepicker", "initial_time": first}, hint=TEXTS.get("sources.time.hint", language)),
    ]


def _window(name: str, blocks: list[Block], language: Language) -> Block:
    return modal(name, TEXTS.get("sources.heading", language), blocks, close=TEXTS.get("form.close", language))
