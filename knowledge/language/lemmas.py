"""Lemmas of Finnish, Swedish and English words, by simplemma's dictionaries kept as tries.

A trie is made once on a machine, in the user's cache folder, and from then on read in milliseconds; the dictionaries
themselves would cost every start some seconds, and every process some hundred megabytes.
"""

from __future__ import annotations

import threading

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy, TrieDictionaryFactory

from knowledge.model import Language

_dictionaries = TrieDictionaryFactory()
_lookup = DictionaryLookupStrategy(_dictionaries)
_lemmatizer = Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionaries))
_opened: set[Language] = set()
_opening = threading.Lock()


def base_form(word: str, language: Language) -> str:
    """The word's base form in lower case; a word of an unknown language stays as it is."""
    if language is Language.UNKNOWN:
        return word
    _open(language)
    return _lemmatizer.lemmatize(word, lang=language.value).casefold()


def is_known(word: str, language: Language) -> bool:
    """Whether the word, as it stands, is in the language's dictionary."""
    if language is Language.UNKNOWN:
        return False
    _open(language)
    return _lookup.get_lemma(word, language.value) is not None


def _open(language: Language) -> None:
    """Threads that come at once wait for the first, instead of each making the trie."""
    if language not in _opened:
        with _opening:
            _dictionaries.get_dictionary(language.value)
            _opened.add(language)
