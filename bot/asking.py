"""Answering one question where it was asked; a failure ends in a sentence with a reference, never in silence."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.audience import Audiences
from bot.blocks.answers import consultation_message, failure_message, first_words, working_text
from bot.blocks.conversation import loading_texts, with_note_on_files, with_understanding
from bot.conversing import Conversing
from bot.delivery import (
    Outgoing,
    Place,
    SlackUnavailableError,
    UndeliverableError,
    UnfitMessageError,
)
from bot.failures import note_failure
from bot.metrics import QUESTIONS
from bot.naming import Naming
from bot.questions import Question
from bot.spoken import SpokenIn
from bot.streaming import Reader, Streams
from bot.voices import Voice
from knowledge.answering.consulting import Consultant, Consultation
from knowledge.answering.following import Understood
from knowledge.answering.writing import OnBegin, OnSentence, nobody_listens
from knowledge.conduct.crisis import speaks_of_crisis
from knowledge.conduct.rules import WITHHELD
from knowledge.members.listing import Viewer
from knowledge.model import AnswerStatus, QuestionId, member_id
from knowledge.ports import Clock
from knowledge.privacy import Personal, personal_data_in

_log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How a try to answer ended."""

    ANSWERED = "answered"
    UNAVAILABLE = "unavailable"
    WAITING = "waiting"
    UNDELIVERABLE = "undeliverable"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears an answer while it is written; nobody where not said."""

    on_sentence: OnSentence = nobody_listens
    on_begin: OnBegin = nobody_listens


class Asking:
    """Answers questions; safe to try again at any point."""

    def __init__(
        self,
        consultant: Consultant,
        audiences: Audiences,
        naming: Naming,
        conversing: Conversing,
        streams: Streams,
        clock: Clock,
        spoken_in: SpokenIn,
    ) -> None:
        self._consultant = consultant
        self._audiences = audiences
        self._naming = naming
        self._conversing = conversing
        self._streams = streams
        self._delivery = streams.delivery
        self._clock = clock
        self._spoken_in = spoken_in

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
        if question.response_url:
            url = question.response_url
            self._say(question, Ears(), lambda message: self._delivery.respond(url, message))
            return
        turn = self._conversing.turn(question) if question.edited else None
        if turn is not None and turn.answer:
            place, ts = self._place(question), turn.answer
            self._say(question, Ears(), lambda message: self._delivery.update(place, ts, message))
            return
        with self._voice(question, doubtful=doubtful) as voice:
            ears = Ears(voice.say, lambda answer: voice.begin(first_words(answer)))
            self._say(question, ears, voice.tell)
        self._conversing.answered(question, voice.ts)

    def _say(self, question: Question, ears: Ears, tell: Callable[[Outgoing], None]) -> None:
        message = self._message(question, ears)
        if message is None:
            self._conversing.let_be(question)
            return
        try:
            tell(message)
        except UnfitMessageError:
            reference = note_failure(f"Slack does not take the answer to question {question.id}")
            tell(failure_message(reference, self._spoken_in(question)))

    def _voice(self, question: Question, *, doubtful: bool) -> Voice:
        reader = Reader(question.user, question.user_team or question.team)
        return Voice(self._streams, self._place(question), question.id, reader, doubtful=doubtful)

    def _message(self, question: Question, ears: Ears) -> Outgoing | None:
        """The answer; None to a question that nobody asked Solmu, where there is none."""
        try:
            understood = self._conversing.understand(question)
            question, understood = _fit_to_keep(question, understood)
            self._conversing.begin(question, _kept(understood.text))
            found = self._look_up(question, understood, ears)
            names = self._naming.names([*found.listing.seen, *found.may_know.seen])
        except SlackUnavailableError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, whoever asked is told
            QUESTIONS.labels("failed").inc()
            reference = note_failure(f"question {question.id} failed")
            return None if question.is_overheard else failure_message(reference, self._spoken_in(question))
        if question.is_overheard and found.answer.status is not AnswerStatus.ANSWERED:
            return None
        asked = "" if question.ts else question.text
        message = consultation_message(found, names, self._clock(), asked=asked, about=QuestionId(question.id))
        if understood.follows:
            message = with_understanding(message, understood.text, found.answer.language)
        if not question.has_files:
            return message
        return with_note_on_files(message, found.answer.language, has_text=bool(question.text or question.withheld))

    def _look_up(self, question: Question, understood: Understood, ears: Ears) -> Consultation:
        if question.withheld:
            # One that an earlier version withheld tells no kind: then there was one only.
            reason = WITHHELD[Personal(question.personal or Personal.IDENTITY_CODE)]
            found = self._consultant.refuse_personal_data(self._spoken_in(question), reason)
        else:
            asker = member_id(question.team, question.user)
            is_private = question.is_direct or bool(question.response_url)
            viewer = Viewer(asker, self._audiences.of(question), is_private)
            wished, otherwise = understood.language, self._spoken_in(question)
            found = self._consultant.ask(
                understood.text, viewer, ears.on_sentence, ears.on_begin, language=wished, otherwise=otherwise
            )
            found = dataclasses.replace(found, is_for_outsider=is_private and not viewer.sees_people)
        self._conversing.keep(question, _kept(understood.text), found.answer)
        QUESTIONS.labels(found.answer.status.value).inc()
        return found

    def _show_working(self, question: Question) -> None:
        # Slack takes it away when a reply comes: to a changed question none does, to an overheard one not always.
        if question.thread and not question.edited and not question.is_overheard:
            language = self._spoken_in(question)
            self._delivery.show_working(self._place(question), working_text(language), loading_texts(language))

    def _place(self, question: Question) -> Place:
        return Place(question.channel, question.thread, since=question.ts)


def _kept(text: str) -> str:
    """What is kept of a question: of a cry for help nothing, which may not come back to anybody's eyes."""
    return "" if speaks_of_crisis(text) else text


def _fit_to_keep(question: Question, understood: Understood) -> tuple[Question, Understood]:
    """A name in one message and an illness in the next are harmless alone, but not as the question that they make."""
    found = Personal.NONE if question.withheld else personal_data_in(understood.text)
    if found is Personal.NONE:
        return question, understood
    return dataclasses.replace(question, text="", withheld=True, personal=found.value), Understood("")
