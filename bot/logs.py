"""What the libraries beneath the bot may say in its log."""

from __future__ import annotations

import logging

FRAMEWORK = logging.getLogger("slack_bolt")
_QUIETER = {
    # Their warnings print requests, and so what people wrote.
    "slack_bolt": logging.ERROR,
    # What fails in a call is told by whoever made it.
    "slack_sdk": logging.CRITICAL,
    "dbos": logging.ERROR,
    "waitress": logging.WARNING,
    "filelock": logging.WARNING,
}


def quieten_libraries() -> None:
    """Keep messages, names and tokens out of the log, at every level that can be set."""
    for name, level in _QUIETER.items():
        logging.getLogger(name).setLevel(level)
