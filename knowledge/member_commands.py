"""`python -m knowledge members`: bring members in from a table and out again, list, remove, and look at the network.

For those who keep the register on the machine itself: what these commands print and write is everything that is stored,
whatever its people agreed to show to each other.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from knowledge.adapters.erasure_ledger import hashed
from knowledge.auditing import note_from_shell, note_shell_act
from knowledge.errors import SolmuError
from knowledge.members.exporting import export_members
from knowledge.members.importing import Change, Importer, Line, team_of
from knowledge.members.reporting import as_table, sections, summary
from knowledge.model import Act, Member, MemberId, member_id, user_of
from knowledge.opening import opened_knowledge
from knowledge.ports import UnitOfWork
from knowledge.shell import output

app = typer.Typer(help="Keep the register of members.", no_args_is_help=True, add_completion=False)
Team = Annotated[str, typer.Option(help="The workspace's id, T…; that of the stored members where not said.")]
QUIET = frozenset({Change.SAME, Change.NEW})
"""Lines that a dry run alone tells of: nothing about them needs a decision."""


class FileError(SolmuError):
    """A file cannot be read or written."""


@app.command("import")
def bring_in(
    file: Path,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each line.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Take the file's word over the members' own.")] = False,
    team: Team = "",
) -> None:
    """Bring members in from a CSV table; they are shown to nobody before they consent in Slack."""
    with opened_knowledge() as knowledge:
        content = _read(file)
        lines = Importer(knowledge.store, knowledge.clock, replace=replace).run(content, team, dry_run=dry_run)
        if not dry_run and all(line.change is not Change.REFUSED for line in lines):
            note_shell_act(knowledge.store, knowledge.clock, Act.MEMBERS_IMPORT)
    for line in lines:
        if dry_run or line.change not in QUIET:
            output.print(f"line {line.number}: {line.change}{f' ({line.reason})' if line.reason else ''}")
    output.print(_counted(lines))
    if any(line.change is Change.REFUSED for line in lines):
        output.print("Nothing was brought in: mend the refused lines, or take them out.")
        raise typer.Exit(1)
    if dry_run:
        output.print("This was a dry run: nothing was changed.")


@app.command("export")
def bring_out(file: Path) -> None:
    """Write all members with everything that is stored of them into a CSV table."""
    with opened_knowledge() as knowledge, knowledge.store() as work:
        note_from_shell(work, knowledge.clock, Act.MEMBERS_EXPORT)
        _write(file, export_members(work))
        work.commit()
        output.print(f"{len(work.members.all())} members are in {file}.")


@app.command("list")
def show() -> None:
    """List the members, their organisations, and what each agreed to."""
    with opened_knowledge() as knowledge, knowledge.store.reading() as work:
        names = {each.id: each.name for each in work.organisations.all()}
        for member in work.members.all():
            output.print(f"{member.id}  {names.get(member.organisation, '–')}  {_agreed(member)}")


@app.command()
def remove(member: Annotated[str, typer.Argument(help="A member's id: T…:U… or U….")]) -> None:
    """Erase a member with everything that is stored of them."""
    with opened_knowledge() as knowledge:
        with knowledge.store.reading() as work:
            name = _named(work, member)
            work.members.get(name)
        knowledge.profiles.leave(name)
        note_shell_act(knowledge.store, knowledge.clock, Act.ERASE_PERSON, hashed(name))
    output.print(f"{name} and everything about them is erased.")


@app.command()
def overview(*, csv: Annotated[Path | None, typer.Option(help="Write it into this CSV table instead.")] = None) -> None:
    """How the network fares: who was never matched, what nobody offers, how the rounds went."""
    with opened_knowledge() as knowledge:
        found, language = knowledge.overviews.now(), knowledge.settings.language
        people = [*found.unmatched, *found.paused]
        names = {each.shown.member: user_of(each.shown.member) for each in people if each.shown.is_named}
        if csv is not None:
            note_shell_act(knowledge.store, knowledge.clock, Act.NETWORK_EXPORT)
            _write(csv, as_table(found, names, language))
            output.print(f"The overview is in {csv}.")
            return
        output.print(summary(found, language))
        for heading, lines in sections(found, names, language):
            output.print(f"\n{heading}")
            for line in lines:
                output.print(f"– {line}")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read ({error.strerror})."
        raise FileError(message) from error


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror})."
        raise FileError(message) from error


def _named(work: UnitOfWork, member: str) -> MemberId:
    return MemberId(member) if ":" in member else member_id(team_of(work), member)


def _counted(lines: list[Line]) -> str:
    counts = Counter(line.change for line in lines)
    return ", ".join(f"{counts[change]} {change}" for change in Change if counts[change]) or "The table has no lines."


def _agreed(member: Member) -> str:
    return ", ".join(sorted(member.consents)) or "has not consented to anything"
