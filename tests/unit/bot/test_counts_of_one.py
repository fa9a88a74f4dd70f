"""The bot's own sentences where they count something: each reads right with one of it, too."""

from __future__ import annotations

import re
import string

import pytest

from bot.blocks.elements import TEXTS
from knowledge.answering.rendering import TEXTS as KNOWN
from knowledge.model import Language
from knowledge.texts import Texts

FI, SV, EN = Language.FI, Language.SV, Language.EN
SEVERAL = {
    "answer.opening.many": "one source has a sentence of its own",
    "map.found_many": "so has one match",
    "card.repeats.weeks": "every week and every other have theirs",
    "card.repeats.months": "so has every month",
    "insights.people_asked": "a topic is told from three people on",
}
"""Texts that are never shown with one, and why."""
PLURAL = {
    FI: re.compile(r"(?<!/)\b1 (?!ehkä)\w{2,}(?<!ss)[aä]\b"),
    SV: re.compile(r"\b1 (?!svar\b|fler\b)\w{2,}(?:er|or|ar)\b|\w+na är 1\b|\b1 var \w+da\b"),
    EN: re.compile(r"(?<!/)\b1 (?:(?:of|and) 1 )?(?:\w+ )?(?!was\b|has\b|is\b)\w{2,}s\b|\bare 1\b"),
}
"""What stands beside a number other than one only: the Finnish partitive, and plural endings."""
NO_COUNTS = frozenset({"first", "second", "title", "text", "topics", "channels", "materials", "seats", "one", "all"})
"""Values that are names, the numbers of sources, or limits, which are the same always."""
MENDED = (
    (TEXTS, "introduction.staff.held", FI, "Mukana olleita jäseniä: 1. Löytyneitä pareja: 1."),
    (TEXTS, "introduction.staff.held", SV, "Medlemmar som deltog: 1. Par som hittades: 1."),
    (TEXTS, "introduction.staff.held", EN, "Members who took part: 1. Pairs found: 1."),
    (TEXTS, "draft.turn.on", FI, "Seuraavat (1)"),
    (TEXTS, "relevance.more", FI, "Ja vielä 1."),
    (TEXTS, "channels.told.hourly", FI, "vastauksia tunnissa enintään 1"),
    (TEXTS, "channels.told.hourly", EN, "answers an hour: at most 1"),
    (TEXTS, "sources.summary", SV, "Källor: 1, dokument: 1, sökbara avsnitt: 1."),
    (TEXTS, "sources.summary", EN, "Sources: 1, documents: 1, searchable passages: 1."),
    (TEXTS, "sources.plan", EN, "What an update would bring: new 1, changed 1, removed 1."),
    (TEXTS, "relevance.feedback.counts", SV, "Respons: 1. Anmälda: 1."),
    (TEXTS, "profile.trouble.too_many", SV, "Du kan ha högst"),
    (TEXTS, "sources.indexer.silent", SV, "Indexeraren syntes till senast 1."),
    (KNOWN, "events.none_coming", SV, "Jag berättar i kanalerna"),
    (KNOWN, "events.none_coming", EN, "I will announce it in the channels"),
    (KNOWN, "map.counts", FI, "Organisaatioita 1, käyttötapauksia 1"),
    (KNOWN, "map.counts", SV, "Organisationer: 1, användningsfall: 1"),
    (KNOWN, "map.counts", EN, "Organisations: 1, use cases: 1"),
)


def _with_one(texts: Texts, name: str, language: Language) -> str:
    """The text with one of everything that it tells."""
    [sentence] = [str(each.string) for each in texts.catalogues[language] if each.id == name]
    fields = [field for _, field, _, _ in string.Formatter().parse(sentence) if field]
    return sentence.format(**{field: "–" if field in NO_COUNTS else 1 for field in fields})


@pytest.mark.parametrize("language", [FI, SV, EN])
@pytest.mark.parametrize("texts", [TEXTS, KNOWN], ids=["bot", "knowledge"])
def test_one_is_not_spoken_of_as_several(texts: Texts, language: Language) -> None:
    """Every text with a value to fill in is looked at, but those that are never shown with one."""
    names = {str(each.id) for each in texts.catalogues[language] if "{" in str(each.string)}
    told = {name: _with_one(texts, name, language) for name in names - SEVERAL.keys()}
    assert len(told) > 30
    assert {name: text for name, text in told.items() if PLURAL[language].search(text)} == {}


@pytest.mark.parametrize(
    ("language", "faulty"),
    [
        (FI, "Mukana oli 1 jäsentä"),
        (FI, "Ja 1 muuta."),
        (FI, "1 organisaatiota, 1 käyttötapausta"),
        (SV, "1 medlemmar deltog"),
        (SV, "1 organisationer, 1 användningsfall"),
        (SV, "1 har gett respons, 1 var anmälda."),
        (EN, "1 members took part, and 1 pairs were found"),
        (EN, "There are 1 sources"),
        (EN, "1 new and 1 changed documents"),
        (EN, "at most 1 answers an hour"),
    ],
)
def test_a_plural_beside_one_is_found(language: Language, faulty: str) -> None:
    """The texts that were wrong, so that the test above is known to see such."""
    assert PLURAL[language].search(faulty)


@pytest.mark.parametrize(("texts", "name", "language", "told"), MENDED, ids=[f"{each[1]}-{each[2]}" for each in MENDED])
def test_what_was_wrong_reads_right(texts: Texts, name: str, language: Language, told: str) -> None:
    """A number follows a colon, or stands beside words that fit any number; other words are the usual ones."""
    assert told in _with_one(texts, name, language)
