"""The composition root of calendars and reminders: files, feeds, the door they are fetched at, and who reminds."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.calendar_door import CalendarDoor
from bot.files import Files
from bot.listeners.calendars import CalendarFileSending, CalendarSubscriptions, Subscribing
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.opening import Opening
from bot.seeing import KEPT_SECONDS, Seeing
from bot.visiting import Visitors
from bot.zones import Zones
from knowledge.events.feeds import Feeds
from knowledge.events.invitations import Invitations
from knowledge.events.reminders import Reminders
from knowledge.wiring import Knowledge


def feeds_of(knowledge: Knowledge, lookup: Lookup) -> Feeds:
    """Feeds of what their owners may see, as Slack said a few minutes ago at most."""
    staff = knowledge.settings.coordinators | knowledge.settings.admins
    seeing = Seeing(lookup, staff, kept=KEPT_SECONDS)
    return Feeds(knowledge.store, knowledge.clock, seeing.audience_of, knowledge.profiles.language_of)


def calendar_door(knowledge: Knowledge, lookup: Lookup) -> CalendarDoor:
    """Where calendar programs fetch feeds."""
    return CalendarDoor(feeds_of(knowledge, lookup))


def file_sending(knowledge: Knowledge, visitors: Visitors, files: Files, whispering: Whispering) -> CalendarFileSending:
    """Whoever sends calendar files."""
    invitations = Invitations(knowledge.store, knowledge.clock)
    can_subscribe = bool(knowledge.settings.public_url)
    return CalendarFileSending(invitations, visitors, files, whispering, can_subscribe=can_subscribe)


def subscriptions(
    knowledge: Knowledge, client: WebClient, lookup: Lookup, opening: Opening, whispering: Whispering
) -> CalendarSubscriptions:
    """Whoever makes and revokes addresses."""
    subscribing = Subscribing(feeds_of(knowledge, lookup), knowledge.settings.public_url)
    return CalendarSubscriptions(subscribing, client, opening, whispering)


def reminders_of(knowledge: Knowledge, lookup: Lookup) -> Reminders:
    """Whoever reminds, by everybody's own clock."""
    return Reminders(knowledge.store, knowledge.clock, Zones(lookup).of)
