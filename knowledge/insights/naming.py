"""What a group of questions is about: in words that belong to everybody, never in one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.language.lemmas import is_known
from knowledge.members.terms import Word, by_words
from knowledge.model import Language, MemberId
from knowledge.searching.crossing import LANGUAGES
from knowledge.searching.synonyms import Group, Synonyms

EVERYBODYS = 2
"""People who used a word: it is nobody's alone. The topic itself takes more of them."""
EVERYWHERE = "tekoäly"
"""What the whole ecosystem is about tells no topic apart."""
KNOWN = 1.5
"""How much rather a topic is called by words that are known than by others."""
MOST_WORDS = 3
SHORTEST = 4
"""Letters of a word that can name a topic."""
JOINED = " · "
Names = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question by somebody, with what tells who they are taken out of it."""

    asker: MemberId
    text: str
    language: Language


@dataclass(slots=True)
class _Term:
    """Something that questions name, and who asked them; `spoken` is how each language says it."""

    spoken: Names
    lemmas: frozenset[str]
    worth: float
    askers: set[MemberId] = field(default_factory=set)
    questions: int = 0


class TopicNames:
    """Names groups by what is named in them by enough people, and seldom elsewhere."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms

    def name(self, group: Sequence[Asked], others: Sequence[Asked]) -> Names:
        """The group's name in every language; empty where no word of theirs is everybody's."""
        usual = self._terms(others)
        common = {key: term for key, term in self._terms(group).items() if len(term.askers) >= EVERYBODYS}

        def weight(key: Hashable) -> tuple[float, str]:
            share = common[key].questions / len(group)
            elsewhere = usual[key].questions / len(others) if key in usual else 0.0
            return -share * common[key].worth * share / (share + elsewhere), str(key)

        ordered = [common[key] for key in sorted(common, key=weight)]
        telling = [term for term in ordered if EVERYWHERE not in term.lemmas] or ordered[:1]
        chosen: list[_Term] = []
        for term in telling:
            if len(chosen) < MOST_WORDS and not any(term.lemmas & each.lemmas for each in chosen):
                chosen.append(term)
        return {language: JOINED.join(each.spoken[language] for each in chosen) for language in LANGUAGES if chosen}

    def _terms(self, asked: Sequence[Asked]) -> dict[Hashable, _Term]:
        """Every term of the questions: a group of synonyms by itself, another word by its lemma."""
        found: dict[Hashable, _Term] = {}
        for each in asked:
            for key, made in dict(self._named(each)).items():
                term = found.setdefault(key, made)
                # Of unknown people it cannot be told whether they are several.
                term.askers |= {each.asker} - {MemberId("")}
                term.questions += 1
        return found

    def _named(self, asked: Asked) -> Iterator[tuple[Hashable, _Term]]:
        language = asked.language if asked.language in LANGUAGES else LANGUAGES[0]
        taken: set[str] = set()
        for group in self._synonyms.named(asked.text, language):
            lemmas = _lemmas(group)
            taken |= lemmas
            yield group, _Term(_spoken(group), lemmas, KNOWN)
        for word in by_words(asked.text, language):
            if _can_name(word, language) and word[0] not in taken:
                yield word[0], _Term(dict.fromkeys(LANGUAGES, word[0]), frozenset(word), 1.0)


def _can_name(word: Word, language: Language) -> bool:
    """Whether its lemma is a word: of one that the dictionary lacks, and that is no compound, it is a guess."""
    lemma = word[0]
    return len(lemma) >= SHORTEST and lemma.isalpha() and (len(word) > 1 or is_known(lemma, language))


def _lemmas(group: Group) -> frozenset[str]:
    return frozenset(lemma for phrase in group for word in by_words(phrase.text, phrase.language) for lemma in word)


def _spoken(group: Group) -> dict[Language, str]:
    """The first phrase of each language; of a language that has none, the group's first."""
    first: defaultdict[Language, str] = defaultdict(lambda: group[0].text)
    for phrase in reversed(group):
        first[phrase.language] = phrase.text
    return {language: first[language] for language in LANGUAGES}
