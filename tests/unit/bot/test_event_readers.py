"""Who lost a role, or for whom an event is not any more, hears nothing of what becomes of it, whatever they said."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.blocks.signing import said_message, unseen_message
from bot.delivery import Outgoing, SlackUnavailableError
from bot.letters.changes import ChangeLetters
from bot.letters.for_audience import ABOUT_EVENTS, Readers
from bot.letters.reminders import ReminderLetters
from bot.letters.seats import SeatLetters
from bot.mailing import Writers
from knowledge.errors import RolesUnknownError
from knowledge.events.attending import Attending
from knowledge.events.reminders import Reminders
from knowledge.model import Attendance, Audience, Language, Letter, LetterKind, MemberId
from knowledge.ports import Roles
from knowledge.roles import FixedRoles
from knowledge.store import open_store
from tests.builders import announcement, letter
from tests.signing import O1, STARTS, Evening, visitor

FI = Language.FI
U1 = visitor("U1").person
COORDINATOR, NOBODY_IN_ROLE = FixedRoles([U1]), FixedRoles()
LINK = "https://meet.example.org/1"


class House:
    """Who belongs to the workspace."""

    def __init__(self, *people: MemberId) -> None:
        self._people = people

    def is_insider(self, user: str) -> bool:
        """Whether somebody does."""
        return user in self._people


class Away(FixedRoles):
    """Slack does not tell who has a role, or who is at home."""

    def is_staff(self, person: MemberId) -> bool:
        """Whether somebody has."""
        raise RolesUnknownError(person)

    def is_insider(self, user: str) -> bool:
        """Whether somebody is."""
        raise SlackUnavailableError(user)


@pytest.fixture
def evening() -> Iterator[Evening]:
    """An event that U1 comes to, with a link."""
    store = open_store("sqlite://")
    made = Evening(store, meeting_link=LINK)
    made.say("U1")
    yield made
    store.dispose()


def _for(evening: Evening, audience: Audience) -> None:
    with evening.store() as work:
        work.announcements.put(announcement(kind=work.announcements.get(evening.name).kind, audience=audience))
        work.commit()


def _written(evening: Evening, of: Letter, roles: Roles, *at_home: MemberId) -> str:
    reminders = Reminders(evening.store, evening.clock, lambda _: "")
    writers: Writers = {
        **ReminderLetters(reminders, evening.clock).writers(),
        **ChangeLetters(evening.store, evening.clock).writers(),
        **SeatLetters(evening.sign_ups, evening.clock).writers(),
        LetterKind.FEEDBACK: lambda _letter, _language: Outgoing("asked", []),
    }
    message = Readers(evening.store, House(*at_home), roles, evening.sign_ups.withdraw).only(writers)[of.kind](of, FI)
    return "" if message is None else message.text + json.dumps(message.blocks)


LETTERS = {
    "reminder": letter(details={"minutes": "15", "starts_at": f"{STARTS:%Y%m%dT%H%M}"}),
    "change": letter(kind=LetterKind.CHANGED, details={"fields": "link"}),
    "seat": letter(f"promoted:{O1}:{U1}:1", kind=LetterKind.PROMOTED),
    "feedback": letter(kind=LetterKind.FEEDBACK),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_reaches_only_those_for_whom_the_event_is_when_it_is_sent(evening: Evening, name: str) -> None:
    """A coordinator who is none any more, a member where it was narrowed, a guest: each was signed up before."""
    evening.at(STARTS - timedelta(minutes=10))
    of = LETTERS[name]
    assert of.kind in ABOUT_EVENTS
    [comes] = evening.all()
    for audience, roles, at_home, reaches in (
        (Audience.COORDINATORS, COORDINATOR, (U1,), True),
        (Audience.COORDINATORS, NOBODY_IN_ROLE, (U1,), False),
        (Audience.MEMBERS, NOBODY_IN_ROLE, (U1,), True),
        (Audience.MEMBERS, NOBODY_IN_ROLE, (), False),
        (Audience.PUBLIC, NOBODY_IN_ROLE, (), True),
    ):
        _for(evening, audience)
        with evening.store() as work:
            work.sign_ups.put(comes)
            work.commit()
        assert bool(_written(evening, of, roles, *at_home)) is reaches, (audience, at_home)


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.COORDINATORS])
def test_a_letter_waits_while_slack_does_not_tell_whom_it_is_for(evening: Evening, audience: Audience) -> None:
    """It is neither sent nor dropped."""
    _for(evening, audience)
    away = Away()
    readers = Readers(evening.store, away, away, evening.sign_ups.withdraw)
    for name in ("change", "seat"):
        of = LETTERS[name]
        with pytest.raises(SlackUnavailableError):
            readers.only({of.kind: lambda _l, _s: Outgoing("told", [])})[of.kind](of, FI)
    assert evening.who(Attendance.GOING) == ["U1"]


@pytest.mark.parametrize(
    ("hours", "kind", "attendance"),
    [(3, LetterKind.PROMOTED, Attendance.GOING), (48, LetterKind.OFFERED, Attendance.OFFERED)],
)
def test_a_seat_passes_over_whoever_may_not_hear_of_it(
    evening: Evening, hours: int, kind: LetterKind, attendance: Attendance
) -> None:
    """Waiting, U3 became a guest: given or offered, the seat goes on to U4, who is told, and never stays empty."""
    for user in ("U2", "U3", "U4"):
        evening.say(user)
    evening.at(STARTS - timedelta(hours=hours))
    evening.say("U1", Attendance.NOT_GOING)
    [unheard] = evening.letters("U3")
    at_home = [visitor(user).person for user in ("U1", "U2", "U4")]
    for _ in range(2):
        assert _written(evening, unheard, NOBODY_IN_ROLE, *at_home) == ""
    assert evening.who(Attendance.NOT_GOING) == ["U1", "U3"]
    assert "U4" in evening.who(attendance)
    [heard] = evening.letters("U4")
    assert heard.kind is kind
    assert "Hyviä uutisia" in _written(evening, heard, NOBODY_IN_ROLE, *at_home)


def test_that_it_is_not_held_is_told_to_all_who_signed_up(evening: Evening) -> None:
    """Nobody comes in vain; where it was, how one got in, and what it was about is not said."""
    _for(evening, Audience.COORDINATORS)
    with evening.store() as work:
        held = work.events.occurrence(O1)
        work.events.put_occurrence(dataclasses.replace(held, is_cancelled=True))
        work.commit()
    told = _written(evening, letter(kind=LetterKind.CANCELLED), NOBODY_IN_ROLE)
    assert "Tekoälyaamu" in told
    assert not [each for each in (LINK, "Valimotie", "Kahvia") if each in told]


def test_the_home_tab_shows_ones_own_events_as_far_as_they_are_for_one(evening: Evening) -> None:
    """Slack is not asked where all of them are public."""
    attending, asked = Attending(evening.store, evening.clock), []

    def audience_of(person: MemberId) -> Audience:
        asked.append(person)
        return Audience.MEMBERS

    for audience, shown in ((Audience.PUBLIC, 1), (Audience.MEMBERS, 1), (Audience.COORDINATORS, 0)):
        _for(evening, audience)
        assert len(attending.own(U1, audience_of)) == shown
    assert asked == [U1, U1]


def test_staying_at_home_says_nothing_of_what_one_may_not_know(evening: Evening) -> None:
    """Neither where nor when; somebody for whom it is hears both."""
    said = evening.say("U1", Attendance.NOT_GOING)
    assert LINK in json.dumps(said_message(said, FI).blocks)
    told = unseen_message(said, FI)
    assert (LINK in json.dumps(told.blocks), "Tekoälyaamu" in told.text + json.dumps(told.blocks)) == (False, False)
