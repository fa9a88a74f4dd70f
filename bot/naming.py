"""What people are called in Slack: asked only of those who agreed to be named."""

from __future__ import annotations

from collections.abc import Iterable

from bot.delivery import SlackUnavailableError
from bot.lookup import Lookup
from knowledge.model import MemberId, Shown

NAMELESS = "–"


class Naming:
    """Looks up names."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def name(self, member: MemberId) -> str:
        """The name of somebody who agreed to be named; a dash where Slack does not tell it just now."""
        try:
            return self._lookup.name_of(member) or NAMELESS
        except SlackUnavailableError:
            return NAMELESS

    def names(self, people: Iterable[Shown]) -> dict[MemberId, str]:
        """The names of those of them that are named; raises SlackUnavailableError."""
        named = sorted({each.member for each in people if each.is_named})
        # Where nobody is to be named, Slack is not waited for.
        told = self._lookup.names_of(named) if named else {}
        return {member: told[member] for member in named}

    def known_names(self, people: Iterable[Shown]) -> dict[MemberId, str]:
        """The same of those alone whose name Slack tells, for menus; raises SlackUnavailableError."""
        return {member: name for member, name in self.names(people).items() if name}
