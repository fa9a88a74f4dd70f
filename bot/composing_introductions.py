"""The composition root of introductions: from settings to who pairs, who tells, and what is due when."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery import Delivery
from bot.durable import Durable
from bot.introducing import Introducing
from bot.introduction_changes import Changes
from bot.lookup import Lookup
from bot.presence import Presence
from bot.rounds import Rounds
from knowledge.events.meetings import Meetings
from knowledge.introductions.absences import Absences
from knowledge.introductions.carding import CardMatching
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.relatives import Relatives
from knowledge.introductions.scenes import Scenes
from knowledge.introductions.schedule import read_schedule
from knowledge.matching.cards import Cards
from knowledge.members.appointing import Appointments
from knowledge.ports import Roles
from knowledge.wiring import Knowledge


def introductions_of(knowledge: Knowledge, roles: Roles) -> Introductions:
    """What is done with introductions."""
    settings = knowledge.settings
    periods = Periods(timedelta(days=settings.reply_days), timedelta(days=settings.follow_up_days))
    matching = CardMatching(Cards(knowledge.store, knowledge.embedder, knowledge.synonyms))
    return Introductions(knowledge.store, matching, knowledge.clock, periods, roles)


def telling(
    knowledge: Knowledge, introductions: Introductions, roles: Roles, lookup: Lookup, delivery: Delivery
) -> tuple[Changes, Introducing]:
    """Whoever carries a deed out, and whoever tells everybody what came of it."""
    scenes = Scenes(knowledge.store)
    appointments = appointments_of(knowledge, roles)
    absences = Absences(knowledge.store, knowledge.clock)
    presence = Presence(absences, lookup)
    changes = Changes(introductions, knowledge.profiles, appointments, scenes, presence, knowledge.clock)
    return changes, Introducing(scenes, absences, lookup, delivery, knowledge.profiles.language_of)


def appointments_of(knowledge: Knowledge, roles: Roles) -> Appointments:
    """By what organisations' contacts are handed over."""
    return Appointments(knowledge.store, knowledge.clock, roles)


def relatives_of(knowledge: Knowledge) -> Relatives:
    """Whoever finds who does the same as somebody."""
    return Relatives(knowledge.store, Cards(knowledge.store, knowledge.embedder, knowledge.synonyms), knowledge.clock)


def rounds_of(knowledge: Knowledge, introductions: Introductions, roles: Roles, durable: Durable) -> Rounds:
    """The weekly rounds, and what else comes with time."""
    schedule = read_schedule(knowledge.settings.rounds)
    meetings = Meetings(knowledge.store, knowledge.clock)
    return Rounds(introductions, knowledge.store, durable, schedule, knowledge.clock, roles, meetings.due)
