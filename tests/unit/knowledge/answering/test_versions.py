"""Versions of one document, told by their titles and dates."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from knowledge.answering.versions import is_newer_version, newer_versions, newest_first, still_standing
from knowledge.model import Document
from tests.builders import document, hit

TITLE = "Tietosuojaohje puheentunnistuksen käyttöön, versio"


def _version(number: int, title: str = TITLE) -> Document:
    return document(f"v{number}.md", title=f"{title} {number}.0", published=date(2020 + number, 1, 1))


OLD, NEW = _version(1), _version(2)


def test_a_later_document_of_nearly_the_same_title_is_newer() -> None:
    """Numbers in titles do not count, dates do."""
    assert is_newer_version(NEW, OLD)
    assert not is_newer_version(OLD, NEW)
    assert not is_newer_version(NEW, NEW)


@pytest.mark.parametrize(
    "other", [_version(1, "Hankintaopas sosiaali- ja terveydenhuollolle"), document("undated.md", title=f"{TITLE} 1.0")]
)
def test_other_documents_are_no_versions(other: Document) -> None:
    """One on another subject, and one of which nobody knows when it was published."""
    assert not is_newer_version(NEW, other)
    assert not is_newer_version(other, NEW)


def test_what_replaced_a_cited_document_is_brought_up() -> None:
    """Its best hit alone, and nothing where it is cited already."""
    best, worse, apart = hit(number=1, of=NEW), hit(number=2, of=NEW), hit(number=3, of=document("apart.md"))
    assert newer_versions([apart, best, worse], [OLD]) == [best]
    assert newer_versions([apart, best, worse], [OLD, NEW]) == []


def test_no_document_stands_after_one_that_it_replaced() -> None:
    """All else keeps its order."""
    apart = document("apart.md")
    assert newest_first([OLD, apart, _version(3), NEW]) == [2, 3, 0, 1]
    assert newest_first([apart, NEW]) == [0, 1]


def test_an_admins_word_goes_before_titles_and_dates() -> None:
    """What they say replaces a document is its newer version, whatever it is called and whenever it came."""
    successor = document("other.md", title="Aivan muu nimi")
    replaced = dataclasses.replace(NEW, replaced_by=OLD.id)
    assert is_newer_version(OLD, replaced)
    assert not is_newer_version(replaced, OLD)
    assert newer_versions([hit(number=1, of=successor)], [dataclasses.replace(OLD, replaced_by=successor.id)])
    assert still_standing([replaced, OLD, successor]) == [False, True, True]
    assert still_standing([replaced, successor]) == [True, True]
