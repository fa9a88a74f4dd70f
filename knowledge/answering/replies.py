"""A language model's reply as it comes, cut into whole sentences with the sources that each one names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.language.sentences import split_sentences
from knowledge.model import Language

_MARK = re.compile(r"\[\s*(?:source|lähde|källa)?\s*(\d+(?:\s*[,;]\s*\d+)*)\s*\]", re.IGNORECASE)
_MARKS_BEHIND = re.compile(r"([.!?…]+[”\"')]*)\s*((?:\[[^\[\]\n]{1,20}\]\s*)+)")
_ENDED = re.compile(r"(?<=\][.!?])\s+")
_THOUGHTS = re.compile(r"\s*<think>.*?</think>", re.DOTALL)
_THINKS = re.compile(r"\s*<think>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}")
_BULLET = re.compile(r"^\s*(?:[-*+•–#>]+\s+|\d{1,2}[.)]\s+)+")
_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?])")
_BEGUN = re.compile(r"[^\W\d_]\S*\s")
"""A first word and what parts it from the second: only then is it sure that the sentence before has ended."""


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence without its marks, and the numbers of the sources that it names."""

    text: str
    sources: tuple[int, ...]


def sentences_of(pieces: Iterable[str], language: Language) -> Iterator[WrittenSentence]:
    """Each sentence as soon as it is whole; what a model thought aloud before is left out."""
    rest = ""
    for piece in pieces:
        rest += piece
        if _THINKS.match(rest) and not _THOUGHTS.match(rest):
            continue
        whole, rest = _split(_THOUGHTS.sub("", rest, count=1) if _THOUGHTS.match(rest) else rest, language)
        yield from map(_read, whole)
    if not _THINKS.match(rest):
        yield from map(_read, _sentences(rest, language))


def _split(text: str, language: Language) -> tuple[list[str], str]:
    """The sentences that are whole, and what has come of the next one."""
    parts = _sentences(text, language)
    if len(parts) <= 1 or not _BEGUN.match(f"{parts[-1]}{' ' if text[-1:].isspace() else ''}"):
        return [], text
    return parts[:-1], parts[-1] + (" " if text[-1:].isspace() else "")


def _sentences(text: str, language: Language) -> list[str]:
    """The sentences so far. Marks behind a full stop belong to the sentence before it; marks before one end it."""
    parts = _ENDED.split(_MARKS_BEHIND.sub(r" \2\1 ", text))
    return [sentence for part in parts for sentence in split_sentences(part, language)]


def _read(sentence: str) -> WrittenSentence:
    sources = tuple(int(number) for match in _MARK.finditer(sentence) for number in re.findall(r"\d+", match[1]))
    plain = _LINK.sub(r"\1", _MARK.sub("", sentence))
    plain = _EMPHASIS.sub("", _BULLET.sub("", plain))
    return WrittenSentence(_BEFORE_STOP.sub("", " ".join(plain.split())), tuple(dict.fromkeys(sources)))
