"""`python -m knowledge backup`, `verify` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from knowledge.archive import About
from knowledge.auditing import note_shell_act
from knowledge.backups import back_up, restore, verify
from knowledge.model import Act
from knowledge.settings import load_settings
from knowledge.shell import output, print_json, sentences_for_errors, set_up_logging
from knowledge.store import open_store
from knowledge.undone import WARNING, read_audit, undone
from knowledge.wiring import utc_now

File = Annotated[Path, typer.Argument(help="The backup's file.")]
WithoutLedger = Annotated[
    bool, typer.Option("--without-ledger", help="Restore though nothing tells who was erased since the backup.")
]
SkipUnreadable = Annotated[
    bool, typer.Option("--skip-unreadable", help="Restore though lines of the ledger of erasures cannot be read.")
]
Audit = Annotated[
    Path | None, typer.Option(help="The old place's exported audit log: lists what the restore takes back.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def backup_command(file: File, *, as_json: AsJson = False) -> None:
    """Write database and handed-over files into a new file, while Solmu runs; it holds what people wrote."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        about = back_up(settings, file, utc_now)
        store = open_store(settings.database)
        note_shell_act(store, utc_now, Act.BACKUP, about.made_at)
        store.dispose()
        _tell(about, as_json=as_json)


def verify_command(file: File, *, as_json: AsJson = False) -> None:
    """Look whether a backup is whole: checksum, the database's own check, and the number of rows in each table."""
    with sentences_for_errors():
        _tell(verify(file), as_json=as_json)


def restore_command(
    file: File,
    *,
    without_ledger: WithoutLedger = False,
    skip_unreadable: SkipUnreadable = False,
    audit: Audit = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into an empty database and data folder, and build its index; tell what it takes back."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        acts = read_audit(audit) if audit else ()
        about = restore(settings, file, utc_now, without_ledger=without_ledger, skip_unreadable=skip_unreadable)
        _tell(about, as_json=as_json)
        # Beside what programs read.
        typer.echo(WARNING, err=True)
        for each in undone(acts, about.moment):
            typer.echo(f"{each.at:%Y-%m-%d %H:%M}  {each.act}  {each.subject}", err=True)


def _tell(about: About, *, as_json: bool) -> None:
    if as_json:
        print_json({"made_at": about.made_at, "checksum": about.checksum, "rows": dict(about.rows)})
        return
    told = {name: about.rows.get(name, 0) for name in ("documents", "passages", "members", "questions")}
    output.print(
        f"Good, made {about.moment:%Y-%m-%d %H:%M} UTC: {', '.join(f'{n} {name}' for name, n in told.items())}."
    )
