"""What is done with a question from Slack: it is answered, answered anew after a change, or its answer taken back."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from bot.agent_view import AgentView
from bot.asking import Asking, Outcome
from bot.conversing import Conversing
from bot.delivery import Place, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.questions import Question
from bot.withdrawing import Withdrawing
from knowledge.answering.conversations import Conversations
from knowledge.model import Turn
from knowledge.ports import Clock

ANSWERED_WITHIN = timedelta(minutes=2)
"""After which a message that has no answer was no question."""
_log = logging.getLogger(__name__)


class QuestionDesk:
    """Does it; safe to try again at any point."""

    def __init__(
        self,
        asking: Asking,
        withdrawing: Withdrawing,
        conversations: Conversations,
        conversing: Conversing,
        agent_view: AgentView,
        clock: Clock,
    ) -> None:
        self._asking = asking
        self._withdrawing = withdrawing
        self._conversations = conversations
        self._conversing = conversing
        self._agent_view = agent_view
        self._clock = clock

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Do what is to be done. `doubtful` says that an earlier try may have posted already."""
        if question.edited or question.withdrawn:
            return self._follow(question, doubtful=doubtful)
        outcome = self._asking.answer(question, doubtful=doubtful)
        begins = question.is_direct and question.thread == question.ts != "" and bool(question.text)
        if begins and outcome is Outcome.ANSWERED:
            self._agent_view.name(Place(question.channel, question.thread), question.text)
        return outcome

    def _follow(self, question: Question, *, doubtful: bool) -> Outcome:
        turn = self._conversing.turn(question)
        if turn is None or not turn.answer:
            # Its answer may be on its way.
            is_young = datetime.fromtimestamp(float(question.ts), UTC) > self._clock() - ANSWERED_WITHIN
            return Outcome.UNAVAILABLE if is_young else Outcome.OVERTAKEN
        if question.withdrawn:
            return self._withdraw(question, turn, doubtful=doubtful)
        if turn.edited > question.edited or not self._conversations.is_fresh(turn):
            return Outcome.OVERTAKEN
        return self._asking.answer(question, doubtful=doubtful)

    def _withdraw(self, question: Question, turn: Turn, *, doubtful: bool) -> Outcome:
        try:
            self._withdrawing.offer(question, turn, doubtful=doubtful)
        except SlackUnavailableError:
            _log.warning("Slack is not available; an offer to remove an answer waits")
            return Outcome.UNAVAILABLE
        except UndeliverableError as error:
            _log.error("it cannot be offered to remove an answer: Slack says %s", error)
            return Outcome.UNDELIVERABLE
        except Exception:  # noqa: BLE001 - what broke once may work later
            note_failure("it was not offered to remove an answer")
            return Outcome.UNAVAILABLE
        return Outcome.ANSWERED
