"""The small checks of which Slack's limits are made: lengths, counts and text objects."""

from __future__ import annotations

from collections.abc import Iterator

Problems = Iterator[tuple[str, str]]
"""Pairs of a JSON pointer and what is wrong there."""


def length(value: object, pointer: str, most: int, least: int = 1) -> Problems:
    """A text of so many characters."""
    text = value if isinstance(value, str) else ""
    if not least <= len(text) <= most:
        yield pointer, f"must be {least} to {most} characters [actual: {len(text)}]"


def text(value: object, pointer: str, most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Problems:
    """A text object that is not empty."""
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield f"{pointer}/type", f"unsupported type, expected one of {', '.join(kinds)}"
    else:
        yield from length(value.get("text"), f"{pointer}/text", most)


def plain(value: object, pointer: str, most: int) -> Problems:
    """A text object without marks."""
    yield from text(value, pointer, most, ("plain_text",))


def count(values: object, pointer: str, most: int) -> Problems:
    """A list that is neither empty nor too long."""
    if not isinstance(values, list) or not 1 <= len(values) <= most:
        yield pointer, f"must be a list of 1 to {most} items"
