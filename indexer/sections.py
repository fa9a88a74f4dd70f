"""Divides a document as read into sections: text under one heading path and on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.reading.document import Block, BlockKind, ReadDocument

SCRAP_WORDS = 12
"""A longer first section is text, not a byline."""
LONE_WORDS = 6
"""A heading of as many words says something even where no text stands below it."""
_ENDS = (".", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks other than headings, under one heading path (outermost first) and on one page."""

    headings: tuple[str, ...]
    page: int | None
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        """How much text there is."""
        return sum(len(block.text.split()) for block in self.blocks)


def sections(document: ReadDocument) -> list[Section]:
    """The sections in order, without the byline; headings alone are text where they say something."""
    found = list(_divided(document))
    if not found:
        return list(_of_headings(document.blocks))
    return _without_byline(found)


def _divided(document: ReadDocument) -> Iterator[Section]:
    path: list[Block] = []
    gathered: list[Block] = []
    for block, following in _with_next(document.blocks):
        is_heading = block.kind is BlockKind.HEADING
        if gathered and (is_heading or block.page != gathered[-1].page):
            yield _section(path, gathered)
            gathered = []
        if not is_heading:
            gathered.append(block)
            continue
        path = [one for one in path if one.level < block.level] + [block]
        if _stands_alone(block, following) and _says_something(block.text, document.title):
            yield _section(path[:-1], [block])
    if gathered:
        yield _section(path, gathered)


def _with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    return zip(blocks, [*blocks[1:], None], strict=False)


def _section(path: Sequence[Block], blocks: Sequence[Block]) -> Section:
    text = tuple(replace(block, kind=BlockKind.PARAGRAPH) if block.level else block for block in blocks)
    return Section(tuple(one.text for one in path), blocks[-1].page, text)


def _stands_alone(heading: Block, following: Block | None) -> bool:
    """Whether neither text nor a lower heading comes below it on its page."""
    if following is None or following.page != heading.page:
        return True
    return following.kind is BlockKind.HEADING and following.level <= heading.level


def _says_something(heading: str, title: str) -> bool:
    return len(heading.split()) >= LONE_WORDS and heading.casefold() not in title.casefold()


def _of_headings(blocks: Sequence[Block]) -> Iterator[Section]:
    """What a document of headings alone holds, page by page."""
    for page, on_page in groupby(blocks, key=lambda block: block.page):
        texts = tuple(replace(block, kind=BlockKind.PARAGRAPH, level=0) for block in on_page)
        yield Section((), page, texts)


def _without_byline(found: Sequence[Section]) -> list[Section]:
    """A line below the title says who and when, as the document's fields do; a quote of it answers nothing."""
    first = found[0]
    is_scrap = first.words < SCRAP_WORDS and not any(block.text.endswith(_ENDS) for block in first.blocks)
    return list(found[1:] if is_scrap and first.headings and len(found) > 1 else found)
