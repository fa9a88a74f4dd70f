"""Question sets as files: `corpus.jsonl`, `distractors.jsonl`, `queries.jsonl`, `qrels.tsv`, unanswerable queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import SolmuError


class CollectionError(SolmuError):
    """A question set cannot be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A document or a question of a set; `answer` are the words that answer a question, where the set tells them."""

    id: str
    title: str
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A set: documents, questions with the documents that answer them, and questions without an answer."""

    documents: tuple[Line, ...]
    questions: tuple[Line, ...]
    relevant: Mapping[str, frozenset[str]]
    unanswerable: tuple[Line, ...]


def read_collection(folder: Path, corpus: Path | None = None) -> Collection:
    """Read a set; the documents from `corpus` where that is another folder. Raises CollectionError."""
    base = corpus or folder
    relevant = _judgements(folder / "qrels.tsv")
    unanswerable = folder / "queries_unanswerable.jsonl"
    distractors = base / "distractors.jsonl"
    return Collection(
        _lines(base / "corpus.jsonl") + (_lines(distractors) if distractors.exists() else ()),
        tuple(line for line in _lines(folder / "queries.jsonl") if line.id in relevant),
        relevant,
        _lines(unanswerable) if unanswerable.exists() else (),
    )


def _judgements(path: Path) -> dict[str, frozenset[str]]:
    relevant: dict[str, frozenset[str]] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        try:
            question, document, *grade = line.split("\t")
            if not grade or float(grade[0]) > 0:
                relevant[question] = relevant.get(question, frozenset()) | {document}
        except ValueError as error:
            message = f"Line {number} of {path} is not `question<TAB>document<TAB>grade`."
            raise CollectionError(message) from error
    return relevant


def _lines(path: Path) -> tuple[Line, ...]:
    lines = []
    for number, raw in enumerate(_text(path).splitlines(), 1):
        try:
            content: dict[str, Any] = json.loads(raw)
            title, answer = (str(content.get(name) or "") for name in ("title", "answer"))
            lines.append(Line(str(content["id"]), title, str(content["text"]), answer))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"Line {number} of {path} is not a JSON object with `id` and `text`."
            raise CollectionError(message) from error
    return tuple(lines)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        message = (
            f"{path} cannot be read ({error.strerror}); name a folder with corpus.jsonl, queries.jsonl and qrels.tsv."
        )
        raise CollectionError(message) from error
