"""Texts that are told to be no question before anything is looked up: nothing of a person's health is embedded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.conduct.clinical import asks_for_clinical_advice
from knowledge.conduct.crisis import speaks_of_crisis
from knowledge.conduct.pastimes import is_pastime
from knowledge.conduct.small_talk import is_small_talk
from knowledge.model import Reason
from knowledge.privacy import Personal, personal_data_in

LONGEST_QUESTION = 2000
"""Characters; a longer text is no question."""
WITHHELD = {Personal.IDENTITY_CODE: Reason.PERSONAL_DATA, Personal.PATIENT: Reason.PATIENT_DATA}
"""Why nothing is done with a text that may not be kept."""
HELD_DOWN = 4
"""So many times the same letter and no other is no word."""


def reason_to_refuse(text: str) -> Reason:
    """Why a text is not looked up, or NONE; personal data is told first, before anything else is done with it."""
    found = personal_data_in(text)
    if found is not Personal.NONE:
        return WITHHELD[found]
    return next((reason for reason, told in _TOLD.items() if told(text)), Reason.NONE)


def _is_empty(text: str) -> bool:
    """Whether there are no letters or digits, or only one of them, held down."""
    letters = [letter for letter in text.casefold() if letter.isalnum()]
    return not letters or (len(letters) >= HELD_DOWN and len(set(letters)) == 1)


_TOLD: Mapping[Reason, Callable[[str], bool]] = {
    Reason.EMPTY: _is_empty,
    Reason.TOO_LONG: lambda text: len(text) > LONGEST_QUESTION,
    Reason.CRISIS: speaks_of_crisis,
    Reason.SMALL_TALK: is_small_talk,
    Reason.OFF_TOPIC: is_pastime,
    Reason.CLINICAL_ADVICE: asks_for_clinical_advice,
}
"""In this order."""
