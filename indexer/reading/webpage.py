"""HTML pages: their main text, with what the page's head says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import lxml.html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from indexer.reading import failures
from indexer.reading.document import ReadDocument
from indexer.reading.front_matter import first_of, parse_date
from indexer.reading.texts import decode
from indexer.reading.titles import choose_title
from indexer.reading.webtext import page_blocks

HEAD = 4096
"""Bytes in which a page must say its encoding."""
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_PUBLISHERS = ("dcterms.publisher", "dc.publisher", "author", "dcterms.creator", "og:site_name")
_DATES = (
    *("dcterms.modified", "article:modified_time", "og:updated_time", "last-modified", "dcterms.date", "dc.date"),
    *("article:published_time", "dcterms.issued", "dcterms.created", "date"),
)


def read_webpage(content: bytes, stem: str) -> ReadDocument:
    """An HTML page; raises ReadFailure where there is none in the bytes."""
    try:
        page = lxml.html.document_fromstring(_DECLARATION.sub("", _decode(content)).replace("\0", ""))
    except (LxmlError, ValueError) as error:
        raise failures.damaged() from error
    blocks = page_blocks(page)
    told = _told(page)
    return ReadDocument(
        choose_title(_title(page, told), blocks, stem),
        first_of(told, *_PUBLISHERS),
        parse_date(first_of(told, *_DATES)),
        tuple(blocks),
        _address(page, told),
    )


def _decode(content: bytes) -> str:
    """As the page says, unless its first bytes or the text itself speak against it."""
    said = _CHARSET.search(content[:HEAD])
    if said and content[:2] not in {b"\xff\xfe", b"\xfe\xff"} and not content.startswith(b"\xef\xbb\xbf"):
        try:
            return content.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


def _told(page: HtmlElement) -> dict[str, str]:
    """The page's own fields by lower-case name; of several with one name the first."""
    fields: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        fields.setdefault(name.replace("dc:", "dc."), " ".join(meta.get("content", "").split()))
    return fields


def _title(page: HtmlElement, told: Mapping[str, str]) -> str:
    """The first heading where the title begins with it: the rest is the site's name."""
    title = " ".join((page.findtext(".//title") or told.get("og:title", "")).split())
    heading = page.find(".//h1")
    first = "" if heading is None else " ".join(heading.text_content().split())
    return first if first and title.startswith(first) else title


def _address(page: HtmlElement, told: Mapping[str, str]) -> str:
    links = [link.get("href", "") for link in page.iter("link") if link.get("rel", "").lower() == "canonical"]
    known = [address for address in [*links, told.get("og:url", "")] if address.startswith(("https://", "http://"))]
    return known[0] if known else ""
