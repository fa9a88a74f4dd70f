"""Topics that are the same, whichever words and language name them."""

from __future__ import annotations

from collections.abc import Hashable

from knowledge.language.analysis import lemma_terms
from knowledge.matching.words import concepts, synonyms
from knowledge.model import Language


def topic_key(topic: str, language: Language) -> Hashable:
    """The same for all names of a topic: what it means in every language, or its words in base form."""
    return concepts(topic, language) or tuple(lemma_terms(topic, language)) or topic.casefold()


def topic_names(topic: str, language: Language) -> set[Hashable]:
    """What the topic may be known by: its words as written, in base form, and what they mean."""
    return {topic.casefold(), tuple(lemma_terms(topic, language)), topic_key(topic, language)}


def topic_in(topic: str, language: Language, wanted: Language) -> str:
    """The topic's name in another language; empty where none is known."""
    if language is wanted:
        return topic
    known = (
        other.text
        for other in synonyms().alternatives(topic, language)
        if other.language is wanted and other.instead_of.casefold() == topic.casefold()
    )
    return next(known, "")
