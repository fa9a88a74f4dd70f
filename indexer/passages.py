"""Cuts a document as read into passages: the pieces that are embedded, found and quoted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.reading.document import Block, BlockKind, ReadDocument
from knowledge.language import detect_language
from knowledge.model import Language, PassageDraft
from knowledge.sentences import pack_sentences, split_sentences

MOST_WORDS = 200
"""A passage's length where sentences allow it."""
TINY_WORDS = 40
"""A shorter remainder is joined to its neighbour under the same headings and on the same page."""
TABLE_WORDS = 300
"""A table up to this length stays whole."""


@dataclass(frozen=True, slots=True)
class _Section:
    """Blocks under one heading path and on one page."""

    headings: tuple[str, ...]
    page: int | None
    blocks: tuple[Block, ...]


def cut(document: ReadDocument) -> list[PassageDraft]:
    """The document's passages in order; each follows the headings, stays on one page and holds whole sentences."""
    majority = _majority(document.blocks)
    return [draft for section in _sections(document.blocks) for draft in _passages(section, majority)]


def _sections(blocks: Sequence[Block]) -> Iterator[_Section]:
    path: list[Block] = []
    gathered: list[Block] = []
    for block in blocks:
        if gathered and (block.kind is BlockKind.HEADING or block.page != gathered[-1].page):
            yield _Section(tuple(one.text for one in path), gathered[-1].page, tuple(gathered))
            gathered = []
        if block.kind is BlockKind.HEADING:
            path = [one for one in path if one.level < block.level] + [block]
        else:
            gathered.append(block)
    if gathered:
        yield _Section(tuple(one.text for one in path), gathered[-1].page, tuple(gathered))


def _passages(section: _Section, majority: Language) -> Iterator[PassageDraft]:
    text = "\n\n".join(block.text for block in section.blocks)
    language = _language(text, majority)
    for group in pack_sentences(split_sentences(text, language), MOST_WORDS):
        piece = "\n".join(group)
        yield PassageDraft(piece, section.page, section.headings, _language(piece, majority))


def _language(text: str, majority: Language) -> Language:
    told = detect_language(text)
    return majority if told is Language.UNKNOWN else told


def _majority(blocks: Sequence[Block]) -> Language:
    words: Counter[Language] = Counter()
    for block in blocks:
        words[detect_language(block.text)] += len(block.text.split())
    del words[Language.UNKNOWN]
    return words.most_common(1)[0][0] if words else Language.UNKNOWN
