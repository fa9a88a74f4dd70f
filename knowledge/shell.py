"""What the shell commands share: one sentence for an expected failure, JSON for programs, bars for people."""

from __future__ import annotations

import atexit
import gc
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from knowledge.errors import SolmuError
from knowledge.logs import TEXT, formatter
from knowledge.sentry import SentryReports
from knowledge.settings import Settings

errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
output = Console(soft_wrap=True, highlight=False, markup=False)

# What a command has loaded goes with its process; Python would look through all of it once more, for two seconds.
atexit.register(gc.freeze)


@contextmanager
def sentences_for_errors() -> Iterator[None]:
    """Turn an expected failure into its sentence on stderr and exit code 1."""
    try:
        yield
    except SolmuError as error:
        errors.print(str(error))
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        errors.print("Stopped; what was finished is kept.")
        raise typer.Exit(130) from None


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def set_up_logging(level: str, form: str = TEXT, process: str = "", sentry_dsn: str = "") -> None:
    """Logs go to stderr, failures to Sentry too where an address is given; raises SettingsError."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(formatter(form, process))
    reports = [SentryReports(sentry_dsn, process)] if sentry_dsn else []
    logging.basicConfig(level=level, handlers=[lines, *reports])
    # At the lowest level some of them print requests whole: what people asked, and keys.
    for noisy in ("httpx", "httpcore", "openai", "urllib3", "sentence_transformers", "alembic", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def set_up_service_logging(settings: Settings) -> None:
    """The same for a process that runs on, as its settings say."""
    set_up_logging(
        settings.log_level, settings.log_format, settings.process_name, settings.sentry_dsn.get_secret_value()
    )


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on stderr where that is a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as bar:
        yield bar
