"""Who else comes to an event, for those who ask, and the list of everybody for those who organise it."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, bullets, fallback, line, paragraph, rich, shorten, small_print, words
from bot.blocks.network import Names
from bot.blocks.signing import headline
from bot.blocks.times import spoken
from bot.delivery import Outgoing
from knowledge.events.attending import Attendee, Company, Roll
from knowledge.events.schedule import wall_clock
from knowledge.members.spreadsheet import write_rows
from knowledge.model import Attendance, Language

MOST_PEOPLE = 40
LONGEST_NAME = 100
COLUMNS = ("reply", "when", "answer", "place")


def company_message(company: Company, names: Names, language: Language) -> Outgoing:
    """The names of those who agreed to be seen, and how many more come."""
    heading = headline(company.table, language)
    told = _counted(company, language)
    blocks = [rich(line(words(heading, bold=True), words(f"\n{told}")))]
    seen = [each for each in company.people if names.get(each.sign_up.person)][:MOST_PEOPLE]
    if seen:
        blocks.append(rich(bullets(*(line(words(_person(each, names))) for each in seen))))
    unseen = company.held.counts.get(Attendance.GOING, 0) - len(seen)
    if unseen > 0:
        text = TEXTS.get("signup.people.more" if seen else "signup.people.unseen", language, count=unseen)
        blocks.append(paragraph(text))
    return Outgoing(fallback(f"{heading}: {told}"), [*blocks, small_print(TEXTS.get("signup.people.why", language))])


def attendance_table(roll: Roll, names: Names, language: Language) -> bytes:
    """Everybody's word as a table for spreadsheet programs; times by the event's clock."""
    headings = [TEXTS.get("signup.table.name", language), TEXTS.get("part.organisation", language)]
    headings += [TEXTS.get(f"signup.table.{name}", language) for name in COLUMNS]
    return write_rows([headings, *(_row(each, roll, names, language) for each in roll.people)])


def _row(attendee: Attendee, roll: Roll, names: Names, language: Language) -> list[str]:
    sign_up = attendee.sign_up
    place = roll.place(attendee)
    return [
        names.get(sign_up.person, ""),
        attendee.organisation,
        TEXTS.get(f"signup.reply.{sign_up.attendance.value}", language),
        f"{wall_clock(sign_up.since, roll.table.event.zone):%Y-%m-%d %H:%M}",
        sign_up.answer,
        str(place) if place else "",
    ]


def _counted(company: Company, language: Language) -> str:
    counts = company.held.counts
    figures = {
        name: counts.get(attendance, 0)
        for name, attendance in (
            ("going", Attendance.GOING),
            ("maybe", Attendance.MAYBE),
            ("waiting", Attendance.WAITING),
        )
    }
    return TEXTS.get("signup.people.counts", spoken(language), **figures)


def _person(attendee: Attendee, names: Names) -> str:
    name = shorten(names[attendee.sign_up.person], LONGEST_NAME)
    return f"{name}, {shorten(attendee.organisation, LONGEST_NAME)}" if attendee.organisation else name
