"""`python -m knowledge personal`: what is known of a person, for an admin who is asked on their behalf."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from knowledge.adapters.erasure_ledger import hashed
from knowledge.auditing import note_shell_act
from knowledge.model import Act, MemberId, member_id
from knowledge.opening import opened_knowledge
from knowledge.shell import output, print_json

Who = Annotated[str, typer.Argument(help="The person as WORKSPACE:USER, such as T01AB:U02CD, or the user's id alone.")]
Team = Annotated[str, typer.Option(help="The workspace's id, where it is not told with the person.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def personal(user: Who, *, team: Team = "") -> None:
    """Print all that Solmu knows of a person, as JSON."""
    person = _person(user, team)
    with opened_knowledge() as knowledge:
        told = knowledge.personal.export(person)
        note_shell_act(knowledge.store, knowledge.clock, Act.PERSONAL_EXPORT, hashed(person))
    sys.stdout.write(told.decode() + "\n")


def erase(user: Who, *, team: Team = "", as_json: AsJson = False) -> None:
    """Erase all that Solmu knows of a person, also of one who has left the workspace."""
    person = _person(user, team)
    with opened_knowledge() as knowledge:
        summary = knowledge.personal.summary(person)
        knowledge.profiles.leave(person)
        note_shell_act(knowledge.store, knowledge.clock, Act.ERASE_PERSON, hashed(person))
    if as_json:
        print_json({"erased": dict(summary)})
    else:
        things = ", ".join(f"{subject} {count}" for subject, count in summary.items()) or "nothing was known"
        output.print(f"Everything of the person is erased ({things}).", markup=False)


def _person(user: str, team: str) -> MemberId:
    if ":" in user:
        return MemberId(user)
    if not team:
        message = "tell the workspace too: WORKSPACE:USER, or --team WORKSPACE"
        raise typer.BadParameter(message)
    return member_id(team, user)
