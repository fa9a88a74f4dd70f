"""What tells that somebody is named for their work, their writings or their fame, and how much.

A profession beside a name takes away more than an illness as a topic, an age and a verb can give together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.patients.evidence import Evidence, Surroundings, match_to_end
from knowledge.patients.lexicon import words
from knowledge.patients.roles import is_called_patient
from knowledge.patients.signs import BIRTH_DATE, BIRTH_YEAR, IS_OR_HAS, clause

_INTRODUCING = re.compile(
    r"(?<!\w)(?:olen|nimeni on|jag heter|jag är|i am|i'm|my name is|this is|minä|me|undertecknad|täällä|här är)[\s:,]*$"
)
_CITED = re.compile(r"^(?: ym\b| et al| m\.? ?fl|,? ?\(?(?:19|20)\d\d[a-z]?\)|, [A-ZÅÄÖ]\b|,? \((?:19|20)\d\d)")
_OF_AN_ORGANISATION = re.compile(r"^,? ?\(?[A-ZÅÄÖ]{2,6}[),]")
_NOT = re.compile(r"(?<!\w)(?:ei|eikä|inte|not|n't|never) \w+")
"""What somebody does not do is no work ("ei vastaa puhelimeen")."""
_AND_AFTER = re.compile(r"^ (?:ja|och|and|&|sekä|samt) [A-ZÅÄÖ]\w+ [A-ZÅÄÖ]\w")
_AND_BEFORE = re.compile(r"[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+ (?:ja|och|and|&|sekä|samt) $")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w|\[at\]|\(at\)")
_LIFE = re.compile(r"^[\s,(]{1,3}(?:\d{1,2}\. ?\w+ )?1[0-9]\d\d ?[–-]")
_PAST = re.compile(r"(?<![\w./-])(?:1[0-9]\d\d|200\d)(?![\w./])")
_BORN = re.compile(rf"{BIRTH_DATE.pattern}|{BIRTH_YEAR.pattern}", re.VERBOSE)
_GROUPS = re.compile(
    r"(?<!\w)(?:potilaat|potilaiden|potilaille|potilaita|potilailla|asiakkaiden|asiakkaille|asiakkaat|asukkaiden|asukkaille|äldre"
    r"|ikäihmis\w+|ikäänty\w+|iäkkäi\w+"
    r"|patienter\w*|klienter\w*|patients|clients|residents|older (?:people|adults)|people with|personer med)(?!\w)"
)
_SENTENCE = re.compile(r"[.!?;|] ")
_MANY_NAMES = 3
_VERB_REACH, _ROLE_REACH, _BEFORE_REACH = 45, 45, 40


def countering(around: Surroundings) -> Iterator[Evidence]:
    """All that is found."""
    if _has_profession(around) or _INTRODUCING.search(around.before):
        yield Evidence(-5)
    if _CITED.search(around.written_after) or _LIFE.search(around.after):
        yield Evidence(-4)
    if not is_called_patient(around):
        yield from _working(around)
    if _EMAIL.search(around.around):
        yield Evidence(-3)  # Contact persons have one.
    if around.names >= _MANY_NAMES:
        yield Evidence(-3)  # Speakers and authors stand in lists.
    elif _AND_AFTER.search(around.written_after) or _AND_BEFORE.search(around.written_before):
        yield Evidence(-2)
    if around.name.endswith(("lta", "ltä")):
        yield Evidence(-2)  # One asks something of them.
    if _PAST.search(_BORN.sub("", around.around)):
        yield Evidence(-2)  # So articles tell of lives.
    if _GROUPS.search(around.around):
        yield Evidence(-1)  # An illness of many is a topic.


def _has_profession(around: Surroundings) -> bool:
    return (
        around.follows("professions")
        or around.is_called("professions")
        or around.precedes("professions")
        or match_to_end("professions", around.name.split(" ")[0])
        or bool(
            (verb := IS_OR_HAS.search(around.after)) and words("professions").search(clause(around.after[verb.end() :]))
        )
    )


def _working(around: Surroundings) -> Iterator[Evidence]:
    if words("working").search(_NOT.sub("", clause(around.after))[:_VERB_REACH]):
        yield Evidence(-4)
    elif words("working").search(_SENTENCE.split(around.before)[-1][-_BEFORE_REACH:]):
        yield Evidence(-2)
    if words("affiliations").search(around.after[:_ROLE_REACH]) or _OF_AN_ORGANISATION.search(around.written_after):
        yield Evidence(-3)
    if words("matters").search(around.around):
        yield Evidence(-3)
    if words("projects").search(around.around) or around.after.startswith(" kanssa"):
        yield Evidence(-1)  # Work is spoken of, though it need not be theirs.
