"""The sandbox's invented members: real profiles of people who are there, in organisations of the catalogue."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from bot.sandbox.folder import SAMPLE
from bot.sandbox.membership import introduce_people
from bot.sandbox.seed import COORDINATOR, MEMBER, PEOPLE, SWEDISH_MEMBER
from bot.sandbox.values import TEAM
from knowledge.model import NOBODY, Consent, Language, member_id, user_of
from knowledge.store import Store, open_store
from tests.builders import member

CATALOGUE = (SAMPLE / "usecases.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def introduced(tmp_path: Path) -> Store:
    """The database of a sandbox that was started for the first time."""
    introduce_people(tmp_path, _url(tmp_path))
    return open_store(_url(tmp_path))


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'solmu.sqlite'}"


def test_the_members_are_people_of_the_workspace_and_the_catalogue(introduced: Store) -> None:
    """In three languages; the visitor's own roles have no profile yet, but for the Swedish-speaking one."""
    with introduced.reading() as work:
        members, organisations = work.members.all(), work.organisations.all()
    people = {person.id for person in PEOPLE}
    assert len(members) == 9
    assert {user_of(each.id) for each in members} <= people - {MEMBER, COORDINATOR}
    assert {each.languages[0] for each in members} == {Language.FI, Language.SV, Language.EN}
    assert {each.name for each in organisations} <= {json.loads(line)["organisation"] for line in CATALOGUE}
    assert sum(each.contact != NOBODY for each in organisations) == 4
    assert any(each.consents == frozenset() for each in members)
    assert any(Consent.NAME not in each.consents and Consent.ROUNDS in each.consents for each in members)
    introduced.dispose()


def test_another_start_keeps_changes_and_parts_with_strangers(introduced: Store, tmp_path: Path) -> None:
    """What a visitor changed stays; those who came to an earlier workspace have left with it."""
    swedish, visitor = member_id(TEAM, SWEDISH_MEMBER), member_id(TEAM, MEMBER)
    with introduced() as work:
        changed = dataclasses.replace(work.members.get(swedish), role="pensionär")
        work.members.put(changed)
        for each in (visitor, member_id(TEAM, "U0NEWCOMER")):
            work.members.put(member(id=each))
        work.commit()
    introduce_people(tmp_path, _url(tmp_path))
    with introduced.reading() as work:
        members = {each.id: each for each in work.members.all()}
    assert members[swedish] == changed
    assert len(members) == 10
    assert visitor in members
    introduced.dispose()
