"""Texts that are told to be no question before anything is looked up: nothing of a person's health is embedded."""

from __future__ import annotations

from knowledge.conduct.clinical import asks_for_clinical_advice
from knowledge.conduct.crisis import speaks_of_crisis
from knowledge.conduct.small_talk import is_small_talk
from knowledge.model import Reason
from knowledge.privacy import holds_identity_code

LONGEST_QUESTION = 2000
"""Characters; a longer text is no question."""


def reason_to_refuse(text: str) -> Reason:
    """Why a text is not looked up, or NONE; personal data is told first, before anything else is done with it."""
    if holds_identity_code(text):
        return Reason.PERSONAL_DATA
    if not any(letter.isalnum() for letter in text):
        return Reason.EMPTY
    if len(text) > LONGEST_QUESTION:
        return Reason.TOO_LONG
    if speaks_of_crisis(text):
        return Reason.CRISIS
    if is_small_talk(text):
        return Reason.SMALL_TALK
    return Reason.CLINICAL_ADVICE if asks_for_clinical_advice(text) else Reason.NONE
