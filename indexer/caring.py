"""The shell's commands for those who look after the sources: dry runs, schedules, and documents that are replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from indexer.opening import indexer_alone, opened_indexer, shown_progress
from indexer.printing import plan_json, print_plan
from indexer.sourcing import find_source
from indexer.wiring import Indexer
from knowledge.adapters.file_shelf import FolderShelf
from knowledge.administering.acting import Acting
from knowledge.administering.replacing import Replacing
from knowledge.administering.schedules import next_time, read_timetable
from knowledge.errors import NotFoundError
from knowledge.model import NEVER, OFF, SHELL, Act, Document, DocumentId
from knowledge.shell import output, print_json
from knowledge.wiring import UPLOADS_FOLDER

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def add_commands(app: typer.Typer) -> None:
    """Let the app know them."""
    for command in (plan, schedule, replace, reinstate):
        app.command()(command)


def plan(
    name: Annotated[str | None, typer.Argument(help="A source's id or place; all where not said.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Tell what `sync` would change, without reading or publishing anything."""
    with indexer_alone() as indexer:
        sources = indexer.sources()
        if name is not None:
            with indexer.knowledge.store.reading() as work:
                sources = [find_source(work, name)]
        with shown_progress() as tell:
            report = indexer.pipeline.plan(sources, tell)
    if as_json:
        print_json(plan_json(report))
    else:
        print_plan(report)


def schedule(
    name: Annotated[str | None, typer.Argument(help="A source's id or place; where not said, all are listed.")] = None,
    when: Annotated[str, typer.Argument(help="`off`, `daily 03:00` or a day: `mon 03:00`, in Finnish time.")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Have the indexer's worker read a source by itself, or show the schedules."""
    with opened_indexer() as indexer:
        if name is not None:
            _schedule(indexer, name, when)
        with indexer.knowledge.store.reading() as work:
            cares = [work.care.of(source.id) for source in work.sources.all()]
    rows = [
        {"source": each.source, "schedule": each.schedule, "due_at": None if each.due_at == NEVER else each.due_at}
        for each in cares
    ]
    if as_json:
        print_json(rows)
        return
    for each in cares:
        due = "" if each.due_at == NEVER else f", next {each.due_at:%Y-%m-%d %H:%M} UTC"
        output.print(f"{each.source:4} {each.schedule}{due}")


def replace(
    old: Annotated[str, typer.Argument(help="The old document: its id, or words of its title.")],
    new: Annotated[str, typer.Argument(help="The document that takes its place.")],
) -> None:
    """Let answers cite a new document in an old one's place, with a note that leads to the old one."""
    with opened_indexer() as indexer:
        replacing = Replacing(acting_in_shell(indexer))
        before, after = _document(replacing, old), _document(replacing, new)
        replacing.replace(before.id, after.id, SHELL)
    output.print(f"{after.title} ({after.id}) replaces {before.title} ({before.id}).")


def reinstate(old: Annotated[str, typer.Argument(help="The old document: its id, or words of its title.")]) -> None:
    """Take a replacement back: the old document stands for itself again."""
    with opened_indexer() as indexer:
        replacing = Replacing(acting_in_shell(indexer))
        before = _document(replacing, old)
        replacing.take_back(before.id, SHELL)
    output.print(f"{before.title} ({before.id}) is replaced by nothing any more.")


def acting_in_shell(indexer: Indexer) -> Acting:
    """Whoever may use the shell may do everything."""
    return Acting(indexer.knowledge.store, lambda _: True, indexer.knowledge.clock)


def files_of(indexer: Indexer) -> FolderShelf:
    """The files that admins handed over."""
    return FolderShelf(indexer.knowledge.settings.data_dir / UPLOADS_FOLDER)


def _schedule(indexer: Indexer, name: str, when: str) -> None:
    plain = str(read_timetable(when) or OFF)
    with acting_in_shell(indexer).act(SHELL, Act.SOURCE_CHANGE) as deed:
        source = find_source(deed.work, name)
        deed.subject = f"{source.id}:schedule"
        deed.work.care.schedule(source.id, plain, next_time(plain, indexer.knowledge.clock()))


def _document(replacing: Replacing, told: str) -> Document:
    found = replacing.search(told, SHELL) or replacing.named(DocumentId(told), SHELL)
    exact = [each for each in found if told.casefold() in {each.title.casefold(), each.key.casefold()}]
    return _only(exact or found, told)


def _only(found: Sequence[Document], told: str) -> Document:
    if len(found) == 1:
        return found[0]
    if not found:
        message = f"No document is called {told}; write words of its title."
        raise NotFoundError(message)
    several = "; ".join(f"{each.id} {each.title}" for each in found[:5])
    message = f"Several documents are called {told}: {several}. Write more of the title, or the id."
    raise NotFoundError(message)
