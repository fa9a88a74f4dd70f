"""How a command of the shell comes to a working Solmu: with the settings as they are, and closed after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.settings import load_settings
from knowledge.shell import sentences_for_errors, set_up_logging
from knowledge.wiring import Knowledge, open_knowledge


@contextmanager
def opened_knowledge() -> Iterator[Knowledge]:
    """Over the settings' data folder; an expected failure ends the command with a sentence."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        knowledge = open_knowledge(settings)
        try:
            yield knowledge
        finally:
            knowledge.store.dispose()
