"""What of a passage is searched: its text under the document's title and the nearest headings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from knowledge.model import TextHash


def indexed_text(title: str, headings: Sequence[str], text: str) -> str:
    """The text that is embedded and searched: title, heading path and the passage itself, a line each."""
    above = [part for part in (title, *headings) if part]
    unique = list(dict.fromkeys(above))
    return "\n".join([" › ".join(unique), text]) if unique else text


def text_hash(indexed: str) -> TextHash:
    """SHA-256 in hex of an indexed text: equal texts share one vector."""
    return TextHash(hashlib.sha256(indexed.encode("utf-8")).hexdigest())
