"""Which of the three languages a text is in, also for questions of a few words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

from knowledge.language.stop_words import STOP_WORDS
from knowledge.model import Language

ENOUGH = 2000
"""Characters looked at: more do not change the verdict."""
SURE = 0.5
"""Share of the detector's confidence below which the language is called unknown."""
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"[A-ZÅÄÖ]{2,6}")
"""`THL` and `SOTE` stand in texts of every language."""
_GREETINGS = {
    Language.FI: """moi moikka moro morjes hei heippa terve huomenta iltaa päivää öitä kiitos kiitti kiitokset joo juu
        selvä okei mahtavaa hienoa kiva näkemiin vitsi""",
    Language.SV: """hej hejsan hejdå tja tjena hallå morn tack toppen okej läget kul godmorgon sov haha bra jul rita
        katt""",
    Language.EN: """hi hiya hello hey howdy thanks thank thx ty cheers bye goodbye lol yo sup nice cool great morning
        joke""",
}
"""What people say to each other in each language: of few words these tell most."""
_CODES = {
    LinguaLanguage.FINNISH: Language.FI,
    LinguaLanguage.SWEDISH: Language.SV,
    LinguaLanguage.ENGLISH: Language.EN,
}


def detect_language(text: str) -> Language:
    """The text's language; UNKNOWN without letters, or where no language is clearly ahead."""
    sample = text[:ENOUGH]
    words = [word.casefold() for word in _WORD.findall(sample)]
    if not words:
        return Language.UNKNOWN
    told = _by_function_words(words)
    if told is not Language.UNKNOWN or all(_ACRONYM.fullmatch(word) for word in _WORD.findall(sample)):
        return told
    best = _detector().compute_language_confidence_values(sample)[0]
    return _CODES[best.language] if best.value >= SURE else Language.UNKNOWN


def _by_function_words(words: list[str]) -> Language:
    """The language whose function words are clearly the most: in a short question they tell more than letters do."""
    greetings = _greetings()
    counts = {
        language: sum(word in known or word in greetings[language] for word in words)
        for language, known in STOP_WORDS.items()
        if language is not Language.UNKNOWN
    }
    first, second = sorted(counts, key=lambda language: counts[language], reverse=True)[:2]
    ahead = counts[first] - counts[second]
    return first if ahead > 0 and counts[first] >= max(1, len(words) // 6) else Language.UNKNOWN


@lru_cache(1)
def _greetings() -> Mapping[Language, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _GREETINGS.items()}


@lru_cache(1)
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*_CODES).build()
