"""`python -m indexer vectors`: bring the vectors of an index to where the settings want them."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from indexer.wiring import alone, open_indexer
from knowledge.settings import load_settings
from knowledge.shell import output, print_json, sentences_for_errors, set_up_logging

app = typer.Typer(help="Where the vectors of passages are kept.", no_args_is_help=True, add_completion=False)
PATIENCE = 10.0
"""Seconds that the command waits for another indexer to finish."""


@app.callback()
def _vectors() -> None:
    """One command so far, and room for others beside it."""


@app.command()
def fill(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False) -> None:
    """Bring every vector to where SOLMU_VECTORS says, compare all of them, and make an index that uses them current.

    The index that is current until then answers meanwhile. Stopped or killed, the next run goes on where this one was.
    """
    started = time.monotonic()
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        with open_indexer(settings) as indexer, alone(settings, PATIENCE):
            indexer.publisher.refuse_other_model()
            has_moved = not indexer.publisher.is_current()
            manifest = indexer.publisher.publish() if has_moved else indexer.knowledge.shelf.kept()[0]
    seconds = time.monotonic() - started
    if as_json:
        facts = {"generation": manifest.generation, "vectors": manifest.vectors, "passages": manifest.passages}
        print_json({**facts, "published": has_moved, "seconds": round(seconds, 1)})
    elif has_moved:
        output.print(f"The vectors of {manifest.passages} passages are kept by {manifest.vectors}, and in use.")
    else:
        output.print(f"Nothing to do: the vectors of {manifest.passages} passages are kept by {manifest.vectors}.")
