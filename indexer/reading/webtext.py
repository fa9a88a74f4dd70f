"""Tells a web page's text from what stands around it: menus, banners, forms and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from indexer.reading.document import Block, BlockKind
from indexer.reading.markdown import table_text

_UNREAD = re.compile(
    r"script|style|noscript|template|head|nav|footer|aside|button|select|input|textarea|dialog|"
    r"svg|canvas|audio|video|iframe|object|menu"
)
_BREAKING = re.compile(
    r"address|article|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|header|hgroup|hr|"
    r"html|legend|main|ol|p|section|summary|td|th|tr|ul|caption|tbody|thead|tfoot|table"
)
_HEADING = re.compile(r"h([1-6])")
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "alert", "dialog"})
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|murupolku|skip)(?:$|[\s_-])|"
    r"(?:^|\s)(?!(?:with|has|no)-)(?:[\w-]+-)?(?:share|sharing|social|sidebar|navbar|menu)(?:$|\s)",
    re.IGNORECASE,
)
"""Names that pages give to such parts; `with-sidebar` names what stands beside one."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
ENOUGH = 200
"""Characters from which what a page marks as its main part is taken for its text."""


def page_blocks(page: HtmlElement) -> list[Block]:
    """The main text's headings, paragraphs, list items and tables in order."""
    return list(_Walk().blocks(_main(page)))


def _main(page: HtmlElement) -> HtmlElement:
    """The part that the page marks as its main one; the whole where that holds next to nothing."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = page.findall(path)
        if len(found) == 1 and len(" ".join(found[0].text_content().split())) >= ENOUGH:
            return found[0]
    body = page.find(".//body")
    return page if body is None else body


class _Walk:
    """One pass over one page: text gathers until something ends the line."""

    def __init__(self) -> None:
        self._line: list[str] = []
        self._kind = BlockKind.PARAGRAPH

    def blocks(self, element: HtmlElement) -> Iterator[Block]:
        """Everything inside, the rest of the last line included."""
        yield from self._inside(element)
        yield from self._flush()

    def _inside(self, element: HtmlElement) -> Iterator[Block]:
        self._line.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and not _is_around(child):
                yield from self._child(child)
            self._line.append(child.tail or "")

    def _child(self, child: HtmlElement) -> Iterator[Block]:
        heading = _HEADING.fullmatch(child.tag)
        if child.tag == "br":
            self._line.append("\v")
        elif heading or child.tag == "pre" or (child.tag == "table" and _is_data(child)):
            yield from self._flush()
            yield from _whole(child, int(heading[1]) if heading else 0)
        elif child.tag == "li":
            yield from self._item(child)
        elif _BREAKING.fullmatch(child.tag):
            yield from self._flush()
            yield from self._inside(child)
            yield from self._flush()
        else:
            yield from self._inside(child)

    def _item(self, item: HtmlElement) -> Iterator[Block]:
        yield from self._flush()
        self._kind = BlockKind.LIST_ITEM
        yield from self._inside(item)
        yield from self._flush()
        self._kind = BlockKind.PARAGRAPH

    def _flush(self) -> Iterator[Block]:
        """The line so far as a block, if there is anything on it."""
        text, self._line = _clean("".join(self._line)), []
        if text:
            yield Block(self._kind, text)


def _whole(element: HtmlElement, level: int) -> Iterator[Block]:
    """A heading, a table, or text whose lines are as they stand."""
    if level:
        text, kind = _words(element), BlockKind.HEADING
    elif element.tag == "table":
        text, kind = table_text([[_words(cell) for cell in row] for row in _rows(element)]), BlockKind.TABLE
    else:
        text, kind = element.text_content().strip("\n"), BlockKind.PARAGRAPH
    if text.strip():
        yield Block(kind, text, None, level)


def _words(element: HtmlElement) -> str:
    """Everything inside on one line."""
    return " ".join(" ".join(block.text.split()) for block in _Walk().blocks(element))


def _is_around(element: HtmlElement) -> bool:
    """Whether it belongs to the page's frame, or is not shown."""
    if _UNREAD.fullmatch(element.tag) or element.get("role") in _ROLES:
        return True
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if element.tag == "header":
        return element.find(".//h1") is None
    names = f"{element.get('class', '')} {element.get('id', '')}"
    seems = element.tag == "form" or bool(_AROUND.search(names))
    return seems and next(element.iter("h1", "main", "article"), None) is None


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data rather than the layout of a page: several columns, no table and no heading inside."""
    inside = any(table.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3", "ul", "form"))
    return not inside and max((len(row) for row in _rows(table)), default=0) > 1


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    return [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]


def _clean(text: str) -> str:
    """White space as a browser shows it; lines that the author broke stay lines."""
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\v"))
    return "\n".join(line for line in lines if line)
