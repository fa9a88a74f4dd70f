"""What must stand in the source just as it was written: amounts, dates, names, and words that turn a meaning.

Everything here says no where it is in doubt: a true sentence that is held back costs less than a false one shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from knowledge.answering.amounts import Value, figures, months, units, values, without_measures
from knowledge.answering.clauses import clauses, nearest, turning_clauses
from knowledge.answering.turns import KEPT, LIMITS, denials, denied_part, is_negated, turns
from knowledge.answering.wanted import Wanted
from knowledge.language.analysis import gram_string, gram_terms, lemma_terms
from knowledge.language.lemmas import is_known
from knowledge.model import Language
from knowledge.searching.coverage import lemmas_of

MEASURED = (Wanted.MONEY, Wanted.SHARE, Wanted.DURATION, Wanted.DATE)
ALIKE = 0.5
"""Share of a name's n-grams from which it counts as there: names are inflected too."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<![\w-])(?:[A-ZÅÄÖ]\w*|\w*\d\w*[a-zA-ZåäöÅÄÖ]+\w*)")
_JOINTS = re.compile(r"(?<=\w)[-:’'](?=\w)")
_COUNTED = re.compile(r"(\d[\d \u00a0.,]*\d|\d)\s+([^\W\d_]+)")
_MONTHS = 12.0


def plain_figures(text: str, language: Language) -> str:
    """The text with English thousands written without commas, which elsewhere mark decimals."""
    return _THOUSANDS.sub("", text) if language is Language.EN else text


def amounts_stand(claim: str, language: Language, source: str, source_language: Language) -> bool:
    """Whether each amount and date of the claim is the source's for the same thing."""
    claim, source = plain_figures(claim, language), plain_figures(source, source_language)
    durations = values(claim, Wanted.DURATION)
    converted = bool(durations) and _within(durations, values(source, Wanted.DURATION))
    if not set(figures(claim, with_durations=not converted)) <= set(figures(source)):
        return False
    if not (months(claim) <= _months(source) and (converted or units(claim) <= units(source))):
        return False
    parts = clauses(source)
    return all(
        _amount_stands(clause, language, parts, source_language, kind)
        for clause in clauses(claim)
        for kind in MEASURED
        if values(clause, kind)
    ) and (language is not source_language or _counts_stand(claim, source, language))


def _months(source: str) -> frozenset[float]:
    """The months that the source names, or writes in digits."""
    dates = (value[1] for value in values(source, Wanted.DATE) if len(value) > 1)
    return months(source) | frozenset(month for month in dates if month is not None)


def _amount_stands(
    clause: str, language: Language, parts: Collection[str], source_language: Language, kind: Wanted
) -> bool:
    stating = [part for part in parts if values(part, kind)]
    about = nearest(clause, stating, language) if language is source_language else stating
    fitting = [part for part in about if _within(values(clause, kind), values(part, kind))]
    limits = turns(clause, language) & LIMITS
    return any(limits == turns(part, source_language) & LIMITS for part in fitting)


def _within(stated: Collection[Value], held: Collection[Value]) -> bool:
    """Whether each value is among those held; a part of a date that is not said fits any."""
    return all(any(_fits(each, other) for other in held) for each in stated if _is_real(each))


def _fits(value: Value, other: Value) -> bool:
    return len(value) == len(other) and all(
        own is None or own == theirs for own, theirs in zip(value, other, strict=True)
    )


def _is_real(value: Value) -> bool:
    """A time of the day such as `8.30.` looks like a date of a month that there is not."""
    return len(value) == 1 or value[1] is None or value[1] <= _MONTHS


def _counts_stand(claim: str, source: str, language: Language) -> bool:
    """Whether no number of the claim counts what another number counts in the source.

    Numbers whose nouns do not tell must at least come in the source's order.
    """
    theirs, own = _counted(source, language), _counted(claim, language)
    if not _figures_stand_with_their_words(claim, source, language):
        return False
    told = 0
    for number, noun in own:
        numbers = {other for other, counted in theirs if counted & noun}
        if numbers and number not in numbers:
            return False
        told += bool(numbers)
    plain = [without_measures(text) for text in (claim, source)]
    return told == len(figures(plain[0])) or _is_in_order(figures(plain[0]), figures(plain[1]))


def _figures_stand_with_their_words(claim: str, source: str, language: Language) -> bool:
    """Whether each figure stands in one of those numbered clauses of the source that share most words with its own."""
    numbered = [part for part in clauses(source) if figures(part)]
    for clause in clauses(claim):
        plain = figures(without_measures(clause))
        if plain and not any(set(plain) <= set(figures(part)) for part in nearest(clause, numbered, language)):
            return False
    return True


def _is_in_order(some: Sequence[float], all_of_them: Sequence[float]) -> bool:
    rest = iter(all_of_them)
    return all(number in rest for number in some)


def _counted(text: str, language: Language) -> list[tuple[tuple[float, ...], frozenset[str]]]:
    found = (
        (tuple(figures(each[1])), frozenset(lemma_terms(each[2], language)))
        for each in _COUNTED.finditer(without_measures(text))
    )
    return [(number, noun) for number, noun in found if noun]


def names_stand(claim: str, language: Language, source: str) -> bool:
    """Whether each name, acronym and code of the claim stands in the source, in whatever case."""
    # `THL:n` and `CE-merkintä` hold the names THL and CE.
    held = gram_string(_JOINTS.sub(" ", source))
    return all(_is_there(name, held) for name in _names(claim, language))


def _names(claim: str, language: Language) -> list[str]:
    """Words with a capital that are not the sentence's first, codes, and a first word that no dictionary knows."""
    found = [match.group() for match in _NAME.finditer(claim) if not months(match.group())]
    first = found and claim.lstrip("”\"'(").startswith(found[0])
    return found[1:] if first and _is_ordinary(found[0], language) else found


def _is_ordinary(word: str, language: Language) -> bool:
    if len(word) == 1 or word.isupper():
        return len(word) == 1
    return is_known(word.casefold(), language) or len(lemma_terms(word, language)) != 1


def _is_there(name: str, held: str) -> bool:
    grams = gram_terms(name)
    if any(map(str.isdigit, name)) or name.isupper():
        return all(gram in held for gram in grams)
    return sum(gram in held for gram in grams) >= ALIKE * len(grams)


def turns_stand(claim: str, language: Language, source: str, source_language: Language) -> bool:
    """Whether the claim has no turn that the source lacks, leaves out no condition, and says `not` where that does."""
    own, theirs = turns(claim, language), turns(source, source_language)
    if own - theirs or (theirs & KEPT) - own:
        return False
    if language is not source_language:
        return is_negated(claim, language) == is_negated(source, source_language)
    parts = turning_clauses(source)
    return not _affirms_what_is_denied(claim, parts, language) and all(
        _turns_alike(clause, nearest(clause, parts, language), language) for clause in turning_clauses(claim)
    )


def _affirms_what_is_denied(claim: str, parts: Sequence[str], language: Language) -> bool:
    """Whether a claim without `not` holds a word that the source has behind its `not` alone."""
    if is_negated(claim, language):
        return False
    denied = " ".join(denied_part(part, language) for part in parts)
    affirmed = " ".join(part.removesuffix(denied_part(part, language) or "\0") for part in parts)
    return bool(lemmas_of(claim, language) & (lemmas_of(denied, language) - lemmas_of(affirmed, language)))


def _turns_alike(clause: str, parts: Sequence[str], language: Language) -> bool:
    """Whether the clause denies where one of those that speak of the same does, and affirms where all of them do."""
    denied = [denials(part, language) for part in parts]
    own = denials(clause, language)
    return own in denied if own else not any(denied)
