"""What open introductions show, and come to, after people changed their minds, their jobs or their consents."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.blocks.introductions import Wish, wish_of
from bot.introduction_notes import Deed
from knowledge.model import (
    NO_ORGANISATION,
    Aspect,
    CommonGround,
    Consent,
    Excerpt,
    Exclusion,
    IntroductionState,
    Language,
)
from tests.builders import common_ground, introduction
from tests.scenario.desk import AINO, COUNTY, RIIKKA, VENDOR, Desk
from tests.scenario.talking import shown
from tests.standin import ADMIN, MEMBER


def test_a_wish_about_an_organisation_means_the_one_that_was_shown(desk: Desk) -> None:
    """Also where its member hides it, or is of another one, by then."""
    desk.propose()
    menu = desk.told(MEMBER)[0].blocks[-1]
    values = [option["value"] for option in menu["elements"][2]["options"]]
    assert values == ["snooze:i1", "person:i1", "organisation:i1"], "the release before reads these"
    assert wish_of(values[-1], menu["block_id"]) == (Wish.ORGANISATION, "i1", VENDOR.id)
    assert [wish_of(value, menu["block_id"])[2] for value in values[:2]] == [NO_ORGANISATION] * 2
    assert wish_of(values[-1], "aB3=") == (Wish.ORGANISATION, "i1", NO_ORGANISATION)
    hidden = frozenset(Consent) - {Consent.ORGANISATION}
    desk.put(dataclasses.replace(RIIKKA, organisation=COUNTY.id, consents=hidden))
    desk.tell(desk.do(Deed.EXCLUDE_ORGANISATION, MEMBER, subject="i1", other=VENDOR.id))
    with desk.store.reading() as work:
        assert [(wish.by, wish.organisation) for wish in work.members.exclusions()] == [(AINO.id, VENDOR.id)]
        assert work.introductions.get(introduction("i1").id).state is IntroductionState.DECLINED
    assert "ketään tästä organisaatiosta" in desk.texts(MEMBER)[-1]


@pytest.mark.parametrize("shown_then", ["", "o-made-one-with-another"])
def test_a_wish_about_an_organisation_that_nobody_can_tell_any_more_is_a_no(desk: Desk, shown_then: str) -> None:
    """As in messages of earlier versions, or where there is no such one by now: it is answered, nothing is guessed."""
    desk.propose()
    desk.tell(desk.do(Deed.EXCLUDE_ORGANISATION, MEMBER, subject="i1", other=shown_then))
    with desk.store.reading() as work:
        assert list(work.members.exclusions()) == []
        assert work.introductions.get(introduction("i1").id).state is IntroductionState.DECLINED
    assert "enkä enää tiedä, mitä organisaatiota toiveesi koski" in desk.texts(MEMBER)[-1]


def test_who_changes_jobs_is_shown_as_they_are_now(desk: Desk) -> None:
    """In the open proposal as soon as it is drawn anew; of the old employer nothing is quoted, and no topic is told."""
    old = Excerpt("Puhevaon ratkaisu on tuotannossa.", Language.FI, "Puhevaon puheentunnistus", "production", VENDOR.id)
    ours = Excerpt("Meillä puheentunnistus on kotihoidossa tuotannossa.", Language.FI)
    desk.propose(ground=CommonGround(Aspect.TOPIC, ours, old, 0.8, ("puheentunnistus",)))
    before = shown(desk.told(MEMBER)[0])
    assert all(words in before for words in (VENDOR.name, old.text, "Yhteisiä aiheita: puheentunnistus"))
    desk.put(dataclasses.replace(RIIKKA, organisation=COUNTY.id, consents=frozenset(Consent) - {Consent.TOPICS}))
    desk.tell(desk.do(Deed.REPLY, ADMIN, subject="i1", value="yes"))
    card = desk.told(MEMBER)[0]
    assert f"{RIIKKA.role} · {COUNTY.name}" in shown(card)
    assert card.blocks[-1]["block_id"] == f"organisation:{COUNTY.id}"
    desk.tell(desk.do(Deed.REPLY, MEMBER, subject="i1", value="yes"))
    for message in (card, desk.groups()[0]):
        text = shown(message)
        assert ours.text in text
        assert not any(words in text for words in (VENDOR.name, old.text, old.use_case, "Yhteisiä", "sama aihe"))


def test_what_was_stored_before_quotes_followed_their_organisation_is_read(desk: Desk, tmp_path: Path) -> None:
    """Such a use case is not quoted, as nobody knows whose it was; a topic is told in the one word there is."""
    plain = Excerpt("Meillä puheentunnistus on kotihoidossa tuotannossa.", Language.FI)
    case = Excerpt("Puhevaon ratkaisu on tuotannossa.", Language.FI, "Puhevaon puheentunnistus", "pilot", VENDOR.id)
    desk.propose(ground=CommonGround(Aspect.TOPIC, plain, case, 0.8, ("puheentunnistus",)))
    with closing(sqlite3.connect(tmp_path / "solmu.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE introductions SET ground = json_remove(ground, '$.second.organisation', '$.named')")
    desk.tell(desk.do(Deed.REPLY, ADMIN, subject="i1", value="yes"))
    text = shown(desk.told(MEMBER)[0])
    assert "Yhteisiä aiheita: puheentunnistus" in text
    assert case.text not in text


def test_a_wish_or_a_pause_after_the_yes_is_told_as_any_end(desk: Desk) -> None:
    """No conversation is opened; both read that nothing came of it this time, and not why."""
    desk.propose()
    desk.tell(desk.do(Deed.REPLY, ADMIN, subject="i1", value="yes"))
    desk.profiles.exclude(Exclusion(RIIKKA.id, AINO.id, NO_ORGANISATION, for_all=False, until=date.max))
    desk.tell(desk.do(Deed.REPLY, MEMBER, subject="i1", value="yes"))
    assert desk.groups() == []
    over, closed = desk.texts(MEMBER)
    assert over.startswith("Tämä ehdotus ei ole enää voimassa.")
    assert closed.startswith("Esittely, johon sanoit kyllä, ei tällä kertaa toteutunut.")
    assert ["blev inte av" in text for text in desk.texts(ADMIN)] == [False, True]


def test_who_asks_again_is_told_how_it_stands(desk: Desk) -> None:
    """That the answer is still to come, and nobody is asked twice; later that the two have been introduced."""
    for _ in range(2):
        asked = desk.do(Deed.ASK, MEMBER, other=RIIKKA.handle)
        desk.tell(asked)
    assert desk.texts(MEMBER) == [
        "Kysyin puolestasi. Kerron heti, kun saan vastauksen.",
        "Tämä esittely odottaa jo vastausta. Kerron heti, kun saan sen.",
    ]
    assert len(desk.told(ADMIN)) == 1
    desk.tell(desk.do(Deed.REPLY, ADMIN, subject=asked[0].subject, value="yes"))
    desk.tell(desk.do(Deed.ASK, MEMBER, other=RIIKKA.handle))
    assert desk.texts(MEMBER)[-1].startswith("Olen jo esitellyt teidät toisillenne.")


def test_a_consent_that_was_taken_back_is_kept(desk: Desk) -> None:
    """What was quoted from a profile, or shown of a person, is not repeated once they no longer agree."""
    desk.propose()
    desk.put(dataclasses.replace(RIIKKA, consents=frozenset({Consent.ROUNDS})))
    for user in (MEMBER, ADMIN):
        desk.tell(desk.do(Deed.REPLY, user, subject="i1", value="yes"))
    text = shown(desk.groups()[0])
    assert common_ground().first.text in text
    assert not any(words in text for words in (common_ground().second.text, RIIKKA.role, VENDOR.name))


def test_an_organisation_that_is_not_shown_is_not_offered_to_be_avoided(desk: Desk) -> None:
    """The menu would tell that there is one."""
    desk.put(dataclasses.replace(RIIKKA, consents=frozenset({Consent.ROUNDS})))
    desk.propose()
    [proposal] = desk.told(MEMBER)
    values = [option["value"] for option in proposal.blocks[-1]["elements"][2]["options"]]
    assert values == ["snooze:i1", "person:i1"]
