"""Answering one question where it was asked; a failure ends in a sentence with a reference, never in silence."""

from __future__ import annotations

import logging
from enum import StrEnum

from bot.audience import Audiences
from bot.blocks.answers import consultation_message, failure_message, working_text
from bot.delivery import (
    Delivery,
    Outgoing,
    Place,
    SlackUnavailableError,
    UndeliverableError,
    UnfitMessageError,
)
from bot.failures import note_failure
from bot.naming import Naming
from bot.questions import Question
from knowledge.answering.consulting import Consultant, Consultation
from knowledge.members.listing import Viewer
from knowledge.model import Answer, AnswerStatus, AskedQuestion, Language, QuestionId, member_id
from knowledge.ports import Clock, UnitOfWorkFactory

_log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How a try to answer ended."""

    ANSWERED = "answered"
    UNAVAILABLE = "unavailable"
    WAITING = "waiting"
    UNDELIVERABLE = "undeliverable"


class Asking:
    """Answers questions; safe to try again at any point."""

    def __init__(
        self,
        consultant: Consultant,
        uow: UnitOfWorkFactory,
        audiences: Audiences,
        naming: Naming,
        delivery: Delivery,
        clock: Clock,
        fallback: Language,
    ) -> None:
        self._consultant = consultant
        self._uow = uow
        self._audiences = audiences
        self._naming = naming
        self._delivery = delivery
        self._clock = clock
        self._fallback = fallback

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Answer and post. `doubtful` says that an earlier try may have posted already."""
        try:
            self._show_working(question)
            self._reply(question, doubtful=doubtful)
        except SlackUnavailableError:
            _log.warning("Slack is not available; question %s waits", question.id)
            return Outcome.UNAVAILABLE
        except UndeliverableError as error:
            _log.error("question %s cannot be answered: Slack says %s", question.id, error)
            return Outcome.UNDELIVERABLE
        except Exception:  # noqa: BLE001 - a question is never given up in silence
            note_failure(f"the answer to question {question.id} did not get out")
            return Outcome.UNAVAILABLE
        return Outcome.ANSWERED

    def _reply(self, question: Question, *, doubtful: bool) -> None:
        message = self._message(question)
        if message is None:
            return
        try:
            self._deliver(question, message, doubtful=doubtful)
        except UnfitMessageError:
            reference = note_failure(f"Slack does not take the answer to question {question.id}")
            self._deliver(question, failure_message(reference, self._language(question)), doubtful=False)

    def _message(self, question: Question) -> Outgoing | None:
        """The answer; None to a question that nobody asked Solmu, where there is none."""
        try:
            found = self._look_up(question)
            names = self._naming.names(found.listing.seen)
        except SlackUnavailableError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, whoever asked is told
            reference = note_failure(f"question {question.id} failed")
            return None if question.is_overheard else failure_message(reference, self._language(question))
        if question.is_overheard and found.answer.status is not AnswerStatus.ANSWERED:
            return None
        return consultation_message(found, names, self._clock(), asked="" if question.ts else question.text)

    def _look_up(self, question: Question) -> Consultation:
        if question.withheld:
            found = self._consultant.refuse_personal_data(self._language(question))
        else:
            asker = member_id(question.team, question.user)
            is_private = question.is_direct or bool(question.response_url)
            found = self._consultant.ask(question.text, Viewer(asker, self._audiences.of(question), is_private))
        with self._uow() as work:
            work.questions.add(self._record(question, found.answer))
            work.commit()
        return found

    def _record(self, question: Question, answer: Answer) -> AskedQuestion:
        return AskedQuestion(
            QuestionId(question.id),
            member_id(question.team, question.user),
            question.channel,
            question.text,
            answer.language,
            answer.status,
            answer.generation,
            answer.took_ms,
            self._clock(),
        )

    def _deliver(self, question: Question, message: Outgoing, *, doubtful: bool) -> None:
        if question.response_url:
            self._delivery.respond(question.response_url, message)
            return
        self._delivery.post(self._place(question), message, question.id, doubtful=doubtful)

    def _show_working(self, question: Question) -> None:
        if question.thread and not question.is_overheard:
            self._delivery.show_working(self._place(question), working_text(self._language(question)))

    def _place(self, question: Question) -> Place:
        return Place(question.channel, question.thread, since=question.ts)

    def _language(self, question: Question) -> Language:
        return self._fallback if question.spoken is Language.UNKNOWN else question.spoken
