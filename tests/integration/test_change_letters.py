"""What people are told of changes: from what to what, in their language, and only what is true when it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.blocks.cards import CALENDAR
from bot.letters.changes import ChangeLetters
from bot.letters.unposted import UnpostedLetters
from bot.sandbox.limits import block_problems
from knowledge.events.admission import Visitor
from knowledge.events.invitations import Invitations
from knowledge.model import (
    NEVER,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Audience,
    ChannelId,
    Copy,
    Language,
    Letter,
    LetterKind,
    MemberId,
)
from knowledge.store import Store, open_store
from tests.builders import announcement, event, letter, occurrence, sign_up
from tests.fakes import NOON, SetClock

FI, SV, EN = Language.FI, Language.SV, Language.EN
U1 = MemberId("T1:U1")
A1, C1 = announcement().id, ChannelId("C1")
OLD = occurrence().starts_at - timedelta(days=1)
DETAILS = {"old_starts": OLD.isoformat(), "old_ends": (OLD + timedelta(hours=1)).isoformat(), "old_place": "Talo 2"}


@pytest.fixture
def store() -> Iterator[Store]:
    """An event on 9 December that U1 comes to."""
    opened = open_store("sqlite://")
    with opened() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT))
        work.events.put(event())
        work.events.put_occurrence(occurrence())
        work.sign_ups.put(sign_up())
        work.commit()
    yield opened
    opened.dispose()


def _changed(store: Store, fields: str, language: Language = FI, **details: str) -> str:
    """What the letter says; nothing where it is not sent."""
    written = letter(kind=LetterKind.CHANGED, details={"fields": fields} | DETAILS | details)
    message = ChangeLetters(store, SetClock()).changed(written, language)
    if message is None:
        return ""
    assert block_problems(message.blocks) == []
    return message.text + json.dumps(message.blocks, ensure_ascii=False)


def _cancelled(store: Store, language: Language = FI, **details: str) -> str:
    written = letter(kind=LetterKind.CANCELLED, details=details)
    message = ChangeLetters(store, SetClock()).cancelled(written, language)
    return "" if message is None else message.text + json.dumps(message.blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("language", "new", "old", "stands"),
    [
        (FI, "keskiviikkona 9.12.2026 klo 8.30–9.30", "tiistaina 8.12.2026 klo 8.30–9.30", "yhä voimassa"),
        (SV, "onsdag 9 december 2026 kl. 8.30–9.30", "tisdag 8 december 2026 kl. 8.30–9.30", "gäller fortfarande"),
        (EN, "Wednesday 9 December 2026, 8:30–9:30", "Tuesday 8 December 2026, 8:30–9:30", "still stands"),
    ],
)
def test_a_moved_event_tells_both_times(store: Store, language: Language, new: str, old: str, stands: str) -> None:
    """And that the sign-up stands, with a button for whoever cannot come."""
    told = _changed(store, "time", language)
    assert told.index(new) < told.index(old)
    assert stands in told
    assert '"action_id": "event_not_going"' in told


def test_only_what_changed_is_told(store: Store) -> None:
    """The place from where to where; without a new time the time that holds stands first."""
    told = _changed(store, "place,text")
    assert "Valimotie 1, Helsinki" in told
    assert "Talo 2" in told
    assert "kuvausta on päivitetty" in told
    assert "Uusi aika" not in told
    assert "keskiviikkona 9.12.2026" in told
    assert "Etäyhteyttä ei enää ole" in _changed(store, "link")
    assert "nimi on vaihtunut" in _changed(store, "title")
    assert "kaikkia tulevia kertoja" in _changed(store, "text", all="yes")


def test_what_was_changed_back_is_not_told(store: Store) -> None:
    """Nothing is left to say."""
    same = occurrence()
    times = {"old_starts": same.starts_at.isoformat(), "old_ends": same.ends_at.isoformat()}
    assert _changed(store, "time", **times) == ""
    assert _changed(store, "place", old_place="Valimotie 1, Helsinki") == ""


@pytest.mark.parametrize(
    ("attendance", "words"),
    [
        (Attendance.MAYBE, "vastannut ehkä"),
        (Attendance.WAITING, "jonossa säilyy"),
        (Attendance.OFFERED, "Vahvista se viimeistään tiistaina 8.12.2026 klo 12.00 (Suomen aikaa)."),
    ],
)
def test_each_is_told_what_stands_for_them(store: Store, attendance: Attendance, words: str) -> None:
    """A place in the queue is not a seat."""
    with store() as work:
        work.sign_ups.put(sign_up(attendance=attendance, offered_until=OLD + timedelta(hours=3.5)))
        work.commit()
    assert words in _changed(store, "text")


def test_a_full_event_offers_no_queue_to_whoever_has_a_seat(store: Store) -> None:
    """It would sound as if the seat was lost."""
    with store() as work:
        work.sign_ups.put(sign_up("U2", number=2))
        work.commit()
    told = _changed(store, "text")
    assert "Tulen" in told
    assert "Jonoon" not in told


def test_nobody_is_told_of_changes_in_what_does_not_concern_them(store: Store) -> None:
    """Whoever said no, or nothing; or once it is called off, of which there is a letter of its own."""
    with store() as work:
        work.sign_ups.put(sign_up(attendance=Attendance.NOT_GOING))
        work.commit()
    assert _changed(store, "time") == ""
    with store() as work:
        work.sign_ups.put(sign_up())
        work.events.put_occurrence(occurrence(is_cancelled=True))
        work.commit()
    assert _changed(store, "time") == ""


def test_a_cancelled_event_is_told_with_its_time(store: Store) -> None:
    """A series as a whole; nothing where it is held after all."""
    assert _cancelled(store) == ""
    with store() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT, state=AnnouncementState.CANCELLED))
        work.commit()
    told = _cancelled(store)
    assert "PERUTTU: Tekoälyaamu – keskiviikkona 9.12.2026 klo 8.30–9.30" in told
    assert "valitettavasti peruttu" in told
    assert "Kaikki tulevat kerrat" in _cancelled(store, all="yes")
    assert "saat alta tiedostot, jotka poistavat ne" in _cancelled(store, all="yes")


@pytest.mark.parametrize(
    ("language", "way", "label"),
    [
        (FI, "Jos laitoit sen kalenteriisi, saat alta tiedoston", "Poista kalenterista"),
        (SV, "Om du lade det i din kalender får du här nedan en fil", "Ta bort ur kalendern"),
        (EN, "If you put it into your calendar, the button below gives you a file", "Remove from calendar"),
    ],
)
def test_what_was_cancelled_can_be_taken_out_of_calendars(
    store: Store, language: Language, way: str, label: str
) -> None:
    """The letter's button names the date whose file takes it out; of a series that was cancelled as well."""
    with store() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT, state=AnnouncementState.CANCELLED))
        work.events.put_occurrence(occurrence(is_cancelled=True))
        work.commit()
    written = letter(kind=LetterKind.CANCELLED, details={})
    message = ChangeLetters(store, SetClock()).cancelled(written, language)
    assert message is not None
    assert block_problems(message.blocks) == []
    assert way in _cancelled(store, language)
    [taken_out] = message.blocks[-1]["elements"]
    assert (taken_out["action_id"], taken_out["text"]["text"]) == (CALENDAR, label)
    assert f'"action_id": "{CALENDAR}"' in _cancelled(store, language, all="yes")
    found = Invitations(store, SetClock()).files(taken_out["value"], Visitor(U1, Audience.MEMBERS), language)
    assert found is not None
    assert [b"METHOD:CANCEL" in each.content for each in found.files] == [True]


def test_what_is_past_is_not_told(store: Store) -> None:
    """A letter that waited too long is not sent."""
    late = SetClock(occurrence().ends_at)
    written = letter(kind=LetterKind.CHANGED, details={"fields": "text"} | DETAILS)
    assert ChangeLetters(store, late).changed(written, FI) is None
    with store() as work:
        work.events.put_occurrence(occurrence(is_cancelled=True))
        work.commit()
    assert ChangeLetters(store, late).cancelled(letter(kind=LetterKind.CANCELLED), FI) is None


def _unposted(store: Store, reason: str, **details: str) -> str:
    given = {"channel": C1, "reason": reason} | details
    written = Letter("l", U1, LetterKind.UNPOSTED, A1, given, NOON, 0, NEVER, NEVER)
    message = UnpostedLetters(store).unposted(written, FI)
    return "" if message is None else json.dumps(message.blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("not_in_channel", "/invite @Solmu"),
        ("channel_not_found", "/invite @Solmu"),
        ("is_archived", "arkistoitu"),
        ("outsiders", "ulkopuoliset"),
        ("others", "muitakin kuin koordinaattoreita"),
        ("restricted_action", "vain tietyt henkilöt"),
        ("unfit A1B2C3", "A1B2C3"),
        ("ekm_access_denied", "syy: ekm_access_denied"),
    ],
)
def test_an_author_hears_which_channel_and_what_helps(store: Store, reason: str, advice: str) -> None:
    """The channel by its name, drawn by Slack."""
    told = _unposted(store, reason)
    assert advice in told
    assert '{"type": "channel", "channel_id": "C1"}' in told


def test_an_author_hears_nothing_that_is_mended(store: Store) -> None:
    """Once it stands there, or is not wanted there; but that it can no longer be changed is told while it stands."""
    with store() as work:
        work.announcements.put_copy(Copy(A1, C1, "1.1", 1, NOON))
        work.commit()
    assert _unposted(store, "not_in_channel") == ""
    assert "En voi enää päivittää" in _unposted(store, "message_not_found", was_up="yes")
    with store() as work:
        work.announcements.put(announcement(channels=()))
        work.commit()
    assert _unposted(store, "message_not_found", was_up="yes") == ""
