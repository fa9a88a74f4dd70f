"""Announcements in channels: one copy in each, whatever is killed; each as it should be, or its author knows why."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence

import pytest

from bot.letters.unposted import UnpostedLetters
from bot.sandbox.seed import PEOPLE
from bot.sandbox.values import Channel
from knowledge.model import (
    AnnouncementId,
    AnnouncementState,
    Audience,
    ChannelId,
    ChannelRule,
    Language,
    Letter,
    Wording,
)
from knowledge.store import Store
from tests.fakes import SetClock
from tests.scenario.announcing import (
    AUTHOR,
    NOW,
    Killed,
    Mortal,
    MortalStore,
    announce,
    change,
    copies,
    is_shown,
    on_sqlite,
    posting,
    show_all,
)
from tests.scenario.talking import shown
from tests.standin import BOT, EVENTS, GENERAL, GUEST, MEMBER, OFFICE, PARTNERS, QUESTIONS, StandIn

NEW = (Wording(Language.FI, "Tekoälyilta", "Teetä."),)
WITHOUT_BOT = "C0KAHVIT01"


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace without a bot process."""
    with StandIn() as standin:
        yield standin


def _letters(store: Store) -> Sequence[Letter]:
    with store.reading() as work:
        return work.letters.of(AUTHOR)


def _reasons(store: Store) -> list[tuple[str, str]]:
    return [(each.details["channel"], each.details["reason"]) for each in _letters(store)]


def _published(store: Store, name: str) -> None:
    announce(store, name)


def _edited(store: Store, name: str) -> None:
    change(store, name, wordings=NEW)


def _moved_channel(store: Store, name: str) -> None:
    change(store, name, channels=(ChannelId(EVENTS), ChannelId(QUESTIONS)))


def _called_off(store: Store, name: str) -> None:
    change(store, name, state=AnnouncementState.CANCELLED)


DEEDS: dict[str, tuple[tuple[Callable[[Store, str], None], ...], dict[str, str]]] = {
    "publish": ((_published,), {EVENTS: "Tekoälyaamu", GENERAL: "Tekoälyaamu"}),
    "edit": ((_published, _edited), {EVENTS: "Tekoälyilta", GENERAL: "Tekoälyilta"}),
    "change channels": ((_published, _moved_channel), {EVENTS: "Tekoälyaamu", QUESTIONS: "Tekoälyaamu", GENERAL: ""}),
    "call off": ((_published, _called_off), {EVENTS: "PERUTTU: Tekoälyaamu", GENERAL: "PERUTTU: Tekoälyaamu"}),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("before", [True, False])
def test_a_kill_at_any_step_leaves_one_copy_in_each_channel(
    slack: StandIn, store: Store, deed: str, *, before: bool
) -> None:
    """Before or after every commit and every call that changes Slack; the next life ends what was begun."""
    deeds, wanted = DEEDS[deed]
    for step in range(1, 40):
        name = f"a{step}"
        for each in deeds[:-1]:
            each(store, name)
            show_all(posting(slack, store))
        deeds[-1](store, name)
        mortal = Mortal(step, before=before)
        try:
            show_all(posting(slack, MortalStore(store, mortal), mortal))
        except Killed:
            show_all(posting(slack, store))
        for channel, title in wanted.items():
            found = copies(slack, name, channel)
            assert [each.text.startswith(title) for each in found] == [True] * bool(title), (step, channel)
        assert is_shown(store, name)
        if not mortal.is_dead:
            break
    assert step > 4
    assert not mortal.is_dead


@on_sqlite
def test_a_kill_between_two_revisions_shows_the_newer(slack: StandIn, store: Store) -> None:
    """What was posted with nobody left to note it may be outdated by the time that it is found."""
    announce(store, "a1", EVENTS)
    mortal = Mortal(2)
    with pytest.raises(Killed):
        show_all(posting(slack, MortalStore(store, mortal), mortal))
    assert len(copies(slack, "a1", EVENTS)) == 1
    change(store, "a1", wordings=NEW)
    show_all(posting(slack, store))
    assert [each.text.partition(" –")[0] for each in copies(slack, "a1", EVENTS)] == ["Tekoälyilta"]


@on_sqlite
def test_what_is_called_off_before_it_was_posted_is_not_posted(slack: StandIn, store: Store) -> None:
    """Whether it was begun or not."""
    announce(store, "a1", EVENTS, GENERAL)
    mortal = Mortal(1)
    with pytest.raises(Killed):
        show_all(posting(slack, MortalStore(store, mortal), mortal))
    change(store, "a1", state=AnnouncementState.CANCELLED)
    show_all(posting(slack, store))
    assert slack.calls("chat.postMessage") == []
    assert is_shown(store, "a1")


@on_sqlite
def test_a_channel_has_its_language(slack: StandIn, store: Store) -> None:
    """One where its rule names it, else all there are."""
    with store() as work:
        work.announcements.put_rule(ChannelRule(ChannelId(EVENTS), needs_approval=False, language=Language.SV))
        work.commit()
    announce(store, "a1", EVENTS, GENERAL)
    show_all(posting(slack, store))
    swedish, both = shown(copies(slack, "a1", EVENTS)[0]), shown(copies(slack, "a1", GENERAL)[0])
    assert ("AI-morgon" in swedish, "Tekoälyaamu" in swedish) == (True, False)
    assert ("AI-morgon" in both, "Tekoälyaamu" in both) == (True, True)


def _channel_without_bot(slack: StandIn) -> None:
    everybody = frozenset(person.id for person in PEOPLE) - {BOT}
    slack.server.slack.workspace.channels[WITHOUT_BOT] = Channel(WITHOUT_BOT, "kahvit", members=everybody)


@on_sqlite
def test_a_channel_without_the_bot_keeps_no_other_waiting(slack: StandIn, store: Store) -> None:
    """The author is told once; once the bot is invited, the announcement comes."""
    _channel_without_bot(slack)
    announce(store, "a1", WITHOUT_BOT, EVENTS, "C0NOSUCH01")
    poster = posting(slack, store)
    show_all(poster, times=20)
    assert len(copies(slack, "a1", EVENTS)) == 1
    assert sorted(_reasons(store)) == [("C0KAHVIT01", "not_in_channel"), ("C0NOSUCH01", "channel_not_found")]
    channels = slack.server.slack.workspace.channels
    channels[WITHOUT_BOT] = dataclasses.replace(channels[WITHOUT_BOT], members=frozenset({BOT, MEMBER}))
    show_all(poster, times=40)
    assert len(copies(slack, "a1", WITHOUT_BOT)) == 1


@on_sqlite
def test_a_closed_channel_is_forgotten_when_it_is_not_wanted(slack: StandIn, store: Store) -> None:
    """At once: nothing is left to be tried."""
    announce(store, "a1", "C0NOSUCH01", EVENTS)
    poster = posting(slack, store, step=1.0)
    show_all(poster, times=1)
    change(store, "a1", channels=(ChannelId(EVENTS),))
    show_all(poster, times=6)
    assert is_shown(store, "a1")


@on_sqlite
def test_a_closed_channel_is_given_up_after_days(slack: StandIn, store: Store) -> None:
    """Then nothing is tried any more, until the announcement changes."""
    announce(store, "a1", "C0NOSUCH01")
    clock = SetClock(NOW)
    show_all(posting(slack, store, clock=clock))
    assert not is_shown(store, "a1")
    clock.advance(days=4)
    show_all(posting(slack, store, clock=clock))
    assert is_shown(store, "a1")


@on_sqlite
@pytest.mark.parametrize(
    ("audience", "channel", "reason"),
    [
        (Audience.PUBLIC, PARTNERS, ""),
        (Audience.MEMBERS, GENERAL, ""),
        (Audience.MEMBERS, PARTNERS, "outsiders"),
        (Audience.COORDINATORS, OFFICE, ""),
        (Audience.COORDINATORS, GENERAL, "others"),
        (Audience.COORDINATORS, PARTNERS, "outsiders"),
    ],
)
def test_nobody_reads_what_is_not_for_them(
    slack: StandIn, store: Store, audience: Audience, channel: str, reason: str
) -> None:
    """A channel that somebody else can read does not get it, and its author is told why."""
    announce(store, "a1", channel, audience=audience)
    show_all(posting(slack, store))
    assert len(copies(slack, "a1", channel)) == (not reason)
    assert _reasons(store) == ([(channel, reason)] if reason else [])


def _somebody_joins(slack: StandIn, channel: str, *people: str) -> None:
    channels = slack.server.slack.workspace.channels
    channels[channel] = dataclasses.replace(channels[channel], members=channels[channel].members | set(people))


def _told(store: Store) -> list[str]:
    writer = UnpostedLetters(store)
    told = [writer.unposted(each, Language.EN) for each in _letters(store)]
    return [each.text for each in told if each]


@on_sqlite
@pytest.mark.parametrize(
    ("joined", "changes", "reason"),
    [
        ((), {"audience": Audience.COORDINATORS, "wordings": NEW}, "others"),
        ((), {"audience": Audience.COORDINATORS}, "others"),
        ((GUEST,), {"wordings": NEW}, "outsiders"),
        ((GUEST,), {"state": AnnouncementState.CANCELLED}, "outsiders"),
    ],
)
def test_what_may_not_stand_there_any_more_is_taken_down(
    slack: StandIn, store: Store, joined: Sequence[str], changes: dict[str, object], reason: str
) -> None:
    """Nothing new is written where others read it; the author is told once, in words that say that it stood there."""
    announce(store, "a1", GENERAL, audience=Audience.MEMBERS)
    poster = posting(slack, store)
    show_all(poster)
    assert len(copies(slack, "a1", GENERAL)) == 1
    _somebody_joins(slack, GENERAL, *joined)
    change(store, "a1", **changes)
    show_all(poster, times=20)
    assert copies(slack, "a1", GENERAL) == []
    assert slack.calls("chat.update") == []
    assert _reasons(store) == [(GENERAL, reason)]
    title = "Tekoälyilta" if "wordings" in changes else "Tekoälyaamu"
    assert _told(store) == [f"This is no longer shown in the channel: {title}"]


@on_sqlite
def test_what_was_taken_down_comes_back_once_it_may_and_goes_again(slack: StandIn, store: Store) -> None:
    """As where it could not be posted; its author hears of each time that it went."""
    announce(store, "a1", GENERAL, audience=Audience.MEMBERS)
    poster = posting(slack, store)
    show_all(poster)
    for audience, shown_now in ((Audience.COORDINATORS, 0), (Audience.MEMBERS, 1), (Audience.COORDINATORS, 0)):
        change(store, "a1", audience=audience)
        show_all(poster, times=10)
        assert len(copies(slack, "a1", GENERAL)) == shown_now
    assert _reasons(store) == [(GENERAL, "others")] * 2


@on_sqlite
def test_nothing_is_written_while_slack_does_not_tell_who_reads(slack: StandIn, store: Store) -> None:
    """It waits, as at posting."""
    announce(store, "a1", GENERAL, audience=Audience.MEMBERS)
    poster = posting(slack, store)
    show_all(poster)
    slack.fault("conversations.members", status=500)
    change(store, "a1", audience=Audience.COORDINATORS, wordings=NEW)
    show_all(poster, times=1)
    [card] = copies(slack, "a1", GENERAL)
    assert card.text.startswith("Tekoälyaamu")
    assert not is_shown(store, "a1")
    show_all(poster, times=10)
    assert copies(slack, "a1", GENERAL) == []


@on_sqlite
@pytest.mark.parametrize("before", [True, False])
def test_a_kill_while_it_is_taken_down_leaves_nothing_there(slack: StandIn, store: Store, *, before: bool) -> None:
    """And its author is told, once, whatever step the process ended at."""
    for step in range(1, 10):
        name = f"a{step}"
        announce(store, name, GENERAL, audience=Audience.MEMBERS)
        show_all(posting(slack, store))
        change(store, name, audience=Audience.COORDINATORS)
        mortal = Mortal(step, before=before)
        try:
            posting(slack, MortalStore(store, mortal), mortal).show(AnnouncementId(name), lambda: True)
        except Killed:
            posting(slack, store).show(AnnouncementId(name), lambda: True)
        assert copies(slack, name, GENERAL) == []
        assert [each.subject for each in _letters(store)].count(name) == 1, step
        if not mortal.is_dead:
            break
    assert step > 3
    assert not mortal.is_dead


@on_sqlite
def test_what_somebody_deleted_stays_deleted(slack: StandIn, store: Store) -> None:
    """Its author is told once; a channel that is taken out and put in again gets it anew."""
    announce(store, "a1", EVENTS, GENERAL)
    poster = posting(slack, store)
    show_all(poster)
    [card] = copies(slack, "a1", EVENTS)
    slack.server.slack.workspace.remove(EVENTS, card.ts)
    for _ in range(2):
        change(store, "a1", wordings=NEW)
        show_all(poster)
    assert copies(slack, "a1", EVENTS) == []
    assert _reasons(store) == [(EVENTS, "message_not_found")]
    assert is_shown(store, "a1")
    for channels in ((GENERAL,), (GENERAL, EVENTS)):
        change(store, "a1", channels=tuple(ChannelId(each) for each in channels))
        show_all(poster)
    assert len(copies(slack, "a1", EVENTS)) == 1


@on_sqlite
def test_slack_away_is_waited_for(slack: StandIn, store: Store) -> None:
    """A limit is obeyed, a failure tried again later, and a post whose answer is lost is not repeated."""
    slack.fault("chat.postMessage", status=429, retry_after=1)
    slack.fault("chat.postMessage", accepted=True, reset=True)
    slack.fault("chat.update", status=500)
    announce(store, "a1", EVENTS)
    poster = posting(slack, store)
    show_all(poster)
    limited, lost = slack.calls("chat.postMessage")
    assert lost.at - limited.at >= 1
    assert len(copies(slack, "a1", EVENTS)) == 1
    change(store, "a1", wordings=NEW)
    show_all(poster, times=10)
    assert copies(slack, "a1", EVENTS)[0].text.startswith("Tekoälyilta")
    assert [call.outcome for call in slack.calls("chat.update")] == ["500", "ok"]


@on_sqlite
def test_a_card_that_looks_the_same_is_not_sent_again(slack: StandIn, store: Store) -> None:
    """However often something behind it changes."""
    announce(store, "a1", EVENTS)
    poster = posting(slack, store)
    show_all(poster)
    with store() as work:
        work.announcements.touch(AnnouncementId("a1"))
        work.commit()
    show_all(poster)
    assert slack.calls("chat.update") == []
    assert is_shown(store, "a1")
