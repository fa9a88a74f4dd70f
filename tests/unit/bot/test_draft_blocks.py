"""The form of an announcement, its window and its letters: what is filled in comes back, and all of it fits Slack."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.blocks import draft_sheet
from bot.blocks.company import ATTENDANCE
from bot.blocks.draft_board import LIST, ROOM, board_message, group_modal
from bot.blocks.draft_fields import COPY, EDIT, NEW, Origin, first_fields, unpacked
from bot.blocks.draft_form import draft_modal
from bot.blocks.draft_sheet import Reader, sheet, state_text
from bot.blocks.draft_texts import trouble_texts
from bot.blocks.draft_windows import (
    CANCEL_ONE,
    MOVE,
    dates_modal,
    move_modal,
    return_modal,
    rules_modal,
    schedule_modal,
    to_be_moved,
)
from bot.blocks.feedback import SUMMARY
from bot.blocks.turning import BACK, ON, turned_to
from bot.filled_in import FilledIn
from bot.filling import empty_draft, filled_draft
from bot.letters.approvals import ApprovalLetters
from bot.sandbox.limits import block_problems, view_problems
from knowledge.events.boards import Board, Boards, Listed, Sight
from knowledge.events.changing_one import date_mark
from knowledge.events.drafts import BadDraftError, Draft, Field, Trouble, mark_of, text_of, title_of
from knowledge.events.scenes import Gathering, Scene, held_of
from knowledge.model import (
    AnnouncementKind,
    AnnouncementState,
    Audience,
    ChannelId,
    ChannelRule,
    Frequency,
    Language,
    LetterKind,
    Material,
    Occurrence,
    Recurrence,
    Wording,
)
from tests.builders import announcement, event, letter, occurrence
from tests.drafts import C1, C2, draft, event_draft
from tests.fakes import NOON

WEEK = timedelta(days=7)
THREE = (Language.FI, Language.SV, Language.EN)
LONG = tuple(Wording(each, "Ö" * 120, "Å & <b> " * 250) for each in THREE)
WHOLE_EVENT = event_draft(
    "2026-12-09T08:30",
    "2026-12-10T09:30",
    zone="Europe/Madrid",
    place="",
    meeting_link="https://example.org/huone",
    seats="50",
    closes_on=date(2026, 12, 7),
    closes_at=time(16),
    organiser="Valokehä ry",
    question="Mitä haluat kuulla?",
    recurrence=Recurrence(Frequency.WEEKLY, 2, date(2027, 1, 31), skips_holidays=True),
    reminders=(1440, 15),
    materials=(Material("Kalvot ja muut", "https://example.org/a"), Material("https://x.org", "https://x.org")),
)
WHOLE_NEWS = draft(
    kind=AnnouncementKind.FUNDING,
    wordings=(Wording(Language.SV, "Utlysning", "Sök."), Wording(Language.FI, "Haku", "Hae.")),
    channels=(C1, C2),
    topics=("puhe", "kotihoito"),
    audience=Audience.PUBLIC,
    link="https://example.org",
    deadline=date(2026, 5, 1),
    deadline_at=time(16, 15),
    is_urgent=True,
)


def _origin(filled_in: Draft, language: Language = Language.FI, *, is_whole: bool = True, mode: str = EDIT) -> Origin:
    return Origin(mode, "a1", filled_in.kind, filled_in.wordings[0].language, language, is_whole, mark_of(filled_in))


def _entered(element: dict[str, Any]) -> dict[str, Any]:
    """An element's state as Slack tells it where nobody has touched it."""
    known = {
        "initial_value": "value",
        "initial_date": "selected_date",
        "initial_time": "selected_time",
        "initial_option": "selected_option",
        "initial_options": "selected_options",
        "initial_conversations": "selected_conversations",
    }
    return {name: element.get(initial) for initial, name in known.items()}


def _untouched(view: dict[str, Any]) -> FilledIn:
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    values = {block["block_id"]: {"value": _entered(block["element"])} for block in fields}
    return FilledIn({"state": {"values": values}})


@pytest.mark.parametrize("filled_in", [event_draft(), WHOLE_EVENT, draft(), WHOLE_NEWS])
def test_an_untouched_form_says_what_it_began_with(filled_in: Draft) -> None:
    """Whoever opens and saves it changes nothing, whether all of it is shown or the first part."""
    for is_whole in (True, False):
        origin = _origin(filled_in, is_whole=is_whole)
        view = draft_modal(filled_in, origin)
        assert unpacked(view["private_metadata"]) == origin
        again = filled_draft(_untouched(view), origin, filled_in)
        assert dataclasses.replace(again, topics=tuple(each.strip() for each in again.topics if each)) == filled_in


def test_a_second_language_that_is_emptied_is_gone() -> None:
    """And one that is not on the shown part stays."""
    origin = _origin(WHOLE_NEWS)
    fields = {title_of(Language.SV): "Ny", text_of(Language.SV): "Text", title_of(Language.FI): " "}
    values = {name: {"value": {"value": text}} for name, text in fields.items()}
    filled = FilledIn({"state": {"values": values}})
    assert filled_draft(filled, origin, WHOLE_NEWS).wordings == (Wording(Language.SV, "Ny", "Text"),)
    del values[title_of(Language.FI)]
    assert filled_draft(FilledIn({"state": {"values": values}}), origin, WHOLE_NEWS).wordings == (
        Wording(Language.SV, "Ny", "Text"),
        Wording(Language.FI, "Haku", "Hae."),
    )


@pytest.mark.parametrize("language", THREE)
def test_every_form_fits(language: Language) -> None:
    """Within Slack's limits in each language, new ones and long ones; each field has a name of its own."""
    rules = [ChannelRule(ChannelId(f"C{number}"), needs_approval=True, language=language) for number in range(20)]
    new = Origin(NEW, "", AnnouncementKind.EVENT, language, language)
    longest = dataclasses.replace(WHOLE_EVENT, wordings=LONG, topics=("x" * 60,) * 12)
    views = [
        draft_modal(empty_draft(new, "Valokehä"), new),
        draft_modal(longest, _origin(longest, language)),
        draft_modal(WHOLE_NEWS, _origin(WHOLE_NEWS, language, mode=COPY)),
        schedule_modal("a1", NOON, language),
        return_modal("a1:3", language),
        dates_modal(event(), [occurrence(f"o{number}") for number in range(40)], language),
        move_modal(event(), occurrence(), language),
        rules_modal(rules, language),
    ]
    for view in views:
        assert view_problems(view) == []
        names = [block["block_id"] for block in view["blocks"] if "block_id" in block]
        assert len(names) == len(set(names))


def test_what_is_wrong_is_told_where_it_can_be_mended() -> None:
    """At its field; at the title, and by its name, where the form shows it not."""
    error = BadDraftError({Field.CLOSING: Trouble.PAST, Field.STARTS: Trouble.PAST})
    whole = trouble_texts(error, _origin(WHOLE_EVENT))
    assert set(whole) == {"closes_on", "day"}
    first = trouble_texts(error, _origin(WHOLE_EVENT, is_whole=False))
    assert set(first) == {"title_fi", "day"}
    assert first["title_fi"].startswith("Ilmoittautumisen päättyminen: ")


@pytest.mark.parametrize("language", THREE)
@pytest.mark.parametrize("filled_in", [WHOLE_EVENT, WHOLE_NEWS])
def test_every_trouble_has_words_and_a_field(filled_in: Draft, language: Language) -> None:
    """Of every part, in every language; on the whole form at a field that is there."""
    wording_parts = [part(each) for each in THREE for part in (title_of, text_of)]
    origin = _origin(filled_in, language)
    fields = {block.get("block_id") for block in draft_modal(filled_in, origin)["blocks"]}
    of_news = {Field.CHANNELS, Field.TOPICS, Field.LINK, Field.DEADLINE}
    parts = set(Field) - {Field.COMMENT, Field.DEADLINE} if origin.is_event else of_news
    for part in (*parts, *wording_parts):
        for trouble in Trouble:
            told = trouble_texts(BadDraftError({part: trouble}), origin)
            assert set(told) <= fields
            short = dataclasses.replace(origin, is_whole=False)
            assert set(trouble_texts(BadDraftError({part: trouble}), short)) <= first_fields(short)


def _sight(state: AnnouncementState = AnnouncementState.DRAFT, **changes: object) -> Sight:
    made = announcement(kind=AnnouncementKind.EVENT, state=state, **changes)
    held = held_of(event(), occurrence(), {})
    return Sight(Scene(made, NOON, (Gathering(event(), (held,), held),)), has_change=False, is_approved_first=False)


def _actions(view: dict[str, Any]) -> set[str]:
    """Those of the window itself, which come before the card's."""
    first: Sequence[dict[str, Any]] = next(block["elements"] for block in view["blocks"] if block["type"] == "actions")
    return {element["action_id"] for element in first}


@pytest.mark.parametrize("state", list(AnnouncementState))
def test_a_window_offers_what_can_be_done(state: AnnouncementState) -> None:
    """Only what waits is approved, and only by a second pair of eyes; only what is out is cancelled."""
    seen = {may: _actions(sheet(_sight(state), [], Reader(Language.FI, may))) for may in (True, False)}
    assert (draft_sheet.APPROVE in seen[True]) == (state is AnnouncementState.WAITING)
    assert draft_sheet.APPROVE not in seen[False]
    assert (draft_sheet.CANCEL in seen[False]) == (state is AnnouncementState.PUBLISHED)
    erasable = {AnnouncementState.DRAFT, AnnouncementState.TEMPLATE}
    assert (draft_sheet.REMOVE in seen[False]) == (state in erasable)


def test_a_change_says_when_others_see_it() -> None:
    """Once it is approved at its time, and until then once somebody has approved it."""
    told = {
        state: state_text(_sight(state, replaces="a0", publish_at=NOON), Language.FI)
        for state in (AnnouncementState.WAITING, AnnouncementState.APPROVED)
    }
    assert "vasta, kun toinen koordinaattori on hyväksynyt" in told[AnnouncementState.WAITING]
    assert told[AnnouncementState.APPROVED].startswith("Tämä julkaistaan torstaina 12.3.2026")


def test_the_mark_tells_drafts_apart() -> None:
    """By any part of them; the same draft has the same one."""
    marks = [mark_of(each) for each in (event_draft(), event_draft(seats="2"), draft(), draft(topics=("puhe",)))]
    assert len(set(marks)) == 4
    assert mark_of(event_draft()) == marks[0]


def test_the_window_of_a_move_knows_what_it_showed() -> None:
    """The date, and a mark that is another for any other time or place; one of an earlier version bears none."""
    shown, own_place = occurrence(), occurrence(place="Satama 9")
    later = dataclasses.replace(shown, ends_at=shown.ends_at + timedelta(minutes=5))
    marks = []
    for each in (shown, later, own_place):
        name, mark = to_be_moved(move_modal(event(), each, Language.FI)["private_metadata"])
        assert (name, mark) == (shown.id, date_mark(event(), each))
        marks.append(mark)
    assert len(set(marks)) == 3
    assert to_be_moved("o1") == ("o1", "")


@pytest.mark.parametrize("language", THREE)
def test_the_longest_window_fits_and_keeps_its_buttons(language: Language) -> None:
    """Ten channels that ask for different languages, and texts as long as they may be."""
    channels = tuple(ChannelId(f"C{number}") for number in range(10))
    asked = (*THREE, Language.UNKNOWN)
    rules = [ChannelRule(channel, needs_approval=False, language=asked[at % 4]) for at, channel in enumerate(channels)]
    view = sheet(_sight(wordings=LONG, channels=channels), rules, Reader(language, may_approve=False), "Tallensin.")
    assert view_problems(view) == []
    assert draft_sheet.PUBLISH in _actions(view)
    shown = json.dumps(view, ensure_ascii=False)
    assert all(channel in shown for channel in channels)


class _OneSight(Boards):
    """Boards that show one announcement."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    def look(self, name: object) -> Sight:
        """The one."""
        assert name == self._sight.announcement.id
        return self._sight


def _letters(sight: Sight) -> ApprovalLetters:
    return ApprovalLetters(_OneSight(sight), lambda: NOON)


@pytest.mark.parametrize("language", THREE)
def test_a_letter_asks_for_approval_of_what_it_shows(language: Language) -> None:
    """The longest one fits one message; its buttons carry the revision; none is written about another revision."""
    waiting = _sight(AnnouncementState.WAITING, wordings=LONG, revision=4)
    asked = letter(kind=LetterKind.APPROVAL_ASKED, subject="a1", details={"revision": "4"})
    message = _letters(waiting).asked(asked, language)
    assert message is not None
    assert block_problems(message.blocks) == []
    assert len(json.dumps(message.blocks, ensure_ascii=False)) < 16_000
    assert {element.get("value") for element in message.blocks[-1]["elements"]} == {"a1:4", "a1"}
    assert _letters(_sight(AnnouncementState.WAITING, revision=5)).asked(asked, language) is None
    assert _letters(_sight(AnnouncementState.PUBLISHED, revision=4)).asked(asked, language) is None


def test_letters_tell_what_came_of_it() -> None:
    """Out or planned; returned with the comment, or with the reason; nothing of a draft that has gone on."""
    approved = letter(kind=LetterKind.APPROVED, subject="a1", details={"publish_at": "2026-03-13T06:00:00+00:00"})
    told = _letters(_sight(AnnouncementState.APPROVED)).approved(approved, Language.FI)
    assert told is not None
    assert told.text.startswith("Hyväksytty! Tämä julkaistaan perjantaina 13.3.2026 klo 8.00 (Suomen aikaa).")
    out = dataclasses.replace(approved, details={"publish_at": NOON.isoformat()})
    told = _letters(_sight(AnnouncementState.PUBLISHED)).approved(out, Language.SV)
    assert told is not None
    assert told.text.startswith("Godkänt och publicerat!")
    returned = letter(kind=LetterKind.RETURNED, subject="a1", details={"comment": "Lisää <!here> osoite."})
    told = _letters(_sight()).returned(returned, Language.FI)
    assert told is not None
    assert "osoite." in json.dumps(told.blocks, ensure_ascii=False)
    assert "<!here>" not in json.dumps(told.blocks, ensure_ascii=False)
    assert _letters(_sight(AnnouncementState.WAITING)).returned(returned, Language.FI) is None
    for reason in ("past", "nobody", "gone", "moved", "date"):
        about = dataclasses.replace(returned, details={"reason": reason})
        for language in THREE:
            assert _letters(_sight()).returned(about, language) is not None


def _many(count: int) -> tuple[Listed, ...]:
    made = [announcement(f"a{number}", state=AnnouncementState.APPROVED) for number in range(count)]
    return tuple(Listed(each, NOON + timedelta(days=at)) for at, each in enumerate(made))


def _values(view: dict[str, Any], action: str) -> list[str]:
    """What the buttons of one kind carry, in order."""
    held = [[block["accessory"]] if "accessory" in block else block.get("elements", []) for block in view["blocks"]]
    return [each["value"] for elements in held for each in elements if each.get("action_id") == action]


def test_a_full_board_fits_one_message() -> None:
    """However much is under way, and leaves room on the Home tab; each group has the way to all of it."""
    many = _many(30)
    message = board_message(Board(many, many, many, many, many, many), Language.FI)
    assert block_problems(message.blocks) == []
    assert len(message.blocks) <= ROOM
    assert len(_values({"blocks": message.blocks}, draft_sheet.OPEN)) == 18
    assert json.dumps(message.blocks, ensure_ascii=False).count("Näytä kaikki (30)") == 6
    groups = ["waiting", "drafts", "scheduled", "out", "held", "templates"]
    assert _values({"blocks": message.blocks}, LIST) == groups


@pytest.mark.parametrize("count", [6, 7])
def test_a_short_group_stands_on_the_board_as_a_whole(count: int) -> None:
    """Up to six where few groups have anything; a button is there only where some are left out."""
    message = board_message(Board((), (), (), _many(count), (), ()), Language.EN)
    assert len(_values({"blocks": message.blocks}, draft_sheet.OPEN)) == 6
    assert _values({"blocks": message.blocks}, LIST) == (["out"] if count > 6 else [])


@pytest.mark.parametrize("language", THREE)
def test_everything_in_a_group_can_be_opened(language: Language) -> None:
    """Part by part, each once and in order; where the list has grown shorter meanwhile, its end is shown."""
    many, seen, skipped = _many(120), list[str](), 0
    for turned in (50, 100, None):
        view = group_modal("drafts", many, language, skipped)
        assert view_problems(view) == []
        seen += _values(view, draft_sheet.OPEN)
        on = _values(view, f"{LIST}{ON}")
        assert on == ([f"drafts:{turned}"] if turned else [])
        assert _values(view, f"{LIST}{BACK}") == ([f"drafts:{max(0, skipped - 50)}"] if skipped else [])
        skipped = turned_to(on[0])[1] if on else 0
    assert seen == [each.announcement.id for each in many]
    shorter = group_modal("drafts", many[:50], language, 100)
    assert len(_values(shorter, draft_sheet.OPEN)) == 50
    assert group_modal("drafts", (), language, 50)["blocks"] != []


def test_every_date_of_a_long_series_can_be_moved_or_cancelled() -> None:
    """A button that names the event alone, as older windows have it, shows the beginning."""
    dates = [occurrence(f"o{number}") for number in range(40)]
    first = dates_modal(event(), dates, Language.FI, turned_to("a1")[1])
    [on] = _values(first, f"{draft_sheet.DATES}{ON}")
    assert "Seuraavat (10)" in json.dumps(first, ensure_ascii=False)
    name, skipped = turned_to(on)
    second = dates_modal(event(), dates, Language.FI, skipped)
    assert (name, view_problems(second)) == ("a1", [])
    assert _values(first, MOVE) + _values(second, MOVE) == [each.id for each in dates]
    assert _values(second, CANCEL_ONE) == [each.id for each in dates[30:]]
    assert _values(second, f"{draft_sheet.DATES}{BACK}") == ["a1:0"]


def _out_at(now: datetime, *held: Occurrence) -> dict[str, Any]:
    """The window of an event that is out and is held then, at a moment."""
    told = [held_of(event(), each, {}) for each in held]
    coming = tuple(each for each in told if each.occurrence.ends_at > now and not each.occurrence.is_cancelled)
    past = [each for each in told if each.occurrence.ends_at <= now and not each.occurrence.is_cancelled]
    called_off = tuple(each for each in told if each.occurrence.ends_at > now and each.occurrence.is_cancelled)
    gathering = Gathering(event(), coming, (past or told)[-1], called_off)
    scene = Scene(announcement(kind=AnnouncementKind.EVENT), now, (gathering,))
    view = sheet(Sight(scene, has_change=False, is_approved_first=False), [], Reader(Language.FI, may_approve=True))
    assert view_problems(view) == []
    return view


def test_what_has_begun_is_not_offered_what_makes_sense_before() -> None:
    """One that runs can be called off, not moved; of one that is over there is who came, and what they thought."""
    only = occurrence()
    running = _out_at(only.starts_at, only)
    assert draft_sheet.CANCEL in _actions(running)
    assert draft_sheet.DATES not in _actions(running)
    assert _values(running, ATTENDANCE) == ["o1"]
    over = _out_at(only.ends_at, only)
    assert _actions(over) == {
        draft_sheet.CHANGE,
        draft_sheet.USE,
        draft_sheet.TEMPLATE,
        ATTENDANCE,
        SUMMARY,
    }
    assert (_values(over, ATTENDANCE), _values(over, SUMMARY)) == (["o1"], ["o1"])
    assert "event_going" not in json.dumps(over)
    later = occurrence("o2", starts_at=only.starts_at + WEEK, ends_at=only.ends_at + WEEK, is_cancelled=True)
    assert draft_sheet.CANCEL in _actions(_out_at(only.ends_at, only, later))


def test_a_series_tells_who_came_to_its_last_date() -> None:
    """Beside who comes to the next: each button names its own date; there is no such row before the first was held."""
    first = occurrence()
    second = occurrence("o2", starts_at=first.starts_at + WEEK, ends_at=first.ends_at + WEEK)
    assert _values(_out_at(NOON, first, second), ATTENDANCE) == ["o1"]
    between = _out_at(first.ends_at, first, second)
    assert _values(between, ATTENDANCE) == ["o2", "o1"]
    assert _values(between, SUMMARY) == ["o1"]
    assert "Viimeksi pidetty keskiviikkona 9.12.2026 klo 8.30" in json.dumps(between, ensure_ascii=False)
    dropped = _out_at(first.ends_at, dataclasses.replace(first, is_cancelled=True), second)
    assert (_values(dropped, ATTENDANCE), _values(dropped, SUMMARY)) == (["o2"], [])
