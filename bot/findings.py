"""What a check found: one name, one sentence that says what to do, and whether it is good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.errors import SolmuError


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, as a sentence."""

    name: str
    is_good: bool
    sentence: str


def tried(name: str, work: Callable[[], str]) -> Finding:
    """Good with the sentence that the work returns, or bad with that of the SolmuError it raises."""
    try:
        return Finding(name, is_good=True, sentence=work())
    except SolmuError as error:
        return Finding(name, is_good=False, sentence=str(error))


def found(name: str, bad: str, good: str) -> Finding:
    """Bad where there is something bad to say, else good."""
    return Finding(name, not bad, bad or good)
