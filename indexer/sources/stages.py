"""How far a use case is: the words of many catalogues brought to four."""

from __future__ import annotations

import re
from collections.abc import Mapping

_STAGES: Mapping[str, re.Pattern[str]] = {
    "ended": re.compile(
        r"päättyn|lopetet|keskeyt|poistettu|avslut|upphör|nedlag|avbruten|"
        r"\b(?:ended|retired|discontinued|terminated|closed|stopped|decommissioned)\b|not in use",
        re.IGNORECASE,
    ),
    "idea": re.compile(
        r"idea|ideoin|suunni|\bidé|planer|\b(?:idea|planned|planning|concept|proposed|proposal)\b|"
        r"pre-?deployment|in development|under development|kehitteillä|kehityksessä|under utveckling",
        re.IGNORECASE,
    ),
    "pilot": re.compile(r"pilot|kokeil|försök|testa|testivaihe|\b(?:trial|testing|test)\b", re.IGNORECASE),
    "production": re.compile(
        r"tuotan|käytössä|käyttöönotet|vakiintun|i drift|i bruk|i användning|produktion|"
        r"\b(?:production|deployed|implemented|in use|operational|live)\b",
        re.IGNORECASE,
    ),
}
"""Asked in this order: `not in use` before `in use`, `pre-deployment` before `deployed`."""


def normal_stage(told: str) -> str:
    """`idea`, `pilot`, `production` or `ended` where the words are understood, else the words themselves."""
    return next((stage for stage, words in _STAGES.items() if words.search(told)), told)
