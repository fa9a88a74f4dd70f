"""Everything that is under way, for coordinators: on their Home tab, and after a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.blocks.draft_sheet import OPEN
from bot.blocks.elements import TEXTS, Block, beside, fallback, header, line, rich, shorten, words
from bot.blocks.forms import actions, button, modal
from bot.blocks.times import moment, until
from bot.blocks.turning import first_of, turns
from bot.delivery import Outgoing
from knowledge.events.boards import Board, Listed
from knowledge.events.schedule import HOME_ZONE
from knowledge.model import NEVER, AnnouncementKind, AnnouncementState, Language

NEW_EVENT, NEW_ANNOUNCEMENT = "new_event", "new_announcement"
"""What begins a form: a button, or the global shortcut of that name."""
LIST = "draft_list"
"""What opens all of a group; its value is the group's name."""
MOST_OF_EACH = 6
ROOM = 37
"""Blocks that the Home tab, which holds 100, leaves to the board beside everything else that stands there."""
MOST_IN_WINDOW = 50
_AROUND = 2
"""What stands around the rows: above all of them a heading and buttons, of each group its name and a button."""


def board_blocks(board: Board, language: Language) -> list[Block]:
    """Buttons for something new, and what is under way, each with a button that opens it."""
    groups = {name: group for name, group in groups_of(board).items() if group}
    # Where few groups have anything, each shows more of it.
    most = min(MOST_OF_EACH, (ROOM - _AROUND) // max(1, len(groups)) - _AROUND)
    listed = [block for name, group in groups.items() for block in _group(name, group, most, language)]
    new = actions(
        button(NEW_EVENT, TEXTS.get("draft.button.new_event", language), style="primary"),
        button(NEW_ANNOUNCEMENT, TEXTS.get("draft.button.new_announcement", language)),
    )
    return [header(TEXTS.get("draft.board.title", language)), new, *listed]


def groups_of(board: Board) -> Mapping[str, Sequence[Listed]]:
    """What is listed, by the names of its groups, in the order in which they stand."""
    return {
        "waiting": board.waiting,
        "drafts": board.drafts,
        "scheduled": board.scheduled,
        "out": board.out,
        "held": board.held,
        "templates": board.templates,
    }


def group_modal(name: str, group: Sequence[Listed], language: Language, skipped: int = 0) -> Block:
    """All of a group, each with a button that opens it; of many, those after the `skipped` first ones."""
    first, count = first_of(skipped, len(group), MOST_IN_WINDOW), len(group)
    rows = [_row(each, language) for each in group[first : first + MOST_IN_WINDOW]]
    turning = turns(LIST, name, first, count=count, size=MOST_IN_WINDOW, language=language)
    title = TEXTS.get("draft.window.list", language)
    return modal(LIST, title, [_name(name, language), *rows, *turning], close=TEXTS.get("form.close", language))


def board_message(board: Board, language: Language) -> Outgoing:
    """The same as a message."""
    return Outgoing(fallback(TEXTS.get("draft.board.title", language)), board_blocks(board, language))


def _group(name: str, group: Sequence[Listed], most: int, language: Language) -> list[Block]:
    blocks = [_name(name, language), *(_row(each, language) for each in group[:most])]
    if len(group) > most:
        every = TEXTS.get("draft.board.all", language, count=len(group))
        blocks.append(actions(button(LIST, every, value=name)))
    return blocks


def _name(name: str, language: Language) -> Block:
    return rich(line(words(TEXTS.get(f"draft.board.{name}", language), bold=True)))


def _row(each: Listed, language: Language) -> Block:
    announcement = each.announcement
    opened = button(OPEN, TEXTS.get("draft.button.open", language), value=announcement.id)
    told = [shorten(announcement.title, 120)]
    if announcement.state is not AnnouncementState.TEMPLATE and each.next_at != NEVER:
        told.append(_when(each, language))
    return beside("\n".join(told), opened)


def _when(each: Listed, language: Language) -> str:
    announcement = each.announcement
    if announcement.state is AnnouncementState.APPROVED:
        return TEXTS.get("draft.board.goes_out", language, when=moment(each.next_at, HOME_ZONE, language))
    if announcement.kind is AnnouncementKind.EVENT:
        return moment(each.next_at, HOME_ZONE, language)
    return TEXTS.get("draft.board.deadline", language, when=until(each.next_at, HOME_ZONE, language))
