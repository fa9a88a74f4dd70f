"""What the bot keeps of a question, and of the conversation that it belongs to."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from bot.questions import Question
from knowledge.adapters.erasure_ledger import hashed
from knowledge.answering.conversations import Conversations
from knowledge.answering.following import Understood
from knowledge.errors import StoreError
from knowledge.inquiries.ratings import given
from knowledge.model import Answer, AskedQuestion, ChannelId, QuestionId, Turn, member_id
from knowledge.ports import Clock, UnitOfWorkFactory
from knowledge.ports.personal import ErasureLedger

_log = logging.getLogger(__name__)


class Conversing:
    """Questions from Slack in their conversations. Those of commands have none: nothing can be written beneath."""

    def __init__(
        self, conversations: Conversations, uow: UnitOfWorkFactory, clock: Clock, ledger: ErasureLedger
    ) -> None:
        self._conversations = conversations
        self._uow = uow
        self._clock = clock
        self._ledger = ledger

    def understand(self, question: Question) -> Understood:
        """The question by itself, after those before it."""
        if not question.thread:
            return Understood(question.text)
        asker = member_id(question.team, question.user)
        return self._conversations.understand(
            question.text, ChannelId(question.channel), question.thread, question.ts, asker
        )

    def keep(self, question: Question, text: str, answer: Answer) -> None:
        """Keep the question, as it was understood, with how it ended; not of somebody who was erased meanwhile."""
        with self._uow() as work:
            work.questions.add(_asked(question, text, answer, self._clock()))
            work.ratings.record(given(QuestionId(question.id), answer))
            # Asked last: whoever erases notes it before they delete, and on SQLite they wait for this write to end.
            if not self._is_erased_since(question, timedelta(milliseconds=answer.took_ms)):
                work.commit()

    def _is_erased_since(self, question: Question, took: timedelta = timedelta()) -> bool:
        told = question.edited or question.ts
        asked_at = datetime.fromtimestamp(float(told), UTC) if told else self._clock() - took
        try:
            return hashed(member_id(question.team, question.user)) in self._ledger.since(asked_at)
        except StoreError as error:
            # Nobody can tell: it is answered, but rather not kept.
            _log.error("a question is not kept: %s", error)
            return True

    def begin(self, question: Question, text: str) -> None:
        """Keep the question, as it was understood, in its conversation: others may follow before it is answered."""
        if not question.response_url and not self._is_erased_since(question):
            self._conversations.remember(_turn(question, text, self._clock()))

    def wait(self, question: Question, due_at: datetime) -> None:
        """Keep a question as it stands in its message until its turn comes: it may be changed or deleted by then."""
        known = self.turn(question) if question.ts else None
        # Told its place once more, it has not been changed: that is kept as it is.
        is_new = known is None or known.edited < question.edited
        if question.ts and is_new and not self._is_erased_since(question):
            self._conversations.remember(_turn(question, question.text, due_at))

    def answered(self, question: Question, ts: str) -> None:
        """Keep which message answers it."""
        if ts:
            self._conversations.answered(QuestionId(question.id), ChannelId(question.channel), question.ts, ts)

    def let_be(self, question: Question) -> None:
        """Nothing is said to it: whoever asked is not talking to Solmu."""
        self._conversations.remove(QuestionId(question.id))

    def turn(self, question: Question) -> Turn | None:
        """What is remembered of the message."""
        return self._conversations.find(ChannelId(question.channel), question.ts)


def _asked(question: Question, text: str, answer: Answer, now: datetime) -> AskedQuestion:
    return AskedQuestion(
        QuestionId(question.id),
        member_id(question.team, question.user),
        question.channel,
        text,
        answer.language,
        answer.status,
        answer.generation,
        answer.took_ms,
        now,
    )


def _turn(question: Question, text: str, at: datetime) -> Turn:
    return Turn(
        QuestionId(question.id),
        ChannelId(question.channel),
        question.thread,
        question.ts,
        member_id(question.team, question.user),
        text,
        answer="",
        edited=question.edited,
        is_open=True,
        at=at,
    )
