"""A person's answer as a document: read without a reader, cited first, as theirs, and only to whom it is for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from indexer.changes import Arrived
from indexer.contents import read_content
from indexer.failures import FetchFailure
from indexer.reading.reader import Reader
from indexer.sources.base import Fetched, Item
from indexer.sources.curated import CuratedSource
from knowledge.inquiries.curating import Curation
from knowledge.inquiries.shelving import add_sources, document_of
from knowledge.model import Audience, DocumentKind, InquiryId, InquiryState, Language, MemberId, RunState, Source
from knowledge.publishing import Publisher
from knowledge.roles import FixedRoles
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge
from tests.builders import content, document, source
from tests.fakes import NOON, SetClock
from tests.inquiring import curated_answer, inquiry
from tests.integration.indexing import Bench, quiet

QUESTION = "Kuinka kauan sanelun käyttöönotto kestää?"
TEXT = "Sanelun käyttöönotto kesti meillä yhdeksän viikkoa."
ANSWER = curated_answer(question=QUESTION, text=TEXT)


@pytest.fixture
def knowledge(bundled_home: Path, tmp_path: Path) -> Iterator[Knowledge]:
    """A guide that answers the question, and a member's answer to it, both indexed."""
    (tmp_path / "models").symlink_to(bundled_home / "models")
    opened = open_knowledge(Settings(data_dir=tmp_path), clock=SetClock())
    guide = document(of=source(audience=Audience.MEMBERS), title="Sanelun käyttöönoton opas")
    with opened.store() as work:
        work.sources.add(source(audience=Audience.MEMBERS))
        work.documents.put(content(guide, "Sanelun käyttöönotto kestää yleensä kuusi viikkoa."), NOON)
        work.inquiries.add(inquiry(state=InquiryState.CURATED))
        work.inquiries.put_answer(ANSWER)
        add_sources(work, SetClock())
        work.commit()
    _read_into(opened)
    Publisher(opened.store, opened.shelf, opened.embedder).publish()
    yield opened
    opened.store.dispose()


def _with_answer(bench: Bench) -> Sequence[Source]:
    """All sources, once the member's answer is among them."""
    with bench.store() as work:
        work.inquiries.add(inquiry(state=InquiryState.CURATED))
        work.inquiries.put_answer(ANSWER)
        add_sources(work, bench.clock)
        work.commit()
        return work.sources.all()


def _read_into(opened: Knowledge) -> None:
    """As the pipeline does."""
    curated = CuratedSource(opened.store, Audience.MEMBERS)
    [item] = curated.list()
    fetched = curated.fetch(item)
    with opened.store() as work, Reader(seconds=1, memory_mb=512, max_bytes=1) as reader:
        home = next(each for each in work.sources.all() if each.location == "curated:members")
        read, notes = read_content(home, Arrived(item, fetched, "hash", is_new=True), reader, NOON)
        assert not notes
        assert read.document.id == document_of(ANSWER)
        work.documents.put(read, NOON)
        work.commit()


def test_a_persons_answer_is_cited_first_with_name_and_date(knowledge: Knowledge) -> None:
    """The guide stands beside it; both quotes are verbatim."""
    answer = knowledge.answerer.ask(QUESTION, audience=Audience.MEMBERS)
    first, second = answer.citations
    assert (first.kind, first.publisher, first.quote) == (DocumentKind.CURATED, "Outi Saarela", TEXT)
    assert (second.kind, second.title) == (DocumentKind.DOCUMENT, "Sanelun käyttöönoton opas")
    assert "Vastaajana Outi Saarela, 12.3.2026" in answer.text


def test_who_it_is_not_for_does_not_get_it(knowledge: Knowledge) -> None:
    """Nor the guide."""
    assert knowledge.answerer.ask(QUESTION, audience=Audience.PUBLIC).citations == ()


def test_an_answer_that_was_taken_back_is_not_found(knowledge: Knowledge) -> None:
    """At once, in the generation that is published already."""
    Curation(knowledge.store, SetClock(), FixedRoles()).retract(ANSWER.inquiry, ANSWER.author)
    answer = knowledge.answerer.ask(QUESTION, audience=Audience.MEMBERS)
    assert [each.kind for each in answer.citations] == [DocumentKind.DOCUMENT]


@pytest.mark.parametrize("leave", [Curation.forget, lambda curation, person: curation.retract(ANSWER.inquiry, person)])
def test_a_run_brings_no_answer_back(tmp_path: Path, leave: Callable[[Curation, MemberId], None]) -> None:
    """Whoever erases or takes back their answer while a run has listed it: it is nowhere after, and a run is due."""
    bench = Bench(tmp_path / "home", SetClock())
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guide.md").write_text("# Opas\n\nSanelun käyttöönotto kestää kuusi viikkoa.\n")
    bench.add(tmp_path / "docs")
    sources = _with_answer(bench)
    told: list[str] = []

    def tell(phase: str, _done: int, _total: int) -> None:
        if not told:
            leave(Curation(bench.store, SetClock(), FixedRoles()), ANSWER.author)
        told.append(phase)

    bench.pipeline().sync(sources, tell)
    assert told
    with bench.store.reading() as work:
        assert [each.title for each in work.documents.live()] == ["Opas"]
        assert work.documents.of_document(document_of(ANSWER)) == []
        run = work.runs.latest()
    assert run is not None
    assert run.state is RunState.QUEUED


def test_an_answer_whose_source_lists_it_no_more_leaves_no_words(tmp_path: Path) -> None:
    """Not retired as other documents are: they would stay with earlier generations of the index."""
    bench = Bench(tmp_path / "home", SetClock())
    sources = _with_answer(bench)
    bench.pipeline().sync(sources, quiet)
    with bench.store() as work:
        assert work.documents.title(document_of(ANSWER)) == QUESTION
        work.inquiries.remove_answer(ANSWER.inquiry)
        work.commit()
    bench.pipeline().sync(sources, quiet)
    with bench.store.reading() as work:
        assert work.documents.title(document_of(ANSWER)) == ""


def test_the_source_lists_what_is_approved_for_its_audience(knowledge: Knowledge) -> None:
    """Its mark changes with the words; what was taken back meanwhile cannot be fetched."""
    store = knowledge.store
    with store() as work:
        for name, changes in {"i2": {"is_approved": False}, "i3": {"audience": Audience.PUBLIC}}.items():
            work.inquiries.add(inquiry(name))
            work.inquiries.put_answer(dataclasses.replace(ANSWER, inquiry=InquiryId(name), **changes))
        work.commit()
    members = CuratedSource(store, Audience.MEMBERS)
    [item] = members.list()
    assert item.key == "i1"
    assert [each.key for each in CuratedSource(store, Audience.PUBLIC).list()] == ["i3"]
    with store() as work:
        work.inquiries.put_answer(dataclasses.replace(ANSWER, text="Toisin."))
        work.commit()
    [changed] = members.list()
    assert changed.revision != item.revision
    fetched = members.fetch(changed)
    assert isinstance(fetched, Fetched)
    assert fetched.answer is not None
    assert [each.text for each in fetched.answer.blocks] == ["Toisin."]
    with pytest.raises(FetchFailure):
        members.fetch(Item("i9", "", ""))


def test_without_consent_to_a_name_there_is_none(knowledge: Knowledge) -> None:
    """In whatever language the reader asks."""
    with knowledge.store() as work:
        work.inquiries.put_answer(dataclasses.replace(ANSWER, name="", author=MemberId("T1:U2")))
        work.commit()
    _read_into(knowledge)
    answer = knowledge.answerer.ask(QUESTION, audience=Audience.MEMBERS, language=Language.SV)
    assert "Svar av en medlem i nätverket" in answer.text
    assert "Saarela" not in answer.text
