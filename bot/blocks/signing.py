"""What people are told about their own sign-ups: at once after a click, in a form, and on the Home tab."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks.card_facts import when_line, where_lines
from bot.blocks.cards import CALENDAR, GOING, MAYBE, NOT_GOING, PEOPLE
from bot.blocks.elements import (
    TEXTS,
    Block,
    fallback,
    header,
    line,
    paragraph,
    rich,
    shorten,
    small_print,
    words,
)
from bot.blocks.forms import Choice, actions, button, checkboxes, field, modal, text_input
from bot.blocks.introductions import RESUME
from bot.blocks.own_profile import EDIT, creation
from bot.blocks.times import span, until_there, zone_name
from bot.delivery import Outgoing
from knowledge.events.admission import Refusal, Said, Table
from knowledge.events.meetings import Hindrance
from knowledge.events.sign_ups import LONGEST_ANSWER
from knowledge.model import NEVER, Attendance, Language, OccurrenceId

WISHES = "event_wishes"
"""The boxes beside one's word; the id of their block ends with the occurrence's."""
ANSWER, SAY = "event_answer", "event_say"
VISIBLE, MEET = "visible", "meet"
MOST_OWN = 8
LONGEST_TITLE, LONGEST_QUESTION = 200, 1500
Offer = tuple[str, str, str]
"""A button: its action, the last part of its text's name, and its style."""

_CHANGES: dict[Attendance, tuple[Offer, ...]] = {
    Attendance.GOING: ((NOT_GOING, "withdraw", ""), (MAYBE, "maybe", "")),
    Attendance.WAITING: ((NOT_GOING, "unqueue", ""), (MAYBE, "maybe", "")),
    Attendance.OFFERED: ((GOING, "accept", "primary"), (NOT_GOING, "decline", "")),
    Attendance.MAYBE: ((GOING, "going", "primary"), (NOT_GOING, "decline", "")),
    Attendance.NOT_GOING: ((GOING, "going", ""), (MAYBE, "maybe", "")),
}
_HAS_A_DATE = frozenset({Attendance.GOING, Attendance.MAYBE})


def said_message(said: Said, language: Language) -> Outgoing:
    """The answer to a click: how it stands now, and what one can do about it."""
    text = standing_text(said, language)
    return Outgoing(fallback(f"{text} {headline(said.table, language)}"), said_blocks(said, language))


def unseen_message(said: Said, language: Language) -> Outgoing:
    """The same for whom the event is not any more: nothing of it."""
    text = standing_text(said, language)
    return Outgoing(fallback(text), [paragraph(text)])


def lacking_message(lack: Hindrance, language: Language) -> Outgoing:
    """What somebody needs who wishes to meet another who comes, with the button that leads there."""
    text = TEXTS.get(f"signup.meet.{lack.value}", language, consent=TEXTS.get("consent.rounds", language))
    helps = {
        Hindrance.PROFILE: creation(language),
        Hindrance.CONSENT: actions(button(EDIT, TEXTS.get("profile.edit", language), value=language.value)),
        Hindrance.PAUSED: actions(button(RESUME, TEXTS.get("introduction.button.resume", language), value=RESUME)),
    }
    return Outgoing(fallback(text), [paragraph(text), helps[lack]])


def said_blocks(said: Said, language: Language) -> list[Block]:
    """How somebody's word stands, with buttons to change it and boxes for what others may know."""
    return [
        paragraph(standing_text(said, language)),
        about(said.table, language),
        *_wishes(said, language),
        change_buttons(said, language),
    ]


def said_modal(said: Said, language: Language) -> Block:
    """The same in the place of the form that was filled in."""
    blocks = [paragraph(standing_text(said, language)), about(said.table, language), *_wishes(said, language)]
    title = TEXTS.get("signup.form.title", language)
    return modal(SAY, title, blocks, close=TEXTS.get("signup.form.done", language))


def question_modal(said: Said, language: Language) -> Block:
    """What the organiser asks of those who come; one may leave it open."""
    question = said.table.event.question
    answer = text_input(said.sign_up.answer, LONGEST_ANSWER, is_long=True)
    blocks = [
        about(said.table, language),
        paragraph(shorten(question, LONGEST_QUESTION)),
        field(ANSWER, TEXTS.get("signup.form.answer", language), answer, hint=TEXTS.get("signup.form.hint", language)),
    ]
    return modal(
        SAY,
        TEXTS.get("signup.form.title", language),
        blocks,
        close=TEXTS.get("signup.form.cancel", language),
        submit=TEXTS.get("signup.form.queue" if said.held.is_full else "signup.form.submit", language),
        metadata=said.table.occurrence.id,
    )


def refusal_text(reason: Refusal, language: Language) -> str:
    """Why something could not be said, and what can be done."""
    return TEXTS.get(f"signup.refused.{reason.value}", language)


def standing_text(said: Said, language: Language) -> str:
    """What somebody's word comes to, in a sentence or two."""
    if said.sign_up.attendance is Attendance.WAITING:
        return TEXTS.get("signup.said.waiting", language, place=said.place)
    if said.sign_up.attendance is Attendance.OFFERED:
        return TEXTS.get("signup.said.offered", language, until=offer_end(said, language))
    return TEXTS.get(f"signup.said.{said.sign_up.attendance.value}", language)


def offer_end(said: Said, language: Language) -> str:
    """Until when a seat is kept for them, by the event's clock, which is named; nothing where none is."""
    end = said.sign_up.offered_until
    return "" if end == NEVER else until_there(end, said.table.event.zone, language)


def about(table: Table, language: Language) -> Block:
    """Which event it is, when and where, each in a line."""
    title = shorten(table.announcement.wording(language).title, LONGEST_TITLE)
    pieces: list[Block] = [words(title.strip() or "–", bold=True)]
    for each in (
        when_line(table.event, table.occurrence, language),
        *where_lines(table.event, table.occurrence, language),
    ):
        pieces += [words("\n"), *each]
    return rich(line(*pieces))


def headline(table: Table, language: Language) -> str:
    """Title and time, for where there is one line."""
    times = span(table.occurrence.starts_at, table.occurrence.ends_at, table.event.zone, language)
    title = shorten(table.announcement.wording(language).title, LONGEST_TITLE)
    return f"{title}, {times} ({zone_name(table.event.zone, language)})"


def change_buttons(said: Said, language: Language, *, with_people: bool = True) -> Block:
    """What can be said instead, and what can be looked at."""
    name, attendance = said.table.occurrence.id, said.sign_up.attendance
    offers = [
        button(action, TEXTS.get(f"signup.button.{text}", language), value=name, style=style)
        for action, text, style in _CHANGES[attendance]
    ]
    if attendance in _HAS_A_DATE:
        offers.append(button(CALENDAR, TEXTS.get("card.button.calendar", language), value=name))
    if with_people:
        offers.append(button(PEOPLE, TEXTS.get("card.button.people", language), value=name))
    return actions(*offers)


def own_blocks(own: Sequence[Said], language: Language) -> list[Block]:
    """The Home tab's list of what its reader signed up for; nothing where that is nothing."""
    if not own:
        return []
    blocks: list[Block] = [header(TEXTS.get("signup.own", language))]
    for said in own[:MOST_OWN]:
        state = words(f"\n{standing_text(said, language)}")
        blocks.append(rich(line(words(headline(said.table, language), bold=True), state)))
        blocks.append(change_buttons(said, language, with_people=False))
    rest = len(own) - MOST_OWN
    return [*blocks, *([small_print(TEXTS.get("signup.own.more", language, count=rest))] if rest > 0 else [])]


def occurrence_of(block: str) -> OccurrenceId:
    """The occurrence that boxes are about, by the id of their block."""
    return OccurrenceId(block.partition(":")[2])


def _wishes(said: Said, language: Language) -> list[Block]:
    """What others may know is asked of those who come, or wait to."""
    if said.sign_up.attendance is Attendance.NOT_GOING:
        return []
    choices = [
        Choice(VISIBLE, TEXTS.get("signup.wish.visible", language), TEXTS.get("signup.wish.visible.about", language)),
        Choice(MEET, TEXTS.get("signup.wish.meet", language), TEXTS.get("signup.wish.meet.about", language)),
    ]
    chosen = {VISIBLE: said.sign_up.is_visible, MEET: said.sign_up.wants_to_meet}
    boxes = checkboxes(choices, {name for name, is_on in chosen.items() if is_on})
    return [
        {
            "type": "actions",
            "block_id": f"{WISHES}:{said.table.occurrence.id}",
            "elements": [boxes | {"action_id": WISHES}],
        }
    ]
