"""Markdown as blocks: written by people, or made by the extractor out of other formats."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.reading.document import Block, BlockKind

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_TABLE_OF_CONTENTS = re.compile(r"\[\[_?TOC_?\]\]|\[TOC\]|\{:toc\}", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


def markdown_blocks(text: str, page: int | None = None) -> list[Block]:
    """The text's headings, paragraphs, list items and tables in order, without Markdown's marks."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return list(_Walk(tokens, page).blocks())


class _Walk:
    """One pass over the tokens of one text."""

    def __init__(self, tokens: Sequence[Token], page: int | None) -> None:
        self._tokens = tokens
        self._page = page
        self._item = ""
        self._in_item = False
        self._heading = 0
        self._rows: list[list[str]] = []
        self._in_table = False

    def blocks(self) -> Iterator[Block]:
        for token in self._tokens:
            for kind, text, level in self._of(token):
                if text and not _TABLE_OF_CONTENTS.fullmatch(text):
                    yield Block(kind, text, self._page, level)

    def _of(self, token: Token) -> Iterator[tuple[BlockKind, str, int]]:
        match token.type:
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "list_item_open":
                self._in_item = True
                self._item = f"{token.info}{token.markup} " if token.info else ""
            case "list_item_close":
                self._in_item = False
            case "table_open":
                self._rows, self._in_table = [], True
            case "tr_open":
                self._rows.append([])
            case "table_close":
                self._in_table = False
                yield BlockKind.TABLE, table_text(self._rows), 0
            case "inline" if not (self._in_item and _leads_inside(token.children or [])):
                yield from self._inline(_plain(token.children or []))
            case "fence" | "code_block":
                yield BlockKind.PARAGRAPH, token.content.strip("\n"), 0
            case "html_block":
                yield BlockKind.PARAGRAPH, without_tags(token.content), 0

    def _inline(self, text: str) -> Iterator[tuple[BlockKind, str, int]]:
        if self._in_table:
            self._rows[-1].append(text)
        elif self._heading:
            level, self._heading = self._heading, 0
            yield BlockKind.HEADING, text.replace("\n", " "), level
        elif self._in_item:
            self._in_item = False
            yield BlockKind.LIST_ITEM, f"{self._item}{text}" if text else "", 0
        else:
            yield BlockKind.PARAGRAPH, text, 0


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines of `| cell | cell |`; empty rows and rows that are wholly empty are left out."""
    flat = [[" ".join(cell.split()) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in flat if any(row))


def without_tags(markup: str) -> str:
    """The words of a piece of HTML, a line per element."""
    lines = html.unescape(_TAG.sub("\n", _COMMENT.sub("", markup))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _leads_inside(children: Sequence[Token]) -> bool:
    """Whether a list item is nothing but a link to a place in the same text: a line of a table of contents."""
    if len(children) < 3 or children[0].type != "link_open" or children[-1].type != "link_close":  # noqa: PLR2004
        return False
    links = [child for child in children if child.type == "link_open"]
    return len(links) == 1 and str(links[0].attrGet("href")).startswith("#")


def _plain(children: Sequence[Token]) -> str:
    """The words of a line: marks gone, escapes undone, breaks that the author meant kept."""
    pieces: list[str] = []
    for child in children:
        if child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            pieces.append("\n")
        elif child.type in {"text", "code_inline"}:
            pieces.append(child.content)
    text = _SPACES.sub(" ", "".join(pieces))
    return "\n".join(line.strip() for line in text.split("\n")).strip()
