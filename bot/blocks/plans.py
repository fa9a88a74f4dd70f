"""What a dry run found, and what happened to passages that answers had cited."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks.elements import TEXTS, Block, bullets, fallback, line, paragraph, rich, shorten, small_print, words
from bot.blocks.troubles import trouble_text
from bot.delivery import Outgoing
from knowledge.model import CitedChange, IndexRun, Language

MOST_SHOWN, MOST_FAILING, LONGEST = 10, 5, 150


def plan_message(run: IndexRun, language: Language) -> Outgoing:
    """How much would be new, changed, gone and failing, and the first of each by name."""
    counts = run.counts
    text = TEXTS.get(
        "sources.plan",
        language,
        new=counts.new,
        changed=counts.changed,
        gone=counts.removed,
        failing=counts.failed,
        unchanged=counts.unchanged,
    )
    report = run.report
    found = {
        name: [shorten(each, LONGEST) for each in names]
        for name, names in (("new", report.new), ("changed", report.changed), ("gone", report.gone))
    }
    shown = [
        line(words(f"{TEXTS.get(f'sources.plan.{name}', language)}: ", bold=True), words(", ".join(names)))
        for name, names in found.items()
        if names
    ]
    shown += [line(words(each)) for each in failing_lines(run, language)]
    troubles = [paragraph(run.message)] if run.message else []
    return Outgoing(fallback(text), [paragraph(text), *([rich(bullets(*shown))] if shown else []), *troubles])


def failing_lines(run: IndexRun, language: Language) -> list[str]:
    """The first documents that could not be read, each with the reason."""
    return [
        f"{shorten(each.key, LONGEST)}: {trouble_text(each, language)}" for each in run.report.failing[:MOST_FAILING]
    ]


def cited_message(changes: Sequence[CitedChange], language: Language) -> Outgoing:
    """To an admin: which documents are no longer as answers cited them, and how many answers that were."""
    text = TEXTS.get("sources.cited", language, count=len(changes))
    shown = [_changed(each, language) for each in changes[:MOST_SHOWN]]
    rest = len(changes) - MOST_SHOWN
    more = [small_print(TEXTS.get("sources.more", language, count=rest))] if rest > 0 else []
    about = small_print(TEXTS.get("sources.cited.about", language))
    return Outgoing(fallback(text), [paragraph(text), rich(bullets(*shown)), *more, about])


def _changed(change: CitedChange, language: Language) -> Block:
    told = TEXTS.get("sources.cited.gone" if change.is_gone else "sources.cited.changed", language)
    count = TEXTS.get("sources.cited.questions", language, count=change.questions)
    title = change.title or TEXTS.get("sources.cited.erased", language)
    return line(words(shorten(title, LONGEST), bold=True), words(f" – {told}, {count}"))
