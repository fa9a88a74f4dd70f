"""Sources' schedules, replaced documents and what answers cited, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from knowledge.model import (
    NEVER,
    CitedChange,
    Document,
    Replacement,
    SourceCare,
    SourceId,
)
from knowledge.store import Store
from tests.builders import content, document, question, source
from tests.fakes import NOON
from tests.inquiring import given_answer

S1 = SourceId("s1")
LATER = NOON + timedelta(days=1)


def _with_source(store: Store) -> None:
    with store() as work:
        work.sources.add(source())
        work.commit()


def test_nothing_is_known_of_a_new_source(store: Store) -> None:
    """No schedule, never read; and what is noted of a source that is gone is passed over."""
    with store() as work:
        work.care.synced(SourceId("s9"), NOON)
        assert work.care.of(S1) == SourceCare(S1)
        assert work.care.all() == {}
        assert work.care.last_seen() is None


def test_a_time_that_has_come_is_taken_once(store: Store) -> None:
    """Of two processes that saw it one asks for the run; it is put off, not forgotten."""
    _with_source(store)
    with store() as work:
        work.care.schedule(S1, "daily 14:00", NOON)
        work.care.failed(S1, "away")
        work.care.indexer_seen("a", NOON)
        work.care.indexer_seen("a", LATER)
        work.commit()
    with store() as work:
        assert work.care.due(NOON - timedelta(seconds=1)) == []
        [due] = work.care.due(NOON)
        assert due == SourceCare(S1, "daily 14:00", NOON, NEVER, "away")
        assert [work.care.take_due(due, LATER), work.care.take_due(due, LATER)] == [True, False]
        work.care.synced(S1, NOON)
        assert work.care.all() == {S1: SourceCare(S1, "daily 14:00", LATER, NOON, "")}
        assert work.care.last_seen() == LATER
        work.sources.remove(S1)
        assert work.care.all() == {}


def _put(store: Store, *documents: Document, text: str = "Maksu on 30 euroa.") -> None:
    with store() as work:
        for each in documents:
            work.documents.put(content(each, text), NOON)
        work.commit()


def test_a_replacement_shows_in_what_is_found_until_it_is_taken_back(store: Store) -> None:
    """Passages carry what replaces their document; where the new one is erased, nothing does any more."""
    _with_source(store)
    old, new = document("old.md"), document("new.md")
    _put(store, old, new)
    with store() as work:
        work.replacements.put(Replacement(old.id, new.id, "T1:U1", NOON))
        [(kept, before, after)] = work.replacements.all()
        assert (kept.new, before.id, after.id) == (new.id, old.id, new.id)
        [passage] = work.documents.of_document(old.id)
        assert work.documents.passages([passage.id])[passage.id][1].replaced_by == new.id
        assert work.replacements.replacing(new.id) is None
        shown = work.replacements.successors([old.id, new.id], [new.audience])
        assert shown == {old.id: (new.title, new.url)}
        assert work.replacements.successors([old.id], []) == {}
        assert [work.replacements.take_back(old.id), work.replacements.take_back(old.id)] == [True, False]
        work.replacements.put(Replacement(old.id, new.id, "T1:U1", NOON))
        work.documents.erase(new.id)
        assert work.replacements.all() == []
        assert work.documents.by_source() == {S1: 1}
        assert work.documents.title(old.id) == old.title


def test_cited_passages_that_are_gone_are_told_once(store: Store) -> None:
    """Counted by questions, by document; a document that changed elsewhere is none of it."""
    _with_source(store)
    changed, gone, same = (document(f"{name}.md", title=name) for name in ("changed", "gone", "same"))
    _put(store, changed, gone, same)
    with store() as work:
        cited = [work.documents.of_document(each.id)[0].id for each in (changed, gone, same)]
        for name in ("q1", "q2"):
            work.questions.add(question(name))
            work.ratings.record(dataclasses.replace(given_answer(name), passages=tuple(cited)))
        assert work.ratings.take_changed() == []
        work.commit()
    _put(store, changed, text="Maksu on 40 euroa.")
    with store() as work:
        work.documents.retire(gone.id, LATER)
        assert work.ratings.take_changed() == [
            CitedChange(changed.id, "changed", is_gone=False, questions=2),
            CitedChange(gone.id, "gone", is_gone=True, questions=2),
        ]
        assert work.ratings.take_changed() == []


def test_cited_passages_that_were_erased_are_told_once(store: Store) -> None:
    """Also where nothing is left that tells of them: a document in quarantine, and all of a source that was removed."""
    other = source(2)
    _with_source(store)
    with store() as work:
        work.sources.add(other)
        work.commit()
    kept_out, removed, same = document("kept-out.md"), document("removed.md", of=other), document("same.md")
    _put(store, kept_out, removed, same)
    with store() as work:
        cited = {each.id: work.documents.of_document(each.id)[0].id for each in (kept_out, removed, same)}
        for name in ("q1", "q2"):
            work.questions.add(question(name))
            told = given_answer(name)
            work.ratings.record(dataclasses.replace(told, passages=tuple(cited.values()), documents=tuple(cited)))
        work.commit()
    with store() as work:
        work.documents.erase(kept_out.id)
        work.sources.remove(other.id)
        expected = [CitedChange(each, "", is_gone=True, questions=2) for each in sorted((kept_out.id, removed.id))]
        assert work.ratings.take_changed() == expected
        assert work.ratings.take_changed() == []
