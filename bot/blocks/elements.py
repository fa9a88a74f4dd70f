"""The pieces that every message is made of. What comes from people, documents or settings goes through here.

Rich text carries texts and links as they are, never parsed: no mention, broadcast or lying link can come out of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from knowledge.texts import Texts

TEXTS = Texts(Path(__file__).parent.parent / "locales")
Block = dict[str, Any]
SECTION = 3000
FALLBACK = 3000
HEADER = 150
BUTTON = 75
URL = 3000
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, the source's line included."""
_MARK_UP = re.compile("<(?=[!@#])")
_JOINER = "\u2060"
"""Without width: it takes the meaning from Slack's mark-up where a text merely looks like it."""


def escape(text: str) -> str:
    """Text that Slack shows as it stands: & < > are all that its mark-up acts on."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tame(text: str) -> str:
    """Text that looks the same, and cannot act as mark-up or turn the line that it stands in."""
    return _MARK_UP.sub(f"<{_JOINER}", _DIRECTIONS.sub("", text))


def shorten(text: str, most: int) -> str:
    """At most this many characters, with an ellipsis where something is left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def streamed(text: str) -> str:
    """Text as a stream takes it, which reads Markdown: it shows what it says, and neither calls nor links."""
    return escape(tame(text)).replace("](", f"]{_JOINER}(").replace("]:", f"]{_JOINER}:")


def fallback(text: str) -> str:
    """A message's text for notifications and screen readers, escaped."""
    # Shortened after escaping could cut an entity in two.
    most, calm = FALLBACK, _DIRECTIONS.sub("", text)
    while len(escaped := escape(shorten(calm, most))) > FALLBACK:
        most -= 100
    return escaped


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def paragraph(text: str) -> Block:
    """A text exactly as it stands."""
    return {"type": "section", "text": plain(text, SECTION)}


def small_print(text: str) -> Block:
    """A line in small grey letters."""
    return {"type": "context", "elements": [plain(text, SECTION)]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def rich(*parts: Block) -> Block:
    """Sections, quotes and lists in one block."""
    return {"type": "rich_text", "elements": list(parts)}


def quote(*pieces: Block) -> Block:
    """Words of somebody else, with a bar beside them."""
    return {"type": "rich_text_quote", "elements": list(pieces)}


def line(*pieces: Block) -> Block:
    """A line of pieces."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def bullets(*lines: Block) -> Block:
    """A list with bullets."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def words(text: str, *, bold: bool = False, italic: bool = False) -> Block:
    """A piece of text; empty text is not allowed by Slack."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": tame(text), **({"style": style} if style else {})}


def title(text: str, url: str) -> Block:
    """A bold title, linked where there is a web address to link to, and named by it where it has no words."""
    if not is_web_address(url):
        return words(text.strip() or "–", bold=True)
    return {"type": "link", "url": url, "text": tame(text.strip() or url), "style": {"bold": True}}


def channel_name(channel: str) -> Block:
    """A channel's name, which leads there; it calls nobody."""
    return {"type": "channel", "channel_id": channel}


def beside(text: str, element: Block) -> Block:
    """A text exactly as it stands, with a button beside it."""
    return {"type": "section", "text": plain(text, SECTION), "accessory": element}


def plain(text: str, most: int) -> Block:
    """A text object of at most this many characters: for labels, buttons and options."""
    return {"type": "plain_text", "text": shorten(tame(text), most), "emoji": False}


def is_web_address(url: str) -> bool:
    """Whether a reader can be sent there."""
    if len(url) > URL or any(letter.isspace() for letter in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
