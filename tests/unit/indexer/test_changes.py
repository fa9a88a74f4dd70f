"""What a look at a source finds, and how a run counts it."""

from __future__ import annotations

import hashlib

from indexer.changes import (
    Arrived,
    Change,
    Failed,
    Gone,
    Remembered,
    StillFailing,
    Unchanged,
    changes,
    failure_mark,
)
from indexer.printing import plan_json
from indexer.report import Tally
from indexer.sources import failures
from indexer.sources.base import Fetched, Item, NotModified
from knowledge.documents import document_id
from knowledge.ports import DocumentState
from tests.builders import failure, source

RULES = "7"


class FakeSource:
    """A source of bytes by key; what it has not is gone. `fetched` are the keys asked for."""

    def __init__(self, **contents: bytes | None) -> None:
        self.contents = contents
        self.fetched: list[str] = []

    def list(self) -> list[Item]:
        """The keys, each with a mark that follows its bytes."""
        return [Item(key, _mark(content or b""), "") for key, content in sorted(self.contents.items())]

    def fetch(self, item: Item, known_revision: str = "") -> Fetched | NotModified:
        """The bytes, unless the mark is the known one."""
        self.fetched.append(item.key)
        content = self.contents[item.key]
        if content is None:
            raise failures.gone()
        if known_revision and known_revision == _mark(content):
            return NotModified(known_revision)
        return Fetched(content, item.key, _mark(content))


def _mark(content: bytes) -> str:
    return f"mark of {content.decode()}"


def _state(key: str, content: bytes, *, mark: str = "", rules: str = RULES) -> DocumentState:
    return DocumentState(
        document_id(source().id, key), key, mark or _mark(content), hashlib.sha256(content).hexdigest(), rules, ""
    )


def _look(opened: FakeSource, *states: DocumentState, failed: dict[str, str] | None = None) -> list[Change]:
    known = {key: (failure(key), failure_mark(RULES, mark)) for key, mark in (failed or {}).items()}
    return list(changes(opened, opened.list(), Remembered({state.key: state for state in states}, known, RULES)))


def test_new_changed_same_and_gone() -> None:
    """Each key is one of these; what bears the known mark is not fetched."""
    opened = FakeSource(a=b"new", b=b"changed", c=b"same")
    found = _look(opened, _state("b", b"old"), _state("c", b"same"), _state("d", b"gone"))
    assert [type(change) for change in found] == [Arrived, Arrived, Unchanged, Gone]
    assert [change.is_new for change in found if isinstance(change, Arrived)] == [True, False]
    assert opened.fetched == ["a", "b"]


def test_another_mark_on_the_same_bytes_is_no_change() -> None:
    """A touched file is fetched, compared and left; its new mark is told."""
    (change,) = _look(FakeSource(a=b"same"), _state("a", b"same", mark="an older mark"))
    assert isinstance(change, Unchanged)
    assert change.revision == "mark of same"


def test_other_rules_read_everything_again() -> None:
    """What was read by older rules arrives, though nothing changed at the source."""
    (change,) = _look(FakeSource(a=b"same"), _state("a", b"same", rules="6"))
    assert isinstance(change, Arrived)
    assert not change.is_new


def test_what_failed_is_tried_again_only_with_other_bytes() -> None:
    """A lasting failure on the same mark is told without fetching; another mark is worth a try."""
    opened = FakeSource(a=b"broken", b=b"mended")
    found = _look(opened, failed={"a": "mark of broken", "b": "mark of broken"})
    assert [type(change) for change in found] == [StillFailing, Arrived]
    assert opened.fetched == ["b"]


def test_a_failure_that_is_no_longer_listed_is_gone() -> None:
    """Nothing was read of it, so nothing is removed; its failure can be forgotten."""
    (change,) = _look(FakeSource(), failed={"a": "x"})
    assert change == Gone("a", None)


def test_what_cannot_be_fetched_has_failed() -> None:
    """The document is neither changed nor gone."""
    (change,) = _look(FakeSource(a=None), _state("a", b"old"))
    assert isinstance(change, Failed)
    assert change.failure.code == "gone"


def test_a_run_counts_what_it_found() -> None:
    """Numbers for the run, sentences for the troubles, a word per change for programs."""
    opened = FakeSource(a=b"new", b=b"changed", c=b"same", d=None, e=b"broken")
    tally = Tally()
    for change in _look(
        opened, _state("b", b"old"), _state("c", b"same"), _state("f", b"x"), failed={"e": "mark of broken"}
    ):
        tally.count(source(), change)
    report = tally.report()
    counts = report.counts
    assert (counts.new, counts.changed, counts.unchanged, counts.removed, counts.failed) == (1, 1, 1, 1, 2)
    assert [(trouble.line, trouble.is_new) for trouble in report.troubles] == [
        ("d: It disappeared while it was about to be read; synchronise again.", True),
        ("e: e is protected by a password.", False),
    ]
    assert [(each["document"], each["change"]) for each in plan_json(report)["changes"]] == [
        ("a", "new"),
        ("b", "changed"),
        ("d", "failed"),
        ("e", "failed"),
        ("f", "removed"),
    ]
