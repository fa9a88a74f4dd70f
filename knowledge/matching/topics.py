"""Topics that are the same, whichever words and language name them."""

from __future__ import annotations

from collections.abc import Hashable

from knowledge.language.analysis import lemma_terms
from knowledge.matching.words import concepts
from knowledge.model import Language
from knowledge.searching.synonyms import Synonyms


def topic_key(topic: str, language: Language, synonyms: Synonyms) -> Hashable:
    """The same for all names of a topic: what it means in every language, or its words in base form."""
    return _key(topic, language, concepts(topic, language, synonyms))


def topic_names(topic: str, language: Language, synonyms: Synonyms) -> set[Hashable]:
    """What the topic may be known by: its words as written, in base form, and what they mean."""
    return names_meaning(topic, language, concepts(topic, language, synonyms))


def names_meaning(topic: str, language: Language, meant: frozenset[str]) -> set[Hashable]:
    """The same where it is known already what the topic means."""
    return {topic.casefold(), tuple(lemma_terms(topic, language)), _key(topic, language, meant)}


def topic_in(topic: str, language: Language, wanted: Language, synonyms: Synonyms) -> str:
    """The topic's name in another language; empty where none is known."""
    if language is wanted:
        return topic
    known = (
        other.text
        for other in synonyms.alternatives(topic, language)
        if other.language is wanted and other.instead_of.casefold() == topic.casefold()
    )
    return next(known, "")


def _key(topic: str, language: Language, meant: frozenset[str]) -> Hashable:
    return meant or tuple(lemma_terms(topic, language)) or topic.casefold()
