"""Choosing the one or two sentences of a passage that answer a question, verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.analysis import gram_terms, lemma_terms
from knowledge.errors import UngroundedQuoteError
from knowledge.model import Language, Passage
from knowledge.ports import Embedder
from knowledge.search import Found
from knowledge.sentences import split_sentences

SHORT = 60
"""Characters below which a sentence is quoted together with its neighbour."""
LONGEST = 700
"""Characters of a quote of two sentences; beyond that one stands alone."""
NUMBER_BONUS = 0.15
"""What a number adds where the question asks for one."""
SENTENCE_VECTORS = 10
"""Sentences of one passage that are embedded where the words cannot tell."""
_ASKS_NUMBER = re.compile(
    r"\b(milloin|kuinka|paljonko|montako|monta|monenko|miten (?:usein|pitkä|kauan|paljon)|mihin mennessä|"
    r"när|hur (?:många|mycket|länge|ofta|stor|snabbt)|vilket (?:år|datum)|inom vilken|"
    r"when|how (?:many|much|long|often|large|soon)|what (?:year|date|share|percentage))\b",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"^(se|sen|sitä|ne|niitä|tämä|tätä|nämä|näin|tällöin|lisäksi|siksi|den|det|detta|dessa|de|därför|dessutom|"
    r"it|this|these|they|that|therefore|also)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a passage and how well it fits the question, 0 to 1."""

    text: str
    score: float


class Quoter:
    """Chooses quotes by shared words; where question and passage differ in language, by sentence vectors."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def choose(self, found: Found, passage: Passage) -> Quote:
        """The best quote of one passage; raises UngroundedQuoteError if it were not verbatim."""
        sentences = split_sentences(passage.text, passage.language)
        scores = self._scores(found, passage, sentences)
        best = max(range(len(sentences)), key=lambda at: (scores[at], -at))
        first, last = _widen(sentences, scores, best)
        text = _slice(passage.text, sentences, first, last)
        if text not in passage.text:
            message = f"a quote of {len(text)} characters does not stand in passage {passage.id}"
            raise UngroundedQuoteError(message)
        return Quote(text, round(min(1.0, max(0.0, scores[best])), 4))

    def _scores(self, found: Found, passage: Passage, sentences: Sequence[str]) -> list[float]:
        shares = coverage(found.question, sentences, passage.language)
        wants_number = bool(_ASKS_NUMBER.search(found.question))
        scores = [
            share + (NUMBER_BONUS if wants_number and _DIGIT.search(sentence) else 0.0)
            for share, sentence in zip(shares, sentences, strict=True)
        ]
        if found.language is passage.language or Language.UNKNOWN in {found.language, passage.language}:
            return scores
        return self._by_meaning(found, sentences, scores)

    def _by_meaning(self, found: Found, sentences: Sequence[str], scores: list[float]) -> list[float]:
        """Across languages words are few: the cosine decides, and shared names and numbers help."""
        chosen = sorted(range(len(sentences)), key=lambda at: -scores[at])[:SENTENCE_VECTORS]
        vectors = self._embedder.embed_passages([sentences[at] for at in chosen])
        cosines = vectors @ found.vector
        result = [0.0] * len(sentences)
        for at, cosine in zip(chosen, cosines, strict=True):
            result[at] = float(cosine) + 0.1 * scores[at]
        return result


def coverage(question: str, sentences: Sequence[str], language: Language) -> list[float]:
    """The share of the question that each sentence covers, by lemmas and 5-grams, rare ones counting more; 0 to 1."""
    by_lemma = _weighted_shares(
        set(lemma_terms(question, language)), [set(lemma_terms(sentence, language)) for sentence in sentences]
    )
    kept = " ".join(lemma_terms(question, language)) or question
    by_gram = _weighted_shares(set(gram_terms(kept)), [set(gram_terms(sentence)) for sentence in sentences])
    return [(lemma + gram) / 2 for lemma, gram in zip(by_lemma, by_gram, strict=True)]


def _weighted_shares(wanted: set[str], texts: Sequence[set[str]]) -> list[float]:
    weights = {term: math.log(1 + (len(texts) + 1) / (0.5 + sum(term in text for text in texts))) for term in wanted}
    total = sum(weights.values())
    return [sum(weights[term] for term in wanted & text) / total if total else 0.0 for text in texts]


def _widen(sentences: Sequence[str], scores: Sequence[float], best: int) -> tuple[int, int]:
    """A sentence that cannot stand alone takes its neighbour along; a table row its header where that is near."""
    chosen = sentences[best]
    if chosen.startswith("|"):
        top = best
        while top > 0 and sentences[top - 1].startswith("|"):
            top -= 1
        return (top, best) if sum(map(len, sentences[top : best + 1])) <= LONGEST else (best, best)
    before, after = best - 1, best + 1
    if best > 0 and (_LEANS_BACK.match(chosen) or sentences[before].endswith(":")) and _fits(sentences, before, best):
        return before, best
    if (
        after < len(sentences)
        and (chosen.endswith((":", "?")) or len(chosen) < SHORT)
        and _fits(sentences, best, after)
    ):
        return best, after
    if after < len(sentences) and scores[after] >= 0.8 * scores[best] > 0 and _fits(sentences, best, after):
        return best, after
    return best, best


def _fits(sentences: Sequence[str], first: int, last: int) -> bool:
    return sum(map(len, sentences[first : last + 1])) <= LONGEST and not sentences[last].startswith("|")


def _slice(text: str, sentences: Sequence[str], first: int, last: int) -> str:
    """The piece of the text from the first sentence's beginning to the last one's end."""
    position, start = 0, 0
    for number, sentence in enumerate(sentences[: last + 1]):
        position = text.index(sentence, position)
        start = position if number == first else start
        position += len(sentence)
    return text[start:position]
