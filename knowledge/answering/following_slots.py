"""Putting a part of a new question where its like stood in the one before: a place for a place, a case for a case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.following_words import ARTICLES, ASKING, PREPOSITIONS, VERBS
from knowledge.language.lemmas import base_form
from knowledge.language.stop_words import STOP_WORDS
from knowledge.model import Language

_TOKEN = re.compile(r"\w+(?:[-'’:]\w+)*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CASES = (
    ("where", re.compile(r".*(?:ss[aä]|ll[aä])$")),
    ("from", re.compile(r".*(?:st[aä]|lt[aä])$")),
    ("to", re.compile(r".*lle$")),
    ("as", re.compile(r".*ksi$")),
    ("of", re.compile(r".*n$")),
    ("some", re.compile(r".*(?:t[aä]|j[aä]|[aeiouyäö][aä])$")),
    ("many", re.compile(r".*t$")),
)
_FORMS = (
    ("the many", re.compile(r".*(?:arna|erna|orna)$")),
    ("many", re.compile(r".*(?:ar|er|or|s)$")),
    ("the", re.compile(r".*(?:en|et)$")),
)
_ENDINGS = (3, 2)
"""Letters at the end that two words may share, the most telling first."""
Span = tuple[int, int]


def with_part(before: str, part: str, language: Language) -> str:
    """The question before with `part` in it: instead of its like, or beside all else where it has none."""
    for find in (_year, _after_preposition, _after_article, _of_the_same_form):
        if span := find(before, part, language):
            start, end = span
            return f"{before[:start]}{part}{before[end:]}"
    return f"{before.rstrip(' ?.!')}, {part}?"


def _year(before: str, part: str, _language: Language) -> Span | None:
    new, old = _YEAR.search(part), list(_YEAR.finditer(before))
    if not new or not old:
        return None
    start, end = old[-1].span()
    lead = part[: new.start()].strip()
    # `in 2024` for `in 2025`, but `2024` for the number alone.
    if lead and before[:start].rstrip().casefold().endswith(lead.casefold()):
        start = before[:start].rstrip().casefold().rindex(lead.casefold())
    return start, end


def _after_preposition(before: str, part: str, language: Language) -> Span | None:
    first = part.split(maxsplit=1)[0].casefold()
    if language is Language.FI or first not in PREPOSITIONS:
        return None
    tokens = list(_TOKEN.finditer(before))
    same = [place for place, token in enumerate(tokens) if token.group().casefold() == first]
    if not same:
        return None
    end = _phrase_end(tokens, same[-1] + 1, language)
    return tokens[same[-1]].start(), tokens[end - 1].end()


def _after_article(before: str, part: str, language: Language) -> Span | None:
    wanted = part.split()
    if language is Language.FI or wanted[0].casefold() not in ARTICLES:
        return None
    tokens = list(_TOKEN.finditer(before))
    definite = wanted[0].casefold() == "the"
    same = [
        place
        for place, token in enumerate(tokens)
        if token.group().casefold() in ARTICLES and (token.group().casefold() == "the") is definite
    ]
    if not same:
        return None
    end = _phrase_end(tokens, same[-1] + 1, language)
    if language is Language.SV:
        # `ett stort` goes for `ett litet` and leaves the noun.
        end = min(end, same[-1] + len(wanted))
    return tokens[same[-1]].start(), tokens[end - 1].end()


def _phrase_end(tokens: Sequence[re.Match[str]], start: int, language: Language) -> int:
    """The place behind the words that belong together from `start` on."""
    end = start
    while end < len(tokens):
        word = tokens[end].group().casefold()
        is_border = word in PREPOSITIONS or word in STOP_WORDS[language] or VERBS.fullmatch(word)
        if is_border and (end > start or word not in ARTICLES):
            break
        end += 1
    return max(end, start)


def _of_the_same_form(before: str, part: str, language: Language) -> Span | None:
    asking = ASKING.match(before)
    tokens = [
        token
        for token in _TOKEN.finditer(before, asking.end() if asking else 0)
        if token.group().casefold() not in STOP_WORDS[language] and not VERBS.fullmatch(token.group())
    ]
    wanted = _TOKEN.findall(part)
    if not wanted or not tokens:
        return None
    scores = [_likeness(token.group(), wanted[-1], language) for token in tokens]
    if asking and _is_asked_for(before, asking, tokens[0], language):
        scores[0] = 0
    best = max(scores)
    if best <= 0:
        return None
    # Of Finnish words as dictionaries have them the first is the subject.
    is_subject = language is Language.FI and not _form(wanted[-1], language)
    last = scores.index(best) if is_subject else len(scores) - 1 - scores[::-1].index(best)
    first = last
    # What belongs to the old word goes with it: as many words before it as are in the same forms.
    while first and last - first + 1 < len(wanted) and _are_neighbours(before, tokens[first - 1], tokens[first]):
        if _likeness(tokens[first - 1].group(), wanted[-1 - (last - first + 1)], language) <= 0:
            break
        first -= 1
    if first and language is Language.FI and _belongs_to_next(before, tokens[first - 1], tokens[first]):
        first -= 1
    return tokens[first].start(), tokens[last].end()


def _is_asked_for(before: str, asking: re.Match[str], word: re.Match[str], language: Language) -> bool:
    """Whether the word is what `millä` or its like asks for, as in `Millä alueella`; the new part may be an answer."""
    question = asking.group().casefold().split()[-1]
    is_next = not before[asking.end() : word.start()].strip() and word.group()[0].islower()
    is_alike = language is Language.FI and _form(question, language) == _form(word.group(), language) != ""
    return is_next and is_alike and question.startswith("mi")


def _belongs_to_next(before: str, word: re.Match[str], following: re.Match[str]) -> bool:
    """Whether it is a genitive that means nothing without the word that follows; places and names stay."""
    is_near = _are_neighbours(before, word, following)
    return is_near and word.group()[0].islower() and _form(word.group(), Language.FI) == "of"


def _are_neighbours(before: str, word: re.Match[str], following: re.Match[str]) -> bool:
    return before[word.end() : following.start()] == " "


def _likeness(old: str, new: str, language: Language) -> int:
    """How alike two words are in their endings, and in being names; 0 where they are not of one kind."""
    names = 3 if old[0].isupper() and new[0].isupper() else 0
    if old.isdigit() or new.isdigit():
        return 0
    if _form(old, language) != _form(new, language):
        return names
    shared = next((size for size in _ENDINGS if old.casefold()[-size:] == new.casefold()[-size:]), 0)
    return 1 + shared + names


def _form(word: str, language: Language) -> str:
    """The name of the form that a word ends in, empty for the one in dictionaries."""
    if language is Language.FI and base_form(word, language) == word.casefold():
        return ""
    forms = _CASES if language is Language.FI else _FORMS
    return next((name for name, pattern in forms if pattern.match(word.casefold())), "")
