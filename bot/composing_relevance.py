"""The composition root of what is told to whom it fits: letters about topics, feedback, and digests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.clerk import Chore
from bot.letters.digests import DigestLetters
from bot.letters.feedback import FeedbackLetters
from bot.letters.relevance import RelevanceLetters
from bot.lookup import Lookup
from bot.mailing import Writers
from bot.seeing import KEPT_SECONDS, Seeing
from bot.zones import Zones
from knowledge.events.digests import Digests
from knowledge.events.feedback import Feedbacks
from knowledge.events.materials import Materials
from knowledge.events.relevance import People, Relevance
from knowledge.introductions.schedule import read_schedule
from knowledge.ports import Roles
from knowledge.wiring import Knowledge


@dataclass(frozen=True, slots=True)
class Relevant:
    """Who writes which letters, and what is to be done again and again."""

    writers: Writers
    chores: Sequence[Chore]


def what_is_relevant(knowledge: Knowledge, lookup: Lookup, roles: Roles) -> Relevant:
    """Everything of this kind that the clerk does."""
    relevance, feedbacks = relevance_of(knowledge, lookup, roles), feedbacks_of(knowledge, lookup)
    digests, materials = digests_of(knowledge, roles), Materials(knowledge.store, knowledge.clock)
    letters = (RelevanceLetters(relevance), FeedbackLetters(feedbacks), DigestLetters(digests))
    return Relevant(
        {kind: writer for each in letters for kind, writer in each.writers().items()},
        [relevance.write_letters, feedbacks.write_requests, materials.ask_for_indexing, digests.draft_due],
    )


def relevance_of(knowledge: Knowledge, lookup: Lookup, roles: Roles) -> Relevance:
    """Whoever tells members of what fits their topics, as far as they may see it."""
    people = People(Seeing(lookup, roles, kept=KEPT_SECONDS).audience_of, Zones(lookup).of)
    return Relevance(knowledge.store, knowledge.topics, knowledge.embedder, people, knowledge.clock)


def feedbacks_of(knowledge: Knowledge, lookup: Lookup) -> Feedbacks:
    """Whoever asks what people thought of an event, by everybody's own clock."""
    return Feedbacks(knowledge.store, knowledge.clock, Zones(lookup).of)


def digests_of(knowledge: Knowledge, roles: Roles) -> Digests:
    """Whoever drafts the week's digests, and tells the coordinators."""
    return Digests(knowledge.store, knowledge.clock, read_schedule(knowledge.settings.digest), roles)
