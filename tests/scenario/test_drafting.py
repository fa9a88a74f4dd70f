"""Announcements through the real bot: drafted, approved by a second coordinator, published, changed, cancelled."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.sandbox.values import TEAM, Message
from knowledge.events.schedule import occurrences_of
from knowledge.model import (
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    ChannelId,
    ChannelRule,
    Event,
    Frequency,
    Language,
    LetterKind,
    Recurrence,
    member_id,
)
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.builders import announcement, event
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import option
from tests.scenario.talking import over_socket, shown
from tests.standin import ADMIN, COORDINATOR, EVENTS, GENERAL, MEMBER, SWEDISH, StandIn

pytestmark = over_socket
DAY = (datetime.now(UTC) + timedelta(days=40)).date()
TITLE = "Tekoälyaamu <!channel>"


@contextmanager
def _store(workplace: Workplace) -> Iterator[Store]:
    store = open_store(Settings(data_dir=workplace.bot.data_dir).database)
    try:
        yield store
    finally:
        store.dispose()


def _all(workplace: Workplace) -> list[Announcement]:
    with _store(workplace) as store, store.reading() as work:
        return list(work.announcements.within(list(AnnouncementState)))


def _keep(workplace: Workplace, announcement: Announcement) -> None:
    with _store(workplace) as store, store() as work:
        work.announcements.put(announcement)
        work.commit()


def _hold(workplace: Workplace, held: Event) -> None:
    with _store(workplace) as store, store() as work:
        work.events.put(held)
        work.commit()


@pytest.fixture(autouse=True)
def _nothing_announced(workplace: Workplace) -> Iterator[None]:
    yield
    for user in (COORDINATOR, ADMIN, MEMBER):
        workplace.slack.close_modal(user)
    kept = _all(workplace)
    with _store(workplace) as store, store() as work:
        for each in kept:
            work.announcements.remove(each.id)
            work.letters.drop(each.id, list(LetterKind))
        work.announcements.put_rule(ChannelRule(ChannelId(EVENTS), needs_approval=False, language=Language.UNKNOWN))
        work.commit()


def _values(**fields: dict[str, Any]) -> dict[str, Any]:
    return {name: {"value": value} for name, value in fields.items()}


def _event(**changes: dict[str, Any]) -> dict[str, Any]:
    """The first page of an event's form as it is filled in."""
    fields: dict[str, dict[str, Any]] = {
        "title_fi": {"value": TITLE},
        "text_fi": {"value": "Kahvia ja *tekoälyä*."},
        "day": {"selected_date": DAY.isoformat()},
        "starts": {"selected_time": "08:30"},
        "ends": {"selected_time": "09:30"},
        "place": {"value": "Valimotie 1"},
        "meeting": {"value": None},
        "channels": {"selected_conversations": [EVENTS]},
    }
    return _values(**fields | changes)


def _window(slack: StandIn, user: str, *words: str) -> str:
    """What the person's window shows, once it holds all of these words."""

    def seen() -> str:
        try:
            text = json.dumps(slack.modal(user), ensure_ascii=False)
        except LookupError:
            return ""
        return text if all(word in text for word in words) else ""

    return slack.wait_for(seen)


def _holding(slack: StandIn, channel: str, word: str) -> list[Message]:
    """The bot's messages in a channel that show this."""
    return [message for message in slack.from_bot(channel) if word in shown(message)]


def _cards(slack: StandIn, out: Announcement) -> list[Message]:
    """An announcement in its channel."""
    mark = f"announcement:{out.id}:{EVENTS}"
    return [each for each in slack.from_bot(EVENTS) if each.metadata.get("event_payload", {}).get("mark") == mark]


def _told(slack: StandIn, user: str, word: str) -> Message:
    """The private message that shows this, once it has come."""
    return slack.wait_for(lambda: _holding(slack, slack.dm(user), word))[-1]


def _home(slack: StandIn, user: str, word: str, without: str = "\0") -> None:
    """Wait until the person's Home tab holds the one and not the other."""

    def drawn() -> bool:
        try:
            text = json.dumps(slack.home(user), ensure_ascii=False)
        except KeyError:
            return False
        return word in text and without not in text

    slack.wait_for(drawn)


def _click(slack: StandIn, user: str, action: str, block: str = "") -> None:
    attempt = slack.click_view(user, action, block)
    assert attempt.acknowledged, attempt.problem


def _drafted(slack: StandIn, user: str = COORDINATOR, **changes: dict[str, Any]) -> None:
    """An event is drafted, and its preview open."""
    assert slack.command(user, GENERAL, "/tapahtuma").acknowledged
    _window(slack, user, "draft_save")
    assert slack.submit(user, _event(**changes)) == {}
    _window(slack, user, "draft_publish")


def test_others_are_told_who_announces(workplace: Workplace) -> None:
    """A member gets a friendly sentence after the command and in a window after the shortcut, and no form."""
    slack = workplace.slack
    assert slack.command(MEMBER, GENERAL, "/evenemang").acknowledged
    assert any("koordinatorerna" in message.text for message in slack.from_bot(GENERAL))
    assert slack.shortcut(MEMBER, "new_event").acknowledged
    assert "draft_save" not in _window(slack, MEMBER, "koordinaattorit")


def test_what_is_wrong_is_told_at_its_field(workplace: Workplace) -> None:
    """Nothing is kept until it is right."""
    slack = workplace.slack
    slack.command(COORDINATOR, GENERAL, "/tapahtuma")
    _window(slack, COORDINATOR, "draft_save")
    errors = slack.submit(
        COORDINATOR,
        _event(
            ends={"selected_time": "08:00"},
            place={"value": "131052-308T"},
            meeting={"value": "kokous"},
        ),
    )
    assert set(errors) == {"ends", "place", "meeting"}
    assert "henkilötunnus" in errors["place"]
    assert _all(workplace) == []


def test_more_settings_keep_what_was_filled_in(workplace: Workplace) -> None:
    """The longer form begins with what the shorter one held; both languages and the rule are kept."""
    slack = workplace.slack
    slack.command(COORDINATOR, GENERAL, "/tapahtuma")
    _window(slack, COORDINATOR, "draft_save")
    slack.click_view(COORDINATOR, "draft_more", values=_event())
    _window(slack, COORDINATOR, "Joka toinen viikko")
    more = _values(
        title_sv={"value": "AI-morgon"},
        text_sv={"value": "Kaffe och AI."},
        repeats={"selected_option": option("weekly:2")},
        until={"selected_date": (DAY + timedelta(days=28)).isoformat()},
        seats={"value": "50"},
        topics={"value": "puhe, kotihoito"},
    )
    assert slack.submit(COORDINATOR, more) == {}
    preview = _window(slack, COORDINATOR, "draft_publish")
    assert "AI-morgon" in preview
    assert "Valimotie 1" in preview
    [kept] = _all(workplace)
    with _store(workplace) as store, store.reading() as work:
        event = work.events.get(kept.id)
    assert [each.language for each in kept.wordings] == [Language.FI, Language.SV]
    assert kept.topics == ("puhe", "kotihoito")
    assert (event.capacity, event.recurrence.interval, event.place) == (50, 2, "Valimotie 1")
    assert event.starts.isoformat() == f"{DAY}T08:30:00"


def test_a_preview_shows_the_card_of_each_channel_and_calls_nobody(workplace: Workplace) -> None:
    """The Swedish channel's card is Swedish where there is Swedish; nothing is posted before it is published."""
    slack = workplace.slack
    before = len(slack.from_bot(EVENTS))
    _drafted(slack, channels={"selected_conversations": [EVENTS, SWEDISH]})
    preview = _window(slack, COORDINATOR, "draft_publish")
    assert "event_going" in preview
    assert "<!channel>" not in preview
    assert SWEDISH in preview
    assert len(slack.from_bot(EVENTS)) == before


def test_a_second_coordinator_approves_what_a_channel_asks_for(workplace: Workplace) -> None:
    """Its author's window offers no approval; the other is shown it privately, and one click lets it out, once."""
    slack = workplace.slack
    assert slack.command(ADMIN, GENERAL, "/solmu", "channels").acknowledged
    _window(slack, ADMIN, "draft_ruled")
    rule = _values(
        channel={"selected_conversation": EVENTS},
        speaks={"selected_option": option("fi")},
        asks={"selected_options": [option("yes")]},
    )
    assert slack.submit(ADMIN, rule) == {}
    _drafted(slack)
    assert "Pyydä hyväksyntä" in _window(slack, COORDINATOR, "draft_publish")
    _click(slack, COORDINATOR, "draft_publish")
    assert "draft_approve" not in _window(slack, COORDINATOR, "Pyysin muilta koordinaattoreilta")
    assert [each.state for each in _all(workplace)] == [AnnouncementState.WAITING]
    slack.open_app(ADMIN)
    _home(slack, ADMIN, "Odottaa hyväksyntää")
    asked = _told(slack, ADMIN, "draft_approve")
    assert slack.click(ADMIN, slack.dm(ADMIN), asked.ts, "draft_approve").acknowledged
    _window(slack, ADMIN, "Julkaistu!")
    [out] = _all(workplace)
    assert (out.state, out.approver) == (AnnouncementState.PUBLISHED, member_id(TEAM, ADMIN))
    _told(slack, COORDINATOR, "Hyväksytty ja julkaistu!")
    slack.wait_for(lambda: not _holding(slack, slack.dm(ADMIN), "draft_approve"))
    [posted] = slack.wait_for(lambda: _cards(slack, out))
    assert "Valimotie 1" in shown(posted)


def test_it_is_returned_with_a_comment_and_planned_anew(workplace: Workplace) -> None:
    """The comment reaches its author as a letter; without a rule it is planned for a time, and taken back."""
    slack = workplace.slack
    with _store(workplace) as store, store() as work:
        work.announcements.put_rule(ChannelRule(ChannelId(EVENTS), needs_approval=True, language=Language.FI))
        work.commit()
    _drafted(slack)
    _click(slack, COORDINATOR, "draft_publish")
    _window(slack, COORDINATOR, "Pyysin")
    slack.command(ADMIN, GENERAL, "/tiedote", "lista")
    listed = slack.wait_for(
        lambda: [each for each in slack.from_bot(GENERAL) if "draft_open" in json.dumps(each.blocks)]
    )[-1]
    assert slack.click(ADMIN, GENERAL, listed.ts, "draft_open").acknowledged
    _window(slack, ADMIN, "draft_return")
    _click(slack, ADMIN, "draft_return")
    _window(slack, ADMIN, "draft_returned")
    assert slack.submit(ADMIN, _values(comment={"value": "Lisää osoite."})) == {}
    [returned] = _all(workplace)
    assert returned.state is AnnouncementState.DRAFT
    with _store(workplace) as store, store() as work:
        told = [each.details for each in work.letters.of(member_id(TEAM, COORDINATOR)) if each.subject == returned.id]
        work.announcements.put_rule(ChannelRule(ChannelId(EVENTS), needs_approval=False, language=Language.FI))
        work.commit()
    assert told == [{"comment": "Lisää osoite."}]
    assert "draft_open" in shown(_told(slack, COORDINATOR, "Lisää osoite."))
    _click(slack, COORDINATOR, "draft_take_back")
    _window(slack, COORDINATOR, "draft_publish")
    _click(slack, COORDINATOR, "draft_schedule")
    _window(slack, COORDINATOR, "draft_scheduled")
    at = datetime.now(UTC) + timedelta(days=3)
    assert slack.submit(COORDINATOR, _values(at={"selected_date_time": int(at.timestamp())})) == {}
    _window(slack, COORDINATOR, "Ajastettu.")
    [planned] = _all(workplace)
    assert planned.state is AnnouncementState.APPROVED
    assert planned.publish_at == at.replace(microsecond=0)
    _click(slack, COORDINATOR, "draft_take_back")
    _window(slack, COORDINATOR, "taas luonnos")


def test_what_is_out_is_moved_changed_and_cancelled(workplace: Workplace) -> None:
    """Each by a form or a click of its window; the copy of it begins as a new draft later.

    A form that would undo what has changed since it was opened stays open, and says so.
    """
    slack = workplace.slack
    _drafted(slack)
    _click(slack, COORDINATOR, "draft_publish")
    _window(slack, COORDINATOR, "Julkaistu!")
    _click(slack, COORDINATOR, "draft_dates")
    _window(slack, COORDINATOR, "draft_move")
    _click(slack, COORDINATOR, "draft_move")
    _window(slack, COORDINATOR, "draft_moved")
    assert set(slack.submit(COORDINATOR, _values(ends={"selected_time": "08:00"}))) == {"ends"}
    [out] = _all(workplace)
    with _store(workplace) as store, store.reading() as work:
        held = work.events.get(out.id)
    _hold(workplace, dataclasses.replace(held, place="Satama 9"))
    told = slack.submit(COORDINATOR, _values(ends={"selected_time": "10:30"}))
    assert list(told) == ["day"]
    assert "muutettu lomakkeen ollessa auki" in told["day"]
    _hold(workplace, held)
    assert slack.submit(COORDINATOR, _values(ends={"selected_time": "10:30"})) == {}
    _window(slack, COORDINATOR, "Siirretty.")
    _click(slack, COORDINATOR, "draft_edit")
    _window(slack, COORDINATOR, "draft_save")
    [out] = _all(workplace)
    _keep(workplace, dataclasses.replace(out, topics=("puhe",)))
    told = slack.submit(COORDINATOR, _values(title_fi={"value": "Tekoälyiltapäivä"}))
    assert "muutettu sillä välin" in told.pop("title_fi")
    assert told == {}
    _keep(workplace, out)
    assert slack.submit(COORDINATOR, _values(title_fi={"value": "Tekoälyiltapäivä"})) == {}
    _window(slack, COORDINATOR, "Muutos on tehty.", "Tekoälyiltapäivä")
    slack.wait_for(lambda: _holding(slack, EVENTS, "Tekoälyiltapäivä"))
    [out] = _all(workplace)
    with _store(workplace) as store, store.reading() as work:
        assert work.events.get(out.id).ends.isoformat() == f"{DAY}T10:30:00"
    _click(slack, COORDINATOR, "draft_copy")
    _window(slack, COORDINATOR, "Uusi tapahtuma")
    assert slack.submit(COORDINATOR, {}) == {}
    _window(slack, COORDINATOR, "Tallensin luonnoksen.")
    assert sorted(each.state.value for each in _all(workplace)) == ["draft", "published"]
    _click(slack, COORDINATOR, "draft_remove")
    _window(slack, COORDINATOR, "Poistettu.")
    slack.open_app(COORDINATOR)
    _home(slack, COORDINATOR, "Julkaistut", without="Luonnokset")
    slack.close_modal(COORDINATOR)
    assert slack.click_view(COORDINATOR, "draft_open", home=True).acknowledged
    _window(slack, COORDINATOR, "draft_cancel")
    _click(slack, COORDINATOR, "draft_cancel")
    _window(slack, COORDINATOR, "Peruttu.")
    assert [each.state for each in _all(workplace)] == [AnnouncementState.CANCELLED]


def test_everything_that_is_listed_can_be_opened(workplace: Workplace) -> None:
    """The eighth draft from the window of its group, and the last date of a long series from the second part."""
    slack, name, now = workplace.slack, AnnouncementId("long-series"), datetime.now(UTC)
    starts = datetime.combine(DAY, time(8, 30))
    weekly = Recurrence(Frequency.WEEKLY, 1, DAY + timedelta(weeks=35))
    series = event(name, starts=starts, ends=starts + timedelta(hours=1), recurrence=weekly)
    with _store(workplace) as store, store() as work:
        for number in range(8):
            work.announcements.put(announcement(f"d{number}", state=AnnouncementState.DRAFT, made_at=now))
        work.announcements.put(announcement(name, kind=AnnouncementKind.EVENT, channels=(ChannelId(EVENTS),)))
        work.events.put(series)
        for each in occurrences_of(series, now):
            work.events.put_occurrence(each)
        work.commit()
    slack.open_app(COORDINATOR)
    _home(slack, COORDINATOR, "Näytä kaikki (8)")
    assert slack.click_view(COORDINATOR, "draft_list", home=True).acknowledged
    listed = _window(slack, COORDINATOR, "Koko luettelo")
    assert listed.count('"draft_open"') == 8
    _click(slack, COORDINATOR, "draft_open")
    _window(slack, COORDINATOR, "draft_publish")
    slack.close_modal(COORDINATOR)
    [row] = [each for each in slack.home(COORDINATOR)["blocks"] if each.get("accessory", {}).get("value") == name]
    assert slack.click_view(COORDINATOR, "draft_open", row["block_id"], home=True).acknowledged
    _window(slack, COORDINATOR, "draft_dates")
    _click(slack, COORDINATOR, "draft_dates")
    assert _window(slack, COORDINATOR, "Seuraavat (6)").count('"draft_move"') == 30
    _click(slack, COORDINATOR, "draft_dates_on")
    assert _window(slack, COORDINATOR, "Edelliset").count('"draft_move"') == 6


def test_somebody_who_is_no_coordinator_changes_nothing_by_an_old_window(workplace: Workplace) -> None:
    """Roles are looked at again at every click: a forged one is refused."""
    slack = workplace.slack
    _drafted(slack)
    [kept] = _all(workplace)
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": MEMBER, "team_id": TEAM},
        "trigger_id": "1.forged",
        "container": {"type": "view"},
        "actions": [
            {"action_id": "draft_publish", "value": kept.id, "block_id": "b", "type": "button", "action_ts": "1"}
        ],
    }
    assert slack.send_raw("interactive", payload).acknowledged
    assert _all(workplace) == [kept]
