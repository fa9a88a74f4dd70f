"""Long texts within Slack's limits: parted between sentences, and cut only where nothing else helps."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from bot.blocks.elements import SECTION, Block, paragraph, shorten
from knowledge.language.sentences import split_sentences
from knowledge.model import Language

WHOLE = 12_000
"""Letters of all blocks of one message, as JSON; Slack refuses some more than these, without saying how many."""
LEAST = 200


def paragraphs(text: str, language: Language) -> list[Block]:
    """A text of any length, exactly as it stands, in as many blocks as it needs."""
    return [paragraph(part) for part in in_parts(text, language, SECTION)]


def in_parts(text: str, language: Language, most: int) -> list[str]:
    """A text in parts of at most so many letters, each of whole sentences where those are not longer than that."""
    parts: list[str] = []
    for sentence in split_sentences(text, language):
        for piece in _pieces(sentence, most):
            if parts and len(parts[-1]) + 1 + len(piece) <= most:
                parts[-1] += f" {piece}"
            else:
                parts.append(piece)
    return parts


def shorten_to_sentence(text: str, language: Language, most: int) -> str:
    """As many whole sentences as fit, and an ellipsis; a first sentence that is longer than that is cut."""
    if len(text) <= most:
        return text
    first = in_parts(text, language, most - 2)[0]
    return f"{first} …" if first.endswith((".", "!", "?")) else shorten(text, most)


def fitted(make: Callable[[int], Sequence[Block]], most: int) -> list[Block]:
    """The blocks that `make` makes with quotes of at most so many letters, or of fewer where all would be too long."""
    blocks = make(most)
    while most > LEAST and len(json.dumps(blocks, ensure_ascii=False)) > WHOLE:
        most = max(LEAST, most * 3 // 4)
        blocks = make(most)
    return list(blocks)


def _pieces(sentence: str, most: int) -> list[str]:
    pieces = [""]
    for word in sentence.split(" "):
        for start in range(0, max(len(word), 1), most):
            part = word[start : start + most]
            if len(pieces[-1]) + 1 + len(part) > most:
                pieces.append(part)
            else:
                pieces[-1] = f"{pieces[-1]} {part}" if pieces[-1] else part
    return pieces
