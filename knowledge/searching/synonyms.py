"""Words and abbreviations that mean the same in Finnish, Swedish and English: a question that holds one means all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import SettingsError
from knowledge.language.analysis import WORD, lemma_terms, words
from knowledge.language.lemmas import is_known
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

    def named(self, text: str, language: Language) -> tuple[Group, ...]:
        """The groups of which the text holds a phrase, each once."""
        return tuple(dict.fromkeys(group for group, _ in self._by_language[language].matches(text)))


class _Spoken:
    """All groups as a question in one language may name them: by lemmas, the longest phrase first."""

    def __init__(self, groups: Sequence[Group], language: Language) -> None:
        self._groups = groups
        self._language = language

    @cached_property
    def _by_lemmas(self) -> Mapping[_Terms, Sequence[tuple[Group, Phrase]]]:
        """Of phrases with the same lemmas those of the question's own language come last."""
        named = [(group, phrase) for group in self._groups for phrase in group]
        own_last = sorted(named, key=lambda each: each[1].language is self._language)
        by_lemmas: defaultdict[_Terms, list[tuple[Group, Phrase]]] = defaultdict(list)
        for each in own_last:
            lemmas = tuple(word.lemma for word in self._words(each[1].text))
            # A base form that the dictionary lacks has another lemma than its inflected forms.
            for key in {lemmas, tuple(words(each[1].text))}:
                by_lemmas[key].append(each)
        return by_lemmas

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._by_lemmas), default=0)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(lemmas[0] for lemmas in self._by_lemmas)

    def matches(self, question: str) -> Iterator[tuple[Group, Phrase]]:
        """The groups that the question names, each with the phrase by which it does."""
        asked, taken = self._words(question), set[int]()
        for length in range(min(self._longest, len(asked)), 0, -1):
            for start in range(len(asked) - length + 1):
                if length > 1 and asked[start].lemma not in self._beginnings:
                    continue
                places = range(start, start + length)
                if taken.isdisjoint(places) and (found := list(self._named(asked[start : start + length]))):
                    taken.update(places)
                    yield from found

    def _named(self, asked: Sequence[_Word]) -> Iterator[tuple[Group, Phrase]]:
        """By these words together; where one word alone names nothing, by its parts."""
        whole = [*self._by_lemmas.get(tuple(word.lemma for word in asked), ())]
        if named := [each for each in whole if self._is_meant(asked, each[1])]:
            yield named[-1]
        elif len(asked) == 1:
            for part in asked[0].parts:
                named = [each for each in self._by_lemmas.get((part,), ()) if each[1].text.casefold() == part]
                yield from (each for each in named[-1:] if self._is_spelt(asked[0], each[1]))

    def _is_meant(self, asked: Sequence[_Word], phrase: Phrase) -> bool:
        """Lemmas of words that the dictionary lacks may be those of their beginning: `hyvinvointi` of the counties'."""
        begins = all(
            word.written.casefold().startswith(stem) for word, stem in zip(asked, _stems(phrase.text), strict=True)
        )
        return begins and self._is_spelt(asked[0], phrase)

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


def _stems(text: str) -> Iterator[str]:
    """What stays of each word in nearly all of its forms."""
    return (word[:-2] if len(word) > 4 else word[:1] for word in words(text))  # noqa: PLR2004 - short words bend most


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
