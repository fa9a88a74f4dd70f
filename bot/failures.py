"""An unexpected failure: the traceback goes to the log, a short reference to whoever waits for an answer."""

from __future__ import annotations

import logging

from bot.metrics import FAILURES
from knowledge.references import current_reference, reference_of

_log = logging.getLogger(__name__)


def note_failure(what: str) -> str:
    """Log the exception that is being handled; returns the reference under which the log has it.

    It is that of the question being answered, where one is, and so of every line about it.
    """
    reference = current_reference() or reference_of()
    FAILURES.inc()
    _log.exception("%s, reference %s", what, reference)
    return reference
