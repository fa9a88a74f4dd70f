"""Conversations: what a question means after those before it, and whether somebody is talking to Solmu at all.

They are remembered for a short while only, and forgotten with the person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.answering.following import Understood, understood
from knowledge.model import ChannelId, MemberId, QuestionId, Turn
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

QUIET = timedelta(minutes=15)
"""After which nobody is talking to Solmu any more, until it is mentioned again."""
FRESH = timedelta(hours=1)
"""How long the answer to a question changes with it."""
REMEMBERED = timedelta(days=7)


class Conversations:
    """What was asked in threads."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def hears(self, channel: ChannelId, thread: str, who: MemberId, *, is_for_others: bool) -> bool:
        """Whether what somebody writes in a thread, without naming Solmu, is said to it.

        It is while nobody but the asker has written since the last answer. Another's message ends that, as does one
        that is for others.
        """
        with self._uow.reading() as work:
            turns = work.conversations.of_thread(channel, thread)
        if not turns or not turns[-1].is_open:
            return False
        if is_for_others or turns[-1].asker != who:
            self._close(channel, thread)
            return False
        return self._clock() - turns[-1].at <= QUIET

    def understand(self, question: str, channel: ChannelId, thread: str, ts: str, asker: MemberId) -> Understood:
        """The question by itself, after those that came before it in its thread.

        Who opens a thread goes on with what they asked a moment ago in the same channel.
        """
        with self._uow.reading() as work:
            before = [turn for turn in work.conversations.of_thread(channel, thread) if turn.ts < ts]
            last = work.conversations.latest(channel, asker) if thread == ts else None
        if not before and last is not None and last.ts < ts and self._clock() - last.at <= QUIET:
            before = [last]
        return understood(question, [turn.text for turn in before if turn.text])

    def remember(self, turn: Turn) -> None:
        """Keep a question, or what became of it. Its answer stays, and so does whether people have taken over since."""
        with self._uow() as work:
            known = _known(work, turn.id, turn.channel, turn.ts)
            if known is not None:
                turn = replace(
                    turn,
                    id=known.id,
                    thread=known.thread,
                    ts=known.ts,
                    answer=turn.answer or known.answer,
                    is_open=known.is_open,
                )
            work.conversations.put(turn)
            work.commit()

    def answered(self, question: QuestionId, channel: ChannelId, ts: str, answer: str) -> None:
        """Note which message answers a question, where it is remembered.

        One that no message shows stands from then on where its answer does, and begins a thread where it has none.
        """
        with self._uow() as work:
            turn = _known(work, question, channel, ts)
            if turn is not None:
                turn = replace(turn, ts=turn.ts or answer, thread=turn.thread or answer)
                work.conversations.put(replace(turn, answer=answer, at=self._clock()))
                work.commit()

    def find(self, channel: ChannelId, ts: str) -> Turn | None:
        """What is remembered of a message."""
        with self._uow.reading() as work:
            return work.conversations.find(channel, ts)

    def is_fresh(self, turn: Turn) -> bool:
        """Whether the answer is to follow a change of the question."""
        return self._clock() - turn.at <= FRESH

    def forget_words(self, turn: Turn) -> None:
        """The question was deleted: what it said is forgotten, where it was answered is not.

        That is its last change: whoever would still answer what it said sees it.
        """
        with self._uow() as work:
            deleted = f"{self._clock().timestamp():.6f}"
            work.conversations.put(replace(turn, text="", is_open=False, edited=deleted))
            work.questions.erase_words(turn.id)
            work.commit()

    def remove(self, turn: QuestionId) -> None:
        """Forget it whole."""
        with self._uow() as work:
            work.conversations.remove(turn)
            work.commit()

    def forget(self, person: MemberId) -> None:
        """Forget all that somebody asked."""
        with self._uow() as work:
            work.conversations.forget(person)
            work.commit()

    def forget_old(self) -> None:
        """Forget what happened longer ago than it is to be remembered."""
        with self._uow() as work:
            work.conversations.forget_before(self._clock() - REMEMBERED)
            work.commit()

    def _close(self, channel: ChannelId, thread: str) -> None:
        with self._uow() as work:
            work.conversations.close(channel, thread)
            work.commit()


def _known(work: UnitOfWork, question: QuestionId, channel: ChannelId, ts: str) -> Turn | None:
    """What is remembered of a message, which may have been changed since; of a question without one by its id."""
    return work.conversations.find(channel, ts) if ts else work.conversations.get(question)
