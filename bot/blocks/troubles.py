"""Why a document was not read, in the reader's language."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, shorten
from knowledge.model import FailureRecord, Language

LONGEST = 500


def trouble_text(failure: FailureRecord, language: Language) -> str:
    """Why a document was not read, and what to do."""
    status = failure.code.removeprefix("http_")
    code = failure.code if status == failure.code else "http"
    try:
        return TEXTS.get(f"trouble.{code}", language, status=status)
    except KeyError:
        # A newer indexer may know more troubles; its own sentence is better than none.
        return shorten(failure.sentence, LONGEST)
