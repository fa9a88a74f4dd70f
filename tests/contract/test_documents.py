"""The documents' repository, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from knowledge.documents import text_hash
from knowledge.model import Audience, DocumentKind, PassageId
from knowledge.ports import DocumentState
from knowledge.store import Store
from knowledge.store.unit_of_work import SqlUnitOfWork
from tests.builders import content, document, draft, source, use_case
from tests.fakes import NOON

LATER = NOON + timedelta(hours=1)
GUIDE = document(published=date(2026, 3, 1))
MANY = 1200
"""More passages than one statement takes and than are fetched at once."""


@pytest.fixture
def work(store: Store) -> Iterator[SqlUnitOfWork]:
    """A transaction in which source s1 exists."""
    with store() as opened:
        opened.sources.add(source())
        yield opened


def _numbers(work: SqlUnitOfWork) -> dict[str, int]:
    return {passage.text: passage.id for passage in work.documents.of_document(GUIDE.id)}


def test_a_document_is_read_back_as_it_was_put(work: SqlUnitOfWork) -> None:
    """Document and passages keep every field; the hash is over title, headings and text."""
    work.documents.put(content(GUIDE, draft("Pilotti alkoi.", page=3, headings=("Aikataulu", "Alku"))), NOON)
    assert work.documents.live() == [GUIDE]
    [(passage, of)] = work.documents.live_passages()
    assert of == GUIDE
    assert (passage.document, passage.ordinal, passage.page) == (GUIDE.id, 0, 3)
    assert (passage.text, passage.headings, passage.language) == ("Pilotti alkoi.", ("Aikataulu", "Alku"), "fi")
    assert passage.text_hash == text_hash("Opas › Aikataulu › Alku\nPilotti alkoi.")


def test_unchanged_passages_keep_their_ids(work: SqlUnitOfWork) -> None:
    """A new reading keeps the id of a passage whose text stayed, also where it moved, and gives new texts new ids."""
    work.documents.put(content(GUIDE, "Yksi.", "Kaksi.", "Kolme."), NOON)
    before = _numbers(work)
    work.documents.put(content(GUIDE, "Nolla.", "Kolme.", "Yksi.", "Kaksi ja puoli."), LATER)
    after = _numbers(work)
    assert list(after) == ["Nolla.", "Kolme.", "Yksi.", "Kaksi ja puoli."]
    assert {text: after[text] for text in ("Yksi.", "Kolme.")} == {text: before[text] for text in ("Yksi.", "Kolme.")}
    assert {after["Nolla."], after["Kaksi ja puoli."]}.isdisjoint(before.values())


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (draft("Yksi.", page=1), draft("Yksi.", page=2)),
        (draft("Yksi.", headings=("A",)), draft("Yksi.", headings=("B",))),
    ],
)
def test_a_passage_on_another_page_or_under_another_heading_is_another(
    work: SqlUnitOfWork, was: object, becomes: object
) -> None:
    """A kept generation must go on citing the page that was true for it, so the passage gets a new id."""
    work.documents.put(content(GUIDE, was), NOON)  # type: ignore[arg-type]
    before = _numbers(work)
    work.documents.put(content(GUIDE, becomes), LATER)  # type: ignore[arg-type]
    assert _numbers(work)["Yksi."] != before["Yksi."]


def test_equal_passages_stay_as_many_as_they_are(work: SqlUnitOfWork) -> None:
    """A text that stands twice in a document is two passages, and stays one when one is taken out."""
    work.documents.put(content(GUIDE, "Sama.", "Sama."), NOON)
    both = [passage.id for passage in work.documents.of_document(GUIDE.id)]
    work.documents.put(content(GUIDE, "Sama."), LATER)
    assert len(both) == len(set(both)) == 2
    assert [passage.id for passage in work.documents.of_document(GUIDE.id)] == both[:1]


def test_replaced_passages_stay_readable(work: SqlUnitOfWork) -> None:
    """A retired passage leaves the live ones but is still found by id: kept generations point to it."""
    work.documents.put(content(GUIDE, "Vanha."), NOON)
    old = _numbers(work)["Vanha."]
    work.documents.put(content(GUIDE, "Uusi."), LATER)
    assert [passage.text for passage, _ in work.documents.live_passages()] == ["Uusi."]
    assert work.documents.passages([PassageId(old)])[PassageId(old)][0].text == "Vanha."


def test_a_retired_document_leaves_what_is_live(work: SqlUnitOfWork) -> None:
    """A vanished document is in no state, list or count; its passages are still found by id."""
    work.documents.put(content(GUIDE, "Teksti."), NOON)
    number = PassageId(_numbers(work)["Teksti."])
    work.documents.retire(GUIDE.id, LATER)
    assert work.documents.states(GUIDE.source) == {}
    assert work.documents.live() == []
    assert list(work.documents.live_passages()) == []
    assert work.documents.counts() == {"documents": 0, "usecases": 0, "passages": 0}
    assert work.documents.passages([number])[number][1].id == GUIDE.id


def test_a_document_that_comes_back_is_live_again(work: SqlUnitOfWork) -> None:
    """Put after retire gives the same document with live passages of new ids."""
    work.documents.put(content(GUIDE, "Teksti."), NOON)
    before = _numbers(work)
    work.documents.retire(GUIDE.id, LATER)
    work.documents.put(content(GUIDE, "Teksti."), LATER)
    assert [each.id for each in work.documents.live()] == [GUIDE.id]
    assert _numbers(work).keys() == before.keys()
    assert _numbers(work) != before


def test_purging_takes_only_what_was_retired_before(work: SqlUnitOfWork) -> None:
    """What was retired at or after the given time stays, and so does everything live."""
    other = document("other.md")
    work.documents.put(content(GUIDE, "Vanha.", "Elävä."), NOON)
    work.documents.put(content(other, "Poistettu."), NOON)
    numbers = [PassageId(number) for number in (*_numbers(work).values(), _numbers(work)["Elävä."] + 1)]
    work.documents.put(content(GUIDE, "Elävä."), NOON)
    work.documents.retire(other.id, LATER)
    assert work.documents.purge_retired(NOON) == 0
    assert work.documents.purge_retired(LATER) == 1
    assert sorted(passage.text for passage, _ in work.documents.passages(numbers).values()) == ["Elävä.", "Poistettu."]
    assert work.documents.purge_retired(LATER + timedelta(seconds=1)) == 1
    assert [passage.text for passage, _ in work.documents.passages(numbers).values()] == ["Elävä."]


def test_an_id_of_a_purged_passage_is_not_given_again(work: SqlUnitOfWork) -> None:
    """Passage ids count up for ever: an old generation's id can never mean another text."""
    work.documents.put(content(GUIDE, "Yksi."), NOON)
    first = _numbers(work)["Yksi."]
    work.documents.retire(GUIDE.id, NOON)
    work.documents.purge_retired(LATER)
    work.documents.put(content(GUIDE, "Kaksi."), LATER)
    assert _numbers(work)["Kaksi."] > first


def test_what_is_remembered_tells_whether_a_document_changed(work: SqlUnitOfWork) -> None:
    """States hold the marks of the last reading by key; `touch` changes the cheap one and the address alone."""
    work.documents.put(content(GUIDE, "Teksti.", revision="r1"), NOON)
    assert work.documents.states(GUIDE.source) == {
        "guide.md": DocumentState(GUIDE.id, "guide.md", "r1", "hash of r1", "reader 1", GUIDE.url)
    }
    work.documents.touch(GUIDE.id, "r2", "https://example.org/moved")
    assert work.documents.states(GUIDE.source)["guide.md"] == DocumentState(
        GUIDE.id, "guide.md", "r2", "hash of r1", "reader 1", "https://example.org/moved"
    )


def test_the_revision_grows_with_every_change_of_content(work: SqlUnitOfWork) -> None:
    """Putting and retiring count; touching, which changes no text, does not."""
    seen = [work.revision()]
    for change in (
        lambda: work.documents.put(content(GUIDE, "Teksti."), NOON),
        lambda: work.documents.touch(GUIDE.id, "r2", "https://example.org/moved"),
        lambda: work.documents.retire(GUIDE.id, NOON),
    ):
        change()
        seen.append(work.revision())
    assert [after - before for before, after in itertools.pairwise(seen)] == [1, 0, 1]


def test_a_use_case_is_kept_with_its_document(work: SqlUnitOfWork) -> None:
    """The catalogue's fields are read back by document, replaced by the next reading and counted by kind."""
    case = document("case-1", title="Puheentunnistus", kind=DocumentKind.USECASE)
    work.documents.put(content(case, "Kuvaus.", case=True), NOON)
    work.documents.put(content(GUIDE, "Yksi.", "Kaksi."), NOON)
    assert work.documents.use_cases([case.id, GUIDE.id]) == {case.id: use_case(case.id)}
    assert work.documents.counts() == {"documents": 1, "usecases": 1, "passages": 3}
    assert work.documents.counts([Audience.COORDINATORS]) == {"documents": 0, "usecases": 0, "passages": 0}
    assert work.documents.counts([Audience.MEMBERS, Audience.PUBLIC]) == work.documents.counts()
    changed = dataclasses.replace(use_case(case.id), stage="production", topics=())
    work.documents.put(dataclasses.replace(content(case, "Kuvaus."), use_case=changed), LATER)
    assert work.documents.use_cases([case.id]) == {case.id: changed}


def test_live_use_cases_come_with_their_documents(work: SqlUnitOfWork) -> None:
    """In the order of their keys; neither documents of other kinds nor use cases that have vanished are among them."""
    second, first, gone = (document(f"case-{name}", kind=DocumentKind.USECASE) for name in "bac")
    for case in (second, first, gone):
        work.documents.put(content(case, "Kuvaus.", case=True), NOON)
    work.documents.put(content(GUIDE, "Teksti."), NOON)
    work.documents.retire(gone.id, LATER)
    assert work.documents.live_use_cases() == [(first, use_case(first.id)), (second, use_case(second.id))]


def test_long_documents_are_stored_and_streamed_whole(work: SqlUnitOfWork) -> None:
    """More passages than a statement takes variables are stored, kept, retired and read back, in order of id."""
    work.documents.put(content(GUIDE, *(f"Kappale {number}." for number in range(MANY))), NOON)
    first = [passage.id for passage, _ in work.documents.live_passages()]
    assert first == sorted(first)
    assert len(first) == MANY
    assert work.documents.passages(first).keys() == set(first)
    work.documents.put(content(GUIDE, "Kappale 7.", "Uusi."), LATER)
    assert [passage.text for passage, _ in work.documents.live_passages()] == ["Kappale 7.", "Uusi."]
    assert len(work.documents.passages(first)) == MANY
