"""Questions whose answering sentence is known: passages cut into sentences, those that hold the answer marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from knowledge.evaluation.collection import Collection
from knowledge.evaluation.indexing import PASSAGE_WORDS
from knowledge.language.detecting import detect_language
from knowledge.language.sentences import pack_sentences, split_sentences
from knowledge.model import Document, Language, Passage, PassageId

ENGLISH = "en-"
STEM = 4
"""Letters of a name that stay the same in every inflected form."""
FRAGMENT = 15
"""Letters from which a sentence that is part of the answer counts as holding it."""
ENDING = 2
"""Letters of a name's end that inflection may change."""
_TELLING = re.compile(r"\d[\d,.]*\d|\d|[A-ZÅÄÖ][\w-]{3,}")


@dataclass(frozen=True, slots=True)
class Quotable:
    """A question with the sentences of the passage that answers it; `holds` marks those with the answer."""

    question: str
    asked_in: Language
    document: str
    language: Language
    above: str
    sentences: tuple[str, ...]
    holds: tuple[bool, ...]


def quotables(queries: Path, collection: Collection) -> list[Quotable]:
    """The questions of a set whose answer is told by its offset, or by names and numbers in one sentence only.

    `queries` tells the answers; questions in English find theirs under the id of the same question in Finnish.
    """
    raw = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    asked = {str(question["id"]): question for question in raw}
    texts = {document.id: document.text for document in collection.documents}
    found = []
    for question in collection.questions:
        document = next(iter(collection.relevant[question.id]))
        passage = _passage(texts[document], asked.get(question.id.removeprefix(ENGLISH), {}))
        if passage is not None:
            language = detect_language(texts[document])
            spoken = detect_language(question.text)
            found.append(Quotable(question.text, spoken, document, language, "", *passage))
    return found


def own_quotables(questions: Path, passages: Iterable[tuple[Passage, Document]]) -> list[Quotable]:
    """Questions about documents that Solmu indexed, each with the first passage of its document that has the answer.

    A line of the file names the `question`, its `document` (the last part of its key) and the `answer`, word by word.
    """
    return [marked[0][1] for _, marked in own_answers(questions, passages) if marked]


def own_answers(
    questions: Path, passages: Iterable[tuple[Passage, Document]]
) -> list[tuple[Mapping[str, Any], list[tuple[PassageId, Quotable]]]]:
    """Every line of such a file with the passages of its document that have the answer."""
    by_name: dict[str, list[tuple[Passage, Document]]] = {}
    for passage, document in passages:
        by_name.setdefault(PurePath(document.key).name, []).append((passage, document))
    found = []
    for line in map(json.loads, questions.read_text(encoding="utf-8").splitlines()):
        theirs = by_name.get(line["document"] or "", ())
        marked = [(passage.id, _marked(line, passage, document)) for passage, document in theirs]
        found.append((line, [(number, each) for number, each in marked if any(each.holds)]))
    return found


def _marked(line: Mapping[str, Any], passage: Passage, document: Document) -> Quotable:
    sentences = tuple(split_sentences(passage.text, passage.language))
    expected = _plain(line["answer"])
    written = [_plain(sentence) for sentence in sentences]
    holds = tuple(expected in each or (len(each) > FRAGMENT and each in expected) for each in written)
    above = " ".join((document.title, *passage.headings))
    spoken = detect_language(line["question"])
    return Quotable(line["question"], spoken, document.key, passage.language, above, sentences, holds)


def _plain(text: str) -> str:
    """The words alone: bold signs and the borders of table cells are no part of an answer."""
    return " ".join(re.sub(r"[*_|#>`]", " ", text).split()).casefold()


def _passage(text: str, question: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[bool, ...]] | None:
    sentences = split_sentences(text, detect_language(text))
    holds = _by_offset(text, sentences, question) if "start" in question else _by_names(sentences, question)
    groups = pack_sentences(sentences, PASSAGE_WORDS)
    for group, marks in zip(groups, _regrouped(groups, holds), strict=True):
        if any(marks) and len(group) > 1:
            return tuple(group), tuple(marks)
    return None


def _regrouped(groups: Sequence[Sequence[str]], holds: Sequence[bool]) -> Iterator[Sequence[bool]]:
    start = 0
    for group in groups:
        yield holds[start : start + len(group)]
        start += len(group)


def _by_offset(text: str, sentences: Sequence[str], question: Mapping[str, Any]) -> list[bool]:
    begin = int(question["start"])
    end = begin + len(question["answer"])
    holds, position = [], 0
    for sentence in sentences:
        position = text.index(sentence, position)
        holds.append(position < end and position + len(sentence) > begin)
        position += len(sentence)
    return holds


def _by_names(sentences: Sequence[str], question: Mapping[str, Any]) -> list[bool]:
    for answer in question.get("answers_en", ()):
        telling = _TELLING.findall(answer)
        holds = [bool(telling) and all(_stands_in(piece, sentence) for piece in telling) for sentence in sentences]
        if sum(holds) == 1:
            return holds
    return [False] * len(sentences)


def _stands_in(piece: str, sentence: str) -> bool:
    if not piece[0].isdigit():
        return piece[: max(STEM, len(piece) - ENDING)].casefold() in sentence.casefold()
    written = {piece, piece.replace(",", " "), piece.replace(",", "."), piece.replace(".", ","), piece.replace(",", "")}
    return any(re.search(rf"(?<!\d){re.escape(form)}(?!\d)", sentence) for form in written)
