"""What somebody is in the network."""

from __future__ import annotations

import enum


class Role(enum.StrEnum):
    """From the least to the most: an admin may do all that a coordinator may, who may do all that a member may."""

    OUTSIDER = "outsider"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


STAFF = frozenset({Role.COORDINATOR, Role.ADMIN})
"""Those who look after the network."""
