"""Choosing the one or two sentences of a passage that answer a question, verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.sentence_fit import describe, describe_meaning
from knowledge.errors import UngroundedQuoteError
from knowledge.language.sentences import split_sentences
from knowledge.learned import learned
from knowledge.model import Passage
from knowledge.ports import Embedder, Vectors
from knowledge.searching.fusion import language_pair
from knowledge.searching.search import Found

SHORT = 60
"""Characters below which a sentence is quoted together with its neighbour."""
LONGEST = 700
"""Characters of a quote of two sentences; beyond that one stands alone."""
LONGEST_TABLE = 300
"""Characters up to which a table row is quoted from the table's top on, so that its columns have names."""
UNLIKELY = 0.001
"""Scores nearer than this to 0 or 1 count as this: no model is surer."""
NEIGHBOUR = 0.1
"""Share of the best sentence's probability from which its neighbour is quoted along."""
SURE = 0.75
"""Probability from which the words alone decide where the index does not know the sentences' vectors."""
SENTENCE_VECTORS = 12
"""Sentences of one passage that are embedded where the index does not know theirs and the words cannot tell."""
_LEANS_BACK = re.compile(
    r"^(se|sen|sitä|ne|niitä|tämä|tätä|nämä|näin|tällöin|lisäksi|siksi|den|det|detta|dessa|de|därför|dessutom|"
    r"it|this|these|they|that|therefore|also)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a passage, the sentence of it that answers, and how well that fits the question, 0 to 1."""

    text: str
    core: str
    score: float

    @property
    def log_odds(self) -> float:
        """The score on the scale of a hit's score, so that the two can be added."""
        likely = min(max(self.score, UNLIKELY), 1 - UNLIKELY)
        return math.log(likely / (1 - likely))


class Quoter:
    """Chooses quotes by words; where they do not tell, or the languages differ, by sentence vectors too."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def choose(self, found: Found, passage: Passage, title: str) -> Quote:
        """The best quote of one passage; raises UngroundedQuoteError if it were not verbatim."""
        sentences = split_sentences(passage.text, passage.language)
        above = " ".join((title, *passage.headings))
        scores = self._scores(found, passage, sentences, above)
        best = int(np.argmax(scores))
        first, last = _widen(sentences, scores, best)
        text = _slice(passage.text, sentences, first, last)
        if text not in passage.text:
            message = f"a quote of {len(text)} characters does not stand in passage {passage.id}"
            raise UngroundedQuoteError(message)
        return Quote(text, sentences[best], round(float(scores[best]), 4))

    def _scores(self, found: Found, passage: Passage, sentences: Sequence[str], above: str) -> NDArray[np.float64]:
        """The probability of each sentence to hold the answer, if one does."""
        described = describe(found.question, sentences, passage.language, above)
        known = found.sentence_vectors.get(passage.id, ())
        if len(sentences) > 1 and len(known) == len(sentences):
            return _by_meaning(described, np.asarray(known), found, passage)
        by_words = learned("quoting")["words"].probability(described)
        pair = language_pair(found.language, passage.language)
        if len(sentences) == 1 or (pair == "same" and by_words.max() >= SURE):
            return by_words
        chosen = np.sort(np.argsort(-by_words, kind="stable")[:SENTENCE_VECTORS])
        vectors = self._embedder.embed_passages([sentences[at] for at in chosen])
        scores = np.zeros(len(sentences))
        scores[chosen] = _by_meaning(described[chosen], vectors, found, passage)
        return scores


def _by_meaning(
    described: NDArray[np.float64], vectors: Vectors, found: Found, passage: Passage
) -> NDArray[np.float64]:
    cosines = (vectors @ found.query.toward(passage.language)).astype(np.float64)
    model = learned("quoting")[language_pair(found.language, passage.language)]
    return model.probability(describe_meaning(described, cosines))


def _widen(sentences: Sequence[str], scores: NDArray[np.float64], best: int) -> tuple[int, int]:
    """A sentence that cannot stand alone takes its neighbour along; a table row its header where that is near."""
    chosen = sentences[best]
    if chosen.startswith("|"):
        top = best
        while top > 0 and sentences[top - 1].startswith("|"):
            top -= 1
        return (top, best) if sum(map(len, sentences[top : best + 1])) <= LONGEST_TABLE else (best, best)
    if (_LEANS_BACK.match(chosen) or sentences[best - 1].endswith(":")) and _fits(sentences, best - 1, best):
        return best - 1, best
    if (chosen.endswith((":", "?")) or len(chosen) < SHORT) and _fits(sentences, best, best + 1):
        return best, best + 1
    neighbours = [at for at in (best - 1, best + 1) if _fits(sentences, min(at, best), max(at, best))]
    likely = [at for at in neighbours if scores[at] >= NEIGHBOUR * scores[best]]
    other = max(likely, key=lambda at: float(scores[at]), default=best)
    return min(best, other), max(best, other)


def _fits(sentences: Sequence[str], first: int, last: int) -> bool:
    """Whether these neighbours exist and make a quote that is no longer than allowed and no half of a table."""
    if first < 0 or last >= len(sentences) or any(sentences[at].startswith("|") for at in (first, last)):
        return False
    return sum(map(len, sentences[first : last + 1])) <= LONGEST


def _slice(text: str, sentences: Sequence[str], first: int, last: int) -> str:
    """The piece of the text from the first sentence's beginning to the last one's end."""
    position, start = 0, 0
    for number, sentence in enumerate(sentences[: last + 1]):
        position = text.index(sentence, position)
        start = position if number == first else start
        position += len(sentence)
    return text[start:position]
