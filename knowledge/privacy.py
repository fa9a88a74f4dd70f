"""Finding personal identity codes, so that a question holding one is refused before it is kept anywhere.

The check character follows the Digital and Population Data Services Agency's rule: the nine digits of birth date and
individual number, modulo 31, index the characters below. Since 2023 several signs stand for each century.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from knowledge.errors import SolmuError

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACED = r"\s*".join
_CODE = re.compile(
    # Looked at from every place, so that no number before a code can swallow its beginning.
    r"(?<![0-9])(?="
    + _SPACED([r"(\d\s*\d)"] * 3 + [r"([-+A-FU-Y])", r"(\d\s*\d\s*\d)", r"([0-9A-Y])"])
    + r"(?![0-9A-Z]))"
)


class IdentityCodeError(SolmuError):
    """What somebody wrote cannot be kept: it holds a personal identity code."""


def kept(text: str, most: int) -> str:
    """What somebody wrote as it may be kept, cut to this many characters; raises IdentityCodeError."""
    if holds_identity_code(text):
        message = "The text holds a personal identity code; it was not kept."
        raise IdentityCodeError(message)
    return text.strip()[:most]


def holds_identity_code(text: str) -> bool:
    """Whether a valid Finnish personal identity code stands in the text, also with odd dashes, spaces or case."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    plain = _DASHES.sub("-", plain).upper()
    return any(_is_valid(*("".join(part.split()) for part in match.groups())) for match in _CODE.finditer(plain))


def _is_valid(day: str, month: str, year: str, sign: str, number: str, check: str) -> bool:
    try:
        date(_CENTURIES[sign] + int(year), int(month), int(day))
    except ValueError:
        return False
    return CHECK_CHARACTERS[int(day + month + year + number) % 31] == check
