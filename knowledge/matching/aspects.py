"""What two sentences have in common, told by how their words begin: a problem, a technology, data, else a topic."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.language.analysis import words
from knowledge.model import Aspect

CUES = Path(__file__).parent / "aspects.tsv"


def aspect_of(one: str, other: str) -> Aspect:
    """The aspect that both speak of, by the most words; of several the first of the file. TOPIC where there is none."""
    strengths = {aspect: min(_count(one, aspect), _count(other, aspect)) for aspect in cues()}
    best = max(strengths, key=lambda aspect: strengths[aspect])
    return best if strengths[best] else Aspect.TOPIC


@cache
def cues() -> Mapping[Aspect, tuple[str, ...]]:
    """How words of each aspect begin, in all languages together."""
    lines = [line for line in CUES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    cells = [line.split("\t") for line in lines]
    return {Aspect(name): tuple(" ".join(stems).split()) for name, *stems in cells}


def _count(text: str, aspect: Aspect) -> int:
    return sum(word.startswith(cues()[aspect]) for word in words(text))
