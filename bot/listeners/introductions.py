"""Clicks and commands about introductions: each is written down, and acknowledged once it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.introductions import NO, OUTCOMES, YES, wish_of
from bot.blocks.status import notice
from bot.clicked import chosen_value, clicked_value, reading
from bot.delivery import Outgoing
from bot.durable import Durable
from bot.incoming import command_id
from bot.introduction_notes import Change, Deed
from bot.listeners.replying import tell
from bot.rights import Rights
from bot.rounds import Rounds
from knowledge.model import Reply, member_id
from knowledge.ports import Clock

ROUND, PAIR = "round", "introduce"
WORDS = frozenset({ROUND, PAIR})
"""The words after `/solmu` that are about introductions."""
REPLIES = {YES: Reply.YES, NO: Reply.NO}
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
Payload = Mapping[str, Any]


class IntroductionClicks:
    """Listeners for the buttons of proposals, and for those that ask for one. Everybody acts for themselves alone."""

    def __init__(self, durable: Durable, clock: Clock) -> None:
        self._durable = durable
        self._clock = clock

    def ask(self, ack: Ack, body: Payload) -> None:
        """Somebody wants to be introduced to a member, by whose handle the button asks."""
        self._take_in(body, Deed.ASK, other=clicked_value(body))
        ack()

    def reply(self, ack: Ack, body: Payload) -> None:
        """Yes, or not this time."""
        clicked = _clicked(body)
        self._take_in(body, Deed.REPLY, subject=clicked_value(body), value=REPLIES[clicked["action_id"]])
        ack()

    def wish(self, ack: Ack, body: Payload) -> None:
        """Something else out of the menu; each of them is a no as well."""
        with reading("a menu"):
            wish, introduction, organisation = wish_of(chosen_value(body), str(_clicked(body).get("block_id", "")))
        self._take_in(body, Deed(wish.value), subject=introduction, other=organisation)
        ack()

    def tell(self, ack: Ack, body: Payload) -> None:
        """How it went."""
        clicked = _clicked(body)
        self._take_in(body, Deed.OUTCOME, subject=clicked_value(body), value=OUTCOMES[clicked["action_id"]])
        ack()

    def resume(self, ack: Ack, body: Payload) -> None:
        """Back after a pause."""
        self._take_in(body, Deed.RESUME)
        ack()

    def _take_in(self, body: Payload, deed: Deed, **about: str) -> None:
        member, clicked = member_id(_team(body), str(body["user"]["id"])), _clicked(body)
        # Slack brings a click again under the same time of action.
        name = f"introduction:{deed}:{member}:{clicked['action_ts']}"
        self._durable.introductions.take_in(Change(name, deed, member, at=self._clock().timestamp(), **about))


class IntroductionCommands:
    """`/solmu round` and `/solmu introduce @one @other`, for coordinators and admins."""

    def __init__(
        self,
        durable: Durable,
        rounds: Rounds,
        rights: Rights,
        clock: Clock,
    ) -> None:
        self._durable = durable
        self._rounds = rounds
        self._rights = rights
        self._clock = clock
        self._language_of = rights.language

    def run(self, ack: Ack, command: Payload) -> None:
        """Do it, or say why not."""
        if refused := self._rights.why_not_staff("introduction.staff.refused", command):
            message = notice(refused, self._language_of(command))
        elif str(command["text"]).split()[0].casefold() == ROUND:
            message = self._hold(command)
        else:
            message = self._introduce(command)
        tell(ack, message)

    def _hold(self, command: Payload) -> Outgoing:
        held, language = self._rounds.held_this_week(), self._language_of(command)
        if held is None:
            self._rounds.hold_for(self._rights.person(command))
            return notice("introduction.staff.round", language)
        figures = {"taking_part": held.taking_part, "pairs": held.pairs}
        return notice("introduction.staff.held", language, **figures)

    def _introduce(self, command: Payload) -> Outgoing:
        people = _PERSON.findall(str(command["text"]))
        if len(people) != len(("one", "other")):
            return notice("introduction.staff.help", self._language_of(command))
        coordinator, one, other = (member_id(command["team_id"], user) for user in (command["user_id"], *people))
        at = self._clock().timestamp()
        change = Change(command_id(command), Deed.MAKE, coordinator, first=one, other=other, at=at)
        self._durable.introductions.take_in(change)
        return notice("introduction.staff.taken", self._language_of(command))


def is_about_introductions(command: Payload) -> bool:
    """Whether a `/solmu` command is for these listeners."""
    words = str(command.get("text") or "").split()
    return bool(words) and words[0].casefold() in WORDS


def _clicked(body: Payload) -> dict[str, Any]:
    clicked: dict[str, Any] = body["actions"][0]
    return clicked


def _team(body: Payload) -> str:
    return str(body["team"]["id"])
