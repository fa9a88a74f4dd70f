"""Whether words name an event: by base forms in any of the languages, by synonyms, and through slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from knowledge.events.frames import is_eventful, nouns_in, without_frame
from knowledge.language.analysis import words
from knowledge.language.stop_words import STOP_WORDS
from knowledge.members.terms import Word, by_words
from knowledge.model import Announcement
from knowledge.searching.crossing import LANGUAGES
from knowledge.searching.synonyms import Synonyms

ALIKE = 0.84
"""How much of their letters, in order, two spellings of one word share."""
SHORTEST_SLIP = 6
"""Letters of a word that may be misspelt: shorter ones are too near to each other."""
NAMED = 0.6
"""The share of a title's words, or of those between two of its marks, that names the event."""
MOST_BESIDE = 2
"""Words that may stand beside a name where it is asked about in ways that nobody foresaw."""
CACHED = 20_000
_MARKS = re.compile(r"[:–—|/(),]|\s-\s")
_STOPS = frozenset().union(*STOP_WORDS.values())


@dataclass(frozen=True, slots=True)
class Read:
    """A word as written, the base forms it may have, and the parts of each where it is a compound."""

    written: str
    lemmas: frozenset[str]
    parts: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a title: its words without and with what frames it; `is_name` says that only events are called so."""

    words: tuple[Read, ...]
    whole: tuple[Read, ...]
    is_name: bool


@dataclass(frozen=True, slots=True)
class Titles:
    """What an announcement says of itself. `pieces` are its titles, cut at their marks, without what frames them.

    `whole` are the pieces with all of their letters, and nothing between them.
    """

    pieces: tuple[Piece, ...]
    whole: tuple[str, ...]
    all_words: tuple[Read, ...]
    nouns: frozenset[str]


def titles_of(announcement: Announcement, further: Iterable[str] = ()) -> Titles:
    """By all of its titles; `further` texts are looked into as well, as far as all words go."""
    titles = [wording.title for wording in announcement.wordings]
    pieces = [piece for title in titles for piece in _MARKS.split(title.casefold())]
    said = [reading for text in (*titles, *further) for reading in read(text)]
    read_pieces = tuple(found for piece in pieces if (found := _piece(piece)).words)
    whole = tuple("".join(_letters(each.written) for each in read(piece)) for piece in pieces)
    return Titles(read_pieces, whole, tuple(said), frozenset().union(*map(nouns_in, titles)))


def _piece(text: str) -> Piece:
    words_left, all_words = (
        tuple(each for each in read(some) if not each.written.isdigit()) for some in (without_frame(text), text)
    )
    return Piece(words_left, all_words, is_eventful(text))


class Naming:
    """Holds a question's words against titles."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms

    def says_all(self, named: str, titles: Titles) -> bool:
        """Whether every word has its like among the titles' words; so it is where there are no words."""
        lemmas = frozenset().union(*(each.lemmas for each in titles.all_words))
        missing = [each for each in read(named) if not _is_there(each, titles.all_words, lemmas)]
        if not missing or _is_whole(named, titles):
            return True
        said_otherwise = self._said_otherwise(named, titles.all_words)
        return all(each.lemmas & said_otherwise or _in_parts(each, lemmas | said_otherwise) for each in missing)

    def share_named(self, named: str, titles: Titles) -> float:
        """The largest share of a title's piece that the words name; 0 to 1."""
        asked = read(named)
        if _is_whole(named, titles):
            return 1.0
        return max((self._share(named, asked, piece.words) for piece in titles.pieces), default=0.0)

    def is_named_outright(self, question: str, named: str, titles: Titles) -> bool:
        """Whether a question holds a name that is of nothing but an event, and little else beside it."""
        asked, beside = read(question), read(named)
        lemmas = frozenset().union(*(each.lemmas for each in asked))
        return any(
            piece.is_name
            and len(beside) - len(piece.words) <= MOST_BESIDE
            and all(_is_there(each, asked, lemmas) for each in piece.whole)
            for piece in titles.pieces
        )

    def _share(self, named: str, asked: Sequence[Read], piece: Sequence[Read]) -> float:
        lemmas = frozenset().union(*(each.lemmas for each in asked))
        there = [_is_there(each, asked, lemmas) for each in piece]
        if not all(there):
            lemmas |= self._otherwise(named)
            there = [
                is_there or bool(each.lemmas & lemmas) or _in_parts(each, lemmas)
                for each, is_there in zip(piece, there, strict=True)
            ]
        return sum(there) / len(piece)

    def _otherwise(self, named: str) -> frozenset[str]:
        """Base forms of the words that mean the same as some of these."""
        others = (other for language in LANGUAGES for other in self._synonyms.alternatives(named, language))
        return frozenset(lemma for other in others for each in read(other.text) for lemma in each.lemmas)

    def _said_otherwise(self, named: str, said: Sequence[Read]) -> frozenset[str]:
        """Base forms of the words whose synonyms, in any language, are said."""
        lemmas = frozenset().union(*(each.lemmas for each in said))
        return frozenset(
            lemma
            for language in LANGUAGES
            for other in self._synonyms.alternatives(named, language)
            if all(_is_there(each, said, lemmas) for each in read(other.text))
            for each in read(other.instead_of)
            for lemma in each.lemmas
        )


def read(text: str) -> list[Read]:
    """The words of a text that say something, read in every language."""
    return [_read(word) for word in words(text) if word not in _STOPS]


@lru_cache(CACHED)
def _read(word: str) -> Read:
    readings: list[Word] = [reading for language in LANGUAGES for reading in by_words(word, language)]
    return Read(
        word,
        frozenset({word, *(reading[0] for reading in readings)}),
        tuple(dict.fromkeys(frozenset(reading[1:]) for reading in readings if reading[1:])),
    )


def _is_there(asked: Read, said: Sequence[Read], lemmas: frozenset[str]) -> bool:
    if asked.lemmas & lemmas:
        return True
    # A compound is there where all of its parts are, if only in other compounds.
    if _in_parts(asked, lemmas.union(*(part for each in said for part in each.parts))):
        return True
    return any(_same_parts(asked, each) or _is_slip(asked.written, each.written) for each in said)


def _is_whole(named: str, titles: Titles) -> bool:
    """Whether it is a piece of a title, as one word or as several."""
    letters = "".join(_letters(each.written) for each in read(named))
    return any(letters == whole or _is_slip(letters, whole) for whole in titles.whole if whole)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _in_parts(asked: Read, lemmas: frozenset[str]) -> bool:
    return any(parts <= lemmas for parts in asked.parts)


def _same_parts(one: Read, other: Read) -> bool:
    return any(len(parts) > 1 and parts in other.parts for parts in one.parts)


@lru_cache(CACHED)
def _is_slip(asked: str, said: str) -> bool:
    if min(len(asked), len(said)) < SHORTEST_SLIP or asked[0] != said[0] or asked.isdigit() or said.isdigit():
        return False
    matcher = SequenceMatcher(None, asked, said, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
