"""An indexing run as a message that is updated as the run goes on."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, fallback, paragraph
from bot.blocks.plans import failing_lines, plan_message
from bot.delivery import Outgoing
from knowledge.model import IndexRun, Language, RunState, RunTask

CELLS = 20
PHASES = {"looking", "reading", "publishing"}


def run_message(run: IndexRun, language: Language, *, nobody_took_it: bool = False, away: str = "") -> Outgoing:
    """Where the run is; `nobody_took_it` says that no indexer is at work, `away` since when."""
    if run.task is RunTask.PLAN and run.state is RunState.DONE:
        return plan_message(run, language)
    text = " ".join(part for part in (_text(run, language, nobody_took_it=nobody_took_it), away) if part)
    return Outgoing(fallback(text), [paragraph(text)])


def counts_text(run: IndexRun, language: Language) -> str:
    """What a finished run did."""
    counts = run.counts
    text = TEXTS.get(
        "run.counts",
        language,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        removed=counts.removed,
    )
    failed = TEXTS.get("run.counts.failed", language, failed=counts.failed) if counts.failed else ""
    return f"{text} {failed}".strip()


def _text(run: IndexRun, language: Language, *, nobody_took_it: bool) -> str:
    match run.state:
        case RunState.QUEUED:
            return TEXTS.get("run.nobody" if nobody_took_it else "run.queued", language)
        case RunState.RUNNING:
            phase = TEXTS.get(f"run.phase.{run.phase if run.phase in PHASES else 'starting'}", language)
            return f"{phase}\n{_bar(run.done, run.total)}" if run.total else phase
        case RunState.FAILED:
            return TEXTS.get("run.failed", language, message=run.message)
        case RunState.DONE:
            done = TEXTS.get("run.done", language)
            told = " ".join(part for part in (done, counts_text(run, language), run.message) if part)
            # Of one source its failures are few, and news to whoever just added it.
            return "\n".join([told, *(failing_lines(run, language) if run.source else [])])


def _bar(done: int, total: int) -> str:
    filled = CELLS * min(done, total) // total
    return f"{'█' * filled}{'░' * (CELLS - filled)} {done}/{total}"
