"""Every listener of how Solmu behaves in channels, of the shortcuts on a message, and of the Home tab's own fields."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt import App

from bot.blocks import home_sections, manners, message_shortcuts, nominating, offers
from bot.bolting import acknowledge, bare
from bot.listeners.channel_messages import ChannelMessages
from bot.listeners.home_actions import HomeActions
from bot.listeners.manners import MannersForm
from bot.listeners.message_shortcuts import AddToKnowledge, AnswerThis
from bot.listeners.nominating import NominatingClicks


@dataclass(frozen=True, slots=True)
class ChannelListeners:
    """Everything of this kind that listens."""

    messages: ChannelMessages
    manners: MannersForm
    answering: AnswerThis
    adding: AddToKnowledge
    nominating: NominatingClicks
    home: HomeActions


def listen_about_channels(app: App, listeners: ChannelListeners) -> None:
    """Listen; acknowledged as in `bot.app`."""
    heard, form, home = listeners.messages, listeners.manners, listeners.home
    # Slack is asked for the question first, which takes longer than whoever clicked may wait.
    app.action(offers.SHOW)(ack=acknowledge, lazy=[bare(heard.show), bare(heard.close)])
    app.action(offers.ANSWER)(ack=acknowledge, lazy=[bare(heard.answer), bare(heard.close)])
    app.action(offers.DISMISS)(ack=acknowledge, lazy=[bare(heard.close)])
    app.action(manners.OPEN)(ack=acknowledge, lazy=[bare(form.open)])
    app.action(manners.PICK)(ack=acknowledge, lazy=[bare(form.pick)])
    app.view(manners.KEEP)(bare(form.keep))
    app.action(home_sections.ASK)(ack=bare(home.ask), lazy=[bare(home.redraw)])
    app.action(home_sections.SPEAK)(ack=bare(home.speak), lazy=[bare(home.redraw)])
    app.view(nominating.NOMINATE)(bare(listeners.nominating.keep))
    _listen_to_shortcuts(app, listeners.answering, listeners.adding)


def _listen_to_shortcuts(app: App, answering: AnswerThis, adding: AddToKnowledge) -> None:
    app.shortcut(message_shortcuts.ANSWER_MESSAGE)(ack=acknowledge, lazy=[bare(answering.open)])
    app.view(message_shortcuts.ANSWER_MESSAGE)(bare(answering.ask))
    app.shortcut(message_shortcuts.ADD_KNOWLEDGE)(ack=acknowledge, lazy=[bare(adding.open)])
    app.view(message_shortcuts.ADD_KNOWLEDGE)(bare(adding.keep))
    app.action(message_shortcuts.ADD_SUGGESTED)(ack=acknowledge, lazy=[bare(adding.reopen)])
