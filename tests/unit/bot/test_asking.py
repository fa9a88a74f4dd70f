"""One question, answered where it was asked: whatever goes wrong, whoever asked is told or the question is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Self, cast

import pytest
from slack_sdk import WebClient

from bot.asking import Asking, Outcome
from bot.audience import Audiences
from bot.blocks.closing import ASK_NETWORK
from bot.conversing import Conversing
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError, UnfitMessageError
from bot.naming import Naming
from bot.questions import Question
from bot.spoken import spoken_by_asker
from bot.streaming import Streams
from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.answering.consulting import Consultant, Consultation
from knowledge.answering.conversations import Conversations
from knowledge.answering.following import Understood
from knowledge.answering.writing import OnBegin, OnSentence, nobody_listens
from knowledge.members.listing import Viewer
from knowledge.model import (
    Answer,
    AnswerStatus,
    AskedQuestion,
    Audience,
    GivenAnswer,
    Language,
    MemberId,
    Reason,
    Shown,
    Turn,
)
from knowledge.ports import UnitOfWorkFactory
from tests.builders import turn
from tests.fakes import NOON, SetClock

QUESTION = Question("message:T1:C1:1.1", "T1", "U1", "T1", "C1", False, "1.1", "1.1", "", "Milloin?", "fi")  # noqa: FBT003
BY_COMMAND = Question("command:T1:9", "T1", "U1", "", "C1", False, "", "", "https://hooks.example/1", "Milloin?", "fi")  # noqa: FBT003


class FakeConsultant:
    """Answers with one sentence, or fails; keeps what it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[tuple[str, Viewer]] = []

    def ask(
        self,
        text: str,
        viewer: Viewer,
        on_sentence: OnSentence,
        on_begin: OnBegin,
        *,
        language: Language,
        otherwise: Language,
    ) -> Consultation:
        """The sentence, which nobody hears before."""
        assert language is Language.UNKNOWN
        assert on_sentence is not on_begin or on_begin is nobody_listens
        self.asked.append((text, viewer))
        self.otherwise = otherwise
        if self.error:
            raise self.error
        return Consultation(Answer(AnswerStatus.NOT_FOUND, Reason.THIN_EVIDENCE, Language.FI, "En löytänyt."))

    def refuse_personal_data(self, language: Language, reason: Reason = Reason.PERSONAL_DATA) -> Consultation:
        """The refusal."""
        return Consultation(Answer(AnswerStatus.REFUSED, reason, language, "Siinä on henkilötunnus."))


class FakeNaming:
    """Nobody has a name."""

    def names(self, people: Iterable[Shown]) -> dict[MemberId, str]:
        """None."""
        assert not list(people)
        return {}


class FakeQuestions:
    """A store that only keeps questions: its own unit of work, and its own factory; beside it lies the ledger."""

    def __init__(self, ledger: Path = Path("nobody-was-erased")) -> None:
        self.ledger = FileLedger(ledger)
        self.questions = self
        self.ratings = self
        self.given: list[GivenAnswer] = []
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

    def record(self, answer: GivenAnswer) -> None:
        """Keep what the answer was made of."""
        self.given.append(answer)

    def commit(self) -> None:
        """Keep what was added."""
        self.kept += self._added


class FakeConversations:
    """Remembers what was asked; `turn` is what is known of every message before."""

    def __init__(self, turn: Turn | None = None) -> None:
        self.turn = turn
        self.remembered: list[Turn] = []
        self.answers: list[str] = []

    def understand(self, question: str, *_: str) -> Understood:
        """`Entä Kuusijoella?` after something else."""
        whole = "Missä Kuusijoella?"
        return Understood(whole, follows=True) if question.startswith("Entä") else Understood(question)

    def remember(self, turn: Turn) -> None:
        """Keep it."""
        self.remembered.append(turn)

    def answered(self, _question: str, _channel: str, _ts: str, answer: str) -> None:
        """Keep where."""
        self.answers.append(answer)

    def remove(self, _question: str) -> None:
        """Forget it."""
        self.remembered.clear()

    def find(self, _channel: str, _ts: str) -> Turn | None:
        """What is known."""
        return self.turn


class FakeDelivery:
    """Keeps what was sent where; `failures` are raised by the next posts, one each."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.sent: list[tuple[str, str]] = []
        self.looked_up: list[str] = []

    def show_working(self, place: Place, status: str, loading: Sequence[str]) -> None:
        """Nothing is shown."""

    def update(self, place: Place, ts: str, message: Outgoing) -> None:
        """Keep it under the message that it replaces."""
        assert place.channel == "C1"
        self._send(ts, message)

    def post(self, place: Place, message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """Keep it under its thread."""
        assert (mark, doubtful) == (QUESTION.id, False)
        self.blocks = str(message.blocks)
        return self._send(place.thread, message)

    def messages(self, place: Place) -> list[dict[str, str]]:
        """Nothing stands there yet; that it was looked at is kept."""
        self.looked_up.append(place.thread)
        return []

    def respond(self, response_url: str, message: Outgoing) -> None:
        """Keep it under its address."""
        self._send(response_url, message)

    def _send(self, where: str, message: Outgoing) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((where, message.text))
        return "2.2"


class FakeAudiences:
    """Everybody is a member, unless it is said otherwise, or Slack cannot be asked."""

    def __init__(self, error: Exception | None = None, audience: Audience = Audience.MEMBERS) -> None:
        self.error = error
        self.audience = audience

    def of(self, _question: Question) -> Audience:
        """The same for all."""
        if self.error:
            raise self.error
        return self.audience


def _answer(
    delivery: FakeDelivery,
    question: Question = QUESTION,
    *,
    consultant: FakeConsultant | None = None,
    audiences: FakeAudiences | None = None,
    store: FakeQuestions | None = None,
    conversations: FakeConversations | None = None,
    doubtful: bool = False,
) -> Outcome:
    store = store or FakeQuestions()
    asking = Asking(
        cast(Consultant, consultant or FakeConsultant()),
        cast(Audiences, audiences or FakeAudiences()),
        cast(Naming, FakeNaming()),
        Conversing(
            cast(Conversations, conversations or FakeConversations()),
            cast(UnitOfWorkFactory, store),
            SetClock(),
            store.ledger,
        ),
        Streams(WebClient("xoxb-1"), cast(Delivery, delivery), "U0BOT", is_written=False),
        SetClock(),
        spoken_by_asker({MemberId("T1:U1"): Language.EN}.__getitem__),
    )
    return asking.answer(question, doubtful=doubtful)


def test_whoever_is_erased_while_they_are_answered_is_answered_and_nothing_is_kept(tmp_path: Path) -> None:
    """Whoever was erased before they asked has come back: what they ask then is kept as anybody's."""
    asked_at = f"{NOON.timestamp() - 5:.6f}"
    for seconds, question, kept in (
        (-1, replace(QUESTION, ts=asked_at), 0),
        (-9, replace(QUESTION, ts=asked_at), 1),
        (0, BY_COMMAND, 0),
        (-1, BY_COMMAND, 1),
    ):
        store, delivery = FakeQuestions(tmp_path / f"{seconds}{question.ts}"), FakeDelivery()
        talks = FakeConversations()
        store.ledger.note(MemberId("T1:U1"), NOON + timedelta(seconds=seconds))
        assert _answer(delivery, question, store=store, conversations=talks) is Outcome.ANSWERED
        assert (len(delivery.sent), len(store.kept), len(talks.remembered)) == (1, kept, kept if question.ts else 0)


def test_a_ledger_out_of_reach_costs_nobody_their_answer(tmp_path: Path) -> None:
    """Nobody can tell then whether the asker was erased meanwhile: the question is not kept."""
    store, delivery, usual = FakeQuestions(tmp_path), FakeDelivery(), FakeDelivery()
    for each, kept in ((delivery, store), (usual, FakeQuestions())):
        assert _answer(each, store=kept) is Outcome.ANSWERED
    assert delivery.sent == usual.sent
    assert store.kept == []


def test_an_answer_goes_where_it_was_asked() -> None:
    """Into the thread, or under the command's address; the question is kept with who asked it."""
    delivery, store, consultant = FakeDelivery(), FakeQuestions(), FakeConsultant()
    assert _answer(delivery, store=store, consultant=consultant, doubtful=True) is Outcome.ANSWERED
    assert _answer(delivery, BY_COMMAND) is Outcome.ANSWERED
    assert delivery.sent == [("1.1", "En löytänyt."), ("https://hooks.example/1", "En löytänyt.")]
    assert delivery.looked_up == ["1.1"]
    assert consultant.asked == [("Milloin?", Viewer(MemberId("T1:U1"), Audience.MEMBERS, is_private=False))]
    assert [(kept.id, kept.asker, kept.text) for kept in store.kept] == [(QUESTION.id, "T1:U1", "Milloin?")]


def test_a_follow_up_is_answered_as_it_is_understood() -> None:
    """The asker sees what it was taken to mean; that is what is kept, for what follows."""
    delivery, store, consultant, memory = FakeDelivery(), FakeQuestions(), FakeConsultant(), FakeConversations()
    leaning = replace(QUESTION, text="Entä Kuusijoella?")
    assert _answer(delivery, leaning, store=store, consultant=consultant, conversations=memory) is Outcome.ANSWERED
    assert [text for text, _ in consultant.asked] == ["Missä Kuusijoella?"]
    assert "Ymmärsin kysymyksesi näin: Missä Kuusijoella?" in delivery.blocks
    assert [kept.text for kept in store.kept] == ["Missä Kuusijoella?"]
    assert [(turn.id, turn.thread, turn.text) for turn in memory.remembered] == [
        (QUESTION.id, "1.1", "Missä Kuusijoella?")
    ]
    assert memory.answers == ["2.2"]


def test_a_changed_question_changes_its_answer() -> None:
    """The message that answers it is replaced; nothing new is posted."""
    delivery = FakeDelivery()
    changed = replace(QUESTION, id=f"{QUESTION.id}:edited:3.3", edited="3.3")
    assert _answer(delivery, changed, conversations=FakeConversations(turn())) is Outcome.ANSWERED
    assert [where for where, _ in delivery.sent] == [turn().answer]


def test_a_command_leaves_no_conversation() -> None:
    """No message shows it, so that nothing can follow."""
    memory = FakeConversations()
    assert _answer(FakeDelivery(), BY_COMMAND, conversations=memory) is Outcome.ANSWERED
    assert (memory.remembered, memory.answers) == ([], [])


def test_a_question_from_a_form_is_remembered_with_its_answer() -> None:
    """No message shows it, but others may follow beneath what answers it."""
    memory, asked = FakeConversations(), replace(QUESTION, is_direct=True, ts="", thread="")
    assert _answer(FakeDelivery(), asked, conversations=memory) is Outcome.ANSWERED
    assert [(turn.id, turn.text) for turn in memory.remembered] == [(QUESTION.id, "Milloin?")]
    assert memory.answers == ["2.2"]


def test_what_is_attached_is_said_not_to_be_read() -> None:
    """One sentence below the answer, in the notification too."""
    delivery = FakeDelivery()
    assert _answer(delivery, replace(QUESTION, has_files=True)) is Outcome.ANSWERED
    assert delivery.sent[0][1] == "En löytänyt. En lukenut liitetiedostoa, vastasin vain viestin tekstiin."


def test_nothing_is_said_of_a_text_where_there_was_none() -> None:
    """Only a file was sent; a text that was withheld was one."""
    delivery = FakeDelivery()
    for alone in (
        replace(QUESTION, has_files=True, text=""),
        replace(QUESTION, has_files=True, text="", withheld=True),
    ):
        assert _answer(delivery, alone) is Outcome.ANSWERED
    assert [text for _, text in delivery.sent] == [
        "En löytänyt. En lukenut liitetiedostoa.",
        "Siinä on henkilötunnus. En lukenut liitetiedostoa, vastasin vain viestin tekstiin.",
    ]


@pytest.mark.parametrize(("language", "otherwise"), [("fi", Language.FI), ("und", Language.EN)])
def test_what_is_in_no_language_is_answered_in_the_askers(language: str, otherwise: Language) -> None:
    """They chose English; a question in Finnish is answered in Finnish all the same."""
    consultant = FakeConsultant()
    assert _answer(FakeDelivery(), replace(QUESTION, text="THL", language=language), consultant=consultant)
    assert consultant.otherwise is otherwise


@pytest.mark.parametrize(
    ("audience", "is_direct", "is_offered"),
    [(Audience.PUBLIC, True, False), (Audience.MEMBERS, True, True), (Audience.PUBLIC, False, True)],
    ids=["guest alone", "member alone", "where guests read along"],
)
def test_a_guest_is_not_sent_to_the_network(audience: Audience, is_direct: bool, is_offered: bool) -> None:  # noqa: FBT001 - a table
    """They could not ask there; in a channel it is not known who is a guest, and whoever presses is told."""
    delivery = FakeDelivery()
    asked = replace(QUESTION, is_direct=is_direct)
    assert _answer(delivery, asked, audiences=FakeAudiences(audience=audience)) is Outcome.ANSWERED
    assert (ASK_NETWORK in delivery.blocks) is is_offered


def test_a_withheld_question_is_refused_unread() -> None:
    """Its text is gone already: nothing is looked up, and an empty text is kept."""
    delivery, store, consultant = FakeDelivery(), FakeQuestions(), FakeConsultant()
    withheld = Question(**(QUESTION.as_plain() | {"text": "", "withheld": True}))
    assert _answer(delivery, withheld, store=store, consultant=consultant) is Outcome.ANSWERED
    assert delivery.sent[0][1] == "Siinä on henkilötunnus."
    assert consultant.asked == []
    assert [kept.text for kept in store.kept] == [""]


def test_nothing_is_kept_of_a_cry_for_help() -> None:
    """It is answered as any other is; its words stand neither among the questions nor in the conversation."""
    delivery, store, consultant, memory = FakeDelivery(), FakeQuestions(), FakeConsultant(), FakeConversations()
    cry = replace(QUESTION, text="En jaksa enää elää.")
    assert _answer(delivery, cry, store=store, consultant=consultant, conversations=memory) is Outcome.ANSWERED
    assert [text for text, _ in consultant.asked] == ["En jaksa enää elää."]
    assert [kept.text for kept in store.kept] == [""]
    assert [turn.text for turn in memory.remembered] == [""]


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
    overheard = replace(QUESTION, is_overheard=True)
    delivery, store, conversations = FakeDelivery(), FakeQuestions(), FakeConversations()
    assert _answer(delivery, overheard, store=store, conversations=conversations) is Outcome.ANSWERED
    assert conversations.remembered == []
    assert _answer(delivery, overheard, consultant=FakeConsultant(RuntimeError("broken"))) is Outcome.ANSWERED
    assert delivery.sent == []
    assert [each.status for each in store.kept] == [AnswerStatus.NOT_FOUND]
