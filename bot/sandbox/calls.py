"""What the bot asked of the Web API, kept for the tests, and the faults that wait for its next calls."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from bot.sandbox.values import Payload


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call. `at` is seconds since the epoch; `outcome` is ok, Slack's error code or the fault's name."""

    method: str
    arguments: Payload
    at: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next `times` calls of a method.

    With `accepted` the call takes effect first, and only its reply is lost or replaced.
    `error` is a Slack error code in a 200 reply, `status` an HTTP status, `reset` closes the connection
    without a reply, and `delay` holds the reply back for that many seconds.
    """

    method: str
    times: int = 1
    status: int = 0
    retry_after: int = 0
    error: str = ""
    reset: bool = False
    accepted: bool = False
    delay: float = 0.0

    @property
    def name(self) -> str:
        """What the record of calls says of it."""
        return self.error or ("reset" if self.reset else str(self.status or "delayed"))


class CallLog:
    """Every call in order, and the queue of faults."""

    def __init__(self) -> None:
        """Start empty."""
        self.calls: list[Call] = []
        self._faults: list[Fault] = []

    def record(self, call: Call) -> None:
        """Keep a call."""
        self.calls.append(call)

    def counts(self, outcome: str = "") -> Counter[str]:
        """How often each method was called, or met that outcome."""
        return Counter(call.method for call in self.calls if outcome in {"", call.outcome})

    def add_fault(self, fault: Fault) -> None:
        """Let it happen to the next calls of its method, after faults that wait already."""
        self._faults.append(fault)

    def take_fault(self, method: str) -> Fault | None:
        """The fault that this call meets, used up by one."""
        for index, fault in enumerate(self._faults):
            if fault.method == method:
                if fault.times > 1:
                    self._faults[index] = replace(fault, times=fault.times - 1)
                else:
                    del self._faults[index]
                return fault
        return None
