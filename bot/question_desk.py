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
        if turn is not None and turn.edited > question.edited and not question.withdrawn:
            return Outcome.OVERTAKEN
        if turn is None or not turn.answer:
            return self._follow_unanswered(question, turn, doubtful=doubtful)
        if question.withdrawn:
            return self._withdraw(question, turn, doubtful=doubtful)
        if not self._conversations.is_fresh(turn):
            return Outcome.OVERTAKEN
        return self._asking.answer(question, doubtful=doubtful)

    def _follow_unanswered(self, question: Question, turn: Turn | None, *, doubtful: bool) -> Outcome:
        now, asked_at = self._clock(), datetime.fromtimestamp(float(question.ts), UTC)
        if turn is not None and turn.at > now:
            return self._follow_waiting(question, turn)
        if turn is not None and turn.edited == question.edited != "":
            # It has taken the place of what it was before: nobody else answers it.
            return self._asking.answer(question, doubtful=doubtful)
        # Its answer may be on its way.
        is_young = max(asked_at, turn.at if turn else asked_at) > now - ANSWERED_WITHIN
        return Outcome.UNAVAILABLE if is_young else Outcome.OVERTAKEN

    def _follow_waiting(self, question: Question, turn: Turn) -> Outcome:
        """What waits for its turn takes no notice of its question's first words once these are changed, or gone."""
        if question.withdrawn:
            self._conversations.forget_words(turn)
            return Outcome.ANSWERED
        self._conversing.wait(question, turn.at)
        return Outcome.WAITING

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
