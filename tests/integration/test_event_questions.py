"""Questions that events answer, over sample events in a real store; and questions that must stay with the documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from knowledge.evaluation.eventful import rates_of, shown_in
from knowledge.events.finding import Finder
from knowledge.events.programme import Told
from knowledge.members.listing import Viewer
from knowledge.model import AnnouncementKind, Attendance, Audience, Language, Wording
from knowledge.store import Store
from tests import builders
from tests.eventful import ask_all, finder_over, sample_store

MEMBER = Viewer(builders.member().id, Audience.MEMBERS)
GUEST = Viewer(builders.member("U9").id, Audience.PUBLIC)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """The sample events."""
    with sample_store() as made:
        yield made


@pytest.fixture
def finder(store: Store) -> Finder:
    """Asks on Monday 23 November 2026."""
    return finder_over(store)


def test_the_right_events_answer_and_documents_keep_their_questions() -> None:
    """Of 179 questions about events nine in ten are answered rightly; of 380 others not one is taken away."""
    rates = rates_of(ask_all())
    assert (rates.events, rates.documents) == (179, 380)
    assert rates.hit_rate >= 0.91
    assert rates.hijacked == 0
    assert rates.beside <= 12


def test_the_next_one_is_told_with_its_time(finder: Finder) -> None:
    """Every other Wednesday since 2 September: after Monday 23 November that is the 25th, at half past six UTC."""
    found = finder.find("milloin on seuraava tekoälyaamu?", MEMBER)
    assert (found.told, shown_in(found)) == (Told.NEXT, {"aamu"})
    assert found.dates[0].held.occurrence.starts_at.isoformat() == "2026-11-25T06:30:00+00:00"


def test_what_is_over_is_never_told_as_coming(finder: Finder) -> None:
    """The autumn seminar was in October, and no other is planned."""
    for question in (
        "Milloin on seuraava syysseminaari?",
        "När är nästa höstseminarium?",
        "When is the autumn seminar?",
    ):
        found = finder.find(question, MEMBER)
        assert (found.told, shown_in(found)) == (Told.LAST, {"syys"}), question
    for question in ("Mitä tapahtumia on tulossa?", "Milloin on seuraava tapahtuma?"):
        assert not {"syys", "kuva"} & shown_in(finder.find(question, MEMBER)), question


def test_guests_hear_of_public_events_alone(finder: Finder) -> None:
    """The webinar is public, the AI morning is for members, and the coordinators' meeting is for neither of these."""
    assert finder.find("Milloin on seuraava tekoälyaamu?", GUEST).is_empty
    assert shown_in(finder.find("Mitä tapahtumia on tulossa?", GUEST)) == {"puhe", "data"}
    assert finder.find("Milloin koordinaattorien tapaaminen on?", MEMBER).is_empty
    coordinator = Viewer(MEMBER.member, Audience.COORDINATORS)
    assert shown_in(finder.find("Milloin koordinaattorien tapaaminen on?", coordinator)) == {"koordi"}


def test_own_events_are_told_as_far_as_they_are_for_one_now(store: Store, finder: Finder) -> None:
    """Whoever signed up as a coordinator and is none any more hears nothing of the coordinators' meeting."""
    with store() as work:
        (held,) = work.events.occurrences(builders.event("koordi").id)
        work.sign_ups.put(builders.sign_up("U6", to=held.id))
        work.commit()
    member = builders.member("U6").id
    found = finder.find("Mihin olen ilmoittautunut?", Viewer(member, Audience.COORDINATORS))
    assert (found.told, shown_in(found)) == (Told.OWN, {"koordi"})
    assert finder.find("Mihin olen ilmoittautunut?", Viewer(member, Audience.MEMBERS)).told is Told.OWN_NONE


def test_own_events_are_told_in_private_alone(store: Store, finder: Finder) -> None:
    """What somebody goes to is nobody else's business; who cannot come is not told that they go."""
    with store() as work:
        (held,) = work.events.occurrences(builders.event("puhe").id)
        (declined,) = work.events.occurrences(builders.event("data").id)
        work.sign_ups.put(builders.sign_up("U5", to=held.id))
        work.sign_ups.put(builders.sign_up("U5", to=declined.id, attendance=Attendance.NOT_GOING))
        work.commit()
    member = builders.member("U5").id
    found = finder.find("Mihin olen ilmoittautunut?", Viewer(member, Audience.MEMBERS))
    assert (found.told, shown_in(found)) == (Told.OWN, {"puhe"})
    assert found.dates[0].own == {Attendance.GOING}
    in_channel = Viewer(member, Audience.MEMBERS, is_private=False)
    assert finder.find("Mihin olen ilmoittautunut?", in_channel).told is Told.OWN_ELSEWHERE
    assert finder.find("Milloin on puheentunnistuswebinaari?", in_channel).dates[0].own == frozenset()


def test_a_call_that_ends_with_a_week_is_of_that_week(store: Store, finder: Finder) -> None:
    """All of Sunday the 29th: its end is Monday's first moment, and next week's calls are others."""
    with store() as work:
        ends = datetime(2026, 11, 29, 22, tzinfo=UTC)
        titles = (Wording(Language.FI, "Rahoitushaku laiteturvallisuuteen", ""),)
        work.announcements.put(
            builders.announcement("laite", kind=AnnouncementKind.FUNDING, wordings=titles, deadline=ends)
        )
        work.commit()
    assert "laite" in shown_in(finder.find("Mitä rahoitushakuja päättyy tällä viikolla?", MEMBER))
    assert "laite" not in shown_in(finder.find("Mitä rahoitushakuja päättyy ensi viikolla?", MEMBER))
