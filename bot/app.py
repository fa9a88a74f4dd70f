"""Every listener of the bot, in one table."""

from __future__ import annotations

import logging
import re
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.blocks import cards, contacts, conversation, feedback, introductions, own_profile, profile, wishes
from bot.blocks.company import ATTENDANCE
from bot.blocks.signing import SAY, WISHES
from bot.blocks.welcome import SPEAK
from bot.bolting import acknowledge as _acknowledge
from bot.bolting import bare as _bare
from bot.bolting import listen_to_command
from bot.calendar_table import CalendarListeners, listen_about_calendars
from bot.channel_table import ChannelListeners, listen_about_channels
from bot.clicked import PayloadError
from bot.draft_table import DraftListeners, listen_about_drafts
from bot.knowing_table import KnowingListeners, listen_about_answers
from bot.listeners.attendance import Attendance
from bot.listeners.commands import Commands
from bot.listeners.contact_role import ContactRole
from bot.listeners.contacts import ContactDesk, is_about_contact
from bot.listeners.conversation import ConversationClicks
from bot.listeners.ecosystem_map import MapPicture, is_about_map
from bot.listeners.feedback import FeedbackClicks
from bot.listeners.home import Home
from bot.listeners.insights import InsightDesk, is_about_insights
from bot.listeners.introductions import IntroductionClicks, IntroductionCommands, is_about_introductions
from bot.listeners.membership import MemberActions
from bot.listeners.messages import Messages
from bot.listeners.network import COMMANDS, Network
from bot.listeners.own_data import OwnData
from bot.listeners.profile import ProfileForm
from bot.listeners.relatives import OwnRelatives, is_about_oneself
from bot.listeners.signing import REPLIES, SigningUp
from bot.listeners.staff import Staff, is_about_network
from bot.listeners.welcome import Welcome
from bot.logs import FRAMEWORK
from bot.membership_watch import MembershipWatch
from bot.metered import MeteredApp
from bot.own_data_table import listen_about_own_data
from bot.role_table import RoleListeners, listen_about_roles
from bot.source_table import SourceListeners, listen_about_sources

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listeners:
    """Everything that listens."""

    messages: Messages
    commands: Commands
    home: Home
    network: Network
    map: MapPicture
    relatives: OwnRelatives
    staff: Staff
    profile: ProfileForm
    members: MemberActions
    contact_role: ContactRole
    welcome: Welcome
    clicks: IntroductionClicks
    introductions: IntroductionCommands
    contacts: ContactDesk
    signing: SigningUp
    attendance: Attendance
    drafts: DraftListeners
    calendars: CalendarListeners
    feedback: FeedbackClicks
    conversation: ConversationClicks
    knowing: KnowingListeners
    channels: ChannelListeners
    own_data: OwnData
    sources: SourceListeners
    insights: InsightDesk
    roles: RoleListeners
    watch: MembershipWatch


def build_app(client: WebClient, signing_secret: str, pool: Executor, listeners: Listeners) -> App:
    """The Bolt app. A listener acknowledges by returning; only what stands under `lazy` runs in the pool, later."""
    app = MeteredApp(
        logger=FRAMEWORK,
        client=client,
        signing_secret=signing_secret,
        # The acknowledgement is sent when the listener has returned: then the question is in the database.
        process_before_response=True,
        listener_executor=pool,
        # Bolt's own report of a request without a listener would print what people wrote.
        raise_error_for_unhandled_request=True,
        attaching_conversation_kwargs_enabled=False,
    )
    _listen_to_everybody(app, listeners)
    # Before whatever else a command about events does.
    listen_about_calendars(app, listeners.calendars)
    _listen_about_introductions(app, listeners.clicks, listeners.introductions)
    listen_about_drafts(app, listeners.drafts)
    # Slack opens the link by itself, and tells so.
    app.action(cards.OPEN_LINK)(_acknowledge)
    listen_about_roles(app, listeners.roles)
    _listen_to_staff(app, listeners)
    _listen_to_members(app, listeners)
    _listen_about_signing(app, listeners.signing, listeners.attendance)
    _listen_about_feedback(app, listeners.feedback)
    _listen_about_conversation(app, listeners.conversation)
    listen_about_answers(app, listeners.knowing)
    listen_about_own_data(app, listeners.own_data)
    listen_about_sources(app, listeners.sources)
    listen_about_channels(app, listeners.channels)
    app.error(_on_error)
    return app


def _listen_to_everybody(app: App, listeners: Listeners) -> None:
    messages, commands = listeners.messages, listeners.commands
    app.event("app_mention")(_bare(messages.mention))
    app.event({"type": "message"})(ack=_bare(messages.message), lazy=[_bare(listeners.channels.messages.consider)])
    opened = [_bare(listeners.home.show), _bare(listeners.conversation.show)]
    app.event("app_home_opened")(ack=_acknowledge, lazy=opened)
    app.event("team_join")(_bare(listeners.welcome.join))
    app.event("user_change")(_bare(listeners.watch.hear))
    app.command("/kysy")(_bare(commands.ask))
    for name in COMMANDS:
        app.command(name, matchers=[is_about_oneself])(ack=_acknowledge, lazy=[_bare(listeners.relatives.show)])
        app.command(name, matchers=[is_about_map])(ack=_acknowledge, lazy=[_bare(listeners.map.show)])
        listen_to_command(app, name, listeners.network.take_in, listeners.network.show)


def _listen_to_staff(app: App, listeners: Listeners) -> None:
    staff, commands, desk = listeners.staff, listeners.commands, listeners.contacts
    listen_to_command(app, "/solmu", desk.take_in, desk.open, [is_about_contact])
    app.action(contacts.CHOOSE)(ack=_acknowledge, lazy=[_bare(desk.choose)])
    app.view(contacts.APPOINT)(_bare(desk.appoint))
    listen_to_command(app, "/solmu", listeners.insights.take_in, listeners.insights.show, [is_about_insights])
    listen_to_command(app, "/solmu", staff.take_in, staff.show, [is_about_network])
    listen_to_command(app, "/solmu", commands.administer, commands.show_status)


def _listen_to_members(app: App, listeners: Listeners) -> None:
    form, members, welcome = listeners.profile, listeners.members, listeners.welcome
    redraw = [_bare(members.redraw)]
    app.action(re.compile(f"^{SPEAK}"))(ack=_acknowledge, lazy=[_bare(welcome.speak)])
    app.action(re.compile(f"^{own_profile.EDIT}(_[a-z]+)?$"))(ack=_acknowledge, lazy=[_bare(form.open)])
    app.view(profile.SAVE)(ack=_bare(form.save), lazy=[_bare(form.follow_up)])
    app.action(own_profile.PAUSE)(ack=_bare(members.pause), lazy=redraw)
    app.action(own_profile.RESUME)(ack=_bare(members.resume), lazy=redraw)
    app.action(own_profile.LEAVE)(ack=_bare(members.leave), lazy=redraw)
    app.action(own_profile.WISHES)(ack=_acknowledge, lazy=[_bare(members.open_wishes)])
    app.view(wishes.KEEP)(ack=_bare(members.keep_wishes), lazy=redraw)
    role = listeners.contact_role
    app.action(own_profile.TAKE_ON)(ack=_bare(role.take_on), lazy=[_bare(role.confirm), *redraw])
    app.action(own_profile.HAND_OVER)(ack=_acknowledge, lazy=[_bare(role.open)])
    app.view(contacts.GIVE)(ack=_bare(role.hand_over), lazy=redraw)


def _listen_about_introductions(app: App, clicks: IntroductionClicks, commands: IntroductionCommands) -> None:
    app.command("/solmu", matchers=[is_about_introductions])(_bare(commands.run))
    app.action(introductions.INTRODUCE)(_bare(clicks.ask))
    for action in (introductions.YES, introductions.NO):
        app.action(action)(_bare(clicks.reply))
    app.action(introductions.MORE)(_bare(clicks.wish))
    app.action(introductions.RESUME)(_bare(clicks.resume))
    for action in introductions.OUTCOMES:
        app.action(action)(_bare(clicks.tell))


def _listen_about_signing(app: App, signing: SigningUp, attendance: Attendance) -> None:
    for action in REPLIES:
        app.action(action)(ack=_bare(signing.take_in), lazy=[_bare(signing.reply)])
    app.action(WISHES)(ack=_bare(signing.wish), lazy=[_bare(signing.advise)])
    app.view(SAY)(_bare(signing.submit))
    app.action(cards.PEOPLE)(ack=_acknowledge, lazy=[_bare(attendance.show)])
    app.action(ATTENDANCE)(ack=_acknowledge, lazy=[_bare(attendance.send)])


def _listen_about_feedback(app: App, clicks: FeedbackClicks) -> None:
    app.action(re.compile(f"^{feedback.RATE}[123]$"))(ack=_acknowledge, lazy=[_bare(clicks.rate)])
    app.action(feedback.OPEN)(ack=_acknowledge, lazy=[_bare(clicks.open)])
    app.view(feedback.KEEP)(_bare(clicks.keep))
    app.action(feedback.SUMMARY)(ack=_acknowledge, lazy=[_bare(clicks.sum_up)])


def _listen_about_conversation(app: App, clicks: ConversationClicks) -> None:
    app.action(conversation.REMOVE)(ack=_acknowledge, lazy=[_bare(clicks.remove)])
    app.action(conversation.KEEP)(ack=_acknowledge, lazy=[_bare(clicks.keep)])


def _on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    if isinstance(error, BoltUnhandledRequestError):
        _log.info("nothing listens to %s", body.get("event", {}).get("type") or body.get("type") or body.get("command"))
        return BoltResponse(status=200)
    if isinstance(error, PayloadError):
        _log.warning("something is passed over: %s", error)
        return BoltResponse(status=400)
    # Not acknowledged, so Slack brings it again.
    _log.error("a listener failed", exc_info=error)
    return BoltResponse(status=500)
