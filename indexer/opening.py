"""How the shell's commands come to an indexer: with the settings as they are, alone where they write, and a bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.pipeline import Tell
from indexer.wiring import Indexer, alone, open_indexer
from knowledge.settings import load_settings
from knowledge.shell import progress_bar, sentences_for_errors, set_up_service_logging

PATIENCE = 10.0
"""Seconds that a command waits for another indexer to finish."""


@contextmanager
def opened_indexer() -> Iterator[Indexer]:
    """An indexer over the settings' data folder; an expected failure ends the command with a sentence."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_service_logging(settings)
        with open_indexer(settings) as indexer:
            yield indexer


@contextmanager
def indexer_alone() -> Iterator[Indexer]:
    """The same, while no other indexer is at work."""
    with opened_indexer() as indexer, alone(indexer.knowledge.settings, PATIENCE):
        yield indexer


@contextmanager
def shown_progress() -> Iterator[Tell]:
    """Progress as a bar for each phase."""
    with progress_bar() as bar:
        tasks = {}

        def tell(phase: str, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bar.add_task(phase.capitalize(), total=total)
            bar.update(tasks[phase], completed=done, total=total)

        yield tell
