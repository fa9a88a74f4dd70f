"""Letters to members about what fits their topics, over a real store and the model that Solmu comes with."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.blocks.cards import GOING
from bot.letters.relevance import RelevanceLetters
from knowledge.events.relevance import People, Relevance
from knowledge.members.topics import Topics
from knowledge.model import (
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    Audience,
    Consent,
    Language,
    Letter,
    Member,
    MemberId,
    Wording,
)
from knowledge.ports import Embedder
from knowledge.searching.synonyms import read_synonyms
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests import builders
from tests.fakes import NOON, SetClock

EVENT = builders.announcement(
    "a1",
    kind=AnnouncementKind.EVENT,
    wordings=(Wording(Language.FI, "Tekoäly kotona", "Tule mukaan."),),
    topics=("kotihoito",),
    publish_at=NOON - timedelta(hours=3),
)


class World:
    """A store, a clock, and who may see what."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self.store = store
        self.clock = SetClock()
        self.guests: set[MemberId] = set()
        people = People(self._audience, lambda _: "Europe/Helsinki")
        self.relevance = Relevance(store, Topics(embedder, read_synonyms()), embedder, people, self.clock)

    def _audience(self, person: MemberId) -> Audience:
        return Audience.PUBLIC if person in self.guests else Audience.MEMBERS

    def member(self, user: str, *topics: str, **changes: object) -> Member:
        """A member with these topics, who agreed to everything."""
        made = builders.member(user, topics=topics, **changes)
        with self.store() as work:
            work.organisations.put(builders.organisation())
            work.members.put(made)
            work.commit()
        return made

    def publish(self, announcement: Announcement) -> None:
        """Store it as it went out."""
        with self.store() as work:
            work.announcements.put(announcement)
            if announcement.kind is AnnouncementKind.EVENT:
                work.events.put(builders.event(announcement.id))
                work.events.put_occurrence(builders.occurrence(f"o-{announcement.id}", of=announcement.id))
            work.commit()

    def letters(self, member: Member, now: datetime | None = None) -> list[Letter]:
        """What there is for somebody once the chore has run."""
        self.clock.now = now or self.clock.now
        self.relevance.write_letters()
        with self.store.reading() as work:
            return list(work.letters.of(member.id))


@pytest.fixture
def world(tmp_path: Path, bundled_embedder: Embedder) -> Iterator[World]:
    """An empty one at noon."""
    store = open_store(Settings(data_dir=tmp_path).database)
    yield World(store, bundled_embedder)
    store.dispose()


def _news(name: str, topic: str, **changes: object) -> Announcement:
    wordings = (Wording(Language.FI, f"Uutinen {name}", ""),)
    changes = {"publish_at": NOON - timedelta(hours=3), "wordings": wordings, "topics": (topic,)} | changes
    return builders.announcement(name, **changes)


def test_a_topic_is_the_same_in_every_language(world: World) -> None:
    """`hemvård` and `home care` are `kotihoito`; who is interested in imaging alone hears nothing."""
    members = [world.member(f"U{number}", topic) for number, topic in enumerate(("kotihoito", "hemvård", "home care"))]
    other = world.member("U9", "kuvantaminen")
    world.publish(EVENT)
    for member in members:
        (letter,) = world.letters(member)
        assert json.loads(letter.details["why"]) == {"a1": member.topics[0]}
    assert world.letters(other) == []


def test_nobody_is_told_who_did_not_ask_for_it(world: World) -> None:
    """Every other consent together does not stand for this one."""
    member = world.member("U1", "kotihoito", consents=frozenset(Consent) - {Consent.EVENTS})
    world.publish(EVENT)
    assert world.letters(member) == []


def test_at_most_one_digest_in_seven_days_and_nothing_twice(world: World) -> None:
    """What comes two days after a digest waits for the week to be over; the digest after that holds it alone."""
    member = world.member("U1", "kotihoito")
    world.publish(EVENT)
    assert len(world.letters(member)) == 1
    assert len(world.letters(member, NOON + timedelta(days=1))) == 1
    world.publish(_news("a2", "kotihoito", publish_at=NOON + timedelta(days=2)))
    assert len(world.letters(member, NOON + timedelta(days=6, hours=23))) == 1
    _, second = world.letters(member, NOON + timedelta(days=7, hours=1))
    assert json.loads(second.details["why"]) == {"a2": "kotihoito"}
    assert len(world.letters(member, NOON + timedelta(days=15))) == 2


def test_what_is_published_together_is_told_together(world: World) -> None:
    """A digest waits until nothing new has come for two hours."""
    member = world.member("U1", "kotihoito")
    world.publish(EVENT)
    world.publish(_news("a2", "kotihoito", publish_at=NOON - timedelta(hours=1)))
    assert world.letters(member) == []
    (letter,) = world.letters(member, NOON + timedelta(hours=1))
    assert set(json.loads(letter.details["why"])) == {"a1", "a2"}


def test_what_is_urgent_is_told_at_once_and_by_itself(world: World) -> None:
    """Even where a digest came yesterday."""
    member = world.member("U1", "kotihoito")
    world.publish(EVENT)
    world.letters(member)
    world.publish(_news("a2", "kotihoito", publish_at=NOON + timedelta(days=1), is_urgent=True))
    (urgent,) = (each for each in world.letters(member, NOON + timedelta(days=1)) if "urgent" in each.details)
    assert (json.loads(urgent.details["why"]), urgent.due_at) == ({"a2": "kotihoito"}, NOON + timedelta(days=1))


def test_quiet_hours_are_kept(world: World) -> None:
    """At 23.30 in Helsinki it is written down for seven in the morning."""
    member = world.member("U1", "kotihoito")
    world.publish(EVENT)
    (letter,) = world.letters(member, NOON.replace(hour=21, minute=30))
    assert letter.due_at == NOON.replace(day=13, hour=5)


def test_what_they_may_not_see_or_know_already_is_not_told(world: World) -> None:
    """A guest hears of no event for members; nobody hears of what they answered, wrote, or what is for coordinators."""
    guest, answered, author = (world.member(user, "kotihoito") for user in ("U1", "U2", "UCOORD"))
    world.guests.add(guest.id)
    world.publish(EVENT)
    world.publish(_news("a2", "kotihoito", audience=Audience.COORDINATORS))
    with world.store() as work:
        work.sign_ups.put(builders.sign_up("U2", to="o-a1"))
        work.commit()
    assert [world.letters(each) for each in (guest, answered, author)] == [[], [], []]


def test_what_is_over_or_old_is_not_told(world: World) -> None:
    """Neither a call whose deadline has passed, nor what was published three weeks ago."""
    member = world.member("U1", "kotihoito")
    world.publish(_news("a2", "kotihoito", deadline=NOON - timedelta(hours=1)))
    world.publish(_news("a3", "kotihoito", publish_at=NOON - timedelta(days=21)))
    assert world.letters(member) == []


def test_the_message_says_why_and_how_to_sign_up(world: World) -> None:
    """The topic stands with the event, and the button under it; what was cancelled meanwhile is left out."""
    member = world.member("U1", "kotihoito")
    world.publish(EVENT)
    (letter,) = world.letters(member)
    sent = RelevanceLetters(world.relevance).write(letter, Language.FI)
    assert sent is not None
    text = json.dumps(sent.blocks, ensure_ascii=False)
    assert "Aiheesi: kotihoito" in text
    assert "keskiviikkona 9.12.2026 klo 8.30–9.30" in text
    assert f'"action_id": "{GOING}"' in text
    world.publish(dataclasses.replace(EVENT, state=AnnouncementState.CANCELLED))
    assert RelevanceLetters(world.relevance).write(letter, Language.FI) is None


def test_a_consent_taken_back_holds_for_what_is_on_its_way(world: World) -> None:
    """Who changes their mind between writing and sending hears nothing."""
    member = world.member("U1", "kotihoito")
    world.publish(EVENT)
    (letter,) = world.letters(member)
    world.member("U1", "kotihoito", consents=frozenset())
    assert RelevanceLetters(world.relevance).write(letter, Language.FI) is None
