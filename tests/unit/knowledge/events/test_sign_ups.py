"""Signing up: seats, the waitlist, offers, and what cannot be said."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from knowledge.events.admission import Refusal, SignUpRefusedError
from knowledge.events.meetings import Hindrance
from knowledge.events.seats import fill_seats
from knowledge.model import (
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Audience,
    Closing,
    LetterKind,
    OccurrenceId,
)
from knowledge.store import open_store
from tests.builders import announcement, event, member, occurrence
from tests.signing import A1, DAY, O1, STARTS, Evening, visitor

GOING, MAYBE, NOT_GOING = Attendance.GOING, Attendance.MAYBE, Attendance.NOT_GOING
WAITING, OFFERED = Attendance.WAITING, Attendance.OFFERED
PROMOTED, OFFER, OFFER_OVER = LetterKind.PROMOTED, LetterKind.OFFERED, LetterKind.OFFER_OVER
HOUR = timedelta(hours=1)


@pytest.fixture
def evening() -> Iterator[Evening]:
    """Two seats."""
    store = open_store("sqlite://")
    yield Evening(store)
    store.dispose()


def refused(evening: Evening, user: str, reply: Attendance = GOING, audience: Audience = Audience.MEMBERS) -> Refusal:
    """Why somebody cannot say this; nothing is changed by it."""
    before = evening.all()
    with pytest.raises(SignUpRefusedError) as caught:
        evening.sign_ups.say(O1, visitor(user, audience), reply)
    assert evening.all() == before
    return caught.value.reason


def test_two_come_and_the_third_waits(evening: Evening) -> None:
    """Seats are given in the order of the clicks, then places on the list; each is told which."""
    told = [evening.say(user) for user in ("U1", "U2", "U3", "U4")]
    assert [each.sign_up.attendance for each in told] == [GOING, GOING, WAITING, WAITING]
    assert [each.place for each in told] == [0, 0, 1, 2]
    assert told[3].held.taken == 2
    assert evening.revision() == 5


def test_a_second_click_changes_nothing(evening: Evening) -> None:
    """Neither the seat nor the place, and the card is not drawn anew for it."""
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    before, revision = evening.all(), evening.revision()
    evening.clock.advance(hours=1)
    assert [evening.say(user).place for user in ("U1", "U2", "U3")] == [0, 0, 1]
    assert (evening.all(), evening.revision()) == (before, revision)


def test_maybe_holds_no_seat(evening: Evening) -> None:
    """However many come maybe, two more can come."""
    for user in ("U1", "U2", "U3"):
        evening.say(user, MAYBE)
    assert evening.say("U4").sign_up.attendance is GOING
    assert evening.say("U1").sign_up.attendance is GOING
    assert evening.say("U2").sign_up.attendance is WAITING


def test_a_freed_seat_is_offered_to_the_first_who_waits(evening: Evening) -> None:
    """For a day, in which nobody else gets it; taking it up needs one click."""
    for user in ("U1", "U2", "U3", "U4"):
        evening.say(user)
    evening.say("U1", NOT_GOING)
    assert (evening.who(OFFERED), evening.who(WAITING)) == (["U3"], ["U4"])
    [offer] = evening.letters("U3")
    assert (offer.kind, offer.subject) == (OFFER, O1)
    assert offer.details == {"until": (evening.clock() + DAY).isoformat()}
    assert evening.say("U5").sign_up.attendance is WAITING
    assert evening.say("U3").sign_up.attendance is GOING
    assert evening.who(GOING) == ["U2", "U3"]


def test_a_declined_offer_goes_on(evening: Evening) -> None:
    """To the next at once; who declined is told nothing more."""
    for user in ("U1", "U2", "U3", "U4"):
        evening.say(user)
    evening.say("U2", MAYBE)
    evening.say("U3", NOT_GOING)
    assert evening.who(OFFERED) == ["U4"]
    assert (evening.told("U3"), evening.told("U4")) == ([OFFER], [OFFER])


def test_an_offer_runs_out_once(evening: Evening) -> None:
    """It goes on to the next; who let it run out is told, comes maybe, and is not asked again."""
    for user in ("U1", "U2", "U3", "U4"):
        evening.say(user)
    evening.say("U1", NOT_GOING)
    evening.clock.advance(hours=23, minutes=59)
    evening.sign_ups.let_offers_run_out()
    assert evening.who(OFFERED) == ["U3"]
    evening.clock.advance(minutes=1)
    for _ in range(2):
        evening.sign_ups.let_offers_run_out()
    assert (evening.who(OFFERED), evening.who(MAYBE), evening.who(WAITING)) == (["U4"], ["U3"], [])
    assert (evening.told("U3"), evening.told("U4")) == ([OFFER, OFFER_OVER], [OFFER])
    assert evening.say("U3").place == 1


def test_an_offer_cannot_be_taken_up_too_late(evening: Evening) -> None:
    """Also where nobody has looked yet whether it ran out: the next one has it by then."""
    for user in ("U1", "U2", "U3", "U4"):
        evening.say(user)
    evening.say("U1", NOT_GOING)
    evening.clock.advance(days=1)
    assert evening.say("U3").sign_up.attendance is WAITING
    assert evening.who(OFFERED) == ["U4"]


@pytest.mark.parametrize(("left", "kept"), [(10 * DAY, DAY), (DAY, 12 * HOUR), (5 * HOUR, 2.5 * HOUR)])
def test_the_nearer_the_start_the_shorter_the_offer(evening: Evening, left: timedelta, kept: timedelta) -> None:
    """At most half of the time that is left, so that it can go on."""
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    evening.at(STARTS - left)
    evening.say("U1", NOT_GOING)
    assert [each.offered_until - evening.clock() for each in evening.all() if each.attendance is OFFERED] == [kept]


def test_just_before_the_start_a_seat_is_given(evening: Evening) -> None:
    """Nobody is asked any more, who waits first simply comes, and is told."""
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    evening.at(STARTS - 4 * HOUR)
    evening.say("U1", NOT_GOING)
    assert evening.who(GOING) == ["U2", "U3"]
    assert evening.told("U3") == [PROMOTED]


def test_after_the_deadline_one_can_only_stay_away(evening: Evening) -> None:
    """Nobody new comes; a seat that is given back still goes to who waits, and an offer can be taken up."""
    with evening.store() as work:
        work.events.put(event(closing=Closing(1)))
        work.commit()
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    evening.at(STARTS - 7 * HOUR)
    assert refused(evening, "U4") is Refusal.CLOSED
    assert refused(evening, "U1", MAYBE) is Refusal.CLOSED
    assert evening.say("U1").sign_up.attendance is GOING
    evening.say("U1", NOT_GOING)
    assert evening.who(OFFERED) == ["U3"]
    assert evening.say("U3").sign_up.attendance is GOING
    assert refused(evening, "U1") is Refusal.CLOSED


def test_what_has_begun_or_is_cancelled_is_refused(evening: Evening) -> None:
    """With the reason; the same for what is not out or not there."""
    evening.say("U1")
    evening.at(STARTS)
    assert refused(evening, "U1", NOT_GOING) is Refusal.BEGUN
    evening.at(STARTS - DAY)
    with evening.store() as work:
        work.events.put_occurrence(occurrence(is_cancelled=True))
        work.commit()
    assert refused(evening, "U2") is Refusal.CANCELLED
    with evening.store() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT, state=AnnouncementState.DRAFT))
        work.commit()
    assert refused(evening, "U2") is Refusal.GONE
    with pytest.raises(SignUpRefusedError):
        evening.sign_ups.say(OccurrenceId("nothing"), visitor("U1"), GOING)


def test_who_may_not_see_it_cannot_come(evening: Evening) -> None:
    """A guest is refused a members' event, a member a coordinators'; who came before may always leave."""
    assert refused(evening, "U1", audience=Audience.PUBLIC) is Refusal.HIDDEN
    evening.say("U1")
    assert refused(evening, "U1", MAYBE, Audience.PUBLIC) is Refusal.HIDDEN
    assert evening.sign_ups.say(O1, visitor("U1", Audience.PUBLIC), NOT_GOING).sign_up.attendance is NOT_GOING
    with evening.store() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT, audience=Audience.COORDINATORS))
        work.commit()
    assert refused(evening, "U2") is Refusal.HIDDEN


def test_answers_are_kept_and_identity_codes_are_not(evening: Evening) -> None:
    """What was answered stays where nothing new is said; a code is refused before anything is stored."""
    assert evening.say("U1", answer="  Ei pähkinää. ").sign_up.answer == "Ei pähkinää."
    assert evening.say("U1", MAYBE).sign_up.answer == "Ei pähkinää."
    assert evening.say("U1", GOING, "").sign_up.answer == ""
    with pytest.raises(SignUpRefusedError) as caught:
        evening.say("U2", answer="Hetuni on 131052-308T.")
    assert caught.value.reason is Refusal.PRIVATE
    assert [each.person for each in evening.all()] == ["T1:U1"]


def test_being_seen_is_ones_own_choice(evening: Evening) -> None:
    """Off at first, kept when the word changes, and nothing is made of somebody who said nothing."""
    evening.say("U1")
    assert [(each.is_visible, each.wants_to_meet) for each in evening.all()] == [(False, False)]
    for user in ("U1", "U2"):
        evening.sign_ups.prefer(O1, visitor(user).person, is_visible=True, wants_to_meet=False)
    evening.say("U1", MAYBE)
    assert [(each.is_visible, each.wants_to_meet) for each in evening.all()] == [(True, False)]


def test_whoever_wishes_to_meet_somebody_learns_what_stands_against_it(evening: Evening) -> None:
    """At the tick itself, and not again with the next one: no profile, no consent to be proposed, or a pause."""
    person = visitor("U1").person
    shy = member("U1", consents=frozenset())

    def tick(*, wants: bool = True) -> Hindrance:
        return evening.sign_ups.prefer(O1, person, is_visible=True, wants_to_meet=wants)

    assert tick() is Hindrance.NONE
    evening.say("U1")
    assert (tick(wants=False), tick(), tick()) == (Hindrance.NONE, Hindrance.PROFILE, Hindrance.NONE)
    cases = (
        (shy, Hindrance.CONSENT),
        (dataclasses.replace(member("U1"), available_from=date.max), Hindrance.PAUSED),
        (member("U1"), Hindrance.NONE),
    )
    for profile, lack in cases:
        with evening.store() as work:
            work.members.put(profile)
            work.commit()
        tick(wants=False)
        assert tick() is lack


def test_more_seats_are_filled_in_order(evening: Evening) -> None:
    """And without limit everybody who waits comes at once."""
    for user in ("U1", "U2", "U3", "U4", "U5"):
        evening.say(user)
    with evening.store() as work:
        work.events.put(event(capacity=3))
        assert fill_seats(work, event(capacity=3), occurrence(), evening.clock())
        assert not fill_seats(work, event(capacity=3), occurrence(), evening.clock())
        work.commit()
    assert (evening.who(OFFERED), evening.who(WAITING)) == (["U3"], ["U4", "U5"])
    with evening.store() as work:
        assert fill_seats(work, event(capacity=0), occurrence(), evening.clock())
        work.commit()
    assert evening.who(GOING) == ["U1", "U2", "U4", "U5"]
    assert evening.told("U5") == [PROMOTED]


def test_fewer_seats_put_nobody_out(evening: Evening) -> None:
    """Who has a seat keeps it; nobody new gets one before there is room again."""
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    with evening.store() as work:
        work.events.put(event(capacity=1))
        work.commit()
    evening.say("U1", NOT_GOING)
    assert (evening.who(GOING), evening.who(WAITING), evening.who(OFFERED)) == (["U2"], ["U3"], [])
    evening.say("U2", NOT_GOING)
    assert evening.who(OFFERED) == ["U3"]


def test_who_leaves_frees_seats_and_offers(evening: Evening) -> None:
    """For the next; done again it changes nothing."""
    for user in ("U1", "U2", "U3", "U4"):
        evening.say(user)
    for _ in range(2):
        evening.sign_ups.withdraw_all(visitor("U2").person)
    assert evening.who(OFFERED) == ["U3"]
    evening.sign_ups.withdraw_all(visitor("U3").person)
    assert (evening.who(OFFERED), evening.who(NOT_GOING)) == (["U4"], ["U2", "U3"])


def test_offers_of_a_cancelled_event_end_in_silence(evening: Evening) -> None:
    """Nobody is told of a seat that is no seat any more."""
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    evening.say("U1", NOT_GOING)
    with evening.store() as work:
        work.announcements.put(dataclasses.replace(work.announcements.get(A1), state=AnnouncementState.CANCELLED))
        work.commit()
    evening.clock.advance(days=2)
    evening.sign_ups.let_offers_run_out()
    assert evening.told("U3") == [OFFER]
    assert evening.who(MAYBE) == ["U3"]
