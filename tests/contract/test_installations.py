"""Workspaces with Solmu in them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.model import ChannelId, Installation, TeamId
from knowledge.store import Store
from tests.fakes import NOON

LAKE = Installation(TeamId("T1"), "Järvikylä", "U9", "chat:write,commands", "gAAAA-one", NOON)
SHORE = Installation(TeamId("T2"), "Rantala", "U8", "chat:write", "gAAAA-two", NOON)
C1, C2 = ChannelId("C1"), ChannelId("C2")


def test_an_installation_is_kept_replaced_and_removed(store: Store) -> None:
    """Installed again, a workspace has the new token only; removed, it is as if it never was, and others stay."""
    again = replace(LAKE, sealed="gAAAA-three", installed_at=NOON + timedelta(days=1))
    with store() as work:
        for each in (SHORE, LAKE, again):
            work.installations.put(each)
        work.commit()
    with store() as work:
        assert work.installations.all() == [again, SHORE]
        assert work.installations.get(TeamId("T1")) == again
        work.installations.remove(TeamId("T1"))
        with pytest.raises(NotFoundError, match="not installed in workspace T1"):
            work.installations.get(TeamId("T1"))
        assert work.installations.all() == [SHORE]


def test_a_channel_stays_with_the_workspace_that_it_was_seen_in_first(store: Store) -> None:
    """Two workspaces that share a channel do not both write there; once the first is gone, the other may."""
    with store() as work:
        work.installations.put_channels(TeamId("T1"), [C1, C2])
        work.installations.put_channels(TeamId("T2"), [C2, ChannelId("C3")])
        assert work.installations.channels() == {"C1": "T1", "C2": "T1", "C3": "T2"}
        work.installations.remove(TeamId("T1"))
        work.installations.put_channels(TeamId("T2"), [C2])
        assert work.installations.channels() == {"C2": "T2", "C3": "T2"}


def test_who_installs_comes_back_once_and_in_time(store: Store) -> None:
    """A word is good for one return; one that was never given, or is too old, is good for none."""
    with store() as work:
        work.installations.begin("early", NOON + timedelta(minutes=10))
        work.installations.begin("late", NOON)
        assert work.installations.finish("early", NOON)
        assert not work.installations.finish("early", NOON)
        assert not work.installations.finish("late", NOON)
        assert not work.installations.finish("never given", NOON)


def test_who_never_comes_back_is_forgotten(store: Store) -> None:
    """Nothing is left of them; whoever may still come is known."""
    with store() as work:
        work.installations.begin("old", NOON - timedelta(seconds=1))
        work.installations.begin("young", NOON + timedelta(seconds=1))
        work.installations.forget_begun(NOON)
        assert not work.installations.finish("old", NOON - timedelta(hours=1))
        assert work.installations.finish("young", NOON)
