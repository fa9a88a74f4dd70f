"""The runs' repository, on SQLite and on PostgreSQL: a queue of one, claimed by one."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from indexer import runs
from indexer.pipeline import Tell
from indexer.report import Report
from indexer.runs import RunBook
from knowledge.errors import NotFoundError
from knowledge.model import IndexRun, RunCounts, RunState
from knowledge.store import Store
from tests.fakes import NOON, SetClock

LONG_AGO = NOON - timedelta(minutes=10)
SOON = NOON + timedelta(seconds=30)

NOTHING = Report(RunCounts(), (), (), ())


def _wait_for_beat(store: Store, now: datetime) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with store() as work:
            # Never committed: it only tells whether the last sign of life is older.
            if work.runs.claim("other", now, now - timedelta(minutes=1)) is None:
                return
    pytest.fail("no sign of life was given")


def _request(store: Store, name: str = "run-1") -> IndexRun:
    with store() as work:
        run = work.runs.request(name, "T1:U1", NOON)
        work.commit()
    return run


def _claim(store: Store, worker: str = "a", *, stale_before: timedelta = timedelta(minutes=-1)) -> IndexRun | None:
    with store() as work:
        run = work.runs.claim(worker, SOON, SOON + stale_before)
        work.commit()
    return run


def _finish(store: Store, name: str) -> None:
    with store() as work:
        work.runs.finish(name, RunState.DONE, RunCounts(), "", SOON)
        work.commit()


def test_a_requested_run_waits(store: Store) -> None:
    """A new run is queued, with nothing done, and is the latest."""
    run = _request(store)
    assert run == IndexRun("run-1", RunState.QUEUED, "T1:U1", NOON, phase="queued", done=0, total=0)
    with store.reading() as work:
        assert work.runs.get("run-1") == work.runs.latest() == run


def test_one_run_waits_at_a_time(store: Store) -> None:
    """A second request returns the waiting run, whoever asks; the transaction stays usable."""
    first = _request(store)
    with store() as work:
        second = work.runs.request("run-2", "T1:U2", SOON)
        again = work.runs.request("run-1", "T1:U1", SOON)
        work.commit()
    assert second == again == first
    with store.reading() as work, pytest.raises(NotFoundError, match="no indexing run run-2"):
        work.runs.get("run-2")


def test_a_run_can_wait_while_another_runs(store: Store) -> None:
    """What was asked for during a run is done after it: the running one may have passed the changed file already."""
    _request(store)
    _claim(store)
    assert _request(store, "run-2").id == "run-2"


def test_two_workers_never_claim_the_same_run(store: Store) -> None:
    """Of many workers at once exactly one gets the queued run, every time."""
    workers = 6
    barrier = threading.Barrier(workers)

    def take(number: int) -> IndexRun | None:
        barrier.wait()
        return _claim(store, f"worker-{number}")

    with ThreadPoolExecutor(workers) as pool:
        for turn in range(5):
            _request(store, f"run-{turn}")
            taken = [run for run in pool.map(take, range(workers)) if run is not None]
            assert [run.id for run in taken] == [f"run-{turn}"]
            _finish(store, f"run-{turn}")


def test_nothing_waits_nothing_is_claimed(store: Store) -> None:
    """Without a queued run, and with one that is done, there is nothing to take."""
    assert _claim(store) is None
    _request(store)
    _claim(store)
    _finish(store, "run-1")
    assert _claim(store) is None


def test_a_silent_workers_run_is_taken_over(store: Store) -> None:
    """A run whose last sign of life is older than the limit goes to another worker; before that it does not."""
    _request(store)
    _claim(store, "a")
    assert _claim(store, "b", stale_before=timedelta(0)) is None
    taken = _claim(store, "b", stale_before=timedelta(seconds=1))
    assert taken is not None
    assert (taken.id, taken.state) == ("run-1", RunState.RUNNING)


def test_progress_is_a_sign_of_life(store: Store) -> None:
    """A run that reports progress is not taken over, and shows how far it is."""
    _request(store)
    _claim(store, "a")
    with store() as work:
        work.runs.progress("run-1", "reading", 3, 18, SOON + timedelta(minutes=5))
        work.commit()
    assert _claim(store, "b", stale_before=timedelta(minutes=4)) is None
    with store.reading() as work:
        run = work.runs.get("run-1")
    assert (run.state, run.phase, run.done, run.total) == (RunState.RUNNING, "reading", 3, 18)


def test_only_the_worker_that_has_a_run_gives_signs_for_it(store: Store) -> None:
    """Once it was taken over, or is over, the sign is refused."""
    _request(store)
    _claim(store, "a")
    with store() as work:
        assert work.runs.beat("run-1", "a", SOON + timedelta(minutes=5))
        assert not work.runs.beat("run-1", "b", SOON + timedelta(minutes=5))
        work.commit()
    assert _claim(store, "b", stale_before=timedelta(minutes=4)) is None
    _finish(store, "run-1")
    with store() as work:
        assert not work.runs.beat("run-1", "a", SOON)


def test_a_run_that_tells_nothing_for_long_stays_its_workers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a large index is published signs of life are given all the same."""
    monkeypatch.setattr(runs, "BEAT_EVERY", timedelta(milliseconds=5))
    clock = SetClock()
    book, other = RunBook(store, clock, "a"), RunBook(store, clock, "b")
    beaten = threading.Event()

    def publish(_: Tell) -> Report:
        for _ in range(2):
            clock.advance(minutes=9)
            _wait_for_beat(store, clock())
        beaten.set()
        assert other.claim() is None
        return NOTHING

    book.perform(book.begin("shell"), publish, lambda *_: None)
    assert beaten.is_set()
    with store.reading() as work:
        latest = work.runs.latest()
    assert latest is not None
    assert latest.state is RunState.DONE


@pytest.mark.parametrize("stays", [True, False])
def test_an_indexer_is_seen_while_it_tells_nothing_for_long(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, stays: bool
) -> None:
    """The one that stays; not whoever did a single run at the shell and will be gone."""
    monkeypatch.setattr(runs, "BEAT_EVERY", timedelta(milliseconds=5))
    clock = SetClock()
    book = RunBook(store, clock, "a", stays=stays)

    def publish(_: Tell) -> Report:
        clock.advance(minutes=9)
        _wait_for_beat(store, clock())
        return NOTHING

    book.perform(book.begin("shell"), publish, lambda *_: None)
    with store.reading() as work:
        assert work.care.last_seen() == (clock() if stays else None)


def test_a_run_whose_end_cannot_be_told_whole_has_failed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not begun again and again by whoever claims what is left open."""
    book = RunBook(store, SetClock(), "a")
    monkeypatch.setattr(runs, "note_care", lambda *_: 1 / 0)
    run = book.begin("shell")
    with pytest.raises(ZeroDivisionError):
        book.perform(run, lambda _: NOTHING, lambda *_: None)
    with store.reading() as work:
        assert work.runs.get(run.id).state is RunState.FAILED


def test_whoever_lost_a_run_does_not_end_it(store: Store) -> None:
    """The other one, which goes on with it, tells how it ended."""
    clock = SetClock()
    book, other = RunBook(store, clock, "a"), RunBook(store, clock, "b")

    def held_up(_: Tell) -> Report:
        clock.advance(minutes=11)
        assert other.claim() is not None
        return NOTHING

    run = book.begin("shell")
    book.perform(run, held_up, lambda *_: None)
    with store.reading() as work:
        assert work.runs.get(run.id).state is RunState.RUNNING
    other.perform(run, lambda _: NOTHING, lambda *_: None)
    with store.reading() as work:
        assert work.runs.get(run.id).state is RunState.DONE


def test_a_restarted_worker_takes_its_own_run_back_at_once(store: Store) -> None:
    """Only one indexer runs under a name, so its running run must be one that it left by dying."""
    _request(store)
    _claim(store, "a")
    taken = _claim(store, "a")
    assert taken is not None
    assert taken.id == "run-1"


def test_what_was_left_is_taken_before_what_waits(store: Store) -> None:
    """A run that was interrupted is finished before the next is begun."""
    _request(store)
    _claim(store, "a")
    _request(store, "run-2")
    taken = _claim(store, "a")
    assert taken is not None
    assert taken.id == "run-1"


def test_a_run_done_by_its_asker_leaves_the_queue_alone(store: Store) -> None:
    """`begin` starts a running run; a waiting one goes on waiting, and nobody else claims the begun one."""
    _request(store, "waiting")
    with store() as work:
        begun = work.runs.begin("own", "shell", "a", NOON)
        work.commit()
    assert begun == IndexRun("own", RunState.RUNNING, "shell", NOON, phase="queued", done=0, total=0)
    taken = _claim(store, "b")
    assert taken is not None
    assert taken.id == "waiting"


def test_beginning_ends_what_the_same_worker_left(store: Store) -> None:
    """An earlier run under the worker's name is failed with a sentence; another worker's is untouched."""
    _request(store, "left")
    _claim(store, "a")
    _request(store, "others")
    _claim(store, "b")
    with store() as work:
        work.runs.begin("own", "shell", "a", NOON)
        left, others = work.runs.get("left"), work.runs.get("others")
    assert left.state is RunState.FAILED
    assert "stopped in the middle" in left.message
    assert others.state is RunState.RUNNING


def test_a_finished_run_says_what_it_did(store: Store) -> None:
    """State, counts and sentence are read back."""
    counts = RunCounts(new=1, changed=2, unchanged=3, removed=4, failed=5, passages=6, embedded=7)
    _request(store)
    _claim(store)
    with store() as work:
        work.runs.finish("run-1", RunState.FAILED, counts, "The folder is gone.", SOON)
        work.commit()
    with store.reading() as work:
        run = work.runs.get("run-1")
    assert (run.state, run.counts, run.message) == (RunState.FAILED, counts, "The folder is gone.")


def test_the_latest_run_is_the_one_asked_for_last(store: Store) -> None:
    """Without any run there is none; afterwards the time of asking decides."""
    with store() as work:
        assert work.runs.latest() is None
        work.runs.begin("late", "shell", "a", NOON)
        work.runs.begin("early", "shell", "b", LONG_AGO)
        latest = work.runs.latest()
    assert latest is not None
    assert latest.id == "late"
