"""Documents that are kept out because they seem to hold a patient's data, and the button that lets a false alarm in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.blocks.elements import TEXTS, Block, beside, paragraph, shorten
from bot.blocks.forms import button, confirmation
from knowledge.model import Language, QuarantinedDocument

RELEASE = "sources_release"
MOST, LONGEST = 10, 200


def quarantine_blocks(documents: Sequence[QuarantinedDocument], language: Language) -> list[Block]:
    """Each with what seems to stand in it, and where; nothing of what it says. Nothing where all are let in."""
    if not documents:
        return []
    blocks = [paragraph(TEXTS.get("quarantine.heading", language, count=len(documents)))]
    for each in documents[:MOST]:
        text = f"{shorten(each.key, LONGEST)}: {', '.join(_what_and_where(each, language))}"
        release = button(
            RELEASE,
            TEXTS.get("quarantine.release", language),
            value=json.dumps([each.source, each.content_hash]),
            confirm=confirmation("quarantine_release", language),
        )
        blocks.append(beside(text, release))
    return blocks


def _what_and_where(document: QuarantinedDocument, language: Language) -> Iterator[str]:
    yield TEXTS.get(f"quarantine.kind.{document.kind}", language)
    if document.page is not None:
        yield TEXTS.get("quarantine.page", language, page=document.page)
    if document.heading:
        yield f"”{shorten(document.heading, LONGEST)}”"
