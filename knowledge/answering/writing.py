"""An answer in a language model's words, of which only what its sources say is kept; else the quotes stand alone.

The model decides nothing: what was found is found before, it sees the cited passages and no others, and a sentence is
shown only after it has been checked against the passage that it names.
"""

from __future__ import annotations

import dataclasses
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.answering.grounding import Evidence, Judge
from knowledge.answering.prompting import prompt
from knowledge.answering.rendering import render
from knowledge.answering.replies import WrittenSentence, sentences_of
from knowledge.errors import LanguageModelError
from knowledge.language.detecting import detect_language
from knowledge.model import Answer, AnswerStatus, Language
from knowledge.ports import Embedder, LanguageModel, UnitOfWorkFactory
from knowledge.privacy import personal_data_in

MOST_TOKENS = 700
LEAST_KEPT = 0.5
"""Share of the reply's letters below which what remains is not shown: it may have lost its sense."""
_LIKE_ADDRESS = re.compile(r"\S*(?:://|www\.|[@<>|\\{}#]|\w{2,}\.[a-z]{2,}\b)\S*", re.IGNORECASE)
_log = logging.getLogger(__name__)
OnSentence = Callable[[str], None]
OnBegin = Callable[[Answer], None]


def nobody_listens(_: object) -> None:
    """For who wants the whole answer only."""


class AnswerWriter(Protocol):
    """Puts an answer into words, or leaves it as it is."""

    def write(
        self,
        question: str,
        answer: Answer,
        on_sentence: OnSentence = nobody_listens,
        on_begin: OnBegin = nobody_listens,
    ) -> Answer:
        """The answer with what was written; `on_sentence` hears each sentence once it has been checked.

        `on_begin` hears, before anything is written, the answer that is to be put into words.
        """
        ...


class QuotesAlone:
    """The writer where there is no language model."""

    def write(
        self,
        question: str,  # noqa: ARG002
        answer: Answer,
        on_sentence: OnSentence = nobody_listens,  # noqa: ARG002
        on_begin: OnBegin = nobody_listens,  # noqa: ARG002
    ) -> Answer:
        """The answer as it is."""
        return answer


@dataclass(slots=True)
class _Draft:
    """What has come of a reply so far, and what of it is kept."""

    kept: list[str] = field(default_factory=list)
    kept_letters: int = 0
    letters: int = 0
    cites: bool = False

    @property
    def is_enough(self) -> bool:
        return bool(self.kept) and self.kept_letters >= LEAST_KEPT * self.letters


class Writer:
    """Writes answers with a language model and keeps of them what is grounded."""

    def __init__(self, model: LanguageModel, embedder: Embedder, uow: UnitOfWorkFactory, *, seconds: float) -> None:
        self._model = model
        self._embedder = embedder
        self._judge = Judge(embedder)
        self._uow = uow
        self._seconds = seconds

    def write(
        self,
        question: str,
        answer: Answer,
        on_sentence: OnSentence = nobody_listens,
        on_begin: OnBegin = nobody_listens,
    ) -> Answer:
        """The answer with `written`; with the quotes alone where the model fails or too little of it is grounded.

        Nothing is sent for a question that was not answered, nor where question or sources hold a personal identity
        code. What `on_sentence` heard is void where the answer that is returned has nothing written.
        """
        started = time.perf_counter()
        sources = self._sources(question, answer)
        if not sources:
            return answer
        on_begin(answer)
        draft = _Draft()
        try:
            self._fill(draft, question, answer.language, sources, on_sentence)
        except LanguageModelError as error:
            _log.warning("the language model gave no whole reply: %s %s", type(error).__name__, error)
            return answer
        _log.info("of %d letters written %d are grounded", draft.letters, draft.kept_letters)
        written = " ".join(draft.kept) if draft.is_enough else ""
        took_ms = answer.took_ms + round((time.perf_counter() - started) * 1000, 2)
        return render(
            dataclasses.replace(answer, written=written, held_back=draft.cites and not written, took_ms=took_ms)
        )

    def _sources(self, question: str, answer: Answer) -> list[Evidence]:
        """The cited passages in the order of the citations; none where nothing may be written.

        A version that a newer one has replaced is quoted below, but says nothing here.
        """
        if answer.status is not AnswerStatus.ANSWERED or not answer.citations or personal_data_in(question):
            return []
        with self._uow.reading() as work:
            passages = work.documents.passages([citation.passage for citation in answer.citations])
        found = [passages[citation.passage] for citation in answer.citations if citation.passage in passages]
        if len(found) < len(answer.citations) or any(personal_data_in(passage.text) for passage, _ in found):
            return []
        sources = [
            Evidence(
                "" if citation.is_superseded else each.text,
                each.language,
                (document.title, *each.headings),
                self._embedder,
            )
            for citation, (each, document) in zip(answer.citations, found, strict=True)
        ]
        return sources if any(source.sentences for source in sources) else []

    def _fill(
        self, draft: _Draft, question: str, language: Language, sources: Sequence[Evidence], on_sentence: OnSentence
    ) -> None:
        reply = self._model.stream(prompt(question, language, sources), most_tokens=MOST_TOKENS, seconds=self._seconds)
        for sentence in sentences_of(reply, language):
            draft.letters += len(sentence.text)
            draft.cites = draft.cites or bool(sentence.sources)
            grounds = self._grounds(sentence, language, sources)
            if not grounds:
                continue
            draft.kept_letters += len(sentence.text)
            shown = _with_marks(sentence.text, grounds)
            if shown not in draft.kept:
                draft.kept.append(shown)
                on_sentence(shown)

    def _grounds(self, sentence: WrittenSentence, language: Language, sources: Sequence[Evidence]) -> list[int]:
        """The numbers of the sources that say it, of those it names; none where it names one that there is not."""
        text = sentence.text
        if not all(1 <= number <= len(sources) for number in sentence.sources) or text.endswith(("?", ":")):
            return []
        if detect_language(text) not in {language, Language.UNKNOWN}:
            return []
        return [number for number in sentence.sources if self._says(sources[number - 1], text, language)]

    def _says(self, source: Evidence, text: str, language: Language) -> bool:
        return _has_no_address_of_its_own(text, source) and self._judge.supports(source, text, language)


def _has_no_address_of_its_own(text: str, source: Evidence) -> bool:
    """Whether links, mentions and marks of any markup stand in the source as they are written."""
    return all(match.group().strip(".,;:()") in source.whole for match in _LIKE_ADDRESS.finditer(text))


def _with_marks(text: str, grounds: Sequence[int]) -> str:
    """The sentence with the numbers of its sources before its full stop."""
    return f"{text.rstrip('.!… ')} {''.join(f'[{number}]' for number in grounds)}."
