"""Files that admins hand over: kept, made a source of, and to be read, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.adapters.file_shelf import FolderShelf
from knowledge.administering.acting import Acting
from knowledge.administering.pages import KnownSourceError
from knowledge.administering.uploads import Uploads
from knowledge.model import Audience, MemberId, RunState, RunTask
from knowledge.store import open_store
from tests.fakes import SetClock

ADMIN = MemberId("T1:U1")


def test_a_file_that_became_a_source_is_read_whatever_is_killed_then(tmp_path: Path, clock: SetClock) -> None:
    """The run waits as soon as the source is there; handed over again it is known, and asks for nothing more."""
    store = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    uploads = Uploads(Acting(store, lambda _: True, clock), FolderShelf(tmp_path / "uploads"), 1000)
    source = uploads.add("ohje.md", b"Ohje", Audience.MEMBERS, ADMIN)
    with pytest.raises(KnownSourceError):
        uploads.add("ohje.md", b"Ohje", Audience.MEMBERS, ADMIN)
    with store() as work:
        run = work.runs.latest()
        assert run is not None
        assert (run.state, run.task, run.source, run.requested_by) == (RunState.QUEUED, RunTask.SYNC, source.id, "U1")
        # What is asked for by the same person next is this run, followed in a message.
        assert work.runs.request("r2", "U1", clock(), RunTask.SYNC, source.id).id == run.id
    store.dispose()
