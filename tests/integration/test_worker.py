"""The indexer that waits for runs: it does what people ask for in Slack, and stops when it is told."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from indexer.scheduling import Scheduling
from indexer.sourcing import add_source
from indexer.wiring import LOCK, Indexer, open_indexer
from indexer.worker import Worker
from knowledge.model import IndexRun, RunState, RunTask
from knowledge.settings import Settings
from knowledge.wiring import utc_now
from tests.fakes import SmallEmbedder


@pytest.fixture
def indexer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Indexer]:
    """A real one over an empty data folder, with a model without weights."""
    monkeypatch.setattr("knowledge.wiring.open_embedder", lambda *_, **__: SmallEmbedder())
    with open_indexer(Settings(data_dir=tmp_path / "data")) as opened:
        yield opened


def _request(indexer: Indexer, name: str) -> None:
    with indexer.knowledge.store() as work:
        work.runs.request(name, "T1:U1", utc_now())
        work.commit()


def _run(indexer: Indexer, name: str) -> IndexRun:
    with indexer.knowledge.store.reading() as work:
        return work.runs.get(name)


def test_a_requested_run_is_done(indexer: Indexer) -> None:
    """It is claimed once, done, and noted with what it did; then there is nothing to do."""
    worker = Worker(indexer)
    assert not worker.work_once()
    _request(indexer, "r1")
    assert worker.work_once()
    assert _run(indexer, "r1").state is RunState.DONE
    assert not worker.work_once()


def test_a_schedule_asks_for_one_run_however_many_indexers_look(indexer: Indexer, tmp_path: Path) -> None:
    """The source alone is read, once, and its next time is tomorrow; admins see that an indexer is there."""
    (tmp_path / "ohje.md").write_text("# Ohje\n\nTallenne poistetaan viikossa.\n")
    now = utc_now()
    with indexer.knowledge.store() as work:
        source, _ = add_source(
            work, str(tmp_path / "ohje.md"), use_cases=False, audience=None, columns=(), clock=utc_now
        )
        work.care.schedule(source.id, "daily 03:00", now)
        work.commit()
    one, other = (Scheduling(indexer.knowledge.store, utc_now, name) for name in ("one", "other"))
    assert [one.request_due(), other.request_due()] == [1, 0]
    other.show_life()
    worker = Worker(indexer)
    assert worker.work_once()
    assert not worker.work_once()
    with indexer.knowledge.store.reading() as work:
        run, care, seen = work.runs.latest(), work.care.of(source.id), work.care.last_seen()
    assert run is not None
    assert (run.source, run.requested_by, run.report.new) == (source.id, "schedule", ("Ohje",))
    assert now < care.synced_at < care.due_at <= now + timedelta(days=1, hours=1)
    assert seen is not None
    assert seen >= now


def test_a_dry_run_changes_nothing(indexer: Indexer, tmp_path: Path) -> None:
    """It tells what would be new, and the source counts as not read yet."""
    (tmp_path / "ohje.md").write_text("# Ohje\n\nTallenne poistetaan viikossa.\n")
    with indexer.knowledge.store() as work:
        add_source(work, str(tmp_path / "ohje.md"), use_cases=False, audience=None, columns=(), clock=utc_now)
        work.runs.request("r1", "T1:U1", utc_now(), RunTask.PLAN)
        work.commit()
    assert Worker(indexer).work_once()
    run = _run(indexer, "r1")
    assert (run.state, run.counts.new, run.report.new) == (RunState.DONE, 1, ("ohje.md",))
    assert indexer.knowledge.shelf.kept() == []
    with indexer.knowledge.store.reading() as work:
        assert work.documents.live() == []
        assert work.care.all() == {}


def test_a_run_waits_while_another_indexer_works(indexer: Indexer) -> None:
    """The lock of the data folder comes first: the run stays queued."""
    _request(indexer, "r1")
    with FileLock(indexer.knowledge.settings.data_dir / LOCK):
        assert not Worker(indexer).work_once()
    assert _run(indexer, "r1").state is RunState.QUEUED


def test_a_failed_run_says_why_and_the_worker_goes_on(indexer: Indexer, monkeypatch: pytest.MonkeyPatch) -> None:
    """An expected failure is noted in the run with its sentence."""
    worker = Worker(indexer)
    _request(indexer, "r1")
    worker.work_once()
    monkeypatch.setattr(indexer.publisher, "_embedder", SmallEmbedder(16, "2"))
    _request(indexer, "r2")
    assert worker.work_once()
    run = _run(indexer, "r2")
    assert run.state is RunState.FAILED
    assert "run `python -m indexer rebuild`" in run.message


def test_a_source_that_is_removed_while_it_is_read_is_passed_over(
    indexer: Indexer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is stored of it, not even that something could not be read or was kept out; the others are indexed."""
    folders = {name: tmp_path / name for name in ("gone", "stays")}
    for folder in folders.values():
        folder.mkdir()
        (folder / "ohje.md").write_text(f"# Ohje\n\nTallenne kansiosta {folder.name} poistetaan viikossa.\n")
    (folders["gone"] / "potilas.md").write_text("# Kertomus\n\nPotilas Maija Mallikas, 131052-308T, kuume.\n")
    (folders["gone"] / "rikki.pdf").write_bytes(b"%PDF-1.7 rikki")
    with indexer.knowledge.store() as work:
        gone, _ = (
            add_source(work, str(folder), use_cases=False, audience=None, columns=(), clock=utc_now)[0]
            for folder in folders.values()
        )
        work.commit()
    _request(indexer, "r1")
    worker = Worker(indexer)
    watch = worker._watch  # noqa: SLF001 - as if an admin clicked while the first file is read

    def removed_meanwhile(phase: str, done: int, total: int) -> None:
        watch(phase, done, total)
        if (phase, done) == ("reading", 0):
            with indexer.knowledge.store() as work:
                work.sources.remove(gone.id)
                work.commit()

    monkeypatch.setattr(worker, "_watch", removed_meanwhile)
    assert worker.work_once()
    run = _run(indexer, "r1")
    assert (run.state, run.counts.new, run.counts.failed, run.message) == (RunState.DONE, 1, 0, "")
    assert run.report.new == ("Ohje",)
    with indexer.knowledge.store.reading() as work:
        assert [each.source for each in work.documents.live()] != [gone.id]
        assert (work.failures.all(), work.quarantine.all()) == ([], [])


def test_what_nobody_foresaw_ends_a_run_and_not_the_worker(
    indexer: Indexer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is noted as failed, the log has the traceback, and what is asked for next is done."""
    worker = Worker(indexer)
    _request(indexer, "r1")
    with monkeypatch.context() as broken:
        broken.setattr(indexer.publisher, "is_current", lambda: 1 / 0)
        assert worker.work_once()
    assert _run(indexer, "r1").state is RunState.FAILED
    assert "ZeroDivisionError" in caplog.text
    _request(indexer, "r2")
    assert worker.work_once()
    assert _run(indexer, "r2").state is RunState.DONE


def test_it_works_until_it_is_told_to_stop(indexer: Indexer, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM ends the waiting; what was asked before is done."""
    monkeypatch.setattr("os.nice", lambda _by: 0)
    monkeypatch.setattr("indexer.worker.LOOK_EVERY", 0.01)
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    _request(indexer, "r1")

    def stop_when_done() -> None:
        while _run(indexer, "r1").state is not RunState.DONE:
            done.wait(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    done = threading.Event()
    watcher = threading.Thread(target=stop_when_done)
    watcher.start()
    try:
        Worker(indexer).run()
    finally:
        watcher.join()
        for name, handler in before.items():
            signal.signal(name, handler)
    assert _run(indexer, "r1").state is RunState.DONE


def test_a_run_that_is_stopped_is_taken_up_again(
    indexer: Indexer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to stop in the middle, the worker leaves the run open; its next life finishes it."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Asiakirja numero {number} on tässä kansiossa.")
    with indexer.knowledge.store() as work:
        add_source(work, str(folder), use_cases=False, audience=None, columns=(), clock=utc_now)
        work.commit()
    _request(indexer, "r1")
    worker = Worker(indexer)
    monkeypatch.setattr(worker._stop, "is_set", lambda: True)  # noqa: SLF001 - as if told between two documents
    assert worker.work_once()
    assert _run(indexer, "r1").state is RunState.RUNNING
    assert Worker(indexer).work_once()
    run = _run(indexer, "r1")
    assert (run.state, run.counts.new) == (RunState.DONE, 3)
