"""The end of a process: what was acknowledged is ended before the durable work that it may still begin is closed."""

from __future__ import annotations

import threading
from typing import cast

from bot.clerk import Clerk
from bot.durable import Durable
from bot.runner import wind_down
from knowledge.references import ReferringPool


class Work:
    """Durable work and a clerk, which tell of their end."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.ended: list[str] = []

    def take_in(self, name: str) -> None:
        """As after DBOS is destroyed, nothing can be begun once it is stopped."""
        assert "durable" not in self.ended
        self.taken.append(name)


class FakeClerk:
    """Stops at once."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def stop(self) -> None:
        """Note it."""
        self._work.ended.append("clerk")


class FakeDurable:
    """Has answered everything."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.seconds = -1.0

    def stop(self, seconds: float) -> bool:
        """Note it, and how long there was left."""
        self._work.ended.append("durable")
        self.seconds = seconds
        return True


def _end(pool: ReferringPool, work: Work, seconds: float) -> tuple[bool, float]:
    durable = FakeDurable(work)
    stopping = threading.Event()
    clerk = cast(Clerk, FakeClerk(work))
    ended_well = wind_down(pool, clerk, cast(Durable, durable), stopping, seconds)
    assert stopping.is_set()
    assert work.ended == ["clerk", "durable"]
    return ended_well, durable.seconds


def test_a_slow_half_begins_its_durable_work_before_that_is_closed() -> None:
    """A file that is being fetched when SIGTERM comes is still read; so is one that waits behind it for a thread."""
    work, begun = Work(), threading.Event()

    def fetch() -> None:
        begun.set()
        # Longer than closing takes: without the wait the run would be asked for in vain.
        threading.Event().wait(0.3)
        work.take_in("first")

    with ReferringPool(1) as pool:
        halves = [pool.submit(fetch), pool.submit(work.take_in, "second")]
        begun.wait(5)
        ended_well, left = _end(pool, work, 10)
        assert [each.exception() for each in halves] == [None, None]
    assert work.taken == ["first", "second"]
    assert ended_well
    assert 5 < left < 10


def test_what_does_not_end_in_time_is_not_waited_for() -> None:
    """The seconds are for all together: nothing is left for the answers, and the process is to end by force."""
    work, go_on = Work(), threading.Event()
    with ReferringPool(1) as pool:
        pool.submit(go_on.wait, 30)
        assert _end(pool, work, 0.05) == (False, 0.0)
        go_on.set()


def test_a_pool_waits_for_what_is_given_to_it_meanwhile() -> None:
    """And what failed has ended too."""
    done: list[str] = []
    with ReferringPool(2) as pool:

        def hand_on() -> None:
            threading.Event().wait(0.05)
            pool.submit(done.append, "handed on")
            raise ValueError

        pool.submit(hand_on)
        assert pool.settle(10)
        assert done == ["handed on"]
        assert pool.settle(0)
