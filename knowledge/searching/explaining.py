"""A question as it is embedded: names and abbreviations followed by what else they are called.

Models know few of a country's authorities, and hardly any by the abbreviations of its other language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.model import Language
from knowledge.ports import Alternative

KNOWN_TO_MODELS = 2
"""Letters of an abbreviation that needs no explaining: `AI`."""


def explained(question: str, also: Iterable[Alternative]) -> str:
    """The question with the other names in brackets behind each name; other words stay as they are."""
    others: dict[str, dict[str, None]] = {}
    for other in also:
        if _is_name(other.instead_of) and (other.text[0].isupper() or other.language is Language.FI):
            others.setdefault(other.instead_of, {}).setdefault(other.text)
    for name, known_as in others.items():
        brackets = f" ({', '.join(known_as)})"
        found = re.search(rf"\b{re.escape(name)}[\w:]*", question)
        end = found.end() if found else len(question)
        question = question[:end] + brackets + question[end:]
    return question


def _is_name(text: str) -> bool:
    return text[0].isupper() and len(text) > KNOWN_TO_MODELS
