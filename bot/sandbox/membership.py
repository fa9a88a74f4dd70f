"""The profiles of the invented people, kept by the same use case as anybody's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.sandbox.folder import SAMPLE
from bot.sandbox.seed import PEOPLE
from bot.sandbox.slack import utc_now
from bot.sandbox.values import TEAM
from knowledge.adapters.embedder import BUNDLED, open_embedder
from knowledge.members.appointing import Appointments
from knowledge.members.drafts import ProfileDraft
from knowledge.members.profiles import Profiles
from knowledge.model import Consent, Language, member_id
from knowledge.roles import FixedRoles
from knowledge.store import Store, open_store

MEMBERS = SAMPLE / "members.jsonl"


def introduce_people(folder: Path, database: str) -> None:
    """Give the people of the sample their profiles, and take leave of those who came to an earlier workspace.

    What a visitor changed in a profile stays. The vectors are left to whoever needs them first: here they would
    keep the visitor waiting.
    """
    store = open_store(database)
    try:
        profiles = Profiles(store, open_embedder(BUNDLED, "", folder), utc_now)
        appointments = Appointments(store, utc_now, FixedRoles())
        _part_with_strangers(store, profiles)
        for line in MEMBERS.read_text(encoding="utf-8").splitlines():
            _introduce(profiles, appointments, json.loads(line))
    finally:
        store.dispose()


def _introduce(profiles: Profiles, appointments: Appointments, told: dict[str, Any]) -> None:
    member = member_id(TEAM, told["user"])
    if profiles.find(member) is not None:
        return
    made = profiles.record(member, _draft(told))
    if told["contact"]:
        appointments.take_on(made.id)


def _draft(told: dict[str, Any]) -> ProfileDraft:
    return ProfileDraft(
        told["organisation"],
        told["role"],
        tuple(map(Language, told["languages"])),
        tuple(told["topics"]),
        told["offers"],
        told["seeks"],
        frozenset(map(Consent, told["consents"])),
    )


def _part_with_strangers(store: Store, profiles: Profiles) -> None:
    here = {member_id(TEAM, person.id) for person in PEOPLE}
    with store.reading() as work:
        known = [each.id for each in work.members.all()]
    for member in known:
        if member not in here:
            profiles.leave(member)
