"""`python -m knowledge audit`: the acts that somebody may have to answer for, from the shell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from knowledge.auditing import noted_table
from knowledge.errors import SolmuError
from knowledge.model import SHELL
from knowledge.settings import load_settings
from knowledge.shell import output, sentences_for_errors
from knowledge.store import open_store

USUAL_DAYS = 30


class NotWrittenError(SolmuError):
    """The file cannot be written."""


def audit(
    *,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day, in UTC; 30 days ago where not said.")
    ] = None,
    export: Annotated[Path | None, typer.Option(help="Write it into this CSV table instead.")] = None,
) -> None:
    """List the acts that are kept in the audit log, the oldest first."""
    with sentences_for_errors():
        store, now = open_store(load_settings().database), datetime.now(UTC)
        first = now - timedelta(days=USUAL_DAYS) if since is None else since.replace(tzinfo=UTC)
        try:
            if export is not None:
                with store() as work:
                    _write(export, noted_table(work, first, SHELL, now))
                    work.commit()
                output.print(f"The audit log is in {export}.")
                return
            with store.reading() as work:
                for each in work.audit.since(first):
                    output.print(f"{each.at:%Y-%m-%d %H:%M:%S}  {each.who}  {each.act}  {each.subject}  {each.outcome}")
        finally:
            store.dispose()


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror})."
        raise NotWrittenError(message) from error
