"""Erasing a person from the shell, and once more after an older backup was restored."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.adapters.erasure_ledger import FileLedger, hashed
from knowledge.erasures import replay_erasures
from knowledge.leaving import farewells_of
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Exclusion,
    Handle,
    InquiryState,
    IntroductionState,
    MemberId,
)
from knowledge.model.wishes import mark_of
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from knowledge.wiring import Knowledge, assemble
from tests.builders import introduction, member, organisation, question
from tests.fakes import SetClock, SmallEmbedder
from tests.inquiring import curated_answer, given_answer, inquiry, rating

ME, OTHER = MemberId("T1:U1"), MemberId("T1:U2")


def _known(settings: Settings) -> Store:
    """A database in which two people have profiles, and one of them has asked, rated and answered."""
    store = open_store(settings.database)
    with store() as work:
        work.organisations.put(organisation(contact=ME))
        for user in ("U1", "U2"):
            work.members.put(member(user, handle=Handle(user)))
        work.questions.add(question())
        work.ratings.record(given_answer())
        work.ratings.rate(rating(person=ME))
        work.inquiries.add(inquiry(asker=OTHER, state=InquiryState.CURATED))
        work.inquiries.put_answer(curated_answer(author=ME))
        work.commit()
    return store


def _knowledge(settings: Settings, store: Store, clock: SetClock) -> Knowledge:
    return assemble(settings, store, None, SmallEmbedder(), clock)  # type: ignore[arg-type] - nothing is searched


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of an empty data folder."""
    (tmp_path / "data").mkdir()
    return Settings(data_dir=tmp_path / "data")


def test_leaving_takes_questions_along(settings: Settings, clock: SetClock) -> None:
    """Whoever leaves is named nowhere any more; the other member stays as they were."""
    store = _known(settings)
    knowledge = _knowledge(settings, store, clock)
    knowledge.profiles.leave(ME)
    assert knowledge.personal.summary(ME) == {}
    assert knowledge.personal.summary(OTHER) == {"profile": 1, "inquiries": 1}
    with store.reading() as work:
        assert work.questions.count() == 0
        assert work.organisations.all()[0].contact == ""


def test_leaving_undoes_no_wish_of_others(settings: Settings, clock: SetClock) -> None:
    """Whatever is done before the profile goes: the other's wish and their no hold, by a hash, as before."""
    store = _known(settings)
    with store() as work:
        work.members.exclude(Exclusion(OTHER, ME, NO_ORGANISATION, for_all=False, until=date.max))
        work.introductions.put(introduction(state=IntroductionState.DECLINED, due_at=clock()))
        work.commit()
    knowledge = _knowledge(settings, store, clock)
    knowledge.profiles.leave(ME)
    with store.reading() as work:
        [wish], [rest] = work.members.exclusions(), work.members.rests()
        assert (wish.by, wish.member, wish.mark) == (OTHER, NOBODY, mark_of(ME))
        assert (rest.member, rest.mark, rest.until) == (OTHER, mark_of(ME), clock().date() + timedelta(days=365))


def test_a_restored_backup_brings_nobody_back(settings: Settings, clock: SetClock, tmp_path: Path) -> None:
    """Who was erased after the backup is erased from the restored database; a second time there is nobody left."""
    store = _known(settings)
    store.dispose()
    backup = tmp_path / "backup.sqlite"
    shutil.copyfile(settings.data_dir / "solmu.sqlite", backup)
    backed_up_at = clock()
    store = open_store(settings.database)
    _knowledge(settings, store, clock).profiles.leave(ME)
    store.dispose()
    for leftover in settings.data_dir.glob("solmu.sqlite*"):
        leftover.unlink()
    shutil.copyfile(backup, settings.data_dir / "solmu.sqlite")
    restored = _knowledge(settings, open_store(settings.database), clock)
    assert restored.personal.summary(ME) != {}
    assert replay_erasures(restored.store, settings, clock, backed_up_at) == 1
    assert restored.personal.summary(ME) == {}
    assert restored.personal.summary(OTHER) == {"profile": 1, "inquiries": 1}
    assert replay_erasures(restored.store, settings, clock, backed_up_at) == 0


def test_a_backup_that_began_during_an_erasure_brings_nobody_back(settings: Settings, clock: SetClock) -> None:
    """It still holds who is erased, although it began after the wish had been written down."""
    store = _known(settings)
    first, *rest = farewells_of(store, settings, clock)
    first(ME)
    clock.advance(seconds=1)
    backed_up_at = clock()
    clock.advance(seconds=1)
    for farewell in rest:
        farewell(ME)
    assert FileLedger(settings.ledger).since(backed_up_at) == {hashed(ME)}


def test_the_shell_shows_and_erases(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin acts for somebody who has left the workspace; without a workspace they are asked for it.

    The audit log tells of each act, and keeps no id of somebody who is erased.
    """
    _known(settings).dispose()
    monkeypatch.setenv("SOLMU_DATA_DIR", str(settings.data_dir))
    shell = CliRunner()
    shown = json.loads(shell.invoke(app, ["personal", ME]).stdout)
    assert shown["person"] == ME
    assert {"profile", "questions", "ratings", "inquiries"} <= shown["data"].keys()
    assert shell.invoke(app, ["erase", "U1"]).exit_code == 2
    told = shell.invoke(app, ["erase", "U1", "--team", "T1"]).stdout
    assert "Everything of the person is erased" in told
    assert json.loads(shell.invoke(app, ["personal", ME]).stdout)["data"] == {}
    audited = shell.invoke(app, ["audit"]).stdout
    assert [line.split()[3:5] for line in audited.splitlines()] == [
        [act, hashed(ME)] for act in ("personal_export", "erase_person", "personal_export")
    ]
    assert ME not in audited
