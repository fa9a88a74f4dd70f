"""What a question means that leans on those before it: made into one that can be understood by itself.

No language model is needed. Where nothing in its words says that it leans on another, it stays as it is: a question
on a new subject must not be mixed with the old one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.following_slots import with_part
from knowledge.answering.following_words import (
    ASKING,
    EMPTY_PRONOUNS,
    LANGUAGE_NAMES,
    OPENING,
    POLITE,
    PREPOSITIONS,
    PRONOUNS,
    UNBENT,
    content_words,
    is_genitive,
    subjects,
)
from knowledge.answering.knowers import topic_for_people
from knowledge.conduct.rules import reason_to_refuse
from knowledge.conduct.small_talk import is_small_talk
from knowledge.language.detecting import detect_language
from knowledge.model import Language, Reason
from knowledge.searching.lead_ins import without_lead_in

LONGEST_PART = 6
"""Words of a part that stands for a whole question; longer ones say all themselves."""
LONGEST_BARE_PART = 3
"""The same without `entä` or its like before it."""
OWN_SUBJECTS, ALL_SUBJECTS = 1, 2
"""Subjects before a pronoun, and in all, up to which it means something that was said earlier."""
_CASE_ENDING = re.compile(r"\w{3,}(ss[aä]|ll[aä]|lle|lt[aä])$", re.IGNORECASE)
_IS_ASKED = re.compile(r"(?:ko|kö)$", re.IGNORECASE)
_MARKS = " \t?!.,:;…"


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands by itself. `language` is the one that was wished for, UNKNOWN where none was."""

    text: str
    language: Language = Language.UNKNOWN
    follows: bool = False


def understood(question: str, earlier: Sequence[str]) -> Understood:
    """The question by itself, from those before it in the conversation, the oldest first."""
    if not earlier or not earlier[-1].strip() or _says_enough(question):
        return Understood(question)
    before, asked = without_lead_in(earlier[-1]), without_lead_in(question)
    wished = _wished_language(asked)
    if wished is not Language.UNKNOWN and not _names_language(before):
        return Understood(before, wished, follows=True)
    language = _language(asked, before)
    text = _joined(asked, before, language, is_greeted=asked != question)
    return Understood(question) if text is None else Understood(text, follows=True)


def _says_enough(question: str) -> bool:
    """Whether it is no question at all, or nothing may be added to it: what a person in need says, above all."""
    return is_small_talk(question) or reason_to_refuse(question) not in {Reason.NONE, Reason.EMPTY}


def _joined(asked: str, before: str, language: Language, *, is_greeted: bool) -> str | None:
    """Both in one, None where the new one stands by itself."""
    opening = OPENING.match(asked)
    rest = (asked[opening.end() :] if opening else asked).strip(_MARKS)
    asking = ASKING.match(rest)
    pronoun = _pronoun(rest, language)
    if asking and not pronoun and (content_words(rest, language) or not opening):
        return _by_other_words(rest, asking, before, language)
    if pronoun:
        is_one_language = detect_language(before) in {language, Language.UNKNOWN}
        return _resolved(rest, pronoun, before, language) if is_one_language else None
    if asking is None and _is_part(rest, language, is_opened=opening is not None, is_greeted=is_greeted):
        return _with_part(rest, before, language)
    return None


def _by_other_words(rest: str, asking: re.Match[str], before: str, language: Language) -> str | None:
    """Where it names no subject of its own: another word of asking, or something that the subject may have."""
    tail = rest[asking.end() :].strip(_MARKS)
    if not content_words(tail, language):
        return _asked_otherwise(asking.group().strip(), tail, before)
    return None if subjects(tail, language) else _about(rest, before, language)


def _is_part(text: str, language: Language, *, is_opened: bool, is_greeted: bool) -> bool:
    if is_opened and text and "," not in text and len(text.split()) <= LONGEST_PART:
        return True
    return bool(text) and not is_greeted and _is_bare_part(text, language)


def _asked_otherwise(asking: str, tail: str, before: str) -> str:
    """`Miksi?`: the question before with another word of asking."""
    old = ASKING.match(before)
    kept = before[old.end() :] if old else before
    return " ".join(f"{asking} {tail} {kept}".split())


def _about(asked: str, before: str, language: Language) -> str:
    return f"{asked} – {_topic(before, language)}?"


def _resolved(rest: str, pronoun: re.Match[str], before: str, language: Language) -> str | None:
    """`Kuka sitä käyttää?`: the question with the subject instead of what stands for it."""
    own = subjects(rest[: pronoun.start()], language)
    if len(own) > OWN_SUBJECTS or len(subjects(rest, language)) > ALL_SUBJECTS or "," in rest:
        return None
    topic = _topic(before, language)
    if len(rest.split()) <= 2 and not ASKING.match(rest):  # noqa: PLR2004 - a pronoun and its preposition
        return f"{before.rstrip(_MARKS)}, {rest}?"
    # Whom to ask is understood with the topic at the end only.
    for_people = f"{' '.join((rest[: pronoun.start()] + rest[pronoun.end() :]).split())} {topic}?"
    return for_people if topic_for_people(for_people) else f"{rest[: pronoun.start()]}{topic}{rest[pronoun.end() :]}?"


def _with_part(part: str, before: str, language: Language) -> str:
    if not subjects(part, language) and not any(letter.isdigit() for letter in part):
        return _about(part, before, language)
    return with_part(before, part, language)


def _topic(before: str, language: Language) -> str:
    """What the question before was about."""
    asking = ASKING.match(before)
    kept = before[asking.end() :] if asking else before
    return " ".join(subjects(kept, language) or content_words(kept, language) or [kept.strip(_MARKS)])


def _pronoun(text: str, language: Language) -> re.Match[str] | None:
    pattern = PRONOUNS.get(language)
    if pattern is None or EMPTY_PRONOUNS.search(text):
        return None
    return pattern.search(text)


def _is_bare_part(text: str, language: Language) -> bool:
    """Whether it is no sentence but a part of one, though nothing before it says so."""
    words = text.split()
    if len(words) > LONGEST_BARE_PART:
        return False
    if language is Language.FI:
        ending = _CASE_ENDING.search(words[-1])
        before = content_words(" ".join(words[:-1]), language)
        is_one = ending is not None and all(_belongs(word, ending[1]) for word in before)
        return is_one and not _IS_ASKED.search(words[0])
    return words[0].casefold() in PREPOSITIONS


def _belongs(word: str, ending: str) -> bool:
    """Whether a Finnish word goes with a last one in that case; what does not is a subject of its own."""
    if word.casefold() in UNBENT or word.isdigit():
        return True
    same = _CASE_ENDING.search(word)
    return is_genitive(word) or (same is not None and _case(same[1]) == _case(ending))


def _case(ending: str) -> str:
    return ending.casefold().replace("ä", "a")


def _wished_language(asked: str) -> Language:
    """The language that a text names and says nothing else but please."""
    opening = OPENING.match(asked)
    rest = asked[opening.end() :] if opening else asked
    for language, name in LANGUAGE_NAMES:
        if name.search(rest) and not re.search(r"\w", POLITE.sub(" ", name.sub(" ", rest))):
            return language
    return Language.UNKNOWN


def _names_language(text: str) -> bool:
    return any(name.search(text) for _, name in LANGUAGE_NAMES)


def _language(asked: str, before: str) -> Language:
    """Of the new question; few words tell it badly, so those before help."""
    own = detect_language(asked)
    if own is not Language.UNKNOWN and len(asked.split()) > LONGEST_BARE_PART:
        return own
    return detect_language(f"{before} {asked}")
