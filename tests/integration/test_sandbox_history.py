"""The sample's weeks: there is something to look back on, and a later start adds only the days that were missed."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox import history
from bot.sandbox.history import ASKED, ENCOUNTERS, recall
from bot.sandbox.seed import PEOPLE, QUESTIONS
from bot.sandbox.values import TEAM
from knowledge.model import AnswerStatus, MemberId, member_id
from knowledge.store import Store, open_store
from tests.builders import member, organisation
from tests.fakes import NOON


def _recall(database: str, now: datetime, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(history, "utc_now", lambda: now)
    recall(database)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The people of the sample are members."""
    url = f"sqlite:///{tmp_path / 'solmu.sqlite'}"
    store = open_store(url)
    with store() as work:
        work.organisations.put(organisation())
        for person in PEOPLE:
            work.members.put(member(person.id, id=member_id(TEAM, person.id)))
        work.commit()
    store.dispose()
    return url


def _asked(store: Store, now: datetime) -> list[tuple[str, MemberId, AnswerStatus]]:
    with store.reading() as work:
        return [(each.text, each.asker, each.status) for each in work.questions.between(now - timedelta(weeks=9), now)]


def test_the_sample_has_weeks_behind_it(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second start on the same day adds nothing; one ten days later the last ten days."""
    _recall(database, NOON, monkeypatch)
    store = open_store(database)
    first = _asked(store, NOON)
    lines = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    assert len(first) == len(lines)
    _recall(database, NOON + timedelta(minutes=5), monkeypatch)
    assert _asked(store, NOON + timedelta(minutes=5)) == first
    later = NOON + timedelta(days=10)
    _recall(database, later, monkeypatch)
    with store.reading() as work:
        added = work.questions.between(NOON, later)
        assert len(added) == sum(line["days_ago"] < 10 for line in lines)
        assert len(work.introductions.all()) > 5
        assert [each.place for each in added] == [QUESTIONS] * len(added)
    store.dispose()


def test_the_sample_asks_enough() -> None:
    """Else the sample's overview would tell of none. Whoever a visitor plays has asked nothing that they did not."""
    lines = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    people = {person.id for person in PEOPLE if not person.played}
    assert {line["user"] for line in lines} <= people
    week = Counter(line["status"] for line in lines if line["days_ago"] < 7)
    assert (week["answered"], week["not_found"], week["refused"]) == (14, 14, 3)
    met = [json.loads(line) for line in ENCOUNTERS.read_text(encoding="utf-8").splitlines()]
    assert {line[key] for line in met for key in ("first", "second", "user") if key in line} <= people
