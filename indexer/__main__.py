"""`python -m indexer`: point Solmu at documents and keep them fresh, from the shell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from indexer.caring import add_commands, files_of
from indexer.opening import indexer_alone as _indexer_alone
from indexer.opening import opened_indexer as _indexer
from indexer.opening import shown_progress as _bar
from indexer.pipeline import Tell
from indexer.printing import plan_json, print_plan, print_report, print_status, report_json, source_json, status_json
from indexer.quarantine_commands import app as quarantine
from indexer.report import Report
from indexer.runs import RunBook
from indexer.sourcing import add_source, find_source, read_columns
from indexer.vector_commands import app as vector_commands
from indexer.wiring import Indexer
from indexer.worker import Worker
from knowledge.auditing import note_from_shell, note_shell_act
from knowledge.errors import IndexMissingError
from knowledge.model import SHELL, Act, Audience, GenerationId
from knowledge.shell import output, print_json

app = typer.Typer(
    help="Point Solmu at documents and keep them fresh.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.add_typer(quarantine, name="quarantine")
app.add_typer(vector_commands, name="vectors")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Where = Annotated[str, typer.Argument(help="A folder, a file or a page's address.")]
Which = Annotated[str, typer.Argument(help="The source's id or place.")]
For = Annotated[Audience | None, typer.Option(help="Who may see what is in it: members where not said.")]
Columns = Annotated[list[str] | None, typer.Option("--column", help="FIELD=COLUMN of a catalogue; may be repeated.")]
Link = Annotated[str | None, typer.Option(help="Web address under which readers find the folder's files, or the file.")]


class Kind(StrEnum):
    """What `add` is told to read."""

    DOCUMENTS = "documents"
    USECASES = "usecases"


@app.command()
def add(
    place: Where,
    *,
    kind: Annotated[Kind, typer.Option(help="What it holds.")] = Kind.DOCUMENTS,
    audience: For = None,
    column: Columns = None,
    link: Link = None,
    later: Annotated[bool, typer.Option("--later", help="Only remember it; `sync` reads it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a folder, a file, a web page or a use-case catalogue, and index it."""
    with _indexer_alone() as indexer:
        indexer.publisher.refuse_other_model()
        with indexer.knowledge.store() as work:
            source, is_new = add_source(
                work,
                place,
                use_cases=kind is Kind.USECASES,
                audience=audience,
                columns=read_columns(column or []),
                link=link,
                clock=indexer.knowledge.clock,
            )
            work.commit()
        report = None if later else _run(indexer, lambda tell: indexer.pipeline.sync([source], tell))
    if as_json:
        print_json({"source": source.id, "new": is_new} | ({"report": report_json(report)} if report else {}))
    else:
        output.print(f"{source.location} is {'' if is_new else 'already '}source {source.id}.")
        if report:
            print_report(report)
    _exit(report)


@app.command()
def sync(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to all sources; what is unchanged is not read again."""
    with _indexer_alone() as indexer:
        sources = indexer.sources()
        if dry_run:
            with _bar() as tell:
                report = indexer.pipeline.plan(sources, tell)
        else:
            note_shell_act(indexer.knowledge.store, indexer.knowledge.clock, Act.REINDEX)
            report = _run(indexer, lambda tell: indexer.pipeline.sync(sources, tell))
    if as_json:
        print_json(plan_json(report) if dry_run else report_json(report))
    else:
        (print_plan if dry_run else print_report)(report)
    _exit(report)


@app.command("list")
def list_sources(*, as_json: AsJson = False) -> None:
    """List the sources."""
    with _indexer() as indexer, indexer.knowledge.store.reading() as work:
        documents = Counter(document.source for document in work.documents.live())
        failures = Counter(failure.source for failure in work.failures.all())
        rows = [source_json(each, documents[each.id], failures[each.id]) for each in work.sources.all()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        size = f"{row['documents']} documents" + (f", {row['failures']} with a problem" if row["failures"] else "")
        output.print(f"{row['id']:4} {row['kind']:8} {row['audience']:12} {size}  {row['location']}")
    if not rows:
        output.print("There are no sources yet; run `python -m indexer add PATH`.")


@app.command()
def status(*, as_json: AsJson = False) -> None:
    """Show what is indexed, the generations, the last run, and what could not be read."""
    with _indexer() as indexer:
        knowledge = indexer.knowledge
        try:
            current = str(knowledge.shelf.current().manifest.generation)
        except IndexMissingError:
            current = ""
        with knowledge.store.reading() as work:
            shown = status_json(
                work.documents.counts(), current, knowledge.shelf.kept(), work.runs.latest(), work.failures.all()
            )
    if as_json:
        print_json(shown)
    else:
        print_status(shown)


@app.command()
def remove(name: Which, *, as_json: AsJson = False) -> None:
    """Erase a source with everything read from it, also from kept generations' reach."""
    with _indexer_alone() as indexer:
        indexer.publisher.refuse_other_model()
        with indexer.knowledge.store() as work:
            source = find_source(work, name)
            work.sources.remove(source.id)
            note_from_shell(work, indexer.knowledge.clock, Act.SOURCE_REMOVE, f"source:{source.id}")
            work.commit()
        files_of(indexer).remove(source.location)
        _run(indexer, lambda tell: indexer.pipeline.sync([], tell))
    if as_json:
        print_json({"removed": source.id, "location": source.location})
    else:
        output.print(f"Source {source.id} ({source.location}) and everything read from it is erased.")


@app.command()
def rebuild(*, as_json: AsJson = False) -> None:
    """Publish a new generation from the database, embedding anew what the settings' model has not embedded yet."""
    with _indexer_alone() as indexer, _bar() as tell:
        with indexer.knowledge.store.reading() as work:
            passages = work.documents.counts()["passages"]
        done = 0

        def embedded(count: int) -> None:
            nonlocal done
            done += count
            tell("embedding", done, passages)

        manifest = indexer.publisher.publish(embedded, anew=True)
        subject = f"generation:{manifest.generation}"
        note_shell_act(indexer.knowledge.store, indexer.knowledge.clock, Act.REBUILD, subject)
    if as_json:
        print_json({"generation": manifest.generation, "passages": manifest.passages, "embedded": done})
    else:
        output.print(f"Generation {manifest.generation} of {manifest.passages} passages is current.")


@app.command()
def rollback(
    generation: Annotated[str | None, typer.Argument(help="Where not said, the one before the current.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make an earlier index generation current; the next one that is published takes over again."""
    with _indexer_alone() as indexer:
        manifest = indexer.knowledge.shelf.roll_back(GenerationId(generation) if generation else None)
        subject = f"generation:{manifest.generation}"
        note_shell_act(indexer.knowledge.store, indexer.knowledge.clock, Act.ROLL_BACK, subject)
    if as_json:
        print_json({"generation": manifest.generation, "passages": manifest.passages})
    else:
        output.print(f"Generation {manifest.generation} of {manifest.passages} passages is current again.")


@app.command()
def worker() -> None:
    """Wait for runs that people ask for in Slack, and do them."""
    with _indexer() as indexer:
        Worker(indexer).run()


def _run(indexer: Indexer, do: Callable[[Tell], Report]) -> Report:
    book = RunBook(indexer.knowledge.store, indexer.knowledge.clock, indexer.name)
    with _bar() as tell:
        return book.perform(book.begin(SHELL), do, tell)


def _exit(report: Report | None) -> None:
    """Programs see by the exit code whether something new went wrong; known failures are in `status`."""
    if report and any(trouble.is_new for trouble in report.troubles):
        raise typer.Exit(1)


add_commands(app)

if __name__ == "__main__":
    app()
