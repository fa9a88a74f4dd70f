"""`python -m knowledge map`: the ecosystem's map as a page or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from knowledge.errors import SolmuError
from knowledge.map.graph import about, read_map
from knowledge.map.page import draw_page
from knowledge.map.picture import draw_map
from knowledge.map.texts import TEXTS
from knowledge.model import Audience, Language
from knowledge.settings import load_settings
from knowledge.shell import output, sentences_for_errors, set_up_logging
from knowledge.wiring import open_knowledge


class MapFileError(SolmuError):
    """The map cannot be written where it was wished."""


def draw(
    *,
    out: Annotated[Path, typer.Option(help="Where to write it: a .html page to look around in, or a .png picture.")],
    topic: Annotated[str, typer.Option(help="Only what has this topic, in any of the three languages.")] = "",
    audience: Annotated[Audience, typer.Option(help="Whose use cases may be shown.")] = Audience.MEMBERS,
    language: Annotated[Language | None, typer.Option(help="Of the texts; else that of the settings.")] = None,
) -> None:
    """Draw organisations, use cases and topics. No person is on the map."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        spoken = language or settings.language
        kind = out.suffix.lower()
        if kind not in {".html", ".png"}:
            message = f"{out.name} is neither .html nor .png; name a file that ends in one of them."
            raise MapFileError(message)
        knowledge = open_knowledge(settings)
        graph = read_map(knowledge.store, audience, knowledge.synonyms)
        shown = about(graph, topic, knowledge.synonyms) if topic else graph
        _write(out, draw_page(shown, spoken).encode() if kind == ".html" else draw_map(shown, spoken))
        output.print(TEXTS.get("map.written", spoken, file=out.name))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        message = f"{out} cannot be written ({error.strerror}); name a file in a folder that is there."
        raise MapFileError(message) from error
