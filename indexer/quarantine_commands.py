"""`python -m indexer quarantine`: documents that are kept out, and letting a false alarm in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from indexer.inspecting import what_and_where
from knowledge.model import SourceId
from knowledge.quarantine import Quarantine
from knowledge.settings import load_settings
from knowledge.shell import output, print_json, sentences_for_errors, set_up_logging
from knowledge.store import open_store
from knowledge.wiring import utc_now

app = typer.Typer(help="Documents that are kept out because they seem to hold a patient's data.", add_completion=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.callback(invoke_without_command=True)
def show(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List them, with what was found and where; what they say is kept nowhere."""
    if context.invoked_subcommand is not None:
        return
    with _quarantine() as quarantine:
        waiting = quarantine.waiting()
    if as_json:
        print_json([asdict(each) for each in waiting])
        return
    for each in waiting:
        output.print(f"{each.source:4} {each.key}: {what_and_where(each)}", markup=False)
    if not waiting:
        output.print("No document is in quarantine.")


@app.command()
def release(
    source: Annotated[str, typer.Argument(help="The source's id.")],
    document: Annotated[str, typer.Argument(help="The document's name, as the list shows it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """A false alarm: let the document in as it is now; changed, it is looked at anew."""
    with _quarantine() as quarantine:
        released = quarantine.release(SourceId(source), document)
    if as_json:
        print_json(asdict(released))
    else:
        output.print(f"{released.key} is released; `python -m indexer sync` indexes it.", markup=False)


@contextmanager
def _quarantine() -> Iterator[Quarantine]:
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        store = open_store(settings.database)
        try:
            yield Quarantine(store, utc_now)
        finally:
            store.dispose()
