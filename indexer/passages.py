"""Cuts a document as read into passages: the pieces that are embedded, found and quoted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.sections import Section, sections
from knowledge.language.detecting import detect_language
from knowledge.language.sentences import BROADEST, pack_sentences, split_sentences
from knowledge.model import Language, PassageDraft

MOST_WORDS = 200
"""A passage's length where sentences allow it."""
TINY_WORDS = 40
"""A shorter remainder is joined to its neighbour under the same headings and on the same page."""
TABLE_WORDS = 300
"""A table up to this length stays whole."""
LONGEST = 3000
"""Characters from which something is no sentence, whatever its punctuation says, and is cut between words."""

LONGEST_NAMES = 100
"""Characters of column names that the later parts of a long table carry along."""


def cut(document: ReadDocument) -> list[PassageDraft]:
    """The document's passages in order; each follows the headings, stays on one page and holds whole sentences."""
    majority = _majority(document.blocks)
    return [draft for section in sections(document) for draft in _passages(section, majority)]


def _passages(section: Section, majority: Language) -> Iterator[PassageDraft]:
    run: list[Block] = []
    for block in section.blocks:
        if block.kind is BlockKind.TABLE and _words(block.text) > TABLE_WORDS:
            yield from _of_run(section, run, majority)
            yield from _of_long_table(section, block, run, majority)
            run = []
        else:
            run.append(block)
    yield from _of_run(section, run, majority)


def _of_run(section: Section, blocks: Sequence[Block], majority: Language) -> Iterator[PassageDraft]:
    language = _language("\n\n".join(block.text for block in blocks), majority)
    groups = _without_tiny(pack_sentences(list(_units(blocks, language)), MOST_WORDS))
    for group in groups:
        yield _draft(section, group, section.headings, majority)


def _of_long_table(
    section: Section, table: Block, before: Sequence[Block], majority: Language
) -> Iterator[PassageDraft]:
    """Rows by rows; those that do not hold the column names say them, or the table's caption, as their last heading."""
    rows = [piece for row in table.text.split("\n") for piece in _bearable(row)]
    about = before[-1].text if before and _is_caption(before[-1]) else _column_names(rows[0])
    for number, group in enumerate(_without_tiny(pack_sentences(rows, MOST_WORDS))):
        yield _draft(section, group, (*section.headings, about) if number and about else section.headings, majority)


def _draft(section: Section, group: Sequence[str], headings: tuple[str, ...], majority: Language) -> PassageDraft:
    text = "\n".join(group)
    return PassageDraft(text, section.page, headings, _language(text, majority))


def _units(blocks: Sequence[Block], language: Language) -> Iterator[str]:
    """What must not be torn: a sentence, a table with its caption, a list with what announces it."""
    at = 0
    while at < len(blocks):
        together = _together(blocks, at)
        text = "\n".join(block.text for block in together)
        whole = len(together) > 1 or together[0].kind is BlockKind.TABLE
        if whole and len(text) <= LONGEST:
            yield "\n".join(sentence for block in together for sentence in _sentences(block, language))
        else:
            for block in together:
                yield from _sentences(block, language)
        at += len(together)


def _together(blocks: Sequence[Block], at: int) -> Sequence[Block]:
    """This block with those that it announces, as far as they fit into one passage."""
    first, following = blocks[at], blocks[at + 1 : at + 2 + MOST_WORDS]
    if not following or not _is_caption(first):
        return [first]
    if following[0].kind is BlockKind.TABLE:
        return [first, following[0]]
    is_list = first.text.endswith(":")
    items = list(takewhile(lambda block: block.kind is BlockKind.LIST_ITEM, following)) if is_list else []
    fits = _words(first.text) + sum(_words(item.text) for item in items) <= MOST_WORDS
    return [first, *(items if fits else items[:1])]


def _is_caption(block: Block) -> bool:
    """Whether the block is there for what follows it: it ends with a colon, or is a line without an end."""
    return block.kind is BlockKind.PARAGRAPH and (
        block.text.endswith(":") or (_words(block.text) <= TINY_WORDS and not block.text.endswith((".", "!", "?")))
    )


def _sentences(block: Block, language: Language) -> Iterator[str]:
    sentences = block.text.split("\n") if block.kind is BlockKind.TABLE else split_sentences(block.text, language)
    for sentence in sentences:
        yield from _bearable(sentence)


def _bearable(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST:
        end = sentence.rfind(" ", 1, LONGEST)
        end = end if end > 0 else LONGEST
        yield sentence[:end].rstrip()
        sentence = sentence[end:].lstrip()
    if sentence:
        yield sentence


def _without_tiny(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """Remainders joined to the neighbour before them, or after them, that has room."""
    joined: list[list[str]] = []
    for group in groups:
        smaller = min(_group_words(group), _group_words(joined[-1]) if joined else MOST_WORDS)
        if joined and smaller < TINY_WORDS and _group_words([*joined[-1], *group]) <= MOST_WORDS + TINY_WORDS:
            joined[-1] += group
        else:
            joined.append(list(group))
    return joined


def _column_names(row: str) -> str:
    """The names between commas, as many as a heading may hold."""
    names = [name for cell in row.split("|") if (name := cell.strip())]
    while names and len(", ".join(names)) > LONGEST_NAMES:
        names.pop()
    return ", ".join(names)


def _group_words(group: Sequence[str]) -> int:
    return sum(_words(sentence) for sentence in group)


def _words(text: str) -> int:
    return max(sum(word != "|" for word in text.split()), len(text) // BROADEST)


def _language(text: str, majority: Language) -> Language:
    told = detect_language(text)
    return majority if told is Language.UNKNOWN else told


def _majority(blocks: Sequence[Block]) -> Language:
    words: Counter[Language] = Counter()
    for block in blocks:
        words[detect_language(block.text)] += len(block.text.split())
    del words[Language.UNKNOWN]
    return words.most_common(1)[0][0] if words else Language.UNKNOWN
