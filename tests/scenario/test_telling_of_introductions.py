"""What follows from each deed about introductions, told through the real delivery to the stand-in's people."""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from dbos import DBOS

from bot.blocks.own_profile import day_text
from bot.blocks.wishes import wishes_modal
from bot.introduction_notes import LATER_DEEDS, Change, Deed, Notice
from bot.introduction_work import IntroductionWork
from bot.later import register
from bot.sandbox.values import Access
from knowledge.introductions.rules import day_of
from knowledge.members.languages import Languages
from knowledge.model import (
    Aspect,
    CommonGround,
    Consent,
    Excerpt,
    IntroductionId,
    IntroductionState,
    Language,
    RoundId,
)
from knowledge.model.wishes import mark_of
from knowledge.personal.telling import PersonalData
from tests.builders import introduction
from tests.scenario.desk import AINO, COUNTY, MIKAEL, RIIKKA, VENDOR, Desk
from tests.scenario.talking import shown
from tests.standin import ADMIN, COORDINATOR, MEMBER


def test_whoever_leaves_midway_breaks_nothing(desk: Desk) -> None:
    """The other's open message is closed, whoever said yes is told, and nothing of the leaver is left anywhere."""
    desk.propose()
    desk.tell(desk.do(Deed.REPLY, ADMIN, subject="i1", value="yes"))
    # A pause in between changes nothing about whether they are told.
    desk.profiles.snooze(RIIKKA.id, date.max)
    desk.profiles.resume(RIIKKA.id)
    assert RIIKKA.role in shown(desk.told(MEMBER)[0])
    notices = desk.do(Deed.LEAVE, MEMBER)
    desk.changes.erase(Change("deed:9", Deed.LEAVE, AINO.id))
    with desk.store.reading() as work:
        assert AINO.id not in work.members.have([AINO.id])
    desk.tell(notices)
    assert ["gäller inte längre" in text for text in desk.texts(ADMIN)] == [True, False]
    assert "blev inte av" in desk.texts(ADMIN)[1]
    assert not any(words in shown(message) for message in desk.told(ADMIN) for words in (AINO.role, AINO.offers))
    desk.tell(notices)
    assert len(desk.told(ADMIN)) == 2


def test_whoever_is_made_a_guest_midway_is_told_no_more_of_people(desk: Desk) -> None:
    """Both messages are closed, who said yes is told, and nothing is told twice; once back they are as before."""
    desk.propose()
    desk.tell(desk.do(Deed.REPLY, ADMIN, subject="i1", value="yes"))
    at = desk.clock().timestamp()
    desk.slack.set_access(MEMBER, Access.GUEST)
    for _ in range(2):
        desk.tell(desk.do(Deed.AWAY, MEMBER, at=at))
    assert ["ei ole enää voimassa" in text for text in desk.texts(MEMBER)] == [True]
    assert RIIKKA.role not in shown(desk.told(MEMBER)[0])
    assert ["gäller inte längre" in text for text in desk.texts(ADMIN)] == [True, False]
    assert "blev inte av" in desk.texts(ADMIN)[1]
    desk.slack.set_access(MEMBER, Access.MEMBER)
    assert desk.do(Deed.BACK, MEMBER, at=desk.clock.advance(minutes=5).timestamp()) == []
    with desk.store.reading() as work:
        assert work.members.get(AINO.id) == AINO


@pytest.mark.parametrize("access", [Access.DEACTIVATED, Access.GUEST])
def test_nobody_is_brought_together_with_whoever_is_a_member_no_more(desk: Desk, access: Access) -> None:
    """Though both said yes, and nobody has noticed yet: the other is told that nothing came of it, however often."""
    desk.propose()
    desk.tell(desk.do(Deed.REPLY, ADMIN, subject="i1", value="yes"))
    desk.slack.set_access(ADMIN, access)
    notices = desk.do(Deed.REPLY, MEMBER, subject="i1", value="yes")
    for _ in range(2):
        desk.tell(notices)
    assert ["ei ole enää voimassa" in text for text in desk.texts(MEMBER)] == [True, False]
    assert "ei tällä kertaa toteutunut" in desk.texts(MEMBER)[1]
    assert desk.groups() == []
    assert desk.introductions.get(IntroductionId("i1")).state is IntroductionState.ENDED


def test_a_round_tells_a_guest_of_nobody(desk: Desk) -> None:
    """Where one is paired all the same, since nobody has noticed yet: neither side is told anything."""
    desk.put(dataclasses.replace(MIKAEL, consents=frozenset()))
    desk.slack.set_access(ADMIN, Access.SINGLE_CHANNEL_GUEST)
    [proposed] = desk.do(Deed.ROUND, subject="2026-W50")
    desk.tell([proposed])
    assert (desk.told(MEMBER), desk.told(ADMIN)) == ([], [])
    [made] = desk.introductions.hold_round(RoundId("2026-W50"))
    assert (set(made.members), made.state) == ({AINO.id, RIIKKA.id}, IntroductionState.ENDED)


def test_whoever_has_met_somebody_who_is_gone_is_asked_how_it_went(desk: Desk) -> None:
    """The account was switched off after the two were brought together."""
    desk.propose()
    for user in (MEMBER, ADMIN):
        desk.tell(desk.do(Deed.REPLY, user, subject="i1", value="yes"))
    desk.slack.set_access(ADMIN, Access.DEACTIVATED)
    desk.clock.advance(days=15)
    desk.tell(desk.do(Deed.FOLLOW_UP, subject="i1"))
    assert "Tapasitteko?" in desk.texts(MEMBER)[-1]
    assert len(desk.groups()) == 1


def test_leaving_is_durable_work(desk: Desk, tmp_path: Path) -> None:
    """Whoever is told that it is done finds nothing of themselves; the other is told by work of its own.

    Deeds that an earlier release does not know are under a name of their own, which it does not know either.
    """
    desk.propose()
    DBOS(config={"name": "solmu", "system_database_url": f"sqlite:///{tmp_path / 'dbos.sqlite'}", "enable_otlp": False})
    work = IntroductionWork(desk.changes, desk.introducing, "life")
    DBOS.launch()
    try:
        register()
        work.register()
        work.carry_out(Change("leave:1", Deed.LEAVE, AINO.id))
        with desk.store.reading() as reading:
            assert AINO.id not in reading.members.have([AINO.id])
        desk.slack.wait_for(lambda: "gäller inte längre" in desk.texts(ADMIN)[0])
        work.carry_out(Change("leave:1", Deed.LEAVE, AINO.id))
        work.carry_out(Change("hand_over:1", Deed.HAND_OVER, RIIKKA.id, subject=VENDOR.id, other=AINO.id))
        work.take_in(Change("away:1", Deed.AWAY, RIIKKA.id, at=desk.clock().timestamp()))
        DBOS.retrieve_workflow("away:1").get_result()
        assert [each.workflow_id for each in DBOS.list_workflows(name="change introductions")] == ["leave:1"]
    finally:
        DBOS.destroy()
    assert len(desk.told(ADMIN)) == 1


def test_every_deed_that_the_first_release_does_not_know_is_among_the_later_ones() -> None:
    """A new one has to be: else a process of the release before takes it, and fails."""
    first = "ask make reply snooze person organisation resume outcome leave appoint round meeting expire follow_up"
    assert {str(deed) for deed in set(Deed) - LATER_DEEDS} == set(first.split())


def test_two_answers_at_the_same_moment_open_one_conversation(desk: Desk) -> None:
    """Whichever is told first, and however often: one conversation, with one first message."""
    desk.propose()
    notices = [notice for user in (MEMBER, ADMIN) for notice in desk.do(Deed.REPLY, user, subject="i1", value="yes")]
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda notice: desk.introducing.tell(notice, doubtful=True), notices * 3))
    assert len(desk.groups()) == 1
    assert [text.startswith("Molemmat vastasitte kyllä!") for text in desk.texts(MEMBER)] == [True]


def test_the_conversation_speaks_both_languages(desk: Desk) -> None:
    """Where the two share none; and quotes each in their own words, with the questions that fit."""
    ground = CommonGround(
        Aspect.SUPPLY,
        Excerpt("Meillä puheentunnistus on kotihoidossa tuotannossa.", Language.FI),
        Excerpt("Puheentunnistus on tuotannossa.", Language.FI, "Taligenkänning i hemvården", "pilot", VENDOR.id),
        0.8,
    )
    desk.propose(ground=ground)
    for user in (MEMBER, ADMIN):
        desk.tell(desk.do(Deed.REPLY, user, subject="i1", value="yes"))
    [first] = desk.groups()
    text = shown(first)
    for words in (
        "Hei Aino Lehtola ja Riikka Ojala!",
        "Hej Aino Lehtola och Riikka Ojala!",
        "Meillä puheentunnistus on kotihoidossa tuotannossa.",
        "Taligenkänning i hemvården · pilotti",
        "”Taligenkänning i hemvården”: mikä on sujunut odotettua paremmin",
        "Tre frågor att börja med",
    ):
        assert words in text
    assert text.count("?") == 6


def test_everybody_is_told_in_the_language_that_they_chose(desk: Desk) -> None:
    """It goes before the profile's first, for a proposal as for a word, and holds for whoever has no profile."""
    languages = Languages(desk.store)
    languages.choose(AINO.id, Language.SV)
    languages.choose(MIKAEL.id, Language.EN)
    with desk.store() as work:
        work.members.remove(MIKAEL.id)
        work.commit()
    desk.propose()
    desk.tell(desk.do(Deed.SNOOZE, MEMBER, subject="i1"))
    desk.tell([Notice("n1", member=MIKAEL.id, word="no_profile")])
    assert AINO.languages[0] is Language.FI
    proposal, snoozed = desk.texts(MEMBER)
    assert proposal.startswith("Okej, inte den här gången.")
    assert snoozed.startswith("Okej, jag föreslår inga presentationer före den")
    assert desk.texts(COORDINATOR)[0].startswith("You need a profile first")


def test_whoever_asks_is_named_only_as_agreed(desk: Desk) -> None:
    """By name with that consent, else by role and organisation; the asker is told that Solmu has asked."""
    desk.tell(desk.do(Deed.ASK, MEMBER, other=RIIKKA.handle))
    assert desk.texts(MEMBER) == ["Kysyin puolestasi. Kerron heti, kun saan vastauksen."]
    assert "Aino Lehtola" in shown(desk.told(ADMIN)[0])
    desk.put(dataclasses.replace(AINO, consents=frozenset(Consent) - {Consent.NAME}))
    desk.tell(desk.do(Deed.ASK, MEMBER, other=MIKAEL.handle))
    asked = shown(desk.told(COORDINATOR)[0])
    assert "kehittämispäällikkö · Järvirannan hyvinvointialue" in asked
    assert "Aino" not in asked
    desk.tell(desk.do(Deed.ASK, MEMBER, other=MIKAEL.handle))
    assert len(desk.told(COORDINATOR)) == 1
    desk.tell(desk.do(Deed.ASK, MEMBER, other="nobody"))
    assert "Kaksi esittelyäsi odottaa" in desk.texts(MEMBER)[-1]


def test_a_wish_from_a_proposal_does_not_tell_who_it_was(desk: Desk) -> None:
    """In the form it stands by its day alone; neither that nor the export holds the other's account or its hash."""
    desk.put(dataclasses.replace(RIIKKA, consents=frozenset({Consent.ROLE, Consent.ROUNDS})))
    made = desk.propose()
    desk.tell(desk.do(Deed.EXCLUDE_PERSON, MEMBER, subject=made.id))
    desk.tell(desk.do(Deed.EXCLUDE_PERSON, MEMBER, subject=made.id))
    [wish] = desk.profiles.wishes(AINO.id)
    assert wish.mark == mark_of(RIIKKA.id)
    form = json.dumps(wishes_modal([wish], desk.profiles.organisations(AINO.id), Language.FI), ensure_ascii=False)
    assert f"Henkilö, jota ehdotin sinulle {day_text(day_of(made.proposed_at), Language.FI)}" in form
    told = form + PersonalData(desk.store, desk.clock).export(AINO.id).decode()
    assert not any(secret in told for secret in ("initial_users", ADMIN, wish.mark))
    assert "suggested_on" in told


def test_a_break_of_three_months(desk: Desk) -> None:
    """It is a no to this one, and no proposals before the day that is told."""
    desk.propose()
    desk.tell(desk.do(Deed.SNOOZE, MEMBER, subject="i1"))
    with desk.store.reading() as work:
        until = work.members.get(AINO.id).available_from
        assert work.introductions.get(introduction("i1").id).state is IntroductionState.DECLINED
    assert timedelta(days=90) < until - desk.clock().date() < timedelta(days=93)
    assert (
        desk.texts(MEMBER)[-1] == f"Selvä, en ehdota sinulle esittelyjä ennen {until.day}.{until.month}.{until.year}."
    )


def test_who_is_paused_for_silence_is_told_and_can_come_back(desk: Desk) -> None:
    """After the third round without an answer, with a button; told once, also where the work is done again."""
    desk.put(dataclasses.replace(AINO, silent_rounds=2))
    desk.propose()
    desk.clock.advance(days=7)
    notices = desk.do(Deed.EXPIRE, subject="i1")
    desk.tell(notices)
    again = desk.do(Deed.EXPIRE, subject="i1")
    assert [notice.word for notice in again] == [notice.word for notice in notices] == ["", "paused"]
    paused = desk.told(MEMBER)[-1]
    assert paused.text.startswith("Kolme viimeisintä ehdotustani jäi vastaamatta")
    assert paused.blocks[-1]["elements"][0]["action_id"] == "introduction_resume"
    desk.tell(desk.do(Deed.RESUME, MEMBER))
    with desk.store.reading() as work:
        assert work.members.get(AINO.id).available_from == date.min
    assert "Tervetuloa takaisin!" in desk.texts(MEMBER)[-1]


def test_somebody_who_cannot_be_reached_keeps_nobody_else_from_being_told(desk: Desk) -> None:
    """Slack refuses the first side's conversation for good; the other side hears what there is."""
    desk.slack.fault("conversations.open", error="user_disabled")
    desk.propose()
    assert desk.told(MEMBER) == []
    assert len(desk.told(ADMIN)) == 1


def test_a_conversation_that_cannot_be_opened_is_tried_again(desk: Desk) -> None:
    """Such as where a scope is missing: nobody is told that it is open before it is."""
    desk.propose()
    for user in (MEMBER, ADMIN):
        notices = desk.do(Deed.REPLY, user, subject="i1", value="yes")
    desk.slack.fault("conversations.open", error="missing_scope")
    assert not desk.introducing.tell(notices[0], doubtful=False)
    assert "keskustelukumppanin" in desk.texts(MEMBER)[0]
    desk.tell(notices)
    assert len(desk.groups()) == 1
    assert "Avasin teille" in desk.texts(MEMBER)[0]


def test_what_slack_was_not_there_for_is_told_later(desk: Desk) -> None:
    """The try says that it failed; the next one tells what is missing, and nothing twice."""
    desk.propose()
    notices = desk.do(Deed.REPLY, MEMBER, subject="i1", value="no")
    desk.slack.fault("conversations.open", times=1, status=503)
    assert not desk.introducing.tell(notices[0], doubtful=False)
    desk.tell(notices)
    assert "ei tällä kertaa" in desk.texts(MEMBER)[0]
    assert (len(desk.told(MEMBER)), len(desk.told(ADMIN))) == (1, 1)


def test_what_is_outdated_is_not_told(desk: Desk) -> None:
    """A notice of a state that has passed says nothing: the next one tells all."""
    desk.propose()
    first = desk.do(Deed.REPLY, MEMBER, subject="i1", value="yes")
    second = desk.do(Deed.REPLY, ADMIN, subject="i1", value="no")
    desk.tell(first)
    assert "keskustelukumppanin" in desk.texts(MEMBER)[0]
    desk.tell([*second, *first])
    assert ["ei ole enää voimassa" in text for text in desk.texts(MEMBER)] == [True, False]


def test_a_contact_handed_over_is_told_to_both_however_often_it_is_done(desk: Desk) -> None:
    """A kill after the change and before it was noted makes it again: the contact before is told all the same, once."""
    desk.put(dataclasses.replace(RIIKKA, organisation=COUNTY.id))
    with desk.store() as work:
        work.organisations.put(dataclasses.replace(COUNTY, contact=AINO.id))
        work.commit()
    change = Change("contact:1", Deed.APPOINT, MIKAEL.id, subject=COUNTY.id, first=AINO.id, other=RIIKKA.id)
    for _ in range(2):
        desk.tell(desk.changes.do(change))
    assert ["siirsi organisaatiosi" in text for text in desk.texts(MEMBER)] == [True]
    assert ["valt dig till kontaktperson" in text for text in desk.texts(ADMIN)] == [True]
    assert desk.texts(COORDINATOR) == []
    late = dataclasses.replace(change, id="contact:2", first=MIKAEL.id, other=AINO.id)
    assert desk.changes.do(late) == []


def test_whoever_is_handed_the_contact_is_told_however_often_it_is_done(desk: Desk) -> None:
    """Once, and by nobody's name; whoever is not the contact hands nothing over, and nobody hears of it."""
    desk.put(dataclasses.replace(RIIKKA, organisation=COUNTY.id))
    with desk.store() as work:
        work.organisations.put(dataclasses.replace(COUNTY, contact=AINO.id))
        work.commit()
    change = Change("contact:1", Deed.HAND_OVER, AINO.id, subject=COUNTY.id, other=RIIKKA.id)
    for _ in range(2):
        desk.tell(desk.changes.do(change))
    [told] = desk.texts(ADMIN)
    assert "tidigare kontaktperson har överlåtit uppdraget åt dig" in told
    assert desk.texts(MEMBER) == []
    assert desk.changes.do(dataclasses.replace(change, id="contact:2", member=MIKAEL.id, other=AINO.id)) == []
