"""Old work is forgotten every hour for as long as the bot runs, whatever failed before."""

from __future__ import annotations

import threading
from typing import cast

from bot.durable import Durable
from bot.runner import _tidy
from knowledge.errors import StoreError


class Failing:
    """Durable work that cannot be forgotten, as its ledger is out of reach."""

    tries = 0

    def forget(self) -> None:
        """It fails each time."""
        self.tries += 1
        message = "The ledger of erasures cannot be read."
        raise StoreError(message)


class Hours(threading.Event):
    """Two hours that pass at once; then the bot stops."""

    left = 2

    def wait(self, timeout: float | None = None) -> bool:
        """Whether it stops."""
        assert timeout == 3600.0
        self.left -= 1
        return self.left < 0


def test_one_failure_does_not_end_the_forgetting() -> None:
    """What is deleted late is kept longer than was promised; never deleted is worse."""
    durable = Failing()
    _tidy(cast(Durable, durable), Hours())
    assert durable.tries == 3
