"""The composition root of channels, shortcuts on messages, and the Home tab's own sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.audience import Audiences
from bot.blocks.elements import Block
from bot.blocks.home_sections import index_status, language_choice, own_questions, unanswered_questions
from bot.blocks.status import status_message
from bot.channel_table import ChannelListeners
from bot.coordinating import Coordinating
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
from bot.overview import Overview
from knowledge.channels.asked import Asked
from knowledge.channels.manners import ChannelManners
from knowledge.channels.suggesting import Suggestions
from knowledge.inquiries.nominating import Nominations
from knowledge.members.languages import Languages
from knowledge.model import Language, MemberId, member_id
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


def manners_of(knowledge: Knowledge, team: str) -> ChannelManners:
    """How Solmu behaves in channels, as coordinators and admins set it."""
    return ChannelManners(knowledge.store, _staff(knowledge, team))


def suggestion_writers(knowledge: Knowledge, team: str) -> Writers:
    """Who puts letters about suggested sources into words."""
    return SuggestionLetters(_suggestions(knowledge, team)).writers()


def first_sections(box: AskBox, knowledge: Knowledge) -> list[Section]:
    """What everybody's tab begins with."""
    asked = Asked(knowledge.store, knowledge.clock)
    return [box.section, lambda member, language: own_questions(asked.by(member), language)]


def last_sections(knowledge: Knowledge, team: str, overview: Overview) -> list[Section]:
    """What stands below everything: for staff what is missing and how the index is, for everybody their language."""
    staff, admins = _staff(knowledge, team), _admins(knowledge, team)
    asked = Asked(knowledge.store, knowledge.clock)

    def unanswered(member: MemberId, language: Language) -> Sequence[Block]:
        return unanswered_questions(asked.unanswered(), language) if member in staff else []

    def status(member: MemberId, language: Language) -> Sequence[Block]:
        if member not in admins:
            return []
        told = status_message(overview.shelf(), overview.last_run(), overview.failures(), language)
        return index_status(told.blocks, language)

    return [unanswered, status, lambda _, language: language_choice(language)]


def channel_listeners(
    knowledge: Knowledge, team: str, durable: Durable, seen: Seen, coordinating: Coordinating, box: AskBox
) -> ChannelListeners:
    """Whoever listens in channels, to shortcuts, and to the Home tab's own fields."""
    manners = manners_of(knowledge, team)
    offering = Offering(seen.client, knowledge.answerer, seen.audiences)
    nominating = NominatingClicks(Nominations(knowledge.store, knowledge.clock), seen.membership, seen.whispering)
    return ChannelListeners(
        ChannelMessages(durable, manners, offering, seen.whispering, knowledge.clock),
        MannersForm(manners, coordinating),
        AnswerThis(durable, seen.lookup, seen.opening, seen.whispering),
        AddToKnowledge(_suggestions(knowledge, team), nominating, seen.opening, seen.whispering),
        HomeActions(durable, box, Languages(knowledge.store), seen.home, seen.membership),
    )


def _suggestions(knowledge: Knowledge, team: str) -> Suggestions:
    admins = _admins(knowledge, team) or _staff(knowledge, team)
    return Suggestions(knowledge.store, knowledge.clock, _staff(knowledge, team), admins)


def _admins(knowledge: Knowledge, team: str) -> frozenset[MemberId]:
    return frozenset(member_id(team, user) for user in knowledge.settings.admins)


def _staff(knowledge: Knowledge, team: str) -> frozenset[MemberId]:
    coordinators = (member_id(team, user) for user in knowledge.settings.coordinators)
    return frozenset({*_admins(knowledge, team), *coordinators})
