"""Signing up by a click: written down before Slack is told, and answered where only the one who clicked sees it."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.cards import GOING, MAYBE, NOT_GOING
from bot.blocks.elements import TEXTS, Block
from bot.blocks.signing import (
    ANSWER,
    MEET,
    VISIBLE,
    lacking_message,
    occurrence_of,
    question_modal,
    refusal_text,
    said_message,
    said_modal,
    unseen_message,
)
from bot.blocks.status import notice
from bot.clicked import clicked_value, left_by_first_half
from bot.connection import NETWORK_ERRORS
from bot.delivery import Outgoing, SlackUnavailableError
from bot.failures import note_failure
from bot.filled_in import FilledIn
from bot.listeners.whispering import Whispering
from bot.visiting import Visitors
from knowledge.events.admission import SignUpRefusedError
from knowledge.events.meetings import Hindrance
from knowledge.events.sign_ups import SignUps
from knowledge.model import Attendance, Language, OccurrenceId

REPLIES = {GOING: Attendance.GOING, MAYBE: Attendance.MAYBE, NOT_GOING: Attendance.NOT_GOING}
TOLD, LACK = "told", "lack"
"""Under which the quick half of a listener leaves to the slow one what is to be shown."""
Payload = dict[str, Any]
_log = logging.getLogger(__name__)


class SigningUp:
    """The listener for what people say about events. Everybody acts for themselves alone."""

    def __init__(
        self,
        sign_ups: SignUps,
        visitors: Visitors,
        client: WebClient,
        whispering: Whispering,
    ) -> None:
        self._sign_ups = sign_ups
        self._visitors = visitors
        self._client = client
        self._whispering = whispering

    def take_in(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """A click: keep it, or find out what is to be asked first."""
        language = self._whispering.language(body)
        try:
            context[TOLD] = self._told(body, language)
        except SignUpRefusedError as error:
            context[TOLD] = notice(f"signup.refused.{error.reason.value}", language)
        except SlackUnavailableError:
            context[TOLD] = notice("signup.unsure", language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever clicked is told
            context[TOLD] = notice("form.failed", language, reference=note_failure("a click was not kept"))
        ack()

    def reply(self, body: Payload, context: BoltContext) -> None:
        """The slow half: show how it stands now, or the organiser's question."""
        told = left_by_first_half(context, TOLD)
        if isinstance(told, Outgoing):
            self._whispering.tell(body, told)
        else:
            self._open(body, told)
        self._visitors.expect_more()

    def submit(self, ack: Ack, body: Payload) -> None:
        """The answered question: only now one signs up, to whatever there is left."""
        language = self._whispering.language(body)
        occurrence = OccurrenceId(str(body["view"].get("private_metadata")))
        try:
            visitor, answer = self._visitors.visitor(body), FilledIn(body["view"]).text(ANSWER)
            said = self._sign_ups.say(occurrence, visitor, Attendance.GOING, answer)
        except SignUpRefusedError as error:
            _refuse(ack, refusal_text(error.reason, language))
        except SlackUnavailableError:
            _refuse(ack, TEXTS.get("signup.unsure", language))
        except Exception:  # noqa: BLE001 - as above
            _refuse(ack, TEXTS.get("form.failed", language, reference=note_failure("a form was not kept")))
        else:
            ack(response_action="update", view=said_modal(said, language))

    def wish(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """What others who come may know: kept at every tick."""
        context[LACK] = Hindrance.NONE
        clicked = body["actions"][0]
        ticked = {str(option["value"]) for option in clicked.get("selected_options") or ()}
        try:
            context[LACK] = self._sign_ups.prefer(
                occurrence_of(clicked["block_id"]),
                self._visitors.person(body),
                is_visible=VISIBLE in ticked,
                wants_to_meet=MEET in ticked,
            )
        except SignUpRefusedError:
            _log.info("a tick came too late")
        ack()

    def advise(self, body: Payload, context: BoltContext) -> None:
        """The slow half: whoever wishes to meet somebody reads what they still need for it."""
        lack = left_by_first_half(context, LACK)
        if lack is Hindrance.NONE:
            return
        language = self._whispering.language(body)
        try:
            is_outsider = not self._whispering.admits(body)
        except SlackUnavailableError:
            # Whether they may have a profile they read when they begin one.
            is_outsider = False
        self._whispering.send(
            body, notice("signup.meet.outsider", language) if is_outsider else lacking_message(lack, language)
        )

    def _told(self, body: Payload, language: Language) -> Outgoing | Block:
        clicked = body["actions"][0]
        occurrence, reply = OccurrenceId(clicked_value(body)), REPLIES[clicked["action_id"]]
        visitor = self._visitors.visitor(body)
        if reply is Attendance.GOING and self._sign_ups.has_to_ask(occurrence, visitor):
            return question_modal(self._sign_ups.standing(occurrence, visitor), language)
        said = self._sign_ups.say(occurrence, visitor, reply)
        # One may always stay at home, also where one may not know any more where that would have been.
        return (said_message if said.table.is_seen_by(visitor) else unseen_message)(said, language)

    def _open(self, body: Payload, view: Block) -> None:
        try:
            self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except (SlackApiError, *NETWORK_ERRORS) as error:
            _log.warning("the organiser's question could not be asked (%s)", type(error).__name__)
            self._whispering.tell(body, notice("form.not_opened", self._whispering.language(body)))


def _refuse(ack: Ack, text: str) -> None:
    ack(response_action="errors", errors={ANSWER: text})
