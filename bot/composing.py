"""The bot's composition root: from its tools to durable work and to everything that listens."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.agent_view import AgentView
from bot.app import Listeners
from bot.asking import Asking
from bot.audience import Audiences
from bot.blocks.reminder_wishes import home_section
from bot.blocks.signing import own_blocks
from bot.composing_calendars import Clicked, Dates, calendar_listeners
from bot.composing_channels import Seen, channel_listeners, first_sections, last_sections, manners_of
from bot.composing_drafting import Windows, board_section, coordinating_of, draft_listeners
from bot.composing_insights import Learning
from bot.composing_introductions import appointments_of, relatives_of, telling
from bot.composing_knowing import Knowing
from bot.composing_relevance import feedbacks_of
from bot.composing_sources import Administering
from bot.conversing import Conversing
from bot.delivery import Delivery
from bot.durable import Durable
from bot.files import Files
from bot.handling import Handlers
from bot.listeners.attendance import Attendance
from bot.listeners.audit import AuditPages
from bot.listeners.commands import Commands
from bot.listeners.contact_role import ContactRole
from bot.listeners.contacts import ContactDesk
from bot.listeners.conversation import ConversationClicks
from bot.listeners.ecosystem_map import MapPicture
from bot.listeners.feedback import FeedbackClicks
from bot.listeners.home import Home
from bot.listeners.home_actions import AskBox
from bot.listeners.introductions import IntroductionClicks, IntroductionCommands
from bot.listeners.membership import MemberActions
from bot.listeners.messages import Messages
from bot.listeners.network import Network
from bot.listeners.own_data import OwnData
from bot.listeners.profile import ProfileForm
from bot.listeners.relatives import OwnRelatives
from bot.listeners.signing import SigningUp
from bot.listeners.staff import Staff
from bot.listeners.welcome import Welcome
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.membership import Membership
from bot.membership_watch import MembershipWatch
from bot.naming import Naming
from bot.opening import Opening
from bot.overview import Overview
from bot.question_desk import QuestionDesk
from bot.queueing import Queueing
from bot.reindexing import Reindexing
from bot.rights import Rights
from bot.role_table import RoleListeners
from bot.roles import Roles
from bot.rounds import Rounds
from bot.scouting import Guide
from bot.seeing import Seeing
from bot.spoken import spoken_by_asker
from bot.streaming import Streams
from bot.visiting import Visitors
from bot.welcoming import Hosts, Welcoming
from bot.withdrawing import Withdrawing
from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.auditing import AuditLog
from knowledge.events.attending import Attending
from knowledge.events.nearby import Nearby
from knowledge.introductions.absences import Absences
from knowledge.introductions.proposals import Introductions
from knowledge.introductions.surroundings import Scouting
from knowledge.members.languages import Languages
from knowledge.members.named_contacts import NamedContacts
from knowledge.wiring import Knowledge


@dataclass(frozen=True, slots=True)
class Tools:
    """What everything is made with; `team` is the bot's own workspace, `me` its user there."""

    knowledge: Knowledge
    client: WebClient
    delivery: Delivery
    lookup: Lookup
    team: str
    me: str
    roles: Roles
    files: Files


def _audiences(tools: Tools) -> Audiences:
    narrowed = manners_of(tools.knowledge, tools.roles).narrowed
    return Audiences(tools.lookup, tools.team, tools.roles, narrowed)


def _withdrawing(tools: Tools) -> Withdrawing:
    knowledge = tools.knowledge
    spoken_in = spoken_by_asker(knowledge.profiles.language_of)
    return Withdrawing(knowledge.conversations, tools.client, tools.delivery, spoken_in)


def knowing_of(tools: Tools) -> Knowing:
    """What is done about answers, and where there was none."""
    return Knowing(tools.knowledge, tools.lookup, tools.delivery, tools.roles)


def learning_of(tools: Tools) -> Learning:
    """What coordinators learn of a week."""
    return Learning(tools.knowledge, tools.lookup, tools.delivery, tools.files, tools.roles)


def welcoming(tools: Tools) -> Welcoming:
    """Whoever greets newcomers."""
    knowledge, settings = tools.knowledge, tools.knowledge.settings
    hosts = Hosts(tools.lookup, settings.join_url, tools.roles, tools.team)
    return Welcoming(knowledge.store, tools.lookup, hosts, tools.delivery, knowledge.clock, settings.language)


def guide(tools: Tools) -> Guide:
    """Whoever shows what is near."""
    knowledge, store = tools.knowledge, tools.knowledge.store
    scouting = Scouting(store, relatives_of(knowledge), knowledge.directory)
    nearby = Nearby(store, knowledge.topics, knowledge.embedder, knowledge.clock)
    return Guide(store, scouting, nearby, knowledge.profiles, tools.lookup, tools.delivery, knowledge.clock)


def handlers_of(tools: Tools) -> Handlers:
    """Whoever does a workspace's durable work."""
    knowledge, settings = tools.knowledge, tools.knowledge.settings
    conversing = Conversing(knowledge.conversations, knowledge.store, knowledge.clock, FileLedger(settings.ledger))
    spoken_in = spoken_by_asker(knowledge.profiles.language_of)
    asking = Asking(
        knowledge.consultant,
        _audiences(tools),
        Naming(tools.lookup),
        conversing,
        Streams(tools.client, tools.delivery, tools.me, is_written=bool(settings.llm_base_url)),
        knowledge.clock,
        spoken_in,
    )
    desk = QuestionDesk(
        asking,
        _withdrawing(tools),
        knowledge.conversations,
        conversing,
        AgentView(tools.client),
        knowledge.clock,
    )
    reindexing = Reindexing(knowledge.store, tools.delivery, tools.team, knowledge.clock)
    queueing = Queueing(desk, knowledge.budgets, conversing, tools.delivery, knowledge.clock, spoken_in)
    return Handlers(queueing, reindexing, welcoming(tools), guide(tools))


def durable_work(tools: Tools, handlers: Handlers, introductions: Introductions) -> Durable:
    """What survives a kill."""
    knowledge = tools.knowledge
    told = telling(knowledge, introductions, tools.roles, tools.lookup, tools.delivery)
    return Durable(knowledge.settings, handlers, told, knowledge.clock)


def watch_of(tools: Tools, durable: Durable) -> MembershipWatch:
    """Whoever learns who belongs to the workspace no more."""
    knowledge = tools.knowledge
    absences = Absences(knowledge.store, knowledge.clock)
    return MembershipWatch(absences, tools.lookup, durable, tools.team, knowledge.clock)


def listeners(tools: Tools, durable: Durable, rounds: Rounds) -> Listeners:
    """What Slack's requests are handed to."""
    knowledge, settings = tools.knowledge, tools.knowledge.settings
    clock, profiles = knowledge.clock, knowledge.profiles
    overview = Overview(knowledge.store, knowledge.shelf)
    membership = Membership(profiles, NamedContacts(knowledge.store), tools.lookup, tools.team, clock)
    rights, audit = Rights(tools.roles, membership), AuditLog(knowledge.store, clock, tools.roles)
    opening = Opening(tools.client, membership, tools.delivery)
    administering = Administering(knowledge, tools.roles)
    seeing = Seeing(tools.lookup, tools.roles)
    attending, box = Attending(knowledge.store, clock), AskBox()
    home = Home(
        tools.client,
        overview,
        membership,
        profiles,
        seeing.audience_of,
        [
            *first_sections(box, knowledge),
            board_section(knowledge, tools.roles),
            lambda member, language: own_blocks(attending.own(member, seeing.audience_of), language),
            lambda _, language: home_section(language, can_subscribe=bool(settings.public_url)),
            administering.section(),
            *last_sections(knowledge, tools.roles, tools.lookup),
        ],
    )
    visitors = Visitors(membership, tools.lookup, tools.roles)
    whispering = Whispering(tools.delivery, home, membership, profiles)
    form, naming = ProfileForm(profiles, membership, opening, home, durable, clock), Naming(tools.lookup)
    files, appointments = tools.files, appointments_of(knowledge, tools.roles)
    knowing = knowing_of(tools).listeners(visitors, opening, whispering)
    windows = Windows(tools.client, tools.delivery, rights, whispering, home)
    coordinating = coordinating_of(knowledge, tools.roles, windows)
    seen = Seen(tools.client, tools.lookup, _audiences(tools), membership, opening, whispering, home)
    channels = channel_listeners(knowledge, tools.roles, durable, seen, coordinating, box)
    return Listeners(
        Messages(durable, knowledge.conversations, knowing.inquiries, channels.messages.hear),
        Commands(durable, overview, tools.delivery, clock, rights),
        home,
        Network(knowledge.directory, _audiences(tools), naming, tools.delivery, form),
        MapPicture(knowledge.store, knowledge.synonyms, _audiences(tools), files, tools.delivery),
        OwnRelatives(relatives_of(knowledge), _audiences(tools), naming, tools.delivery),
        Staff(knowledge.overviews, naming, tools.delivery, files, rights, audit),
        form,
        MemberActions(profiles, membership, opening, home, durable, clock),
        ContactRole(appointments, membership, naming, opening, durable, clock),
        Welcome(durable, welcoming(tools), Languages(knowledge.store), tools.team, clock),
        IntroductionClicks(durable, clock),
        IntroductionCommands(durable, rounds, rights, clock),
        ContactDesk(appointments, membership, naming, opening, durable, rights, clock),
        SigningUp(knowledge.sign_ups, visitors, tools.client, whispering),
        Attendance(attending, visitors, tools.lookup, files, whispering, audit),
        draft_listeners(knowledge, tools.roles, coordinating),
        calendar_listeners(
            tools.client, Dates(knowledge, tools.lookup, tools.roles), opening, Clicked(visitors, files, whispering)
        ),
        FeedbackClicks(feedbacks_of(knowledge, tools.lookup), visitors, opening, files, whispering, audit),
        ConversationClicks(_withdrawing(tools), AgentView(tools.client), membership, profiles),
        knowing,
        channels,
        OwnData(knowledge.personal, membership, opening, files, durable, clock),
        administering.listeners(tools.client, durable, opening, whispering, home),
        learning_of(tools).listener(rights, audit),
        RoleListeners(tools.roles, AuditPages(audit, rights, naming, tools.delivery, files, clock)),
        watch_of(tools, durable),
    )
