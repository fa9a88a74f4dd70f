"""The composition root of drafting: from settings to whoever drafts, approves, publishes and changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk import WebClient

from bot.blocks.draft_board import board_blocks
from bot.blocks.elements import Block
from bot.coordinating import Coordinating
from bot.delivery import Delivery
from bot.draft_table import DraftListeners
from bot.letters.approvals import ApprovalLetters
from bot.listeners.amending import Amendments
from bot.listeners.channel_rules import ChannelRules
from bot.listeners.drafting import Drafting
from bot.listeners.home import Home, Section
from bot.listeners.releasing import Releases
from bot.listeners.whispering import Whispering
from bot.mailing import Writers
from bot.rights import Rights
from knowledge.events.amending import Amending
from knowledge.events.announcing import Announcing
from knowledge.events.boards import Boards
from knowledge.events.publishing import Publishing
from knowledge.events.releasing import Releasing
from knowledge.model import Language, MemberId
from knowledge.ports import Roles
from knowledge.wiring import Knowledge


@dataclass(frozen=True, slots=True)
class Windows:
    """By what coordinators are shown something."""

    client: WebClient
    delivery: Delivery
    rights: Rights
    whispering: Whispering
    home: Home


def publishing_of(knowledge: Knowledge, roles: Roles) -> Publishing:
    """How coordinators and admins publish."""
    return Publishing(roles, timedelta(hours=knowledge.settings.offer_hours))


def publishing_chore(knowledge: Knowledge, roles: Roles) -> Callable[[], None]:
    """What is to be done again and again: publish what is due."""
    return Releasing(knowledge.store, knowledge.clock, publishing_of(knowledge, roles)).publish_due


def approval_writers(knowledge: Knowledge) -> Writers:
    """Who puts letters about approval into words."""
    return ApprovalLetters(Boards(knowledge.store, knowledge.clock), knowledge.clock).writers()


def board_section(knowledge: Knowledge, roles: Roles) -> Section:
    """What stands on the Home tab of coordinators."""
    boards = Boards(knowledge.store, knowledge.clock)

    def section(member: MemberId, language: Language) -> Sequence[Block]:
        return board_blocks(boards.board(), language) if roles.sees_as_staff(member) else []

    return section


def coordinating_of(knowledge: Knowledge, roles: Roles, windows: Windows) -> Coordinating:
    """What every listener to coordinators needs."""
    return Coordinating(
        windows.client,
        windows.delivery,
        Boards(knowledge.store, knowledge.clock),
        publishing_of(knowledge, roles),
        windows.rights,
        windows.whispering,
        windows.home,
    )


def draft_listeners(knowledge: Knowledge, roles: Roles, coordinating: Coordinating) -> DraftListeners:
    """Whoever listens to coordinators."""
    publishing, boards = publishing_of(knowledge, roles), coordinating.boards
    announcing = Announcing(knowledge.store, knowledge.clock, publishing)
    return DraftListeners(
        Drafting(announcing, coordinating),
        Releases(announcing, coordinating, knowledge.clock),
        Amendments(Amending(knowledge.store, knowledge.clock, roles, publishing.offer), boards, coordinating),
        ChannelRules(announcing, boards, coordinating),
    )
