"""Several processes and threads on one database: writers wait for each other, readers for nobody."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from knowledge.model import SourceId
from knowledge.store import Store, open_store
from tests.builders import content, document, question, source
from tests.fakes import NOON

WRITER = """
import sys
from knowledge.store import open_store
from tests.builders import content, document, question, source
from tests.fakes import NOON

url, name = sys.argv[1:]
store = open_store(url)
for number in range(25):
    with store() as work:
        work.documents.put(content(document(f"{name}-{number}"), f"Teksti {number}."), NOON)
        work.questions.add(question(f"{name}-{number}"))
        work.commit()
"""


def test_two_writing_processes_lose_nothing(store: Store, store_url: str, pytestconfig: pytest.Config) -> None:
    """Two processes that write in turn all commit, and every one of their changes is counted and kept."""
    with store() as work:
        work.sources.add(source())
        before = work.revision()
        work.commit()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, store_url, name], stderr=subprocess.PIPE, cwd=pytestconfig.rootpath
        )
        for name in ("one", "other")
    ]
    errors = [process.communicate(timeout=60)[1].decode() for process in processes]
    assert errors == ["", ""]
    with store.reading() as work:
        assert len(work.documents.live()) == 50
        assert len(list(work.documents.live_passages())) == 50
        assert work.questions.count() == 50
        assert work.revision() == before + 50


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    """While a transaction writes, another one reads what was committed before it, and nothing of it."""
    with store() as writing:
        writing.questions.add(question("Ev1"))
        with store.reading() as work:
            assert work.questions.count() == 0
        writing.commit()
    with store.reading() as work:
        assert work.questions.count() == 1


def test_a_reader_sees_one_moment(store: Store) -> None:
    """What is committed while it reads is not there for it: of what it counted first it finds everything later."""
    with store() as work:
        work.sources.add(source())
        work.documents.put(content(document(), "Pilotti alkoi."), NOON)
        work.commit()
    with store.reading() as reading:
        [entry] = reading.documents.live_entries()
        with store() as work:
            work.sources.remove(SourceId("s1"))
            work.commit()
        assert list(reading.documents.passages([entry.id])) == [entry.id]
    with store.reading() as work:
        assert work.documents.live_entries() == []


def test_a_source_that_is_held_is_removed_only_afterwards(store: Store) -> None:
    """Whoever stores something of it is not surprised in the middle; what is gone cannot be held."""
    with store() as work:
        work.sources.add(source())
        work.commit()
    begun = threading.Event()

    def remove() -> None:
        begun.set()
        with store() as work:
            work.sources.remove(SourceId("s1"))
            work.commit()

    remover = threading.Thread(target=remove)
    with store() as work:
        assert work.sources.hold(SourceId("s1"))
        remover.start()
        begun.wait()
        remover.join(0.2)
        assert remover.is_alive()
        work.documents.put(content(document(), "Pilotti alkoi."), NOON)
        work.commit()
    remover.join()
    with store() as work:
        assert not work.sources.hold(SourceId("s1"))
        assert work.documents.live() == []


def test_a_writer_waits_for_its_turn(store: Store) -> None:
    """Two threads that read a counter and write it back count every step."""

    def bump() -> None:
        for _ in range(10):
            with store() as work:
                work.sources.next_id()
                work.commit()

    threads = [threading.Thread(target=bump) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store() as work:
        assert work.sources.next_id() == "s31"


def test_processes_may_start_together(store_url: str) -> None:
    """Several that open a new database at once migrate it once, and all of them can use it."""
    barrier = threading.Barrier(4)
    counts: list[int] = []

    def start() -> None:
        barrier.wait()
        opened = open_store(store_url)
        with opened.reading() as work:
            counts.append(work.questions.count())
        opened.dispose()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [0, 0, 0, 0]
