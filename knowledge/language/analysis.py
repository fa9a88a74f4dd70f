"""Text to index terms: lemmas with the parts of compounds, and character n-grams inside words.

The n-grams are of simplified letters, so that slips of the pen and loanwords of another language still share most:
`tekoly` has most of `tekoäly`, and `physics` some of `fysiikka`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from knowledge.language.lemmas import base_form, is_known
from knowledge.language.stop_words import STOP_WORDS
from knowledge.model import Language

WORD = re.compile(r"\w+(?:[-'’:]\w+)*", re.UNICODE)
GRAM = 4
SHORTEST_PART = 3
SHORTEST_COMPOUND = 8
CACHED_WORDS = 200_000
COMPOUNDING = frozenset({Language.FI, Language.SV})
LINKS = {Language.FI: ("", "-"), Language.SV: ("", "s", "-")}
"""What stands between the parts of a compound."""
SIMPLER = (
    *(("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("x", "ks"), ("qu", "kv"), ("q", "k"), ("w", "v")),
    *(("z", "s"), ("c", "k"), ("sh", "s"), ("j", "i")),
)
"""Letters that languages and writers choose differently for the same sound, in the order of replacing."""
_DOUBLED = re.compile(r"([^\W\d_])\1+")


def words(text: str) -> list[str]:
    """The lower-cased words of a text in order; digits and codes count as words."""
    return [match.group().casefold() for match in WORD.finditer(text)]


def lemma_terms(text: str, language: Language) -> list[str]:
    """Lemmas in order, each followed by its compound parts; stop words are left out."""
    terms: list[str] = []
    for word in words(text):
        if word not in STOP_WORDS.get(language, frozenset()):
            terms.extend(_word_terms(word, language))
    return terms


def gram_terms(text: str) -> list[str]:
    """Character 4-grams within words of simplified letters, with word borders marked; shorter words whole."""
    return [gram for word in words(text) for gram in _grams(word)]


def gram_string(text: str) -> str:
    """The text's simplified words with their borders: holds a term of `gram_terms` just where the text has it."""
    return "".join(map(_bounded, words(text)))


@lru_cache(CACHED_WORDS)
def _bounded(word: str) -> str:
    return f"^{_simplified(word)}$"


@lru_cache(CACHED_WORDS)
def _grams(word: str) -> tuple[str, ...]:
    bounded = _bounded(word)
    if len(bounded) <= GRAM:
        return (bounded,)
    return tuple(bounded[start : start + GRAM] for start in range(len(bounded) - GRAM + 1))


def _simplified(word: str) -> str:
    """The word without marks on letters and without doubled letters, spelt as simply as it sounds."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    for written, simpler in SIMPLER:
        plain = plain.replace(written, simpler)
    return _DOUBLED.sub(r"\1", plain)


@lru_cache(CACHED_WORDS)
def _word_terms(word: str, language: Language) -> tuple[str, ...]:
    pieces = [word, *(part for part in re.split(r"[-'’:]", word) if part)] if re.search(r"[-'’:]", word) else [word]
    terms: dict[str, None] = {}
    for piece in pieces:
        lemma = _lemma(piece, language)
        terms.setdefault(lemma)
        if language in COMPOUNDING:
            terms.update(dict.fromkeys(_parts(lemma, language)))
    return tuple(terms)


def _lemma(word: str, language: Language) -> str:
    return word if any(letter.isdigit() for letter in word) else base_form(word, language)


def _parts(lemma: str, language: Language) -> tuple[str, ...]:
    """The known words that make up the lemma, and those that make them up, as lemmas; nothing where it is no compound.

    `potilastietojärjestelmä` holds `tietojärjestelmä` and by that `järjestelmä`.
    """
    return tuple(_lemma(part, language) for part in _nested(lemma, language))


def _nested(word: str, language: Language) -> Iterator[str]:
    if len(word) < SHORTEST_COMPOUND:
        return
    for part in min(_splits(word, language, 3), key=lambda parts: (len(parts), -len(parts[-1])), default=()):
        yield part
        yield from _nested(part, language)


def _splits(word: str, language: Language, depth: int) -> Iterator[tuple[str, ...]]:
    if depth == 0:
        return
    for middle in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head = word[:middle]
        if not _is_word(head, language):
            continue
        for link in LINKS[language]:
            if not word.startswith(link, middle):
                continue
            tail = word[middle + len(link) :]
            if len(tail) < SHORTEST_PART:
                continue
            if _is_word(tail, language):
                yield (head, tail)
            for rest in _splits(tail, language, depth - 1):
                yield (head, *rest)


@lru_cache(CACHED_WORDS)
def _is_word(word: str, language: Language) -> bool:
    return word not in STOP_WORDS[language] and is_known(word, language)
