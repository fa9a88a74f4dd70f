"""Every listener of coordinators' announcements, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt import App

from bot.blocks import draft_fields, draft_sheet, draft_windows
from bot.blocks.draft_board import LIST, NEW_ANNOUNCEMENT, NEW_EVENT
from bot.blocks.turning import BACK, ON
from bot.bolting import acknowledge, bare, listen_to_command
from bot.listeners.amending import Amendments
from bot.listeners.channel_rules import ChannelRules, is_about_channels
from bot.listeners.drafting import COMMANDS, Drafting
from bot.listeners.releasing import Releases


@dataclass(frozen=True, slots=True)
class DraftListeners:
    """Everything that coordinators do about announcements."""

    drafting: Drafting
    releases: Releases
    amendments: Amendments
    rules: ChannelRules


def listen_about_drafts(app: App, listeners: DraftListeners) -> None:
    """Listen to everything that they do; acknowledged as in `bot.app`."""
    drafting, releases, rules = listeners.drafting, listeners.releases, listeners.rules
    for name in COMMANDS:
        listen_to_command(app, name, drafting.take_in, drafting.begin)
    for name in (NEW_EVENT, NEW_ANNOUNCEMENT):
        app.shortcut(name)(ack=acknowledge, lazy=[bare(drafting.begin_new)])
        app.action(name)(ack=acknowledge, lazy=[bare(drafting.begin_new)])
    for action in (draft_sheet.CHANGE, draft_sheet.USE):
        app.action(action)(ack=acknowledge, lazy=[bare(drafting.reopen)])
    app.action(draft_fields.MORE)(ack=acknowledge, lazy=[bare(drafting.show_more)])
    app.view(draft_fields.SAVE)(ack=bare(drafting.save), lazy=[bare(releases.redraw)])
    listen_to_command(app, "/solmu", rules.take_in, rules.begin, [is_about_channels])
    app.view(draft_windows.RULED)(bare(rules.keep))
    _listen_about_releases(app, releases)
    _listen_about_amendments(app, listeners.amendments)


def _listen_about_releases(app: App, releases: Releases) -> None:
    deeds = {
        draft_sheet.PUBLISH: releases.publish,
        draft_sheet.TAKE_BACK: releases.take_back,
        draft_sheet.TEMPLATE: releases.keep,
        draft_sheet.REMOVE: releases.remove,
        draft_sheet.APPROVE: releases.approve,
    }
    for action, deed in deeds.items():
        app.action(action)(ack=bare(deed), lazy=[bare(releases.show)])
    app.action(draft_sheet.OPEN)(ack=acknowledge, lazy=[bare(releases.open)])
    for action in (LIST, f"{LIST}{ON}", f"{LIST}{BACK}"):
        app.action(action)(ack=acknowledge, lazy=[bare(releases.list)])
    app.action(draft_sheet.SCHEDULE)(ack=acknowledge, lazy=[bare(releases.plan)])
    app.view(draft_windows.SCHEDULED)(ack=bare(releases.planned), lazy=[bare(releases.redraw)])
    app.action(draft_sheet.RETURN)(ack=acknowledge, lazy=[bare(releases.ask_why)])
    app.view(draft_windows.RETURNED)(ack=bare(releases.returned), lazy=[bare(releases.redraw)])


def _listen_about_amendments(app: App, amendments: Amendments) -> None:
    app.action(draft_sheet.CANCEL)(ack=bare(amendments.cancel), lazy=[bare(amendments.show)])
    app.action(draft_windows.CANCEL_ONE)(ack=bare(amendments.cancel_one), lazy=[bare(amendments.show)])
    for action in (draft_sheet.DATES, f"{draft_sheet.DATES}{ON}", f"{draft_sheet.DATES}{BACK}"):
        app.action(action)(ack=acknowledge, lazy=[bare(amendments.show_dates)])
    app.action(draft_windows.MOVE)(ack=acknowledge, lazy=[bare(amendments.ask_when)])
    app.view(draft_windows.MOVED)(ack=bare(amendments.moved), lazy=[bare(amendments.redraw)])
