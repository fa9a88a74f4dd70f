"""The composition root of announcements and events: who shows them, who writes letters, and what time brings."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

from bot.clerk import Chore, Clerk, Turn
from bot.composing import Tools, knowing_of, learning_of, watch_of
from bot.composing_calendars import reminders_of
from bot.composing_channels import suggestion_writers
from bot.composing_drafting import approval_writers, publishing_chore
from bot.composing_relevance import what_is_relevant
from bot.composing_sources import Administering
from bot.doors import Doors
from bot.durable import Durable
from bot.letters.changes import ChangeLetters
from bot.letters.for_audience import Readers
from bot.letters.for_staff import only_for_staff
from bot.letters.reminders import ReminderLetters
from bot.letters.seats import SeatLetters
from bot.letters.unposted import UnpostedLetters
from bot.mailing import Mailing, Writers
from bot.posting import Posting
from knowledge.auditing import forget_old
from knowledge.events.passing import Passing
from knowledge.personal.retention import Retention, terms_of
from knowledge.role_changes import RoleChanges


def clerk_of(tools: Tools, bot_user: str, durable: Durable, stopping: threading.Event) -> Clerk:
    """The clerk of this process, who stops once `stopping` is set."""
    knowledge, settings = tools.knowledge, tools.knowledge.settings
    store, clock = knowledge.store, knowledge.clock
    doors = Doors(tools.lookup, tools.roles, bot_user)
    posting = Posting(store, tools.delivery, doors, clock)
    language_of = knowledge.profiles.language_of
    reminders = reminders_of(knowledge, tools.lookup)
    knowing, learning = knowing_of(tools), learning_of(tools)
    administering = Administering(knowledge, tools.roles)
    relevant = what_is_relevant(knowledge, tools.lookup, tools.roles)
    writers = {
        **_writers(tools),
        **ReminderLetters(reminders, clock).writers(),
        **relevant.writers,
        **knowing.writers(),
        **suggestion_writers(knowledge, tools.roles),
        **learning.writers(),
        **administering.writers(),
    }
    readers = Readers(store, tools.lookup, tools.roles, knowledge.sign_ups.withdraw)
    checked = readers.only(only_for_staff(writers, tools.roles))
    mailing = Mailing(store, tools.delivery, checked, language_of, clock, stopping.wait)
    turn = Turn(settings.process_name, settings.due_seconds)
    chores = [*_chores(tools, mailing), reminders.write_reminders, *relevant.chores]
    chores += [*knowing.chores(), *learning.chores(), *administering.chores()]
    chores.append(watch_of(tools, durable).look_daily)
    return Clerk(store, posting, mailing, chores, clock, turn, stopping)


def _writers(tools: Tools) -> Writers:
    store, clock = tools.knowledge.store, tools.knowledge.clock
    return {
        **ChangeLetters(store, clock).writers(),
        **UnpostedLetters(store).writers(),
        **SeatLetters(tools.knowledge.sign_ups, clock).writers(),
        **approval_writers(tools.knowledge),
    }


def _chores(tools: Tools, mailing: Mailing) -> list[Chore]:
    store, clock = tools.knowledge.store, tools.knowledge.clock
    return [
        publishing_chore(tools.knowledge, tools.roles),
        Passing(store, clock).have_drawn,
        tools.knowledge.sign_ups.let_offers_run_out,
        mailing.forget,
        tools.knowledge.conversations.forget_old,
        tools.knowledge.budgets.forget,
        RoleChanges(store, clock, tools.roles.everybody).note,
        partial(forget_old, store, clock, timedelta(days=tools.knowledge.settings.audit_days)),
        Retention(store, clock, terms_of(tools.knowledge.settings)).forget_old,
    ]
