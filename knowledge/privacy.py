"""The one door for what people write: personal identity codes and texts about a certain patient are kept nowhere.

The check character follows the Digital and Population Data Services Agency's rule: the nine digits of birth date and
individual number, modulo 31, index the characters below. Since 2023 several signs stand for each century.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from datetime import date
from urllib.parse import unquote_plus

from knowledge.errors import SolmuError
from knowledge.patients.telling import sign_in_document, sign_in_message

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SEPARATORS = re.compile(r"[-_./?&=#+]+")
_SPACED = r"\s*".join
_CODE = re.compile(
    # Looked at from every place, so that no number before a code can swallow its beginning.
    r"(?<![0-9])(?="
    + _SPACED([r"(\d\s*\d)"] * 3 + [r"([-+A-FU-Y])", r"(\d\s*\d\s*\d)", r"([0-9A-Y])"])
    + r"(?![0-9A-Z]))"
)


class Personal(enum.StrEnum):
    """What may not be kept, as people are told of it; NONE where there is nothing."""

    NONE = ""
    IDENTITY_CODE = "identity_code"
    PATIENT = "patient"


class PersonalDataError(SolmuError):
    """What somebody wrote cannot be kept. The message names the kind of what was found, never what it says."""


class IdentityCodeError(PersonalDataError):
    """It holds a personal identity code."""


class PatientDataError(PersonalDataError):
    """It tells of a certain patient or client."""


def personal_data_in(text: str) -> Personal:
    """What in a message keeps it from being kept, looked up, embedded or sent anywhere."""
    if holds_identity_code(text):
        return Personal.IDENTITY_CODE
    return Personal.PATIENT if sign_in_message(text) else Personal.NONE


def kind_of_personal_data(text: str) -> str:
    """As `personal_data_in` for a part of a document, with the kind of sign of a patient; empty for none."""
    return Personal.IDENTITY_CODE.value if holds_identity_code(text) else sign_in_document(text).value


def kept(text: str, most: int) -> str:
    """What somebody wrote as it may be kept, cut to so many characters; raises IdentityCodeError, PatientDataError."""
    found = personal_data_in(text)
    if found is Personal.IDENTITY_CODE:
        message = "The text holds a personal identity code; it was not kept."
        raise IdentityCodeError(message)
    if found is Personal.PATIENT:
        message = "The text tells of a certain patient or client; it was not kept."
        raise PatientDataError(message)
    return text.strip()[:most]


def refuse_personal_name(name: str) -> None:
    """For a file's name or an address, where signs stand for spaces; raises IdentityCodeError, PatientDataError."""
    plain = unquote_plus(name)
    for read in (name, plain, plain.replace("_", " "), _SEPARATORS.sub(" ", plain)):
        kept(read, len(read))


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
