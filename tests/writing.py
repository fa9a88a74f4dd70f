"""What tests of written answers share: the misbehaving server as a process, and a small shelf of one passage each."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from knowledge.adapters.openai_model import OpenAIModel
from knowledge.answering.rendering import render
from knowledge.answering.writing import Writer
from knowledge.model import Answer, AnswerStatus, Document, Language, Passage, PassageId, Reason
from knowledge.ports import Embedder, LanguageModel, UnitOfWorkFactory
from tests.builders import citation
from tests.language_model_server import encoded

DATA = Path(__file__).parent / "data"
INJECTIONS = DATA / "injections.jsonl"


@dataclass(frozen=True, slots=True)
class ModelServer:
    """The server's address by mode, and what it was asked."""

    port: int

    def address(self, mode: str, words: str = "") -> str:
        """Where the server behaves so; `words` are what it shall say."""
        return f"http://127.0.0.1:{self.port}/{mode}{'.' + encoded(words) if words else ''}/v1"

    def asked(self) -> list[dict[str, Any]]:
        """Every request so far."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/asked") as reply:
            requests: list[dict[str, Any]] = json.load(reply)
        return requests


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """The server in a process of its own, which ends with its standard input."""
    command = [sys.executable, "-m", "tests.language_model_server", str(INJECTIONS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as process:
        assert process.stdout is not None
        yield ModelServer(int(process.stdout.readline()))
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


class OnePassage:
    """A `knowledge.ports.UnitOfWorkFactory` that can only read passages, here this one."""

    def __init__(self, passage: Passage, document: Document) -> None:
        self._held = {passage.id: (passage, document)}
        self.documents = self

    @contextmanager
    def reading(self) -> Iterator[OnePassage]:
        """Itself."""
        yield self

    def passages(self, numbers: Sequence[PassageId]) -> dict[PassageId, tuple[Passage, Document]]:
        """Those of the numbers that it holds."""
        return {number: self._held[number] for number in numbers if number in self._held}


def quoted(passage: Passage, document: Document, language: Language) -> Answer:
    """The answer that quotes the passage's first sentence, as it is without a model."""
    quote = passage.text.split(". ")[0].rstrip(".") + "."
    cited = citation(
        quote,
        document=document.id,
        passage=passage.id,
        title=document.title,
        publisher=document.publisher,
        headings=passage.headings,
        language=passage.language,
    )
    return render(Answer(AnswerStatus.ANSWERED, Reason.NONE, language, "", (cited,), evidence=0.9))


def writer(
    model: LanguageModel, embedder: Embedder, passage: Passage, document: Document, *, seconds: float = 10
) -> Writer:
    """A writer over one passage."""
    uow = cast(UnitOfWorkFactory, OnePassage(passage, document))
    return Writer(model, embedder, uow, seconds=seconds)


@contextmanager
def model_at(address: str) -> Iterator[OpenAIModel]:
    """The real adapter, closed in the end."""
    model = OpenAIModel(address, "small-model", "sk-secret-key")
    yield model
    model.close()
