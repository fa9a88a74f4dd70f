"""From the bytes of one document to what the store keeps of it."""

from __future__ import annotations

import pytest

from indexer.changes import Arrived
from indexer.contents import RULES, read_content
from indexer.failures import ReadFailure
from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.sources.base import CatalogueRow, Fetched, Item
from knowledge.documents import document_id
from knowledge.model import Audience, DocumentKind, Language, UseCase
from tests.builders import source
from tests.fakes import NOON


class FakeReader:
    """Reads everything as the same document."""

    def __init__(self, document: ReadDocument) -> None:
        self._document = document

    def read(self, content: bytes, name: str) -> ReadDocument:
        """The document it was made with."""
        del content, name
        return self._document


def _arrived(row: CatalogueRow | None = None, url: str = "") -> Arrived:
    item = Item("ohje.md", "mark", url)
    return Arrived(item, Fetched(b"bytes", "ohje.md", "mark", row), "hash", is_new=True)


def _read(document: ReadDocument, arrived: Arrived | None = None) -> tuple[object, ...]:
    return read_content(source(audience=Audience.PUBLIC), arrived or _arrived(), FakeReader(document), NOON)  # type: ignore[arg-type]


def _document(*texts: str, title: str = "Ohje", url: str = "") -> ReadDocument:
    return ReadDocument(
        title, "Valokehä", None, tuple(Block(BlockKind.PARAGRAPH, text) for text in texts), url, ("Huom.",)
    )


def test_a_document_bears_its_sources_marks() -> None:
    """Id by source and key, the source's audience, the mark and the hash of its bytes, the rules it was read by."""
    content, notes = _read(_document("Tallenne poistetaan viikossa."))
    home = content.document  # type: ignore[attr-defined]
    assert (home.id, home.key, home.kind) == (document_id(source().id, "ohje.md"), "ohje.md", DocumentKind.DOCUMENT)
    assert (home.title, home.publisher, home.audience, home.read_at) == ("Ohje", "Valokehä", Audience.PUBLIC, NOON)
    assert (content.revision, content.content_hash, content.reader) == ("mark", "hash", RULES)  # type: ignore[attr-defined]
    assert notes == ("Huom.",)


def test_its_language_is_that_of_most_of_its_text() -> None:
    """A short summary in another language does not decide."""
    finnish = "Tallenne poistetaan viikossa, ja lokit säilytetään vuoden ajan palvelimella."
    content, _ = _read(_document(finnish, "In short: one week."))
    assert content.document.language is Language.FI  # type: ignore[attr-defined]


def test_a_readers_address_goes_before_the_documents_own() -> None:
    """A page is opened where it was fetched; a file where it says that it is published."""
    told = _document("Teksti on tässä.", url="https://example.org/o")
    addresses = [_read(told, _arrived(url=url))[0].document.url for url in ("", "https://example.org/p")]  # type: ignore[attr-defined]
    assert addresses == ["https://example.org/o", "https://example.org/p"]


def test_a_document_without_a_title_is_called_by_its_key() -> None:
    """Something must stand beside a quote."""
    content, _ = _read(_document("Teksti on tässä.", title=""))
    assert content.document.title == "ohje"  # type: ignore[attr-defined]


def test_a_row_becomes_a_use_case() -> None:
    """No reader is asked; organisation and topics stand above the text, so that they are found by."""
    row = CatalogueRow("k1", "Sanelu", "Järviranta", "pilot", ("puhe",), "Maija", "", "Hoitaja sanelee kirjauksen.")
    content, _ = _read(_document(), _arrived(row))
    home, (passage,) = content.document, content.passages  # type: ignore[attr-defined]
    assert (home.kind, home.title, home.publisher) == (DocumentKind.USECASE, "Sanelu", "Järviranta")
    assert (passage.text, passage.headings) == ("Hoitaja sanelee kirjauksen.", ("Järviranta", "puhe"))
    assert content.use_case == UseCase(home.id, "Sanelu", "Järviranta", "pilot", ("puhe",), "Maija", "")  # type: ignore[attr-defined]


def test_nothing_to_quote_is_a_failure() -> None:
    """A reader that finds no text leaves nothing to keep."""
    with pytest.raises(ReadFailure) as caught:
        _read(_document())
    assert caught.value.code == "empty"
