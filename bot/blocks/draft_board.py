"""Everything that is under way, for coordinators: on their Home tab, and after a command."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks.draft_sheet import OPEN
from bot.blocks.elements import TEXTS, Block, beside, fallback, header, line, rich, shorten, words
from bot.blocks.forms import actions, button
from bot.blocks.times import moment, until
from bot.delivery import Outgoing
from knowledge.events.boards import Board, Listed
from knowledge.events.schedule import HOME_ZONE
from knowledge.model import NEVER, AnnouncementKind, AnnouncementState, Language

NEW_EVENT, NEW_ANNOUNCEMENT = "new_event", "new_announcement"
"""What begins a form: a button, or the global shortcut of that name."""
MOST_OF_EACH = 6
"""So that all of them fit into a message of 50 blocks."""


def board_blocks(board: Board, language: Language) -> list[Block]:
    """Buttons for something new, and what is under way, each with a button that opens it."""
    groups = {
        "waiting": board.waiting,
        "drafts": board.drafts,
        "scheduled": board.scheduled,
        "out": board.out,
        "templates": board.templates,
    }
    listed = [block for name, group in groups.items() if group for block in _group(name, group, language)]
    new = actions(
        button(NEW_EVENT, TEXTS.get("draft.button.new_event", language), style="primary"),
        button(NEW_ANNOUNCEMENT, TEXTS.get("draft.button.new_announcement", language)),
    )
    return [header(TEXTS.get("draft.board.title", language)), new, *listed]


def board_message(board: Board, language: Language) -> Outgoing:
    """The same as a message."""
    return Outgoing(fallback(TEXTS.get("draft.board.title", language)), board_blocks(board, language))


def _group(name: str, group: Sequence[Listed], language: Language) -> list[Block]:
    rows = [_row(each, language) for each in group[:MOST_OF_EACH]]
    rest = len(group) - MOST_OF_EACH
    more = f" ({TEXTS.get('draft.board.more', language, count=rest)})" if rest > 0 else ""
    return [rich(line(words(TEXTS.get(f"draft.board.{name}", language) + more, bold=True))), *rows]


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
