"""Calendars in Slack: the form of subscriptions, the address, the words above files, and people's zones."""

from __future__ import annotations

import json

import pytest

from bot.blocks.calendar_feeds import MOST_SHOWN, address_modal, closed_modal, feeds_modal, topic_value
from bot.blocks.calendar_files import file_comment, named_files
from bot.delivery import SlackUnavailableError
from bot.sandbox.limits import view_problems
from bot.zones import KEPT_SECONDS, Zones
from knowledge.events.invitations import CalendarFile, CalendarFiles
from knowledge.model import Feed, FeedScope, Language, MemberId
from tests.fakes import NOON

U1 = MemberId("T1:U1")
THREE = (Language.FI, Language.SV, Language.EN)
HOSTILE = "<!channel> <https://evil.example|docs> & " + "pitkä " * 60


def _feed(scope: FeedScope = FeedScope.OWN, topic: str = "", number: int = 1) -> Feed:
    return Feed(f"{number:064}", U1, scope, topic, NOON)


@pytest.mark.parametrize("language", THREE)
def test_the_form_fits_whatever_there_is(language: Language) -> None:
    """No subscription and no topic; far too many of both, with the longest names."""
    topics = [f"{number} {HOSTILE}" for number in range(300)]
    feeds = [_feed(FeedScope.TOPIC, topic, number) for number, topic in enumerate(topics)]
    for view in (
        feeds_modal([], [], language),
        feeds_modal(feeds, topics, language),
        closed_modal(language),
        address_modal("https://solmu.example.org/calendar/x.ics", language),
    ):
        assert view_problems(view) == []
    shown = [each for each in feeds_modal(feeds, topics, language)["blocks"] if "accessory" in each]
    assert len(shown) == MOST_SHOWN
    assert shown[-1]["accessory"]["value"] == feeds[-1].token_hash
    assert len(topic_value(HOSTILE)) == 150


def test_a_subscription_is_named_by_what_it_holds() -> None:
    """And by the day on which it was made; never by its address, which nobody knows any more."""
    feeds = [_feed(), _feed(FeedScope.ALL), _feed(FeedScope.TOPIC, "kuvantaminen")]
    lines = [each["text"]["text"] for each in feeds_modal(feeds, [], Language.FI)["blocks"] if "accessory" in each]
    assert lines == [
        "Omat tapahtumani, tilattu 12.3.2026",
        "Kaikki tapahtumat, tilattu 12.3.2026",
        "Aihe: kuvantaminen, tilattu 12.3.2026",
    ]


def test_the_address_is_to_be_copied_as_it_is() -> None:
    """As plain text on a line of its own, with a line for each program."""
    blocks = address_modal("https://solmu.example.org/calendar/x.ics", Language.FI)["blocks"]
    assert blocks[1]["elements"][0]["type"] == "rich_text_preformatted"
    assert blocks[1]["elements"][0]["elements"][0]["text"] == "https://solmu.example.org/calendar/x.ics"
    assert all(name in json.dumps(blocks, ensure_ascii=False) for name in ("Outlook:", "Google-kalenteri:", "Apple:"))


def test_files_are_named_after_the_event() -> None:
    """By letters and digits alone; a title without any is called after the bot."""
    both = (CalendarFile(b"", "2026-12-09"), CalendarFile(b"", ""))
    found = CalendarFiles("Ääni & <kuva>: tekoäly/hoiva", both, is_held=True)
    assert [each.name for each in named_files(found, Language.FI)] == [
        "ääni-kuva-tekoäly-hoiva-2026-12-09.ics",
        "ääni-kuva-tekoäly-hoiva-kaikki-kerrat.ics",
    ]
    [only] = named_files(CalendarFiles("../…", both[:1], is_held=True), Language.EN)
    assert only.name == "solmu-2026-12-09.ics"
    [long] = named_files(CalendarFiles("x" * 500, both[:1], is_held=True), Language.EN)
    assert len(long.name) < 80


def test_the_words_above_files_act_on_nothing() -> None:
    """A title is a title, whatever stands in it; what opening the file does is said for what is cancelled too."""
    one = (CalendarFile(b"", "2026-12-09"),)
    comment = file_comment(CalendarFiles(HOSTILE, one, is_held=True), Language.FI, can_subscribe=True)
    assert "<" not in comment
    assert comment.endswith("tulevat kalenteriisi itsestään.")
    cancelled = file_comment(CalendarFiles("Aamu", one, is_held=False), Language.SV, can_subscribe=True)
    assert cancelled == "”Aamu” är inställt. Öppna filen, så försvinner det ur din kalender."
    both = (*one, CalendarFile(b"", ""))
    cancelled = file_comment(CalendarFiles("Aamu", both, is_held=False), Language.FI, can_subscribe=True)
    assert "vain tämän kerran, avaa aamu-2026-12-09.ics. " in cancelled
    assert "kaikki kerrat, avaa aamu-kaikki-kerrat.ics. " in cancelled


@pytest.mark.parametrize("language", THREE)
def test_of_two_files_it_is_said_which_one_to_open(language: Language) -> None:
    """Each changes and takes out only what it put there itself; by name, whether the date is held or not."""
    both = (CalendarFile(b"", "2026-12-09"), CalendarFile(b"", ""))
    for is_held in (True, False):
        found = CalendarFiles("Aamu", both, is_held)
        comment = file_comment(found, language, can_subscribe=False)
        assert all(each.name in comment for each in named_files(found, language))
    finnish = CalendarFiles("Aamu", both, is_held=False)
    assert file_comment(finnish, Language.FI, can_subscribe=True) == (
        "”Aamu”: tämä kerta on peruttu. Jos laitoit kalenteriisi vain tämän kerran, avaa aamu-2026-12-09.ics. "
        "Jos laitoit kaikki kerrat, avaa aamu-kaikki-kerrat.ics. Jos kerta ei poistu, avaa toinenkin tiedosto. "
        "Jos sekään ei auta, poista kerta itse."
    )


def test_of_a_cancelled_series_it_is_said_which_files_to_open() -> None:
    """That of all dates, or that of each; also what to do with what stays."""
    dates = (CalendarFile(b"", "2026-12-09"), CalendarFile(b"", "2026-12-16"), CalendarFile(b"", ""))
    found = CalendarFiles("Aamu", dates, is_held=False, is_all_off=True)
    assert file_comment(found, Language.FI, can_subscribe=True) == (
        "”Aamu”: kaikki tulevat kerrat on peruttu. Jos laitoit kalenteriisi kaikki kerrat, avaa "
        "aamu-kaikki-kerrat.ics. Jos laitoit kertoja yksitellen, avaa jokaisen kerran oma tiedosto. "
        "Jos jokin kerta ei poistu, avaa vielä aamu-kaikki-kerrat.ics tai poista kerta itse."
    )


class People:
    """Slack, as far as is asked here."""

    def __init__(self) -> None:
        self.zone = "Europe/Stockholm"
        self.is_away = False
        self.asked = 0

    def zone_of(self, user: str) -> str:
        """The zone of everybody."""
        assert user == U1
        self.asked += 1
        if self.is_away:
            raise SlackUnavailableError
        return self.zone


def test_a_zone_is_believed_for_hours() -> None:
    """While Slack is away for longer; one that is unknown here, or not told, is none."""
    people, now = People(), [0.0]
    zones = Zones(people, now=lambda: now[0])
    assert zones.of(U1) == "Europe/Stockholm"
    people.zone = "Asia/Tokyo"
    assert (zones.of(U1), people.asked) == ("Europe/Stockholm", 1)
    now[0], people.is_away = KEPT_SECONDS, True
    assert zones.of(U1) == "Europe/Stockholm"
    people.is_away = False
    assert zones.of(U1) == "Asia/Tokyo"
    for told in ("Mars/Olympus", "../etc/passwd", ""):
        people.zone = told
        assert Zones(people).of(U1) == ""
