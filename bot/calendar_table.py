"""Everything that listens about calendars and reminders."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt import App

from bot.blocks import calendar_feeds, reminder_wishes
from bot.blocks.cards import CALENDAR
from bot.bolting import acknowledge, bare
from bot.listeners.calendars import CalendarFileSending, CalendarSubscriptions, is_about_calendars
from bot.listeners.drafting import COMMANDS
from bot.listeners.reminder_wishes import ReminderForm
from knowledge.model import AnnouncementKind


@dataclass(frozen=True, slots=True)
class CalendarListeners:
    """Files, subscriptions, and wishes about reminders."""

    files: CalendarFileSending
    subscriptions: CalendarSubscriptions
    reminders: ReminderForm


def listen_about_calendars(app: App, listeners: CalendarListeners) -> None:
    """Bring every button, form and word to its listener."""
    feeds, reminders = listeners.subscriptions, listeners.reminders
    app.action(CALENDAR)(ack=acknowledge, lazy=[bare(listeners.files.send)])
    for name in [name for name, (kind, _) in COMMANDS.items() if kind is AnnouncementKind.EVENT]:
        app.command(name, matchers=[is_about_calendars])(ack=acknowledge, lazy=[bare(feeds.open)])
    app.action(calendar_feeds.OPEN)(ack=acknowledge, lazy=[bare(feeds.open)])
    app.view(calendar_feeds.MAKE)(bare(feeds.make))
    app.action(calendar_feeds.REVOKE)(ack=bare(feeds.revoke), lazy=[bare(feeds.redraw)])
    app.action(reminder_wishes.OPEN)(ack=acknowledge, lazy=[bare(reminders.open)])
    app.view(reminder_wishes.KEEP)(bare(reminders.keep))
