"""Small words that turn a meaning: `not`, `only`, `at most`, `before`; the same turns in three languages."""

from __future__ import annotations

import enum
import re

from knowledge.model import Language


class Turn(enum.StrEnum):
    """What a word does to a statement."""

    NOT = "not"
    WITHOUT = "without"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BEFORE = "before"
    AFTER = "after"
    ALL = "all"
    ONLY = "only"
    IF = "if"
    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    UP = "up"
    DOWN = "down"
    FREE = "free"


KEPT = frozenset({Turn.IF, Turn.ONLY})
"""Turns without which a sentence says more than it did."""
LIMITS = frozenset({Turn.AT_MOST, Turn.AT_LEAST})
"""Turns that belong to an amount."""
_WRITTEN = {
    Language.FI: {
        Turn.NOT: "ei eivät en emme ette eikä eivätkä älä älkää kiellet\\w* kukaan",
        Turn.WITHOUT: "ilman paitsi",
        Turn.AT_MOST: "enintään korkeintaan alle viimeistään mennessä kuluessa",
        Turn.AT_LEAST: "vähintään ainakin yli",
        Turn.BEFORE: "ennen mennessä viimeistään etukäteen",
        Turn.AFTER: "jälkeen kuluttua päättymisestä jälkikäteen jälkeinen",
        Turn.ALL: "kaik\\w+ joka jokai\\w+ aina kokonaan",
        Turn.ONLY: "vain ainoastaan pelkästään yksinomaan",
        Turn.IF: "jos mikäli ellei elleivät jollei jolleivät edellyttäen",
        Turn.MANDATORY: "pakolli\\w+ velvolli\\w+ pakko",
        Turn.VOLUNTARY: "vapaaehtoi\\w+",
        Turn.UP: "nous\\w+ kasv\\w+ lisään\\w+ parani parane\\w+ nope\\w+ enemmän",
        Turn.DOWN: "lask[ei]\\w* vähe\\w+ pienen\\w+ heikken\\w+ lyhen\\w+",
        Turn.FREE: "maksut\\w+ ilmai\\w+ veloituks\\w+",
    },
    Language.SV: {
        Turn.NOT: "inte ej aldrig ingen inget inga icke varken ingenting förbjud\\w+ förbud\\w*",
        Turn.WITHOUT: "utan förutom",
        Turn.AT_MOST: "högst maximalt mindre senast inom",
        Turn.AT_LEAST: "minst åtminstone över",
        Turn.BEFORE: "före innan senast förväg",
        Turn.AFTER: "efter därefter efteråt",
        Turn.ALL: "alla allt alltid varje samtliga",
        Turn.ONLY: "bara endast enbart",
        # `om` is `about` too.
        Turn.IF: r"om(?=\s+(?:den|det|de|en|ett|man|du|ni|vi|han|hon|någon|något|inte|minst|resultatet|\w+en|\w+et)\s) "
        "ifall såvida förutsatt",
        Turn.MANDATORY: "obligatorisk\\w* skyldig\\w* tvungen tvungna",
        Turn.VOLUNTARY: "frivillig\\w*",
        Turn.UP: "ök\\w+ steg stig\\w+ växte växer förbättra\\w* snabbare",
        Turn.DOWN: "minsk\\w+ sjönk sjunk\\w+ försämra\\w*",
        Turn.FREE: "gratis avgiftsfri\\w* kostnadsfri\\w* ingenting",
    },
    Language.EN: {
        Turn.NOT: "not no never cannot neither nor none nobody prohibited forbidden \\w+n't",
        Turn.WITHOUT: "without except",
        Turn.AT_MOST: "most maximum within than "
        r"by(?=\s+\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
        Turn.AT_LEAST: "least minimum over",
        Turn.BEFORE: "before prior advance until",
        Turn.AFTER: "after following afterwards once",
        Turn.ALL: "all every always each everyone entirely",
        Turn.ONLY: "only solely exclusively",
        Turn.IF: "if unless provided whether",
        Turn.MANDATORY: "mandatory obligatory compulsory",
        Turn.VOLUNTARY: "voluntary voluntarily optional",
        Turn.UP: "increas\\w+ rose risen grew grow\\w* improv\\w+ higher faster",
        Turn.DOWN: "decreas\\w+ reduc\\w+ fell declin\\w+ lower\\w* shorten\\w* less",
        Turn.FREE: "free",
    },
}
_PATTERNS = {
    language: {
        turn: re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE) for turn, words in by_turn.items()
    }
    for language, by_turn in _WRITTEN.items()
}


def turns(text: str, language: Language) -> frozenset[Turn]:
    """The turns in a text; of an unknown language those that any of the three would see."""
    patterns = [_PATTERNS[language]] if language in _PATTERNS else list(_PATTERNS.values())
    found = {turn for each in patterns for turn, pattern in each.items() if pattern.search(text)}
    # `inte … utan` is `not … but`.
    return frozenset(found - {Turn.WITHOUT} if language is Language.SV and Turn.NOT in found else found)


def denials(text: str, language: Language) -> int:
    """How often the text says `not`."""
    return (
        len(_PATTERNS[language][Turn.NOT].findall(text)) if language in _PATTERNS else int(is_negated(text, language))
    )


def denied_part(text: str, language: Language) -> str:
    """What stands behind the first `not`: what comes before it is of whom or what something is denied."""
    found = _PATTERNS[language][Turn.NOT].search(text) if language in _PATTERNS else None
    return text[found.end() :] if found else ""


def is_negated(text: str, language: Language) -> bool:
    """Whether the text says that something is not so."""
    return Turn.NOT in turns(text, language)
