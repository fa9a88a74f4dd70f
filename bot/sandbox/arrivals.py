"""Those who can come to the workspace while a visitor looks on, one after the other."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from bot.sandbox.values import Person, Role
from bot.sandbox.workspace import ApiError, Workspace

NEWCOMERS = (
    Person(
        "",
        "hilla.paju",
        "Hilla Paju",
        Role.MEMBER,
        "Projektipäällikkö, Tuulisalmen hyvinvointialue",
        played="Hilla (uusi)",
    ),
    Person("", "axel.lund", "Axel Lund", Role.MEMBER, "Överskötare, Norrfjärdens sjukhus", played="Axel (ny)"),
    Person(
        "",
        "nora.finch",
        "Nora Finch",
        Role.MEMBER,
        "Research nurse, Lumiharju University",
        played="Nora (new)",
    ),
)


def newcomers_left(workspace: Workspace) -> Sequence[Person]:
    """Those who have not come yet."""
    handles = {person.handle for person in workspace.people.values()}
    return [person for person in NEWCOMERS if person.handle not in handles]


def next_newcomer(workspace: Workspace) -> Person:
    """The next one, with an id that nobody had before; raises ApiError where all are there."""
    waiting = newcomers_left(workspace)
    if not waiting:
        raise ApiError("nobody_left")
    # The database outlives the workspace, and nobody is welcomed twice.
    return replace(waiting[0], id=f"U0N{secrets.token_hex(4).upper()}")
