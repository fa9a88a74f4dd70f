"""The composition root of calendars and reminders: files, feeds, the door they are fetched at, and who reminds."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.calendar_door import CalendarDoor
from bot.calendar_table import CalendarListeners
from bot.files import Files
from bot.listeners.calendars import CalendarFileSending, CalendarSubscriptions, Subscribing
from bot.listeners.reminder_wishes import ReminderForm
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.opening import Opening
from bot.seeing import KEPT_SECONDS, Seeing
from bot.visiting import Visitors
from bot.zones import Zones
from knowledge.events.feeds import Feeds
from knowledge.events.invitations import Invitations
from knowledge.events.reminders import Reminders
from knowledge.ports import Roles
from knowledge.wiring import Knowledge


@dataclass(frozen=True, slots=True)
class Clicked:
    """Who clicks, what can be sent to them, and how they are answered."""

    visitors: Visitors
    files: Files
    whispering: Whispering


@dataclass(frozen=True, slots=True)
class Dates:
    """By what is known which dates somebody may see."""

    knowledge: Knowledge
    lookup: Lookup
    roles: Roles


def feeds_of(dates: Dates) -> Feeds:
    """Feeds of what their owners may see, as Slack said a few minutes ago at most."""
    knowledge, seeing = dates.knowledge, Seeing(dates.lookup, dates.roles, kept=KEPT_SECONDS)
    return Feeds(knowledge.store, knowledge.clock, seeing.audience_of, knowledge.profiles.language_of)


def calendar_door(dates: Dates) -> CalendarDoor:
    """Where calendar programs fetch feeds."""
    return CalendarDoor(feeds_of(dates))


def calendar_listeners(client: WebClient, dates: Dates, opening: Opening, clicked: Clicked) -> CalendarListeners:
    """Whoever sends files, makes and revokes addresses, and keeps wishes."""
    knowledge, whispering = dates.knowledge, clicked.whispering
    public_url = knowledge.settings.public_url
    invitations = Invitations(knowledge.store, knowledge.clock)
    subscribing = Subscribing(feeds_of(dates), public_url)
    return CalendarListeners(
        CalendarFileSending(invitations, clicked.visitors, clicked.files, whispering, can_subscribe=bool(public_url)),
        CalendarSubscriptions(subscribing, client, opening, whispering),
        ReminderForm(reminders_of(knowledge, dates.lookup), opening, whispering),
    )


def reminders_of(knowledge: Knowledge, lookup: Lookup) -> Reminders:
    """Whoever reminds, by everybody's own clock."""
    return Reminders(knowledge.store, knowledge.clock, Zones(lookup).of)
