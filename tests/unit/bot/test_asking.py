"""One question, answered where it was asked: whatever goes wrong, whoever asked is told or the question is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Self, cast

import pytest

from bot.asking import Asking, Outcome
from bot.audience import Audiences
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError, UnfitMessageError
from bot.naming import Naming
from bot.questions import Question
from knowledge.answering.consulting import Consultant, Consultation
from knowledge.members.listing import Viewer
from knowledge.model import Answer, AnswerStatus, AskedQuestion, Audience, Language, MemberId, Reason, Shown
from knowledge.ports import UnitOfWorkFactory
from tests.fakes import SetClock

QUESTION = Question("message:T1:C1:1.1", "T1", "U1", "T1", "C1", False, "1.1", "1.1", "", "Milloin?", "fi")  # noqa: FBT003
BY_COMMAND = Question("command:T1:9", "T1", "U1", "", "C1", False, "", "", "https://hooks.example/1", "Milloin?", "fi")  # noqa: FBT003


class FakeConsultant:
    """Answers with one sentence, or fails; keeps what it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[tuple[str, Viewer]] = []

    def ask(self, text: str, viewer: Viewer) -> Consultation:
        """The sentence."""
        self.asked.append((text, viewer))
        if self.error:
            raise self.error
        return Consultation(Answer(AnswerStatus.NOT_FOUND, Reason.THIN_EVIDENCE, Language.FI, "En löytänyt."))

    def refuse_personal_data(self, language: Language) -> Consultation:
        """The refusal."""
        return Consultation(Answer(AnswerStatus.REFUSED, Reason.PERSONAL_DATA, language, "Siinä on henkilötunnus."))


class FakeNaming:
    """Nobody has a name."""

    def names(self, people: Iterable[Shown]) -> dict[MemberId, str]:
        """None."""
        assert not list(people)
        return {}


class FakeQuestions:
    """A store that only keeps questions: its own unit of work, and its own factory."""

    def __init__(self) -> None:
        self.questions = self
        self._added: list[AskedQuestion] = []
        self.kept: list[AskedQuestion] = []

    def __call__(self) -> Self:
        """Begin."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._added.clear()

    def add(self, question: AskedQuestion) -> None:
        """Keep it once it is committed."""
        self._added.append(question)

    def commit(self) -> None:
        """Keep what was added."""
        self.kept += self._added


class FakeDelivery:
    """Keeps what was sent where; `failures` are raised by the next posts, one each."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.sent: list[tuple[str, str, bool]] = []

    def show_working(self, place: Place, status: str) -> None:
        """Nothing is shown."""

    def post(self, place: Place, message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """Keep it under its thread."""
        assert mark == QUESTION.id
        return self._send(place.thread, message, doubtful=doubtful)

    def respond(self, response_url: str, message: Outgoing) -> None:
        """Keep it under its address."""
        self._send(response_url, message, doubtful=False)

    def _send(self, where: str, message: Outgoing, *, doubtful: bool) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((where, message.text, doubtful))
        return "2.2"


class FakeAudiences:
    """Everybody is a member, unless Slack cannot be asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def of(self, _question: Question) -> Audience:
        """Members."""
        if self.error:
            raise self.error
        return Audience.MEMBERS


def _answer(
    delivery: FakeDelivery,
    question: Question = QUESTION,
    *,
    consultant: FakeConsultant | None = None,
    audiences: FakeAudiences | None = None,
    store: FakeQuestions | None = None,
    doubtful: bool = False,
) -> Outcome:
    asking = Asking(
        cast(Consultant, consultant or FakeConsultant()),
        cast(UnitOfWorkFactory, store or FakeQuestions()),
        cast(Audiences, audiences or FakeAudiences()),
        cast(Naming, FakeNaming()),
        cast(Delivery, delivery),
        SetClock(),
        Language.EN,
    )
    return asking.answer(question, doubtful=doubtful)


def test_an_answer_goes_where_it_was_asked() -> None:
    """Into the thread, or under the command's address; the question is kept with who asked it."""
    delivery, store, consultant = FakeDelivery(), FakeQuestions(), FakeConsultant()
    assert _answer(delivery, store=store, consultant=consultant, doubtful=True) is Outcome.ANSWERED
    assert _answer(delivery, BY_COMMAND) is Outcome.ANSWERED
    assert delivery.sent == [("1.1", "En löytänyt.", True), ("https://hooks.example/1", "En löytänyt.", False)]
    assert consultant.asked == [("Milloin?", Viewer(MemberId("T1:U1"), Audience.MEMBERS, is_private=False))]
    assert [(kept.id, kept.asker, kept.text) for kept in store.kept] == [(QUESTION.id, "T1:U1", "Milloin?")]


def test_a_withheld_question_is_refused_unread() -> None:
    """Its text is gone already: nothing is looked up, and an empty text is kept."""
    delivery, store, consultant = FakeDelivery(), FakeQuestions(), FakeConsultant()
    withheld = Question(**(QUESTION.as_plain() | {"text": "", "withheld": True}))
    assert _answer(delivery, withheld, store=store, consultant=consultant) is Outcome.ANSWERED
    assert delivery.sent[0][1] == "Siinä on henkilötunnus."
    assert consultant.asked == []
    assert [kept.text for kept in store.kept] == [""]


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "kerro ylläpidolle tunnus"), ("und", "try again")], ids=["Finnish", "unknown"]
)
def test_a_failure_inside_is_told_with_its_reference(
    caplog: pytest.LogCaptureFixture, language: str, words: str
) -> None:
    """In the question's language, or the one that was set; the log has the traceback under the same reference."""
    delivery = FakeDelivery()
    question = Question(**(QUESTION.as_plain() | {"language": language}))
    assert _answer(delivery, question, consultant=FakeConsultant(RuntimeError("broken"))) is Outcome.ANSWERED
    text = delivery.sent[0][1]
    assert words in text.replace("Try", "try")
    [record] = caplog.records
    assert record.getMessage().rsplit(" ", 1)[-1] in text
    assert record.exc_info


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (SlackUnavailableError("C1"), Outcome.UNAVAILABLE),
        (UndeliverableError("channel_not_found"), Outcome.UNDELIVERABLE),
        (AttributeError("a reply like no other"), Outcome.UNAVAILABLE),
    ],
    ids=["unavailable", "refused", "unheard of"],
)
def test_what_did_not_get_out_is_known(failure: Exception, outcome: Outcome, caplog: pytest.LogCaptureFixture) -> None:
    """What can help later is tried later; what never can is in the log."""
    assert _answer(FakeDelivery(failure)) is outcome
    assert QUESTION.id in caplog.text or outcome is Outcome.UNAVAILABLE


def test_an_answer_that_slack_does_not_take_is_told() -> None:
    """Another message goes the same way: a sentence with a reference."""
    for question in (QUESTION, BY_COMMAND):
        delivery = FakeDelivery(UnfitMessageError("invalid_blocks"))
        assert _answer(delivery, question) is Outcome.ANSWERED
        assert "kerro ylläpidolle tunnus" in delivery.sent[0][1]


def test_nothing_is_answered_while_it_is_unknown_who_sees_it() -> None:
    """Slack cannot be asked for the audience: the question waits, rather than being answered wrongly."""
    consultant, delivery = FakeConsultant(), FakeDelivery()
    unknown = FakeAudiences(SlackUnavailableError("users.info"))
    assert _answer(delivery, consultant=consultant, audiences=unknown) is Outcome.UNAVAILABLE
    assert (consultant.asked, delivery.sent) == ([], [])


def test_what_nobody_asked_is_answered_only_where_there_is_an_answer() -> None:
    """Neither the sentence that nothing was found nor a failure is told to people who talk with each other."""
    overheard = dataclasses.replace(QUESTION, is_overheard=True)
    delivery, store = FakeDelivery(), FakeQuestions()
    assert _answer(delivery, overheard, store=store) is Outcome.ANSWERED
    assert _answer(delivery, overheard, consultant=FakeConsultant(RuntimeError("broken"))) is Outcome.ANSWERED
    assert delivery.sent == []
    assert [each.status for each in store.kept] == [AnswerStatus.NOT_FOUND]
