"""What is done for somebody who goes, in this order, before their profile is erased; each step may be repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.answering.conversations import Conversations
from knowledge.channels.budgets import Budgets, Limits
from knowledge.events.sign_ups import SignUps
from knowledge.inquiries.curating import Curation
from knowledge.members.languages import Languages
from knowledge.model import MemberId
from knowledge.personal.erasing import Erasing
from knowledge.ports import Clock, UnitOfWorkFactory
from knowledge.roles import FixedRoles
from knowledge.settings import Settings

Farewell = Callable[[MemberId], None]


def erasing_of(uow: UnitOfWorkFactory, settings: Settings, clock: Clock) -> Erasing:
    """Whoever erases, and keeps the settings' ledger."""
    return Erasing(uow, FileLedger(settings.ledger), clock)


def farewells_of(uow: UnitOfWorkFactory, settings: Settings, clock: Clock) -> Sequence[Farewell]:
    """The steps: the wish is written down, others are let go in good order, and everything else is erased."""
    erasing = erasing_of(uow, settings, clock)
    return (
        erasing.note,
        SignUps(uow, clock, timedelta(hours=settings.offer_hours)).withdraw_all,
        Conversations(uow, clock).forget,
        Curation(uow, clock, FixedRoles()).forget,
        Languages(uow).forget,
        Budgets(uow, clock, Limits(settings.person_hourly, settings.channel_hourly)).forget_person,
        erasing.erase,
        # Once more: a backup that was begun in between holds them, and is older than this note.
        erasing.note,
    )
