"""The composition root of what is told to whom it fits: letters about topics, feedback, and digests."""

from __future__ import annotations

from bot.lookup import Lookup
from bot.seeing import KEPT_SECONDS, Seeing
from bot.zones import Zones
from knowledge.events.feedback import Feedbacks
from knowledge.events.relevance import People, Relevance
from knowledge.wiring import Knowledge


def relevance_of(knowledge: Knowledge, lookup: Lookup) -> Relevance:
    """Whoever tells members of what fits their topics, as far as they may see it."""
    staff = knowledge.settings.coordinators | knowledge.settings.admins
    people = People(Seeing(lookup, staff, kept=KEPT_SECONDS).audience_of, Zones(lookup).of)
    return Relevance(knowledge.store, knowledge.topics, knowledge.embedder, people, knowledge.clock)


def feedbacks_of(knowledge: Knowledge, lookup: Lookup) -> Feedbacks:
    """Whoever asks what people thought of an event, by everybody's own clock."""
    return Feedbacks(knowledge.store, knowledge.clock, Zones(lookup).of)
