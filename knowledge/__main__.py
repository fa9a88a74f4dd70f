"""`python -m knowledge`: ask, search and evaluate from the shell."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from knowledge.audit_command import audit
from knowledge.auditing import note_shell_act
from knowledge.backup_commands import backup_command, restore_command, verify_command
from knowledge.conduct.rules import LONGEST_QUESTION
from knowledge.evaluation.collection import Collection, read_collection
from knowledge.evaluation.indexing import index_documents
from knowledge.evaluation.measuring import ask_all, quote_shares, summarise
from knowledge.evaluation.own import ask_own, told_questions
from knowledge.evaluation.rated import write_rated
from knowledge.map_command import draw
from knowledge.member_commands import app as members
from knowledge.model import Act, Answer, Audience, Citation, UseCase
from knowledge.personal_commands import erase, personal
from knowledge.ports import VectorKind
from knowledge.privacy import kept
from knowledge.question_command import export
from knowledge.settings import load_settings
from knowledge.shell import output, print_json, progress_bar, sentences_for_errors, set_up_logging
from knowledge.store import open_store
from knowledge.wiring import Knowledge, open_knowledge, utc_now

app = typer.Typer(help="Ask Solmu, look into its search, or measure it.", no_args_is_help=True, add_completion=False)
app.add_typer(members, name="members")
app.command(name="map")(draw)
app.command(name="personal")(personal)
app.command(name="erase")(erase)
app.command(name="questions")(export)
app.command(name="audit")(audit)
app.command(name="backup")(backup_command)
app.command(name="verify")(verify_command)
app.command(name="restore")(restore_command)
EVALUATION_THREADS = 2
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
For = Annotated[Audience, typer.Option(help="Whose sources may be searched.")]


@app.command()
def ask(text: str, *, audience: For = Audience.MEMBERS, as_json: AsJson = False) -> None:
    """Answer a question with quotes and their sources."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        knowledge = open_knowledge(settings)
        answer = knowledge.writer.write(text, knowledge.answerer.ask(text, audience=audience))
    if as_json:
        print_json(_answer(answer))
    else:
        output.print(answer.text)


@app.command()
def search(
    text: str,
    *,
    top: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 10,
    audience: For = Audience.MEMBERS,
    as_json: AsJson = False,
) -> None:
    """List the passages found for a text, best first."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        hits = open_knowledge(settings).searcher.search(kept(text, LONGEST_QUESTION), audience=audience, limit=top)
    if as_json:
        print_json(
            [
                {
                    "passage": hit.passage.id,
                    "document": hit.document.key,
                    "page": hit.passage.page,
                    "text": hit.passage.text,
                    "score": round(hit.score, 4),
                }
                for hit in hits
            ]
        )
        return
    for number, hit in enumerate(hits, 1):
        page = "" if hit.passage.page is None else f", page {hit.passage.page}"
        output.print(f"{number}. {hit.document.title}{page}  ({hit.score:.2f})")
        output.print(f"   {' '.join(hit.passage.text.split())[:300]}\n")


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="A folder with queries.jsonl and qrels.tsv.")],
    *,
    corpus: Annotated[Path | None, typer.Option(help="The folder with corpus.jsonl, where another.")] = None,
    work: Annotated[Path | None, typer.Option(help="Keep the data folder here and reuse its vectors.")] = None,
    quotes: Annotated[
        bool, typer.Option(help="Also whether quotes hold the answers, where the set tells them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Index a question set into a throw-away folder, ask all its questions, and print the measures."""
    with sentences_for_errors(), ExitStack() as stack:
        settings = load_settings()
        set_up_logging(settings.log_level)
        collection = read_collection(folder, corpus)
        kept = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="solmu-evaluate-")))
        alone = {"data_dir": kept, "database_url": "", "vectors": VectorKind.FAISS}
        here = settings.model_copy(update=alone)
        knowledge = open_knowledge(here, embedding_threads=EVALUATION_THREADS)
        measures = _measured(collection, knowledge, stack.enter_context(progress_bar()), quotes=quotes)
    rounded = {name: round(value, 4) for name, value in measures.items()}
    if as_json:
        print_json(rounded)
    else:
        for name, value in rounded.items():
            output.print(f"{name:40} {value}")


@app.command()
def feedback(
    folder: Annotated[Path, typer.Argument(help="Where the set is written; `evaluate` reads it there.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Write answers that people rated as a question set, and their complaints beside it."""
    with sentences_for_errors():
        settings = load_settings()
        set_up_logging(settings.log_level)
        store = open_store(settings.database)
        note_shell_act(store, utc_now, Act.RATED_EXPORT)
        counts = write_rated(store, folder)
        store.dispose()
    if as_json:
        print_json(counts)
    else:
        for name, value in counts.items():
            output.print(f"{name:12} {value}")


def _measured(collection: Collection, knowledge: Knowledge, bar: Progress, *, quotes: bool) -> Mapping[str, float]:
    indexing = bar.add_task("Embedding passages", total=None)
    started = time.perf_counter()
    passages = index_documents(
        collection.documents,
        knowledge.store,
        knowledge.shelf,
        knowledge.embedder,
        knowledge.clock,
        lambda count: bar.advance(indexing, count),
    )
    index_seconds = time.perf_counter() - started
    asking = bar.add_task("Asking", total=len(collection.questions) + len(collection.unanswerable))
    answered, refused = (
        ask_all(questions, knowledge.searcher, lambda: bar.advance(asking))
        for questions in (collection.questions, collection.unanswerable)
    )
    told = told_questions(collection) if quotes else []
    asked = list(bar.track(ask_own(told, knowledge.answerer, knowledge.store), len(told), description="Quoting"))
    measures = summarise(collection, answered, refused) | (quote_shares(asked) if asked else {})
    return measures | {"passages": passages, "index_seconds": index_seconds}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status.value,
        "reason": answer.reason.value,
        "language": answer.language.value,
        "text": answer.text,
        "written": answer.written,
        "evidence": answer.evidence,
        "took_ms": answer.took_ms,
        "citations": [_citation(citation) for citation in answer.citations],
        "use_cases": [_use_case(use_case) for use_case in answer.use_cases],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.key,
        "title": citation.title,
        "publisher": citation.publisher,
        "published": citation.published,
        "page": citation.page,
        "url": citation.url,
        "quote": citation.quote,
        "language": citation.language.value,
        "score": citation.score,
    }


def _use_case(use_case: UseCase) -> dict[str, Any]:
    return {
        "document": use_case.document,
        "title": use_case.title,
        "organisation": use_case.organisation,
        "stage": use_case.stage,
        "topics": use_case.topics,
        "contact": use_case.contact,
        "url": use_case.url,
    }


if __name__ == "__main__":
    app()
