"""Reads mutants in the real reading process, and judges how each of them ended."""

from __future__ import annotations

import logging
import math
import resource
import signal
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from indexer.failures import ReadFailure
from indexer.passages import cut
from indexer.reading import failures
from indexer.reading.document import ReadDocument
from indexer.reading.reader import Reader
from tests.hostile.marking import CANARY
from tests.hostile.mutants import Mutants

KNOWN = frozenset(
    {"damaged", "empty", "encrypted", "picture_only", "too_deep", "too_large", "too_much_memory", "too_much_text"}
    | {"too_slow", "zip_bomb"}
)
"""Codes with which a reader says by itself what is wrong; `crashed` is none of them."""
WELL_EVERY = 250
"""After so many mutants, and after each death, a well-formed file is read as ever."""
CUTTING = 10.0
CUT_EACH_SECOND = 100_000
"""Seconds that dividing a document into passages may take, and characters for each of which it may take one more."""
LONGEST_PASSAGE = 200_000
GRACE = 5.0
"""Seconds after the limit in which a reading must have been given up."""


@dataclass
class Outcome:
    """What became of the mutants of one format: how they ended, what should not have been, and what it cost."""

    extension: str
    seed: int
    read: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    longest: float = 0.0
    well: int = 0
    child_mb: int = 0
    own_mb: int = 0


@dataclass(frozen=True)
class Limits:
    """What a reading may take: the settings' own values, but for a shorter time."""

    seconds: float = 20.0
    memory_mb: int = 2048
    max_bytes: int = 100_000_000


class Run:
    """One format's mutants, one after another, in one reading process after another."""

    def __init__(self, extension: str, mutants: Mutants, limits: Limits) -> None:
        self._limits = limits
        self._extension = extension
        self._mutants = mutants
        self._causes = _Causes()
        self._reader = Reader(seconds=limits.seconds, memory_mb=limits.memory_mb, max_bytes=limits.max_bytes)

    def over(self, numbers: Iterable[int], seed: int, minutes: float = math.inf) -> Outcome:
        """Read these mutants, or as many of them as these minutes allow, and say how they ended."""
        outcome = Outcome(self._extension, seed)
        logger = logging.getLogger("indexer")
        logger.addHandler(self._causes)
        began = time.monotonic()
        try:
            with self._reader:
                self._expected = self._reader.read(self._mutants.seeds[self._extension][0], self._name)
                for number in numbers:
                    if time.monotonic() - began > minutes * 60:
                        break
                    self._one(number, outcome)
                self._well(outcome)
        finally:
            logger.removeHandler(self._causes)
        outcome.seconds = time.monotonic() - began
        outcome.child_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        outcome.own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return outcome

    @property
    def _name(self) -> str:
        return f"seos{self._extension}"

    def _one(self, number: int, outcome: Outcome) -> None:
        content = self._mutants.make(self._extension, number)
        self._causes.heard.clear()
        began = time.monotonic()
        ended, finding = self._ending(content)
        took = time.monotonic() - began
        outcome.read += 1
        outcome.ended[ended] += 1
        outcome.longest = max(outcome.longest, took)
        if took > self._limits.seconds + GRACE:
            finding = f"{took:.0f} s, longer than allowed"
        if finding:
            outcome.findings.append(f"{self._extension} {number}: {finding}")
        if outcome.read % WELL_EVERY == 0 or ended in {"crashed", "too_slow", "too_much_memory"}:
            self._well(outcome)

    def _ending(self, content: bytes) -> tuple[str, str]:
        """How reading ended, in a word, and what is wrong with that."""
        try:
            document = self._reader.read(content, self._name)
            return "text", _flaw(document) or _flaw_of_cutting(document)
        except ReadFailure as failure:
            return failure.code, self._flaw_of(failure)
        except Exception as error:  # noqa: BLE001 - nothing else may come out of the reader
            return "escaped", f"escaped: {type(error).__name__}: {error}"

    def _flaw_of(self, failure: ReadFailure) -> str:
        if failure.code not in KNOWN:
            return f"{failure.code}: {'; '.join(self._causes.heard)}"
        is_sentence = failure.sentence.endswith(".") and "\n" not in failure.sentence
        return "" if is_sentence else f"no sentence: {failure.sentence}"

    def _well(self, outcome: Outcome) -> None:
        """Read the well-formed file: whatever came before, it gives what it gave at first."""
        outcome.well += 1
        try:
            same = self._reader.read(self._mutants.seeds[self._extension][0], self._name) == self._expected
        except ReadFailure as failure:
            outcome.findings.append(f"{self._extension} after {outcome.read}: a well-formed file failed: {failure}")
        else:
            if not same:
                outcome.findings.append(
                    f"{self._extension} after {outcome.read}: a well-formed file was read otherwise"
                )


def _flaw(document: ReadDocument) -> str:
    """What is wrong with a document: text that no database holds, more than a document has, or another file's."""
    texts = [
        document.title,
        document.publisher,
        document.url,
        *document.notes,
        *(each.text for each in document.blocks),
    ]
    whole = "\n".join(texts)
    try:
        whole.encode()
    except UnicodeEncodeError:
        return "half a letter in the text"
    if "\0" in whole:
        return "a zero in the text"
    if CANARY in whole:
        return "another file's text was read"
    most = failures.MOST_TEXT
    return f"{len(whole)} characters of text, more than {most}" if len(whole) > most + 10_000 else ""


def _flaw_of_cutting(document: ReadDocument) -> str:
    """What is wrong with the document's passages: they take too long, or lose text."""
    signal.signal(signal.SIGALRM, _give_up)
    seconds = CUTTING + sum(len(block.text) for block in document.blocks) / CUT_EACH_SECOND
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        passages = cut(document)
    except TimeoutError:
        return f"dividing {len(document.blocks)} blocks into passages took more than {seconds:.0f} s"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "" if all(len(passage.text) <= LONGEST_PASSAGE for passage in passages) else "a passage without an end"


def _give_up(*_: object) -> None:
    raise TimeoutError


class _Causes(logging.Handler):
    """Hears what the indexer's log says about a reading."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.heard.append(record.getMessage())


def write_mutant(mutants: Mutants, extension: str, number: int, folder: Path) -> Path:
    """Write one mutant down, to be looked at; returns where."""
    path = folder / f"{number}{extension}"
    path.write_bytes(mutants.make(extension, number))
    return path
