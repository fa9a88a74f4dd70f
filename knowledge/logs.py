"""How a line of the log looks: for people or for programs, with the reference of what it is about, and no token."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

from knowledge.references import current_reference

TEXT, JSON = "text", "json"
_TOKEN = re.compile(r"\b(xox[a-z]|xapp|xoxe\.xox[a-z])-[\w.-]+")


class TextLines(logging.Formatter):
    """Time, level, logger, reference where there is one, and message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """See Formatter."""
        reference = current_reference()
        told = super().format(record)
        return without_tokens(
            told.replace(f" {record.name} ", f" {record.name} [{reference}] ", 1) if reference else told
        )


class JsonLines(logging.Formatter):
    """One JSON object a line; `process` is the name that the process goes by."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """See Formatter."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": self._process,
            "thread": record.threadName,
        }
        if reference := current_reference():
            told["reference"] = reference
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return without_tokens(json.dumps(told, ensure_ascii=False))


def without_tokens(line: str) -> str:
    """The line with Slack's tokens struck out, wherever they came from."""
    return _TOKEN.sub(r"\1-…", line)


def formatter(form: str, process: str) -> logging.Formatter:
    """What lines look like under `SOLMU_LOG_FORMAT`."""
    return JsonLines(process) if form == JSON else TextLines()
