"""Over the sample's real passages: what is quoted may be written too, and with another number it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from knowledge.answering.writing import Writer
from knowledge.evaluation.own import read_questions
from knowledge.language.sentences import split_sentences
from knowledge.model import Answer, AnswerStatus, Audience
from knowledge.ports import Message
from knowledge.wiring import Knowledge
from tests.sample import QUESTIONS

EVERY = 5
"""Which of the questions are asked: a fifth of them takes seconds."""


class Repeats:
    """A `knowledge.ports.LanguageModel` that says sentences it was given, citing the first source."""

    def __init__(self) -> None:
        self.sentences: Sequence[str] = ()

    def stream(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Iterator[str]:
        """Each with its mark."""
        assert messages
        assert most_tokens > 0 < seconds
        yield from (f"{sentence.rstrip('.')} [1]. " for sentence in self.sentences)


@pytest.fixture(scope="module")
def asked(sample: Knowledge) -> list[tuple[str, Answer, list[str]]]:
    """Questions with their answers and the sentences of the first quote, where that is in the asker's language."""
    found = []
    for question in list(read_questions(QUESTIONS))[::EVERY]:
        answer = sample.answerer.ask(question.text, audience=Audience.MEMBERS)
        if answer.status is AnswerStatus.ANSWERED and answer.citations:
            cited = answer.citations[0]
            split = split_sentences(cited.quote, cited.language) if cited.language is answer.language else []
            plain = [each.lstrip("-* ") for each in split if each.endswith(".") and not each.startswith(("|", "#"))]
            found.append((question.text, answer, plain))
    return [each for each in found if each[2]]


def _written(sample: Knowledge, asked: Sequence[tuple[str, Answer, list[str]]]) -> list[str]:
    """What is kept of each answer's sentences."""
    model = Repeats()
    writer = Writer(model, sample.embedder, sample.store, seconds=5)
    kept = []
    for question, answer, sentences in asked:
        model.sentences = sentences
        kept.append(writer.write(question, answer).written)
    return kept


def test_what_is_quoted_may_be_written(sample: Knowledge, asked: list[tuple[str, Answer, list[str]]]) -> None:
    """A model that repeats its source word for word is believed every time."""
    sentences = [len(each[2]) for each in asked]
    assert sum(sentences) > 30
    assert [text.count("[1]") for text in _written(sample, asked)] == sentences


def test_with_another_number_it_may_not(sample: Knowledge, asked: list[tuple[str, Answer, list[str]]]) -> None:
    """The same sentences with their first number changed are held back every time."""
    changed = [
        (question, answer, [re.sub(r"\d+", _other, each, count=1) for each in sentences if re.search(r"\d", each)])
        for question, answer, sentences in asked
    ]
    changed = [each for each in changed if each[2]]
    assert len(changed) > 10
    assert [text for text in _written(sample, changed) if text] == []


def _other(number: re.Match[str]) -> str:
    return str(int(number[0]) + 17)
