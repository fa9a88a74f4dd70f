"""Whether a sentence that was written says what its source says: words, meaning and particulars, sentence by sentence.

Words and particulars are decided by rule, nearness of meaning by thresholds; `python -m tests.grounding` measures both
on sentences in three languages of which it is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge.answering.amounts import figures, months
from knowledge.answering.clauses import clauses
from knowledge.answering.light_words import is_light
from knowledge.answering.orders import gives_orders
from knowledge.answering.particulars import amounts_stand, names_stand, turns_stand
from knowledge.answering.turns import is_negated
from knowledge.language.analysis import gram_string, gram_terms, lemma_terms, words
from knowledge.language.sentences import split_sentences
from knowledge.language.stop_words import STOP_WORDS
from knowledge.model import Language
from knowledge.ports import Embedder, Vectors
from knowledge.searching.coverage import lemmas_of

LEANS_BACK = re.compile(
    r"^(?:\w+\s){0,3}(?:se|sen|sitä|siihen|sillä|siitä|ne|niiden|niitä|niistä|tämä|tämän|tällöin|"
    r"den|det|dess|dem|detta|dessa|it|its|they|them|their|this|these|that|those)\b",
    re.IGNORECASE,
)
"""A sentence that speaks of what the one before it named."""
SHORTEST = 1e-9
"""No vector is taken for shorter than this."""
SPELT_ALIKE = 0.6
"""Share of a word's n-grams from which it counts as there."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where a sentence counts as supported.

    `same` and `across` are the cosine in one language and between two, and `margin` how much nearer another sentence of
    the passage may be than the one that supports.
    """

    same: float = 0.55
    across: float = 0.5
    margin: float = 0.1


class Evidence:
    """What one passage can support: its sentences but for those that give orders to a machine.

    `above` is title and headings, of which the same is true.
    """

    def __init__(self, text: str, language: Language, above: Sequence[str], embedder: Embedder) -> None:
        self.language = language
        self.sentences = [each for each in split_sentences(text, language) if not gives_orders(each)]
        self.title = " – ".join(each for each in above if not gives_orders(each))
        self._embedder = embedder

    @property
    def whole(self) -> str:
        """Title and sentences: where a name may stand."""
        return " ".join((self.title, *self.sentences))

    def around(self, at: int) -> str:
        """What a sentence may speak of: its own words, those above, and where it leans back the sentence before it."""
        before = self.sentences[at - 1] if at and LEANS_BACK.search(self.sentences[at]) else ""
        return " ".join((self.title, before, self.sentences[at]))

    @cached_property
    def vectors(self) -> Vectors:
        """The sentences' vectors; shape (sentences, dimension)."""
        return without_language(self._embedder, self.sentences, self.language)


class Judge:
    """Decides whether evidence supports a claim."""

    def __init__(self, embedder: Embedder, thresholds: Thresholds = Thresholds()) -> None:
        self._embedder = embedder
        self._thresholds = thresholds

    def supports(self, evidence: Evidence, claim: str, language: Language) -> bool:
        """Whether one sentence of the passage says what the claim says, or two neighbours each a part of it."""
        if not evidence.sentences or not names_stand(claim, language, evidence.whole):
            return False
        cosines = evidence.vectors @ without_language(self._embedder, [claim], language)[0]
        if language is not evidence.language:
            return self._says_abroad(evidence, cosines, claim, language)
        near = self._near(cosines, self._thresholds.same)
        if any(_says(evidence, at, claim, language) for at in near):
            return True
        return any(
            self._say_together(evidence, at, claim, language)
            for at in range(len(evidence.sentences) - 1)
            if near.intersection((at, at + 1))
        )

    def _say_together(self, evidence: Evidence, at: int, claim: str, language: Language) -> bool:
        """Whether this sentence and the next each say a part; one alone that says each part does not say the whole."""
        saying = [{here for here in (at, at + 1) if _says(evidence, here, part, language)} for part in clauses(claim)]
        return all(saying) and not set.intersection(*saying)

    def _near(self, cosines: Vectors, least: float) -> set[int]:
        """The sentences whose meaning is near enough: of several only those about as near as the nearest."""
        return {int(at) for at in np.flatnonzero(cosines >= max(least, cosines.max() - self._thresholds.margin))}

    def _says_abroad(self, evidence: Evidence, cosines: Vectors, claim: str, language: Language) -> bool:
        """The same where no words can be shared: of the nearest sentence, if those about as near do not deny it."""
        near = self._near(cosines, self._thresholds.across)
        nearest = evidence.sentences[int(cosines.argmax())]
        denied = {is_negated(evidence.sentences[at], evidence.language) for at in near}
        if denied != {is_negated(claim, language)} or bool(figures(nearest)) > bool(figures(claim)):
            return False
        return _keeps_particulars(claim, language, nearest, evidence.language)


def _says(evidence: Evidence, at: int, claim: str, language: Language) -> bool:
    """Whether this sentence says it, in the same language."""
    source = evidence.sentences[at]
    if _plain(claim) == _plain(source):
        return True
    return _names_its_words(evidence, at, claim) and _keeps_particulars(claim, language, source, language)


def _keeps_particulars(claim: str, language: Language, source: str, spoken: Language) -> bool:
    return turns_stand(claim, language, source, spoken) and amounts_stand(claim, language, source, spoken)


def without_language(embedder: Embedder, texts: Sequence[str], language: Language) -> Vectors:
    """The texts' vectors without what all texts of their language have in common; shape (texts, dimension).

    Sentences of two languages are told apart by what they say only so.
    """
    vectors = embedder.embed_passages(texts)
    if language not in embedder.language_means:
        return vectors
    own = vectors - embedder.language_means[language]
    lengths: Vectors = np.linalg.norm(own, axis=1, keepdims=True)
    return np.asarray(own / np.maximum(lengths, SHORTEST), dtype=np.float32)


def _names_its_words(evidence: Evidence, at: int, claim: str) -> bool:
    """Whether each word of the claim that says something stands in the sentence, or above it."""
    own, around = content_words(claim, evidence.language), evidence.around(at)
    held = [_stands(word, around, evidence) for word in own]
    return any(held) and all(has or is_light(word, evidence.language) for word, has in zip(own, held, strict=True))


def _stands(word: str, around: str, evidence: Evidence) -> bool:
    """Whether the word stands there; of a compound its last part, if the passage has the others."""
    language = evidence.language
    if _has(around, word, language):
        return True
    _, *parts = lemma_terms(word, language)
    return (
        len(parts) > 1
        and _has(around, parts[-1], language)
        and all(_has(evidence.whole, part, language) for part in parts[:-1])
    )


def content_words(text: str, language: Language) -> list[str]:
    """The words that say what the text is about; numbers and months are held against the source as what they are."""
    stop = STOP_WORDS[language]
    return [word for word in words(text) if word not in stop and not (word.isdigit() or figures(word) or months(word))]


def _has(text: str, word: str, language: Language) -> bool:
    """Whether the word stands in the text, in whatever form."""
    if lemmas_of(text, language).intersection(lemma_terms(word, language)[:1]):
        return True
    grams, letters = gram_terms(word), gram_string(text)
    return sum(gram in letters for gram in grams) >= SPELT_ALIKE * len(grams)


def _plain(text: str) -> str:
    return re.sub(r"[\s.!]+", " ", text).strip().casefold()
