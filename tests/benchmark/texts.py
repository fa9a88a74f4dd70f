"""Passages that read like the sample's but are as many as wanted: real sentences, their words partly replaced.

Words are drawn by Zipf's law from a vocabulary of made-up words with the endings of their language, so that a few
postings grow with the collection, most stay short, and new words keep coming, as in life.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.language.sentences import split_sentences
from knowledge.model import Language, Passage, PassageDraft

VOCABULARY = 60_000
OFFSET = 2.7
"""Mandelbrot's correction: without it the first word would be every tenth one."""
REPLACED = 0.4
"""Share of a sentence's longer words that are replaced."""
SHORTEST_REPLACED = 5
SENTENCES = (7, 14)
"""From how many to how many a passage has: about 100 words."""
SYLLABLES = {
    Language.FI: ("ka", "lo", "vai", "mi", "tuo", "sää", "nö", "rek", "hal", "pii", "juu", "ter", "vas", "kym", "lei"),
    Language.SV: ("be", "för", "sam", "han", "ling", "vår", "sjö", "med", "ut", "stad", "häl", "sö", "kun", "ska"),
    Language.EN: ("con", "ter", "ple", "ment", "ra", "dis", "ver", "so", "lin", "care", "tho", "mar", "pro", "sta"),
}
ENDINGS = {
    Language.FI: ("", "n", "ssa", "sta", "lla", "lle", "ja", "iden", "issa", "ksi", "nsa", "mme"),
    Language.SV: ("", "en", "et", "er", "erna", "ens", "ade", "ande"),
    Language.EN: ("", "s", "ed", "ing", "ly", "ness"),
}


class Texts:
    """An endless supply, the same for the same seed and the same base."""

    def __init__(self, base: Sequence[Passage], seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._sentences = _sentences(base)
        counts = np.array([len(of) for of in self._sentences.values()])
        self._languages = list(self._sentences)
        self._shares = counts / counts.sum()
        self._words = {language: _vocabulary(language) for language in self._languages}
        self._reach = np.cumsum(1 / (np.arange(VOCABULARY) + OFFSET))

    def passage(self) -> PassageDraft:
        """The next one, in a language of the base, each as often as there."""
        language = self._languages[self._random.choice(len(self._languages), p=self._shares)]
        known = self._sentences[language]
        chosen = self._random.integers(len(known), size=self._random.integers(*SENTENCES))
        text = " ".join(self._vary(known[at], language) for at in chosen)
        return PassageDraft(text, None, (), language)

    def _vary(self, words: Sequence[str], language: Language) -> str:
        drawn = np.searchsorted(self._reach, self._random.random(len(words)) * self._reach[-1])
        replaced = self._random.random(len(words)) < REPLACED
        vocabulary = self._words[language]
        return " ".join(
            vocabulary[rank] if swap and len(word) >= SHORTEST_REPLACED and word.isalpha() else word
            for word, swap, rank in zip(words, replaced, drawn, strict=True)
        )


def _sentences(base: Sequence[Passage]) -> Mapping[Language, list[list[str]]]:
    found: dict[Language, list[list[str]]] = {language: [] for language in SYLLABLES}
    for passage in base:
        for sentence in split_sentences(passage.text, passage.language):
            if passage.language in found and not sentence.startswith(("|", "#")):
                found[passage.language].append(sentence.split())
    return {language: sentences for language, sentences in found.items() if sentences}


def _vocabulary(language: Language) -> list[str]:
    """Stems of two syllables and more, each with every ending, in an order that mixes them."""
    stems = itertools.chain.from_iterable(
        map("".join, itertools.product(SYLLABLES[language], repeat=length)) for length in (2, 3, 4)
    )
    inflected = (stem + ending for stem in stems for ending in ENDINGS[language])
    words = list(itertools.islice(inflected, VOCABULARY))
    np.random.default_rng(len(words)).shuffle(words)
    return words
