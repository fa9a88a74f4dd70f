"""The composition root of channels, shortcuts on messages, and the Home tab's own sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.audience import Audiences
from bot.blocks.elements import Block
from bot.blocks.home_sections import language_choice, own_questions, unanswered_questions
from bot.channel_table import ChannelListeners
from bot.composing_insights import known_names
from bot.coordinating import Coordinating
from bot.delivery import SlackUnavailableError
from bot.durable import Durable
from bot.letters.suggestions import SuggestionLetters
from bot.listeners.channel_messages import ChannelMessages
from bot.listeners.home import Home, Section
from bot.listeners.home_actions import AskBox, HomeActions
from bot.listeners.manners import MannersForm
from bot.listeners.message_shortcuts import AddToKnowledge, AnswerThis
from bot.listeners.nominating import NominatingClicks
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.mailing import Writers
from bot.membership import Membership
from bot.offering import Offering
from bot.opening import Opening
from knowledge.channels.asked import Asked
from knowledge.channels.manners import ChannelManners
from knowledge.channels.suggesting import Suggestions
from knowledge.inquiries.nominating import Nominations
from knowledge.insights.anonymity import Scrubber
from knowledge.members.languages import Languages
from knowledge.model import Language, MemberId
from knowledge.ports import Roles
from knowledge.wiring import Knowledge


@dataclass(frozen=True, slots=True)
class Seen:
    """By what people act and are shown something."""

    client: WebClient
    lookup: Lookup
    audiences: Audiences
    membership: Membership
    opening: Opening
    whispering: Whispering
    home: Home


def manners_of(knowledge: Knowledge, roles: Roles) -> ChannelManners:
    """How Solmu behaves in channels, as coordinators and admins set it."""
    return ChannelManners(knowledge.store, knowledge.clock, roles)


def suggestion_writers(knowledge: Knowledge, roles: Roles) -> Writers:
    """Who puts letters about suggested sources into words."""
    return SuggestionLetters(_suggestions(knowledge, roles)).writers()


def first_sections(box: AskBox, knowledge: Knowledge) -> list[Section]:
    """What everybody's tab begins with."""
    asked = Asked(knowledge.store, knowledge.clock)
    return [box.section, lambda member, language: own_questions(asked.by(member), language)]


def last_sections(knowledge: Knowledge, roles: Roles, lookup: Lookup) -> list[Section]:
    """What stands below everything: for staff what is missing, for everybody their language."""
    asked = Asked(knowledge.store, knowledge.clock)

    def unanswered(member: MemberId, language: Language) -> Sequence[Block]:
        if not roles.sees_as_staff(member):
            return []
        try:
            return unanswered_questions(asked.unanswered(Scrubber(known_names(knowledge, lookup)).clean), language)
        except SlackUnavailableError:
            # Who is named in them cannot be told just now.
            return []

    return [unanswered, lambda _, language: language_choice(language)]


def channel_listeners(
    knowledge: Knowledge, roles: Roles, durable: Durable, seen: Seen, coordinating: Coordinating, box: AskBox
) -> ChannelListeners:
    """Whoever listens in channels, to shortcuts, and to the Home tab's own fields."""
    manners = manners_of(knowledge, roles)
    offering = Offering(seen.client, knowledge.answerer, seen.audiences)
    nominating = NominatingClicks(Nominations(knowledge.store, knowledge.clock), seen.membership, seen.whispering)
    return ChannelListeners(
        ChannelMessages(durable, manners, offering, seen.whispering, knowledge.clock),
        MannersForm(manners, coordinating),
        AnswerThis(durable, seen.lookup, seen.opening, seen.whispering),
        AddToKnowledge(_suggestions(knowledge, roles), nominating, seen.opening, seen.whispering),
        nominating,
        HomeActions(durable, box, Languages(knowledge.store), seen.home, seen.membership),
    )


def _suggestions(knowledge: Knowledge, roles: Roles) -> Suggestions:
    return Suggestions(knowledge.store, knowledge.clock, roles)
