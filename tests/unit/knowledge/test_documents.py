"""What is embedded and searched of a passage, and what things are called."""

from __future__ import annotations

import hashlib

import pytest

from knowledge.documents import document_id, indexed_text, page_link, text_hash
from knowledge.model import SourceId


def test_a_passage_is_searched_with_its_title_and_headings() -> None:
    """Title and heading path stand in a line above the text: a passage is found by what its chapter is about."""
    assert indexed_text("Opas", ("Aikataulu", "Alku"), "Pilotti alkoi.") == "Opas › Aikataulu › Alku\nPilotti alkoi."


def test_a_heading_that_repeats_the_title_is_said_once() -> None:
    """The first of equal parts stays, empty ones are left out, order is kept."""
    assert indexed_text("Opas", ("Opas", "", "Alku", "Opas"), "Pilotti alkoi.") == "Opas › Alku\nPilotti alkoi."


def test_without_title_and_headings_the_text_stands_alone() -> None:
    """No empty line is added."""
    assert indexed_text("", (), "Pilotti alkoi.") == "Pilotti alkoi."


def test_the_hash_is_sha_256_of_the_indexed_text() -> None:
    """Equal texts share a vector; the hash is over UTF-8."""
    assert text_hash("Äiti") == hashlib.sha256(b"\xc3\x84iti").hexdigest()


def test_a_document_keeps_its_id_and_shares_it_with_none() -> None:
    """The id follows from source and key alone; moving a character from one to the other makes another."""
    assert document_id(SourceId("s1"), "guide.md") == document_id(SourceId("s1"), "guide.md")
    others = {
        document_id(SourceId(source), key)
        for source, key in (("s1", "guide.md"), ("s2", "guide.md"), ("s1", "guide2.md"), ("s1g", "uide.md"))
    }
    assert len(others) == 4
    assert all(len(each) == 16 and each.startswith("d") for each in others)


@pytest.mark.parametrize(
    ("url", "page", "link"),
    [
        ("https://example.org/raportti.pdf", 7, "https://example.org/raportti.pdf#page=7"),
        ("https://example.org/Raportti.PDF?v=2", 7, "https://example.org/Raportti.PDF?v=2#page=7"),
        ("https://example.org/raportti.pdf#luku-2", 7, "https://example.org/raportti.pdf#luku-2"),
        ("https://example.org/esitys.pptx", 7, "https://example.org/esitys.pptx"),
        ("https://example.org/raportti.pdf", None, "https://example.org/raportti.pdf"),
        ("", 7, ""),
    ],
)
def test_a_pdf_opens_at_the_page(url: str, page: int | None, link: str) -> None:
    """Only a PDF's address takes a page, and only where it does not point into the document already."""
    assert page_link(url, page) == link
