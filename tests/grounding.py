"""`python -m tests.grounding`: how many true and false sentences the check of written answers tells right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.answering.grounding import Evidence, Judge
from knowledge.model import Language
from knowledge.ports import Embedder

SENTENCES = Path(__file__).parent / "data" / "supported_sentences.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim about a passage: what it is, and what was decided."""

    language: Language
    source: Language
    kind: str
    text: str
    is_true: bool
    is_supported: bool
    group: int


def judge_all(embedder: Embedder) -> Iterator[Judged]:
    """Every sentence of the set, judged."""
    judge = Judge(embedder)
    for number, line in enumerate(SENTENCES.read_text(encoding="utf-8").splitlines()):
        group = json.loads(line)
        source = Language(group["language"])
        evidence = Evidence(group["passage"], source, [group["title"]], embedder)
        for claim in group["claims"]:
            language = Language(claim["language"])
            supported = judge.supports(evidence, claim["text"], language)
            yield Judged(language, source, claim["kind"], claim["text"], claim["supported"], supported, number)
