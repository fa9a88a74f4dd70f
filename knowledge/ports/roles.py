"""Whoever knows who looks after the network at this moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from knowledge.model import MemberId


class Roles(Protocol):
    """The first two decide about acts: asked anew for each, before its transaction begins, and never within one.

    They raise RolesUnknownError where that cannot be known now. The next two are for whoever only looks, and tell what
    was known a minute ago, or lately where it cannot be known now. The last three say to whom letters about the
    network go, as was known a minute ago, or the last time that it was known at all.
    """

    def is_staff(self, person: MemberId) -> bool:
        """Whether somebody is a coordinator or an admin."""
        ...

    def is_admin(self, person: MemberId) -> bool:
        """Whether somebody is an admin."""
        ...

    def sees_as_staff(self, person: MemberId) -> bool: ...
    def sees_as_admin(self, person: MemberId) -> bool: ...
    def coordinators(self) -> Collection[MemberId]: ...
    def admins(self) -> Collection[MemberId]: ...
    def staff(self) -> Collection[MemberId]:
        """Both."""
        ...
