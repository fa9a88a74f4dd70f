"""What people are told about their sign-ups: in three languages, within Slack's limits, and only what is still so."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.blocks.company import attendance_table, company_message
from bot.blocks.elements import TEXTS
from bot.blocks.signing import lacking_message, occurrence_of, own_blocks, question_modal, said_message, said_modal
from bot.letters.seats import SeatLetters
from bot.sandbox.limits import block_problems, view_problems
from knowledge.events.admission import Said, Table
from knowledge.events.attending import Attendee, Attending, Company, Roll
from knowledge.events.meetings import Hindrance
from knowledge.events.scenes import held_of
from knowledge.model import NEVER, Attendance, Audience, Language, LetterKind, MemberId, SignUp, Wording
from knowledge.store import open_store
from tests.builders import announcement, event, occurrence, sign_up
from tests.signing import O1, STARTS, Evening, visitor

FI, SV, EN = Language.FI, Language.SV, Language.EN
LANGUAGES = (FI, SV, EN, Language.UNKNOWN)
HOSTILE = "<!channel> <@U0ADMIN001> <https://evil.example|docs> & \u202e" + "pitkä " * 1000
ACTIONS = {
    Attendance.GOING: ["event_not_going", "event_maybe", "event_calendar", "event_people"],
    Attendance.WAITING: ["event_not_going", "event_maybe", "event_people"],
    Attendance.OFFERED: ["event_going", "event_not_going", "event_people"],
    Attendance.MAYBE: ["event_going", "event_not_going", "event_calendar", "event_people"],
    Attendance.NOT_GOING: ["event_going", "event_maybe", "event_people"],
}


def _table(title: str = "Tekoälyaamu", **changes: object) -> Table:
    told = announcement(wordings=(Wording(FI, title, ""),))
    return Table(told, event(**changes), occurrence())


def _said(attendance: Attendance, table: Table | None = None, **changes: object) -> Said:
    at = table or _table()
    word = sign_up(attendance=attendance, **changes)
    return Said(at, held_of(at.event, at.occurrence, {}), word, 3 if attendance is Attendance.WAITING else 0)


def _actions(blocks: list[dict[str, object]]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        elements = block.get("elements", [])
        assert isinstance(elements, list)
        found += [each["action_id"] for each in elements if each.get("type") == "button"]
    return found


@pytest.fixture
def evening() -> Iterator[Evening]:
    """Two seats."""
    store = open_store("sqlite://")
    yield Evening(store)
    store.dispose()


@pytest.mark.parametrize("attendance", Attendance)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_can_be_changed(attendance: Attendance, language: Language) -> None:
    """Each has the buttons that make sense, all for this occurrence; none of it breaks Slack's limits."""
    said = _said(attendance, _table(HOSTILE, place=HOSTILE), offered_until=STARTS - timedelta(hours=3))
    message = said_message(said, language)
    assert block_problems(message.blocks) == []
    assert _actions(message.blocks) == ACTIONS[attendance]
    assert "<!channel>" not in json.dumps(message.blocks)
    assert "<!channel>" not in message.text
    assert view_problems(said_modal(said, language)) == []


def test_place_and_end_of_an_offer_are_told() -> None:
    """In words, by the event's clock, which is named: it may not be the reader's."""
    waiting = said_message(_said(Attendance.WAITING), FI)
    assert "olet jonossa sijalla 3" in waiting.text
    end = datetime(2026, 12, 8, 10, tzinfo=UTC)
    offered = {language: said_message(_said(Attendance.OFFERED, offered_until=end), language) for language in (FI, SV)}
    assert "Vahvista se viimeistään tiistaina 8.12.2026 klo 12.00 (Suomen aikaa)." in offered[FI].text
    assert "senast tisdag 8 december 2026 kl. 12.00 (finsk tid)." in offered[SV].text
    abroad = _said(Attendance.OFFERED, _table(zone="America/New_York"), offered_until=end)
    assert "viimeistään tiistaina 8.12.2026 klo 5.00 (aikavyöhyke: New York)." in said_message(abroad, FI).text
    starts = "keskiviikkona 9.12.2026 klo 1.30–2.30 (aikavyöhyke: New York)"
    assert starts in json.dumps(own_blocks([abroad], FI), ensure_ascii=False)


def test_being_seen_is_off_until_it_is_ticked() -> None:
    """Who does not come is not asked."""
    [boxes] = [block for block in said_message(_said(Attendance.GOING), FI).blocks if "block_id" in block]
    assert occurrence_of(boxes["block_id"]) == O1
    assert "initial_options" not in boxes["elements"][0]
    [ticked] = [
        block for block in said_message(_said(Attendance.GOING, is_visible=True), FI).blocks if "block_id" in block
    ]
    assert [option["value"] for option in ticked["elements"][0]["initial_options"]] == ["visible"]
    assert not any("block_id" in block for block in said_message(_said(Attendance.NOT_GOING), FI).blocks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_fits_into_a_form(language: Language) -> None:
    """Whatever the organiser asks, with what was answered before."""
    asked = _said(Attendance.MAYBE, _table(HOSTILE, question=HOSTILE), answer="Kasvis")
    form = question_modal(asked, language)
    assert view_problems(form) == []
    assert form["private_metadata"] == O1
    assert "Kasvis" in json.dumps(form)


def test_home_lists_the_next_events_and_counts_the_others() -> None:
    """Eight of them; nothing where there are none."""
    own = [_said(Attendance.GOING, _table(HOSTILE))] * 10
    blocks = own_blocks(own, FI)
    assert block_problems(blocks) == []
    assert len([block for block in blocks if block["type"] == "actions"]) == 8
    assert "Muita tapahtumia: 2" in json.dumps(blocks, ensure_ascii=False)
    assert own_blocks([], FI) == []


@pytest.mark.parametrize("language", [FI, SV, EN])
@pytest.mark.parametrize("lack", sorted(set(Hindrance) - {Hindrance.NONE}))
def test_what_is_needed_to_meet_somebody_is_told_with_its_button(lack: Hindrance, language: Language) -> None:
    """A profile to be made or changed, or a pause to be ended; the box to tick is called as in the profile's form."""
    message = lacking_message(lack, language)
    assert block_problems(message.blocks) == []
    acts = {element["action_id"] for element in message.blocks[-1]["elements"]}
    assert acts & {"profile_edit", "introduction_resume"}
    assert (TEXTS.get("consent.rounds", language) in message.text) is (lack is not Hindrance.PAUSED)


def test_only_those_who_agreed_are_seen(evening: Evening) -> None:
    """Others are a number; who waits or comes maybe is in no list."""
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    for user in ("U1", "U3"):
        evening.sign_ups.prefer(O1, visitor(user).person, is_visible=True, wants_to_meet=False)
    company = Attending(evening.store, evening.clock).company(O1, visitor("U9"))
    assert [each.sign_up.person for each in company.people] == ["T1:U1"]
    message = company_message(company, {MemberId("T1:U1"): f"Aino {HOSTILE}"}, FI)
    assert block_problems(message.blocks) == []
    told = json.dumps(message.blocks, ensure_ascii=False)
    assert "Tulossa 2 · ehkä 0 · jonossa 1" in told
    assert "Muita tulijoita: 1" in told
    assert "<!channel>" not in told


def test_a_name_that_slack_does_not_tell_is_counted() -> None:
    """Somebody who left the workspace is no empty line in the list."""
    table = _table()
    held = held_of(table.event, table.occurrence, {Attendance.GOING: 1})
    seen = Company(table, held, (Attendee(sign_up(is_visible=True), ""),))
    assert "Kukaan tulijoista" in json.dumps(company_message(seen, {}, FI).blocks, ensure_ascii=False)


def test_the_table_has_everybody_and_no_formulas() -> None:
    """A row each; cells that begin as formulas are texts; the place is that on the list."""

    def word(user: str, **changes: object) -> Attendee:
        return Attendee(sign_up(user, **changes), "@Valokehä")

    waits = [word(user, number=at, attendance=Attendance.WAITING) for at, user in enumerate(("U2", "U3"), 2)]
    roll = Roll(_table(), (word("U1", answer="=HYPERLINK(1)"), *waits))
    names = {MemberId(f"T1:U{number}"): f"+Nimi {number}" for number in (1, 2, 3)}
    lines = attendance_table(roll, names, FI).decode("utf-8-sig").splitlines()
    assert lines[0] == "Nimi;Organisaatio;Ilmoittautuminen;Milloin;Vastaus kysymykseen;Sija jonossa"
    assert lines[1] == "'+Nimi 1;'@Valokehä;tulossa;2026-03-12 14:00;'=HYPERLINK(1);"
    assert lines[3] == "'+Nimi 3;'@Valokehä;jonossa;2026-03-12 14:00;;2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_tell_what_is_still_so(evening: Evening, language: Language) -> None:
    """An offer is told while it stands; taken up, run out or cancelled, it is not."""
    for user in ("U1", "U2", "U3", "U4"):
        evening.say(user)
    evening.say("U1", Attendance.NOT_GOING)
    writers = SeatLetters(evening.sign_ups, evening.clock).writers()
    [offer] = evening.letters("U3")
    message = writers[LetterKind.OFFERED](offer, language)
    assert message is not None
    assert block_problems(message.blocks) == []
    assert _actions(message.blocks)[:2] == ["event_going", "event_not_going"]
    evening.clock.advance(days=1)
    evening.sign_ups.let_offers_run_out()
    assert writers[LetterKind.OFFERED](offer, language) is None
    over = evening.letters("U3")[1]
    message = writers[LetterKind.OFFER_OVER](over, language)
    assert message is not None
    assert _actions(message.blocks)[0] == "event_going"
    evening.say("U3")
    assert writers[LetterKind.OFFER_OVER](over, language) is None
    [other] = evening.letters("U4")
    assert writers[LetterKind.OFFERED](other, language) is not None
    with evening.store() as work:
        work.events.put_occurrence(dataclasses.replace(work.events.occurrence(O1), is_cancelled=True))
        work.commit()
    assert writers[LetterKind.OFFERED](other, language) is None


def test_who_was_given_a_seat_is_told_so_before_the_start(evening: Evening) -> None:
    """Not once it has begun, and not after an event is gone."""
    for user in ("U1", "U2", "U3"):
        evening.say(user)
    evening.at(STARTS - timedelta(hours=2))
    evening.say("U1", Attendance.NOT_GOING)
    write = SeatLetters(evening.sign_ups, evening.clock).writers()[LetterKind.PROMOTED]
    [given] = evening.letters("U3")
    message = write(given, FI)
    assert message is not None
    assert message.text.startswith("Hyviä uutisia: paikka vapautui, ja olet nyt mukana!")
    evening.at(STARTS)
    assert write(given, FI) is None
    with evening.store() as work:
        work.announcements.remove(evening.name)
        work.commit()
    assert write(given, FI) is None


def test_nothing_said_is_nothing_anywhere(evening: Evening) -> None:
    """Somebody who only looks is not among those who said something."""
    said = evening.sign_ups.standing(O1, visitor("U1"))
    assert not said.is_anything
    assert said.sign_up == SignUp(O1, visitor("U1").person, Attendance.NOT_GOING, 0, evening.clock(), NEVER)
    assert list(Attending(evening.store, evening.clock).own(visitor("U1").person, lambda _: Audience.PUBLIC)) == []
