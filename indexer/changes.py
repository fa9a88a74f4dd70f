"""What a look at a source finds: which documents are new, changed, gone or unreadable, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.failures import FetchFailure, IndexingFailure
from indexer.sources.base import Fetched, Item, NotModified, SourceReader
from knowledge.model import FailureRecord
from knowledge.ports import DocumentState


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The bytes are those of the last reading; `revision` is the source's mark for them now."""

    item: Item
    state: DocumentState
    revision: str

    @property
    def url(self) -> str:
        """Where readers are sent now; a document's own word holds where its source has none."""
        return self.item.url or self.state.url


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that have not been read by these rules yet, of a new document or a changed one."""

    item: Item
    fetched: Fetched
    content_hash: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The document could not be fetched; what was read of it before stays."""

    item: Item
    failure: IndexingFailure


@dataclass(frozen=True, slots=True)
class StillFailing:
    """The same bytes failed before, and another try cannot help."""

    item: Item
    record: FailureRecord


@dataclass(frozen=True, slots=True)
class Gone:
    """The source no longer lists this key, which was a document or a failure."""

    key: str
    state: DocumentState | None


Change = Unchanged | Arrived | Failed | StillFailing | Gone


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a source from earlier: documents by key, and failures by key with the mark that failed.

    `rules` names the reading rules now in force.
    """

    states: Mapping[str, DocumentState]
    failures: Mapping[str, tuple[FailureRecord, str]]
    rules: str


def failure_mark(rules: str, revision: str) -> str:
    """What a failure is remembered with: other bytes or better rules are worth another try."""
    return f"{rules} {revision}"


def changes(source: SourceReader, items: Sequence[Item], known: Remembered) -> Iterator[Change]:
    """A change per item in order, then what is gone; every item is fetched only when its turn comes."""
    for item in items:
        yield _look(source, item, known)
    listed = {item.key for item in items}
    for key in sorted((known.states.keys() | known.failures.keys()) - listed):
        yield Gone(key, known.states.get(key))


def _look(source: SourceReader, item: Item, known: Remembered) -> Change:
    state = known.states.get(item.key)
    readable = state is not None and state.reader == known.rules
    if state is not None and readable and item.revision and item.revision == state.revision:
        return Unchanged(item, state, item.revision)
    failure, failed_mark = known.failures.get(item.key, (None, ""))
    if (
        failure is not None
        and not failure.retriable
        and item.revision
        and failed_mark == failure_mark(known.rules, item.revision)
    ):
        return StillFailing(item, failure)
    try:
        fetched = source.fetch(item, state.revision if state is not None and readable else "")
    except FetchFailure as error:
        return Failed(item, error)
    if isinstance(fetched, NotModified):
        if state is None:
            message = f"expected bytes of {item.key}, which was never read, got not-modified"
            raise TypeError(message)
        return Unchanged(item, state, fetched.revision)
    content_hash = hashlib.sha256(fetched.content).hexdigest()
    if state is not None and readable and content_hash == state.content_hash:
        return Unchanged(item, state, fetched.revision)
    return Arrived(item, fetched, content_hash, is_new=state is None)
