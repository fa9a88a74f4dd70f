"""Cards of announcements: what stands on them at every moment, in three languages, within Slack's limits."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.blocks.cards import card
from bot.sandbox.limits import block_problems
from knowledge.events.scenes import Gathering, Scene, held_of
from knowledge.events.schedule import occurrences_of
from knowledge.model import (
    NEVER,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Closing,
    Event,
    Frequency,
    Language,
    Material,
    Occurrence,
    Recurrence,
    Wording,
)
from tests.builders import announcement, event, occurrence
from tests.fakes import NOON

FI, SV, EN = Language.FI, Language.SV, Language.EN
THREE = (
    Wording(FI, "Tekoälyaamu", "Kahvia ja tekoälyä."),
    Wording(SV, "AI-morgon", "Kaffe och AI."),
    Wording(EN, "AI morning", "Coffee and AI."),
)
HOSTILE = "<!channel> <@U0ADMIN001> <https://evil.example|docs> & \u202e" + "pitkä " * 1000


def _scene(
    of: Event,
    times: Sequence[Occurrence],
    now: datetime = NOON,
    counts: dict[Attendance, int] | None = None,
    **changes: object,
) -> Scene:
    told = announcement(**{"kind": AnnouncementKind.EVENT, "wordings": THREE} | changes)
    held = [held_of(of, each, counts or {}) for each in times]
    coming = tuple(each for each in held if each.occurrence.ends_at > now and not each.occurrence.is_cancelled)
    called_off = tuple(each for each in held if each.occurrence.is_cancelled)
    return Scene(told, now, (Gathering(of, coming, held[-1], called_off),))


def _shown(scene: Scene, *languages: Language) -> str:
    made = card(scene, languages or (FI,))
    assert block_problems(made.blocks) == []
    return _words(made.blocks)


def _words(block: object) -> str:
    """All that can be read, in order."""
    if isinstance(block, dict):
        own = block.get("text") if isinstance(block.get("text"), str) else ""
        inner = "".join(_words(value) for name, value in block.items() if isinstance(value, (dict, list)))
        return f"{own}{inner}"
    return "".join(_words(each) for each in block) if isinstance(block, list) else ""


def _actions(scene: Scene) -> list[str]:
    blocks = card(scene, (FI,)).blocks
    return [each["action_id"] for block in blocks if block["type"] == "actions" for each in block["elements"]]


@pytest.mark.parametrize(
    ("language", "when"),
    [
        (FI, "Aika: keskiviikkona 9.12.2026 klo 8.30–9.30 (Suomen aikaa)"),
        (SV, "Tid: onsdag 9 december 2026 kl. 8.30–9.30 (finsk tid)"),
        (EN, "Time: Wednesday 9 December 2026, 8:30–9:30 (Finnish time)"),
    ],
)
def test_the_time_is_told_in_words_and_by_the_readers_clock(language: Language, when: str) -> None:
    """By the clock where the event is, in the card's language; beside it Slack draws the reader's own."""
    scene = _scene(event(), [occurrence()])
    assert when in _shown(scene, language)
    made = card(scene, (language,))
    assert '"type": "date", "timestamp": 1796797800' in json.dumps(made.blocks)
    assert when.partition(": ")[2].rpartition(" (")[0] in made.text


def test_a_stay_of_two_days_names_both() -> None:
    """From when on the first day to when on the last, in a zone that is named where it is not Finland's."""
    two = event(ends=datetime(2026, 12, 10, 16, 0), zone="Europe/Stockholm")  # noqa: DTZ001 - a time on the wall
    shown = _shown(_scene(two, occurrences_of(two, NOON)))
    assert "keskiviikko 9.12.2026 klo 8.30 – torstai 10.12.2026 klo 16.00 (aikavyöhyke: Tukholma)" in shown


def test_seats_and_the_queue_are_counted() -> None:
    """Taken of how many, those who wait, those who may come; whoever comes to a full event is offered the queue."""
    counts = {Attendance.GOING: 1, Attendance.OFFERED: 1, Attendance.WAITING: 3, Attendance.MAYBE: 4}
    shown = _shown(_scene(event(), [occurrence()], counts=counts))
    assert "Varattuja paikkoja: 2/2 · 3 jonossa · 4 ehkä" in shown
    assert "Jonoon" in shown
    free = _shown(_scene(event(), [occurrence()]))
    assert "Varattuja paikkoja: 0/2" in free
    assert "Tulen" in free
    assert "paikkoja" not in _shown(_scene(event(capacity=0), [occurrence()]))


def test_sign_up_ends_with_its_day() -> None:
    """The day alone where all of it counts; once it is over no word can be given, while the calendar still helps."""
    two_days = event(closing=Closing(2))
    assert "Ilmoittaudu viimeistään: maanantaina 7.12.2026 (Suomen aikaa)\n" in _shown(_scene(two_days, [occurrence()]))
    at_noon = event(closing=Closing(1, time(12)))
    assert "viimeistään: tiistaina 8.12.2026 klo 12.00" in _shown(_scene(at_noon, [occurrence()]))
    closed = _scene(two_days, [occurrence()], now=datetime(2026, 12, 8, 0, 0, tzinfo=UTC))
    assert "Ilmoittautuminen on päättynyt." in _shown(closed)
    assert _actions(closed) == ["event_calendar", "event_people"]


def test_a_cancelled_event_says_so_first_and_offers_nothing() -> None:
    """In the title, in words, in the notification; whether all of it was taken back or its only time."""
    for scene in (
        _scene(event(), [occurrence()], state=AnnouncementState.CANCELLED),
        _scene(event(), [occurrence(is_cancelled=True)]),
    ):
        made = card(scene, (FI, SV))
        assert made.text.startswith("PERUTTU: Tekoälyaamu")
        assert "INSTÄLLT: AI-morgon" in _words(made.blocks)
        assert "Tapahtuma on peruttu." in _words(made.blocks)
        assert _actions(scene) == []


def test_what_is_over_keeps_its_materials() -> None:
    """They are what one comes back for."""
    slides = event(materials=(Material("Kalvot", "https://valokeha.example/kalvot"),))
    scene = _scene(slides, [occurrence()], now=occurrence().ends_at)
    shown = _shown(scene)
    assert "Tapahtuma on ohi." in shown
    assert "Kalvot" in shown
    assert "paikkoja" not in shown
    assert _actions(scene) == []


def test_what_is_on_says_so() -> None:
    """From its start to its end."""
    assert "Käynnissä nyt" in _shown(_scene(event(), [occurrence()], now=occurrence().starts_at))


def test_a_moved_event_names_its_first_time() -> None:
    """So that whoever remembers it is not misled."""
    later = occurrence().starts_at + timedelta(days=1)
    moved = occurrence(starts_at=later, ends_at=later + timedelta(hours=1))
    shown = _shown(_scene(event(), [moved]))
    assert "Aika: torstaina 10.12.2026 klo 8.30–9.30" in shown
    assert "Siirretty, alkuperäinen aika: keskiviikkona 9.12.2026 klo 8.30–9.30" in shown


@pytest.mark.parametrize(
    ("recurrence", "told"),
    [
        (Recurrence(Frequency.WEEKLY), ("joka keskiviikko", "varje onsdag", "every Wednesday")),
        (
            Recurrence(Frequency.WEEKLY, 2, skips_holidays=True),
            (
                "joka toinen keskiviikko, ei pyhäpäivinä",
                "varannan onsdag, dock inte på helgdagar",
                "every other Wednesday, except on public holidays",
            ),
        ),
        (
            Recurrence(Frequency.WEEKLY, 3),
            (
                "keskiviikkoisin 3 viikon välein",
                "på onsdagar med 3 veckors mellanrum",
                "on Wednesdays, every 3 weeks",
            ),
        ),
        (
            Recurrence(Frequency.MONTHLY),
            (
                "joka kuukauden toinen keskiviikko",
                "den andra onsdagen i varje månad",
                "the second Wednesday of every month",
            ),
        ),
        (
            Recurrence(Frequency.MONTHLY, 2),
            (
                "kuukauden toinen keskiviikko, 2 kuukauden välein",
                "den andra onsdagen i månaden, med 2 månaders mellanrum",
                "the second Wednesday of the month, every 2 months",
            ),
        ),
    ],
)
def test_a_series_tells_how_it_comes_again(recurrence: Recurrence, told: tuple[str, str, str]) -> None:
    """In each language's own way."""
    series = event(recurrence=recurrence)
    scene = _scene(series, occurrences_of(series, NOON)[:3])
    for language, words in zip((FI, SV, EN), told, strict=True):
        assert f": {words}\n" in _shown(scene, language)


def test_a_series_rolls_on_to_its_next_date() -> None:
    """The time that one signs up for is the next; those after it are listed, an odd hour with its time."""
    series = event(recurrence=Recurrence(Frequency.WEEKLY, until=date(2027, 1, 31)))
    times = occurrences_of(series, NOON)[:4]
    odd = times[3].starts_at + timedelta(hours=2)
    times[3] = occurrence("odd", starts_at=odd, ends_at=odd + timedelta(hours=1))
    scene = _scene(series, times, now=times[0].ends_at)
    shown = _shown(scene)
    assert "Aika: keskiviikkona 16.12.2026 klo 8.30–9.30" in shown
    assert "Seuraavat kerrat: ke 23.12., ke 30.12. klo 10.30" in shown
    assert {each["value"] for each in card(scene, (FI,)).blocks[-1]["elements"]} == {times[1].id}


def test_a_series_tells_which_dates_are_cancelled() -> None:
    """So that nobody comes who knows its rule by heart; not those later than the dates that are told."""
    series = event(recurrence=Recurrence(Frequency.WEEKLY, until=date(2027, 1, 31)))
    held = occurrences_of(series, NOON)[:4]
    for cancelled in (1, 3):
        held[cancelled] = dataclasses.replace(held[cancelled], is_cancelled=True)
    shown = _shown(_scene(series, held))
    assert "Seuraavat kerrat: ke 23.12.\n" in shown
    assert "Peruttu: ke 16.12.\n" in shown


def test_several_languages_share_one_row_of_buttons() -> None:
    """Each wording has its own title and facts."""
    made = card(_scene(event(), [occurrence()]), (FI, SV, EN))
    read = _words(made.blocks)
    assert [read.index(each.title) for each in THREE] == sorted(read.index(each.title) for each in THREE)
    assert [each["type"] for each in made.blocks].count("actions") == 1


def test_what_is_no_event_has_a_kind_a_deadline_and_a_link() -> None:
    """The deadline as a date, which stays true whenever it is read; once it has passed that is said."""
    end = datetime(2026, 12, 31, 14, 15, tzinfo=UTC)
    changes = {"kind": AnnouncementKind.FUNDING, "deadline": end, "link": "https://valokeha.example/haku"}
    scene = Scene(announcement(**changes), NOON)
    shown = _shown(scene)
    assert "Rahoitushaku" in shown
    assert "Määräaika: torstaina 31.12.2026 klo 16.15 (Suomen aikaa)" in shown
    assert _actions(scene) == ["card_link"]
    assert "Määräaika on päättynyt." in _shown(Scene(announcement(**changes), end))
    assert "Määräaika" not in _shown(Scene(announcement(**changes | {"deadline": NEVER}), NOON))


def test_addresses_in_a_text_show_where_they_lead_and_dashes_make_a_list() -> None:
    """What ends the sentence is not part of the address."""
    text = "Lue https://valokeha.example/a.\n- kahvi\n- pulla\nTervetuloa!"
    blocks = card(Scene(announcement(wordings=(Wording(FI, "Aamu", text),)), NOON), (FI,)).blocks
    told = blocks[-1]["elements"]
    assert [each["type"] for each in told] == ["rich_text_section", "rich_text_list", "rich_text_section"]
    url = "https://valokeha.example/a"
    assert told[0]["elements"][1] == {"type": "link", "url": url, "text": url}
    assert _words(told[1]) == "kahvipulla"


@pytest.mark.parametrize("kind", list(AnnouncementKind))
def test_the_longest_and_most_hostile_content_stays_a_valid_message(kind: AnnouncementKind) -> None:
    """Within Slack's limits, and nothing in it acts: no mention, no broadcast, no link that lies."""
    series = event(
        place=HOSTILE,
        meeting_link=HOSTILE,
        organiser=HOSTILE,
        recurrence=Recurrence(Frequency.WEEKLY),
        materials=tuple(Material(HOSTILE, f"https://valokeha.example/{n}{'x' * 300}") for n in range(30)),
    )
    wordings = tuple(Wording(language, HOSTILE, HOSTILE) for language in (FI, SV, EN))
    scene = _scene(series, occurrences_of(series, NOON), kind=kind, wordings=wordings, topics=(HOSTILE,) * 30)
    if kind is not AnnouncementKind.EVENT:
        scene = Scene(scene.announcement, NOON)
    made = card(scene, (FI, SV, EN))
    assert block_problems(made.blocks) == []
    assert len(made.blocks) <= 50
    told = json.dumps(made.blocks, ensure_ascii=False)
    assert len(_words(made.blocks)) < 13_000
    assert not any(each in told for each in ("<!channel>", "<@U0ADMIN001>", "\u202e", "mrkdwn"))
    assert "<!" not in made.text
