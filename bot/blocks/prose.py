"""What coordinators write: their lines and lists, with web addresses that can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.blocks.elements import Block, bullets, is_web_address, line, rich, shorten, tame, words

_ADDRESS = re.compile(r"https?://[^\s<>\"|]+")
_AFTER = ".,;:!?)]}'”’"
"""What ends a sentence, not an address."""
_BULLET = re.compile(r"\s*[-*•–]\s+(?=\S)")


def prose(text: str, most: int) -> Block:
    """A text of at most this many characters: lines that begin with a dash become a list."""
    parts: list[Block] = []
    listed: list[Block] = []
    said: list[str] = []
    for row in shorten(text.strip(), most).splitlines():
        bullet = _BULLET.match(row)
        if bullet is None:
            _close_list(parts, listed)
            said.append(row)
        else:
            _close_lines(parts, said)
            listed.append(line(*linked(row[bullet.end() :])))
    _close_list(parts, listed)
    _close_lines(parts, said)
    return rich(*parts)


def linked(text: str) -> Iterator[Block]:
    """The pieces of a text; a web address is a link that shows where it leads."""
    at = 0
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(_AFTER)
        if not is_web_address(address):
            continue
        if match.start() > at:
            yield words(text[at : match.start()])
        yield {"type": "link", "url": address, "text": tame(address)}
        at = match.start() + len(address)
    if at < len(text):
        yield words(text[at:])


def _close_list(parts: list[Block], listed: list[Block]) -> None:
    if listed:
        parts.append(bullets(*listed))
        listed.clear()


def _close_lines(parts: list[Block], said: list[str]) -> None:
    text = "\n".join(said)
    if text.strip():
        parts.append(line(*linked(text)))
    said.clear()
