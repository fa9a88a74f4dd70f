"""What a document is called in the store, and what of its passages is searched."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.language.sentences import split_sentences
from knowledge.model import DocumentId, Language, SourceId, TextHash


def indexed_text(title: str, headings: Sequence[str], text: str) -> str:
    """The text that is embedded and searched: title, heading path and the passage itself, a line each."""
    above = [part for part in (title, *headings) if part]
    unique = list(dict.fromkeys(above))
    return "\n".join([" › ".join(unique), text]) if unique else text


@dataclass(frozen=True, slots=True)
class EmbeddedTexts:
    """What is embedded of a passage: its indexed text, and each of its sentences by itself."""

    passage: str
    sentences: tuple[str, ...]


def embedded_texts(title: str, headings: Sequence[str], text: str, language: Language) -> EmbeddedTexts:
    """What is embedded of a passage of this text under this title and these headings."""
    return EmbeddedTexts(indexed_text(title, headings, text), tuple(split_sentences(text, language)))


def page_link(url: str, page: int | None) -> str:
    """The address that opens the document at the page, where its format can: a PDF."""
    can_open_at_page = page is not None and "#" not in url and urlsplit(url).path.lower().endswith(".pdf")
    return f"{url}#page={page}" if can_open_at_page else url


def text_hash(indexed: str) -> TextHash:
    """SHA-256 in hex of an indexed text: equal texts share one vector."""
    return TextHash(hashlib.sha256(indexed.encode("utf-8")).hexdigest())


def document_id(source: SourceId, key: str) -> DocumentId:
    """The id a document has whenever it is read from this source under this key."""
    return DocumentId("d" + hashlib.sha256(f"{source}\n{key}".encode()).hexdigest()[:15])
