"""Words and abbreviations that mean the same in Finnish, Swedish and English: a question that holds one means all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.analysis import WORD, lemma_terms
from knowledge.errors import SettingsError
from knowledge.lemmas import is_known
from knowledge.model import Language
from knowledge.ports import Alternative

SHIPPED = Path(__file__).parent / "synonyms.tsv"
COLUMNS = (Language.FI, Language.SV, Language.EN)
_Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or several, as the file has them."""

    text: str
    language: Language

    @property
    def capitals(self) -> str:
        """The capitals that it begins with."""
        found = re.match(r"[A-ZÅÄÖ]*", self.text)
        return found.group() if found else ""


Group = tuple[Phrase, ...]
"""Phrases that mean the same, of all languages."""


class Synonyms:
    """Finds the groups' phrases in questions."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._by_language = {language: _Spoken(groups, language) for language in Language}

    def alternatives(self, question: str, language: Language) -> tuple[Alternative, ...]:
        """What else means the same as phrases of the question, in all languages."""
        found = (other for match in self._by_language[language].matches(question) for other in _others(*match))
        return tuple({(other.text.casefold(), other.language): other for other in found}.values())


class _Spoken:
    """All groups as a question in one language may name them: by lemmas, the longest phrase first."""

    def __init__(self, groups: Sequence[Group], language: Language) -> None:
        self._groups = groups
        self._language = language

    @cached_property
    def _by_lemmas(self) -> Mapping[_Terms, tuple[Group, Phrase]]:
        """The question's own language goes first where a phrase of another has the same lemmas."""
        named = [(group, phrase) for group in self._groups for phrase in group]
        own_last = sorted(named, key=lambda each: each[1].language is self._language)
        return {tuple(word.lemma for word in self._words(each[1].text)): each for each in own_last}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._by_lemmas), default=0)

    def matches(self, question: str) -> Iterator[tuple[Group, Phrase]]:
        """The groups that the question names, each with the phrase by which it does."""
        asked, taken = self._words(question), set[int]()
        for length in range(min(self._longest, len(asked)), 0, -1):
            for start in range(len(asked) - length + 1):
                places = range(start, start + length)
                if taken.isdisjoint(places) and (found := list(self._named(asked[start : start + length]))):
                    taken.update(places)
                    yield from found

    def _named(self, asked: Sequence[_Word]) -> Iterator[tuple[Group, Phrase]]:
        """By these words together; where one word alone names nothing, by its parts."""
        whole = self._by_lemmas.get(tuple(word.lemma for word in asked))
        if whole is not None and self._is_spelt(asked[0], whole[1]):
            yield whole
        elif len(asked) == 1:
            for part in asked[0].parts:
                named = self._by_lemmas.get((part,))
                if named is not None and self._is_spelt(asked[0], named[1]):
                    yield named

    def _is_spelt(self, first: _Word, phrase: Phrase) -> bool:
        """Whether capitals are right where they matter: `kanta` is a word of its own, and `ai` as well."""
        if not phrase.capitals or " " in phrase.text or first.written.startswith(phrase.capitals):
            return True
        return not is_known(phrase.text.casefold(), self._language)

    def _words(self, text: str) -> list[_Word]:
        return [_word(match.group(), self._language) for match in WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class _Word:
    """As it was written, its lemma, and the lemmas of its parts."""

    written: str
    lemma: str
    parts: _Terms


def _word(written: str, language: Language) -> _Word:
    terms = lemma_terms(written, language) or [written.casefold()]  # A phrase may hold a stop word.
    return _Word(written, terms[0], tuple(terms[1:]))


def _others(group: Group, named: Phrase) -> Iterator[Alternative]:
    for phrase in group:
        if phrase.text.casefold() != named.text.casefold():
            yield Alternative(phrase.text, phrase.language, named.text, named.language)


def read_synonyms(path: Path = SHIPPED) -> Synonyms:
    """The groups of a file; raises SettingsError where a line of it cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        message = f"The file of synonyms {path} cannot be read ({reason}); correct SOLMU_SYNONYMS or leave it out."
        raise SettingsError(message) from error
    return Synonyms(parse_groups(lines, str(path)))


def parse_groups(lines: Sequence[str], name: str) -> list[Group]:
    """The group of each line but for empty ones and those that begin with `#`; raises SettingsError."""
    groups: list[Group] = []
    seen: dict[tuple[str, Language], int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if problem := _problem(line):
            message = f"Line {number} of {name} {problem}"
            raise SettingsError(message)
        groups.append(_group(line))
        for phrase in groups[-1]:
            first = seen.setdefault((phrase.text.casefold(), phrase.language), number)
            if first != number:
                message = f"Line {number} of {name} repeats “{phrase.text}” of line {first}; join the two lines."
                raise SettingsError(message)
    return groups


def _problem(line: str) -> str:
    """What is wrong with the line and what to do about it; empty where all is well."""
    columns = line.split("\t")
    if len(columns) != len(COLUMNS):
        return (
            f"has {len(columns)} columns instead of 3; set Finnish, Swedish and English apart by tabs, also where a "
            f"language has no word."
        )
    phrases = _group(line)
    for phrase in phrases:
        if not WORD.search(phrase.text):
            return f"has “{phrase.text}”, which holds no word; take it out."
    if len(phrases) < 2:  # noqa: PLR2004 - a word alone has no synonym
        return "has fewer than two words or phrases; add what means the same, or take the line out."
    return ""


def _group(line: str) -> Group:
    cells = zip(line.split("\t"), COLUMNS, strict=True)
    texts = ((" ".join(text.split()), language) for cell, language in cells for text in cell.split(";"))
    return tuple(dict.fromkeys(Phrase(text, language) for text, language in texts if text))


NO_SYNONYMS = Synonyms(())
