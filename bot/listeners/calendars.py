"""Calendars: a file at the click of a button, and addresses that calendar programs subscribe to."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.calendar_feeds import TOPIC, WHAT, address_modal, closed_modal, feeds_modal, topic_value
from bot.blocks.calendar_files import file_comment, named_files
from bot.blocks.elements import TEXTS, Block
from bot.blocks.status import notice
from bot.calendar_door import ENDING, FOLDER
from bot.clicked import window_of
from bot.connection import NETWORK_ERRORS
from bot.delivery import Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.files import Files
from bot.filled_in import FilledIn
from bot.listeners.whispering import Whispering
from bot.membership import user_in
from bot.opening import Opening
from bot.visiting import Visitors
from knowledge.errors import NotFoundError
from knowledge.events.feeds import Feeds
from knowledge.events.invitations import Invitations
from knowledge.model import FeedScope, Language, MemberId, OccurrenceId

WORDS = frozenset({"kalenteri", "kalender", "calendar"})
DIRECT = "D"
"""How the ids of direct conversations begin."""
Payload = dict[str, Any]
_log = logging.getLogger(__name__)


def is_about_calendars(command: Mapping[str, Any]) -> bool:
    """Whether a command about events asks for a subscription."""
    return str(command.get("text") or "").strip().casefold() in WORDS


@dataclass(frozen=True, slots=True)
class Subscribing:
    """Feeds, and the web address below which they are served; empty where they are not."""

    feeds: Feeds
    public_url: str

    def address(self, token: str) -> str:
        """Where a feed is read."""
        return f"{self.public_url}{FOLDER}{token}{ENDING}"


class CalendarFileSending:
    """The listener for whoever wants an occurrence in their calendar."""

    def __init__(
        self, invitations: Invitations, visitors: Visitors, files: Files, whispering: Whispering, *, can_subscribe: bool
    ) -> None:
        self._invitations = invitations
        self._visitors = visitors
        self._files = files
        self._whispering = whispering
        self._can_subscribe = can_subscribe

    def send(self, body: Payload) -> None:
        """The slow half: send the file directly, and say so where the click was elsewhere."""
        language = self._whispering.language(body)
        try:
            told = self._sent(body, language)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("a calendar file could not be sent (%s)", type(error).__name__)
            told = notice("calendar.unsent", language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever clicked is told
            told = notice("form.failed", language, reference=note_failure("a calendar file cannot be made"))
        if told is not None:
            self._whispering.send(body, told)

    def _sent(self, body: Payload, language: Language) -> Outgoing | None:
        name = OccurrenceId(str(body["actions"][0].get("value")))
        try:
            found = self._invitations.files(name, self._visitors.visitor(body), language)
        except NotFoundError:
            found = None
        if found is None:
            return notice("calendar.gone", language)
        comment = file_comment(found, language, can_subscribe=self._can_subscribe)
        self._files.send_all(user_in(body), named_files(found, language), comment)
        is_seen = str((body.get("channel") or {}).get("id", "")).startswith(DIRECT)
        return None if is_seen else notice("calendar.sent", language)


class CalendarSubscriptions:
    """Listeners for the form in which one makes and revokes addresses of one's own."""

    def __init__(self, subscribing: Subscribing, client: WebClient, opening: Opening, whispering: Whispering) -> None:
        self._feeds = subscribing.feeds
        self._subscribing = subscribing
        self._client = client
        self._opening = opening
        self._whispering = whispering

    def open(self, body: Payload) -> None:
        """A button or a command: show what there is. Guests may subscribe to what is public."""
        language = self._whispering.language(body)
        self._opening.open(body, lambda person: self._form(person, language), language, is_for_guests=True)

    def make(self, ack: Ack, body: Payload) -> None:
        """The submitted form: a new address, shown this once."""
        language = self._whispering.language(body)
        person, chosen = self._person(body), FilledIn(body["view"]).choice(WHAT)
        try:
            made = self._made(person, chosen)
        except SlackUnavailableError:
            ack(response_action="errors", errors={WHAT: TEXTS.get("calendar.feeds.unsure", language)})
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("an address was not made"))
            ack(response_action="errors", errors={WHAT: text})
        else:
            ack(response_action="update", view=address_modal(self._subscribing.address(made), language))

    def revoke(self, ack: Ack, body: Payload) -> None:
        """A click: the address opens nothing any more."""
        self._feeds.revoke(self._person(body), str(body["actions"][0].get("value")))
        ack()

    def redraw(self, body: Payload) -> None:
        """The slow half of it: show what is left."""
        language, window = self._whispering.language(body), window_of(body)
        try:
            self._client.views_update(view_id=window, view=self._form(self._person(body), language))
        except (SlackApiError, SlackUnavailableError, *NETWORK_ERRORS) as error:
            _log.warning("a form could not be drawn anew (%s)", type(error).__name__)
        except Exception:  # noqa: BLE001 - Bolt would log it without its traceback
            note_failure("a form cannot be drawn anew")

    def _form(self, person: MemberId, language: Language) -> Block:
        if not self._subscribing.public_url:
            return closed_modal(language)
        return feeds_modal(self._feeds.of(person), self._feeds.topics(person), language)

    def _made(self, person: MemberId, chosen: str) -> str:
        if not chosen.startswith(TOPIC):
            return self._feeds.make(person, FeedScope(chosen))
        topic = next(topic for topic in self._feeds.topics(person) if topic_value(topic) == chosen)
        return self._feeds.make(person, FeedScope.TOPIC, topic)

    def _person(self, body: Payload) -> MemberId:
        return self._whispering.person(body)
