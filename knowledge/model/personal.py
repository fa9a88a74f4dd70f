"""Where a person's data stand: what the register of personal data says of a table."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Ending(enum.StrEnum):
    """What becomes of a row when the person that it names is erased."""

    ROW = "row"
    """It goes."""
    NAME = "name"
    """The person's id in it is emptied; the rest is not about them."""
    KEPT = "kept"
    """It stays until it is old, for the reason that stands beside it."""


class Spelling(enum.StrEnum):
    """How a column writes who it is about."""

    MEMBER = "member"
    """Workspace and user, as everywhere in the domain."""
    USER = "user"
    """The user's id alone."""
    HASHED = "hashed"
    """A hash, of which the person can be told only by who knows their id."""
    INSIDE = "inside"
    """Somewhere inside a longer text."""


@dataclass(frozen=True, slots=True)
class Held:
    """One column in which a person's id stands: `data.author` is the field of a column that holds JSON.

    `shown` are the columns that the person is shown and exported, in the same spelling; none where showing the row
    would tell of somebody else. `subject` groups tables for people, and names a sentence in the catalogues.
    """

    table: str
    column: str
    subject: str
    ending: Ending
    shown: tuple[str, ...] = ()
    spelling: Spelling = Spelling.MEMBER
    why: str = ""
