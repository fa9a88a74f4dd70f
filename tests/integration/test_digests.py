"""The weekly digest: a draft in each language that has news, once a week, for coordinators to edit."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.letters.digests import DigestLetters
from knowledge.events.digests import Digests
from knowledge.events.values import deadline_of
from knowledge.introductions.schedule import read_schedule
from knowledge.model import (
    Act,
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    Audience,
    AuditEntry,
    ChannelId,
    ChannelRule,
    Language,
    LetterKind,
    MemberId,
    Wording,
)
from knowledge.roles import FixedRoles
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests import builders
from tests.drafts import draft
from tests.fakes import SetClock

THURSDAY = datetime(2026, 12, 3, 7, 0, tzinfo=UTC)
"""Nine o'clock in Finland, in week 49."""
COORDINATOR = MemberId("T1:UCOORD")
FINNISH = AnnouncementId("digest-2026-W49-fi")


class World:
    """An event on Wednesday, in Finnish and Swedish, and a call in Finnish."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = SetClock(THURSDAY)
        self.digests = self.at("thu 09:00")
        wordings = (Wording(Language.FI, "Tekoälyaamu", ""), Wording(Language.SV, "AI-morgon", ""))
        self.put(builders.announcement("a1", kind=AnnouncementKind.EVENT, wordings=wordings))
        with store() as work:
            work.events.put(builders.event("a1"))
            work.events.put_occurrence(builders.occurrence(of="a1"))
            work.commit()
        call = builders.announcement(
            "a2",
            kind=AnnouncementKind.FUNDING,
            wordings=(Wording(Language.FI, "Kokeiluraha", ""),),
            publish_at=THURSDAY - timedelta(days=2),
            deadline=datetime(2027, 1, 15, 14, 0, tzinfo=UTC),
            link="https://example.org/haku",
        )
        self.put(call)

    def at(self, schedule: str) -> Digests:
        """Whoever drafts at this time."""
        return Digests(self.store, self.clock, read_schedule(schedule), FixedRoles([COORDINATOR]))

    def put(self, announcement: Announcement) -> None:
        """Store it."""
        with self.store() as work:
            work.announcements.put(announcement)
            work.commit()

    def drafted(self, name: AnnouncementId = FINNISH) -> Announcement:
        """A digest as it was drafted."""
        with self.store.reading() as work:
            return work.announcements.get(name)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Thursday morning."""
    store = open_store(Settings(data_dir=tmp_path).database)
    yield World(store)
    store.dispose()


def test_each_language_that_has_news_gets_a_draft(world: World) -> None:
    """Finnish tells of the event and the call, Swedish of the event; there is nothing in English."""
    assert world.digests.draft_due() == [FINNISH, "digest-2026-W49-sv"]
    assert world.drafted().wordings[0] == Wording(
        Language.FI,
        "Viikko 49: mitä on tulossa",
        "Hei! Tässä viikon kooste ekosysteemin tapahtumista ja uutisista.\n\n"
        "Tulossa kahden viikon aikana:\n- ke 9.12. klo 8.30: Tekoälyaamu (Valimotie 1, Helsinki)\n\n"
        "Julkaistu tällä viikolla:\n- Kokeiluraha (viimeistään 15.1.2027) https://example.org/haku",
    )
    swedish = world.drafted(AnnouncementId("digest-2026-W49-sv")).wordings[0].text
    assert "ons 9.12 kl. 8.30: AI-morgon" in swedish
    assert "Kokeiluraha" not in swedish


def test_days_and_times_are_those_of_finland(world: World) -> None:
    """A deadline without a time is the day that was filled in; six in the evening in New York is one in the night."""
    ends = deadline_of(draft(kind=AnnouncementKind.FUNDING, deadline=date(2027, 1, 15)))
    title = (Wording(Language.FI, "Haku", ""),)
    world.put(builders.announcement("a3", wordings=title, publish_at=THURSDAY - timedelta(days=1), deadline=ends))
    abroad = (Wording(Language.FI, "Webinaari", ""),)
    world.put(builders.announcement("a4", kind=AnnouncementKind.EVENT, wordings=abroad))
    starts = datetime(2026, 12, 8, 23, tzinfo=UTC)
    with world.store() as work:
        work.events.put(builders.event("a4", zone="America/New_York", place=""))
        work.events.put_occurrence(
            builders.occurrence("o4", of="a4", starts_at=starts, ends_at=starts + timedelta(hours=1))
        )
        work.commit()
    world.digests.draft_due()
    lines = world.drafted().wordings[0].text.splitlines()
    assert "- ke 9.12. klo 1.00: Webinaari" in lines
    assert [each.split(" https")[0] for each in lines if "Haku" in each] == ["- Haku (viimeistään 15.1.2027)"]


def test_it_is_a_draft_that_nobody_wrote(world: World) -> None:
    """It goes the way of every other: nothing is published before a coordinator does so."""
    world.digests.draft_due()
    draft = world.drafted()
    assert (draft.kind, draft.state) == (AnnouncementKind.DIGEST, AnnouncementState.DRAFT)


def test_a_week_has_one_digest_in_a_language(world: World) -> None:
    """Not two by two processes, not another once it is out, and none where a coordinator threw it away."""
    world.digests.draft_due()
    assert world.at("thu 09:00").draft_due() == []
    world.put(dataclasses.replace(world.drafted(), state=AnnouncementState.PUBLISHED))
    with world.store() as work:
        work.announcements.remove(AnnouncementId("digest-2026-W49-sv"))
        work.audit.add(AuditEntry(THURSDAY, COORDINATOR, Act.DRAFT_ERASE, "digest-2026-W49-sv"))
        work.commit()
    world.clock.advance(hours=5)
    assert world.digests.draft_due() == []
    world.clock.now = THURSDAY + timedelta(days=6, hours=12)
    assert world.digests.draft_due() == []


def test_it_comes_at_its_time_or_never(world: World) -> None:
    """Not a minute before nine; and not at all where it is off."""
    assert world.at("off").draft_due() == []
    world.clock.now = THURSDAY - timedelta(minutes=1)
    assert world.digests.draft_due() == []


def test_what_is_for_coordinators_or_over_is_not_in_it(world: World) -> None:
    """Members will read it."""
    secret = Wording(Language.EN, "Budget of the office", "")
    old = Wording(Language.EN, "Old call", "")
    fresh = THURSDAY - timedelta(days=1)
    world.put(builders.announcement("a3", wordings=(secret,), audience=Audience.COORDINATORS, publish_at=fresh))
    world.put(builders.announcement("a4", wordings=(old,), deadline=THURSDAY - timedelta(hours=1), publish_at=fresh))
    assert "digest-2026-W49-en" not in world.digests.draft_due()


def test_a_digest_is_no_news_and_keeps_its_channels(world: World) -> None:
    """The next week's goes where the last one went, unless a channel's language says otherwise."""
    world.digests.draft_due()
    draft = world.drafted()
    assert draft.channels == ()
    world.put(
        dataclasses.replace(draft, state=AnnouncementState.PUBLISHED, channels=(ChannelId("C7"),), publish_at=THURSDAY)
    )
    world.clock.advance(days=7)
    world.put(builders.announcement("a5", publish_at=world.clock.now - timedelta(days=1)))
    world.digests.draft_due()
    next_one = world.drafted(AnnouncementId("digest-2026-W50-fi"))
    assert next_one.channels == ("C7",)
    assert "Viikko 49" not in next_one.wordings[0].text
    with world.store() as work:
        work.announcements.put_rule(ChannelRule(ChannelId("C8"), needs_approval=False, language=Language.FI))
        work.commit()
    world.clock.advance(days=7)
    world.put(builders.announcement("a6", publish_at=world.clock.now - timedelta(days=1)))
    world.digests.draft_due()
    assert world.drafted(AnnouncementId("digest-2026-W51-fi")).channels == ("C8",)


def test_a_long_week_fits(world: World) -> None:
    """As many lines as an announcement may hold, each whole."""
    for number in range(60):
        wordings = (Wording(Language.EN, f"News {number:02} {'x' * 60}", ""),)
        world.put(builders.announcement(f"n{number}", wordings=wordings, publish_at=THURSDAY - timedelta(days=1)))
    world.digests.draft_due()
    text = world.drafted(AnnouncementId("digest-2026-W49-en")).wordings[0].text
    assert 1800 < len(text) <= 2000
    assert text.endswith("x" * 60)


def test_coordinators_are_told_with_a_button(world: World) -> None:
    """The letter shows the draft and opens it; once it has gone further, the letter is not sent."""
    world.digests.draft_due()
    with world.store.reading() as work:
        letter = next(each for each in work.letters.of(COORDINATOR) if each.subject == FINNISH)
    assert letter.kind is LetterKind.DIGEST_READY
    letters = DigestLetters(world.digests)
    sent = letters.write(letter, Language.FI)
    assert sent is not None
    text = json.dumps(sent.blocks, ensure_ascii=False)
    assert "Tekoälyaamu" in text
    assert '"action_id": "draft_open"' in text
    assert f'"value": "{FINNISH}"' in text
    world.put(dataclasses.replace(world.drafted(), state=AnnouncementState.PUBLISHED))
    assert letters.write(letter, Language.FI) is None
