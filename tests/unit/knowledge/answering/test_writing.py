"""The writer by itself: when it asks the model, what it keeps, and when the quotes stand alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import pytest

from knowledge.answering.writing import QuotesAlone, Writer
from knowledge.errors import ModelCutShortError
from knowledge.model import Answer, AnswerStatus, Language, PassageId, Reason
from knowledge.ports import Message
from tests.builders import document, passage
from tests.fakes import SmallEmbedder
from tests.writing import quoted, writer

FOUND = passage("Pilotti alkoi toukokuussa. Pilotti päättyi elokuussa. Mukana oli 48 lääkäriä.")
QUESTION = "Milloin pilotti alkoi?"


class Says:
    """A `knowledge.ports.LanguageModel` that says what it is told, and breaks off where it is told to."""

    def __init__(self, reply: str, *, breaks: bool = False) -> None:
        self._reply = reply
        self._breaks = breaks
        self.asked: list[Sequence[Message]] = []

    def stream(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Iterator[str]:
        """The reply, word by word."""
        assert most_tokens > 0 < seconds
        self.asked.append(messages)
        yield from (f"{word} " for word in self._reply.split())
        if self._breaks:
            raise ModelCutShortError


def _writer(model: Says) -> Writer:
    return writer(model, SmallEmbedder(), FOUND, document())


def _answer() -> Answer:
    return quoted(FOUND, document(), Language.FI)


def test_true_sentences_are_kept_and_heard() -> None:
    """Each sentence that the source says is kept with its mark, once."""
    heard: list[str] = []
    model = Says("Pilotti alkoi toukokuussa [1]. Pilotti alkoi toukokuussa [1]. Pilotti päättyi elokuussa [1].")
    answer = _writer(model).write(QUESTION, _answer(), heard.append)
    assert heard == ["Pilotti alkoi toukokuussa [1].", "Pilotti päättyi elokuussa [1]."]
    assert answer.written == " ".join(heard)
    assert answer.took_ms > 0


def test_a_false_sentence_between_true_ones_is_removed() -> None:
    """What is left, being more than half, is shown without it."""
    model = Says("Pilotti alkoi toukokuussa [1]. Mukana oli 84 lääkäriä [1]. Pilotti päättyi elokuussa [1].")
    answer = _writer(model).write(QUESTION, _answer())
    assert answer.written == "Pilotti alkoi toukokuussa [1]. Pilotti päättyi elokuussa [1]."
    assert not answer.held_back


def test_less_than_half_is_nothing() -> None:
    """Where most of the reply is not grounded, nothing of it is shown, and the answer says so."""
    model = Says("Pilotti alkoi toukokuussa [1]. Ministeriö maksoi kaikille osallistujille suuren palkkion [1].")
    answer = _writer(model).write(QUESTION, _answer())
    assert (answer.written, answer.held_back) == ("", True)
    assert answer.text.startswith("En saanut kirjoitettua vastausta")
    assert "”Pilotti alkoi toukokuussa.”" in answer.text


def test_a_cut_reply_is_none() -> None:
    """Sentences heard before the break are void: the answer is the one without a model."""
    heard: list[str] = []
    model = Says("Pilotti alkoi toukokuussa [1]. Pilotti päättyi", breaks=True)
    assert _writer(model).write(QUESTION, _answer(), heard.append) == _answer()
    assert heard == ["Pilotti alkoi toukokuussa [1]."]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": AnswerStatus.REFUSED, "reason": Reason.CLINICAL_ADVICE},
        {"status": AnswerStatus.NOT_FOUND, "reason": Reason.UNSURE},
        {"citations": ()},
        {"citations": (dataclasses.replace(_answer().citations[0], passage=PassageId(99)),)},
    ],
)
def test_only_an_answer_with_its_sources_is_written(changes: dict[str, object]) -> None:
    """Refused, not found, without citations, or with a passage that is gone: the model is not asked."""
    model, answer = Says("Pilotti alkoi toukokuussa [1]."), dataclasses.replace(_answer(), **changes)  # type: ignore[arg-type]
    assert _writer(model).write(QUESTION, answer) == answer
    assert model.asked == []


def test_a_replaced_version_says_nothing() -> None:
    """A quote of an earlier version is neither sent nor a ground, though it still stands below."""
    [cited] = _answer().citations
    answer = dataclasses.replace(_answer(), citations=(dataclasses.replace(cited, is_superseded=True),))
    model = Says("Pilotti alkoi toukokuussa [1].")
    after = _writer(model).write(QUESTION, answer)
    assert (after, model.asked) == (answer, [])


def test_without_a_model_the_answer_stays() -> None:
    """The writer of an installation that has no model changes nothing."""
    assert QuotesAlone().write(QUESTION, _answer()) == _answer()
