"""`python -m knowledge questions`: the question log without persons, as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from knowledge.auditing import note_from_shell
from knowledge.errors import SolmuError
from knowledge.insights.overview import WEEKS, stored_names
from knowledge.insights.periods import up_to_now
from knowledge.insights.texts import TEXTS
from knowledge.model import Act, Language
from knowledge.settings import load_settings
from knowledge.shell import output, sentences_for_errors, set_up_logging
from knowledge.wiring import open_knowledge, question_log_of


class LogFileError(SolmuError):
    """The log cannot be written where it was wished."""


def export(
    *,
    to: Annotated[Path, typer.Option("--export", help="The CSV file to write.")],
    weeks: Annotated[int, typer.Option(min=1, max=520, help="How many weeks, up to today.")] = WEEKS,
    texts: Annotated[
        bool, typer.Option(help="Also the words of questions that several people have asked in channels.")
    ] = False,
    language: Annotated[Language | None, typer.Option(help="Of the headings; else that of the settings.")] = None,
) -> None:
    """Write what was asked, how it ended and what answers were made of. No person is in it."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        spoken = language or settings.language
        knowledge = open_knowledge(settings)
        log = question_log_of(knowledge, lambda: stored_names(knowledge.store))
        table = log.as_table(up_to_now(knowledge.clock()), weeks, spoken, with_texts=texts)
        with knowledge.store() as work:
            note_from_shell(work, knowledge.clock, Act.INSIGHTS_EXPORT)
            _write(to, table)
            work.commit()
        output.print(TEXTS.get("insights.log.written", spoken, file=to.name, weeks=weeks))


def _write(to: Path, table: bytes) -> None:
    try:
        to.write_bytes(table)
    except OSError as error:
        message = f"{to} cannot be written ({error.strerror}); name a file in a folder that is there."
        raise LogFileError(message) from error
