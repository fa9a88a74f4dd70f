"""An unexpected failure: the traceback goes to the log, a short reference to whoever waits for an answer."""

from __future__ import annotations

import logging
import secrets

_log = logging.getLogger(__name__)


def note_failure(what: str) -> str:
    """Log the exception that is being handled; returns the reference under which the log has it."""
    reference = secrets.token_hex(3).upper()
    _log.exception("%s, reference %s", what, reference)
    return reference
