"""What every listener about announcements needs: who acts, what they look at, and how a window is shown to them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.draft_sheet import APPROVE, Reader, sheet, told_modal
from bot.blocks.draft_texts import EXPECTED, problem_text
from bot.blocks.elements import TEXTS, Block
from bot.blocks.status import notice
from bot.connection import NETWORK_ERRORS
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.listeners.home import Home
from bot.listeners.whispering import Whispering
from bot.membership import user_in
from bot.rights import Rights
from knowledge.events.boards import Boards
from knowledge.events.publishing import Publishing
from knowledge.model import AnnouncementId, Language, MemberId

Payload = dict[str, Any]
_log = logging.getLogger(__name__)


class Coordinating:
    """The coordinators' side of announcements. Who acts is told by what Slack signed, anew every time."""

    def __init__(
        self,
        client: WebClient,
        delivery: Delivery,
        boards: Boards,
        publishing: Publishing,
        rights: Rights,
        whispering: Whispering,
        home: Home,
    ) -> None:
        self._client = client
        self._delivery = delivery
        self.boards = boards
        self._publishing = publishing
        self._rights = rights
        self._whispering = whispering
        self._home = home

    def person(self, body: Payload) -> MemberId:
        """Whoever acts."""
        return self._rights.person(body)

    def language(self, body: Payload) -> Language:
        """Their language."""
        return self._whispering.language(body)

    def why_not(self, body: Payload) -> str:
        """The name of the text for whoever may not announce; empty for whoever may."""
        return self._rights.why_not_staff("draft.refused", body)

    def refusal(self, body: Payload) -> Block | None:
        """The window for whoever may not; None for whoever may."""
        refused, language = self.why_not(body), self.language(body)
        return told_modal(TEXTS.get(refused, language), language) if refused else None

    def organisation(self, body: Payload) -> str:
        """The name of the organisation that they told theirs, if any."""
        own = self._rights.membership.own(self.person(body))
        return own.organisation if own else ""

    def sheet(self, body: Payload, name: AnnouncementId, note: str = "") -> Block:
        """The window of an announcement, for whoever acts; raises NotFoundError."""
        sight = self.boards.look(name)
        may_approve = self._publishing.may_approve(sight.announcement, self.person(body))
        return sheet(sight, self.boards.rules(), Reader(self.language(body), may_approve), note)

    def outcome(self, body: Payload, deed: Callable[[], Block]) -> Block:
        """The window that a deed ends in: what came of it, or why it was not done."""
        language = self.language(body)
        try:
            return deed()
        except EXPECTED as error:
            return told_modal(problem_text(error, language), language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever clicked is told
            reference = note_failure("something about an announcement was not done")
            return told_modal(TEXTS.get("form.failed", language, reference=reference), language)

    def show(self, body: Payload, view: Block) -> None:
        """Show a window in place of the one that was clicked in, else a new one."""
        open_one = body.get("view") or {}
        try:
            if open_one.get("type") == "modal":
                self._client.views_update(view_id=open_one["id"], view=view)
            else:
                self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except (SlackApiError, *NETWORK_ERRORS) as error:
            _log.warning("a window could not be shown (%s)", type(error).__name__)
            self.say(body, notice("form.not_opened", self.language(body)))

    def say(self, body: Payload, message: Outgoing) -> None:
        """Tell whoever acts something that nobody else sees."""
        self._whispering.send(body, message)

    def close_question(self, body: Payload) -> None:
        """Take the buttons off the message in which somebody has answered."""
        message = body.get("message")
        if not message:
            return
        blocks = [block for block in message.get("blocks") or () if not _asks(block)]
        try:
            place = Place(body["container"]["channel_id"])
            self._delivery.update(place, message["ts"], Outgoing(str(message.get("text") or ""), blocks))
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("a question that was answered stands there still (%s)", type(error).__name__)

    def redraw(self, body: Payload) -> None:
        """Draw their Home tab as things are now."""
        self._home.draw(user_in(body))


def _asks(block: Block) -> bool:
    return any(element.get("action_id") == APPROVE for element in block.get("elements") or ())
