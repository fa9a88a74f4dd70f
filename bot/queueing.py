"""Questions in their turn: whoever asks more than is answered in an hour is told their place, and answered later."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from babel.dates import format_time

from bot.asking import Outcome
from bot.blocks.status import TIMEZONE, notice
from bot.conversing import Conversing
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.question_desk import QuestionDesk
from bot.questions import Question
from bot.spoken import SpokenIn
from knowledge.channels.budgets import Budgets, Wait
from knowledge.model import Language, QuestionId, member_id
from knowledge.ports import Clock

MARGIN_SECONDS = 1.0
"""By which a turn is taken too late rather than too early."""
_log = logging.getLogger(__name__)


class Queueing:
    """Stands before whoever answers; safe to try again at any point, as that is."""

    def __init__(
        self,
        desk: QuestionDesk,
        budgets: Budgets,
        conversing: Conversing,
        delivery: Delivery,
        clock: Clock,
        spoken_in: SpokenIn,
    ) -> None:
        self._desk = desk
        self._conversing = conversing
        self._budgets = budgets
        self._delivery = delivery
        self._clock = clock
        self._spoken_in = spoken_in

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Answer where it is the question's turn; else tell which place in the queue it has.

        What becomes of a question later is followed by the desk; where that was while the question waited, nothing is
        done here any more.
        """
        if question.edited or question.withdrawn:
            return self._desk.answer(question, doubtful=doubtful)
        try:
            return self._in_turn(question, doubtful=doubtful)
        except SlackUnavailableError:
            _log.warning("Slack is not available; question %s waits", question.id)
            return Outcome.UNAVAILABLE
        except UndeliverableError as error:
            _log.warning("its place in the queue cannot be told to question %s: Slack says %s", question.id, error)
        except Exception:  # noqa: BLE001 - a question is never given up in silence
            note_failure(f"the turn of question {question.id} cannot be told")
            return Outcome.UNAVAILABLE
        return Outcome.WAITING

    def _in_turn(self, question: Question, *, doubtful: bool) -> Outcome:
        if self._is_overtaken(question):
            return Outcome.OVERTAKEN
        wait = self._wait(question)
        if not wait.number:
            return self._desk.answer(self._placed(question), doubtful=doubtful)
        if question.is_overheard:
            # Nobody asked Solmu, so nobody waits.
            return Outcome.ANSWERED
        self._conversing.wait(question, wait.due_at)
        self._tell(question, wait, doubtful=doubtful)
        return Outcome.WAITING

    def later(self, question: Question) -> tuple[float, Question]:
        """In how many seconds its turn comes, and how it is answered then: a command's address is of no use by then."""
        seconds = (self._due_at(question) - self._clock()).total_seconds()
        later = replace(question, response_url="", is_direct=True, channel="") if question.response_url else question
        return max(0.0, seconds) + MARGIN_SECONDS, later

    def _is_overtaken(self, question: Question) -> bool:
        """Whether its message was changed or deleted since."""
        turn = self._conversing.turn(question) if question.ts else None
        return turn is not None and turn.edited > question.edited

    def _due_at(self, question: Question) -> datetime:
        if not question.edited:
            return self._wait(question).due_at
        # A changed question has the turn of what it was before.
        turn = self._conversing.turn(question)
        return self._clock() if turn is None else turn.at

    def _wait(self, question: Question) -> Wait:
        is_private = question.is_direct or question.response_url
        return self._budgets.turn(
            QuestionId(question.id),
            member_id(question.team, question.user),
            "" if is_private else question.channel,
            or_never=question.is_overheard,
        )

    def _placed(self, question: Question) -> Question:
        if question.channel:
            return question
        return replace(question, channel=self._delivery.open_direct(question.user).channel)

    def _tell(self, question: Question, wait: Wait, *, doubtful: bool) -> None:
        message = turn_message(wait, self._spoken_in(question))
        if question.response_url:
            self._delivery.respond(question.response_url, message)
            return
        placed = self._placed(question)
        place = Place(placed.channel, question.thread, since=question.ts)
        self._delivery.post(place, message, f"{question.id}:turn", doubtful=doubtful)


def turn_message(wait: Wait, language: Language) -> Outgoing:
    """Which place in the queue a question has, and when it will be answered."""
    return notice("channels.turn", language, number=wait.number, time=_clock_time(wait.due_at, language))


def _clock_time(moment: datetime, language: Language) -> str:
    return str(format_time(moment.astimezone(TIMEZONE), format="short", locale=language.value))
