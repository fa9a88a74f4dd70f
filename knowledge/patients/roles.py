"""What the words beside a name call its bearer: a patient, a client, somebody's own mother."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.patients import signs
from knowledge.patients.evidence import Evidence, Sign, Surroundings
from knowledge.patients.lexicon import words

_MY_FINNISH = re.compile(r"(?<!\w)\w+(?:ni|mme)$")
_MY = re.compile(r"(?<!\w)(?:min|mitt|mina|vår|vårt|våra|my|our|her|his|mum's|dad's|mammas|pappas)(?: [\w-]+)*$")
_SENTENCE = re.compile(r"[.!?:;|] ")


def role(around: Surroundings) -> Evidence | None:
    """The first that is found; the surest stand first."""
    return next((evidence for evidence, is_told in _ROLES if is_told(around)), None)


def is_called_patient(around: Surroundings) -> bool:
    """Whether the word right before the name says so."""
    return around.follows("patients")


def _is_called_patient_afterwards(around: Surroundings) -> bool:
    return around.is_called("patients") or around.precedes("patients")


def _is_a_case(around: Surroundings) -> bool:
    """Whoever is named as what a note or a question is about."""
    return around.follows("introductions") or bool(signs.RECORD.search(around.before))


def _owns(around: Surroundings) -> bool:
    return around.owns("possessions")


def is_named_as_person(around: Surroundings) -> bool:
    """Whether what stands before the name says that it is one."""
    return _is_relative(around) or around.is_right_after("titles", "kin")


def _is_looked_after(around: Surroundings) -> bool:
    return bool(signs.CARED_FOR.search(around.around))


def _is_client(around: Surroundings) -> bool:
    return around.follows("clients") or around.is_called("clients") or bool(signs.CLASS.search(around.after))


def _is_relative(around: Surroundings) -> bool:
    before = around.before.rstrip(" ,:(")
    if (own := _MY_FINNISH.search(before)) and words("relatives").match(own[0]):
        return True
    return bool(_MY.search(_SENTENCE.split(before)[-1]) and around.follows("relatives"))


def _has_title(around: Surroundings) -> bool:
    own_word = around.name.rpartition("-")[2]
    return around.follows("titles", "kin") or around.precedes("kin") or bool(words("kin").fullmatch(own_word))


def _is_with_us(around: Surroundings) -> bool:
    return bool(signs.WITH_US.search(around.around))


_ROLES: tuple[tuple[Evidence, Callable[[Surroundings], bool]], ...] = (
    (Evidence(4, Sign.PATIENT), is_called_patient),  # Nobody but a patient is called one.
    (Evidence(3, Sign.PATIENT), _is_called_patient_afterwards),  # The word may belong to what follows.
    (Evidence(2, Sign.PATIENT), _is_a_case),
    (Evidence(2, Sign.PATIENT), _is_looked_after),
    (Evidence(2, Sign.PATIENT), _is_client),  # A company has clients too.
    (Evidence(2), _is_relative),  # One's own people are not named for their work.
    (Evidence(2), _has_title),  # Colleagues are seldom given one.
    (Evidence(1, Sign.PATIENT), _owns),  # Whose daughter, tests or rent is told of may be a case.
    (Evidence(1, Sign.PATIENT), _is_with_us),  # So are partners and guests.
)
