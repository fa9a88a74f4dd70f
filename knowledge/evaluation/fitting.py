"""`python -m knowledge.evaluation.fitting`: fit every small model of Solmu anew, and print what each is worth.

Reads the question sets `squad2fi`, `squad2-en2fi` and `swequad` of one folder, indexes all their documents together,
so that passages of two languages compete, and writes `knowledge/coefficients/`. Every figure printed is of questions
whose document the model had not seen.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from knowledge.evaluation.collection import Collection, Line, read_collection
from knowledge.evaluation.indexing import index_documents
from knowledge.evaluation.metrics import auroc, refused_at
from knowledge.evaluation.models import Example, by_rank, by_rank_together, by_row, cross_validate, write
from knowledge.evaluation.observing import OWN, Observer, Question, observe, quoting_by_meaning, quoting_by_words
from knowledge.evaluation.quotable import Quotable, own_answers, own_quotables, quotables
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.taken_out import ShelfWithoutPassages
from knowledge.model import PassageId
from knowledge.ports import Embedder
from knowledge.searching.fusion import language_pair
from knowledge.searching.search import Searcher
from knowledge.settings import load_settings
from knowledge.shell import output, progress_bar, sentences_for_errors
from knowledge.wiring import Knowledge, open_knowledge

SETS = {"squad2fi": "squad2fi", "squad2-en2fi": "squad2fi", "swequad": "swequad"}
"""Question sets by name, each with the set whose documents it asks about."""
FALSE_REFUSALS = 0.05
EMBEDDED_PER_SET = 250
"""Passages of a set whose sentences are embedded to fit quoting by meaning."""
OWN_TIMES = 3
"""How often an own question counts for quoting: the sets' are asked about one sentence each."""
OWN_SHARE = 3.5
"""How often the own questions together count for evidence, beside all others together."""
THREADS = 2
app = typer.Typer(add_completion=False)


@app.command()
def main(
    sets: Annotated[Path, typer.Argument(help="The folder that holds the question sets.")],
    *,
    work: Annotated[Path, typer.Option(help="Keep the data folder here and reuse its vectors.")],
    own: Annotated[Path, typer.Option(help="Questions about documents of your own.")],
    home: Annotated[Path, typer.Option(help="The data folder in which those documents are indexed.")],
    every: Annotated[int, typer.Option(min=1, help="Look at every n-th question only.")] = 1,
) -> None:
    """Fit fusion, ranking, quoting and evidence, in this order: evidence builds on all the others."""
    with sentences_for_errors():
        collections = {name: read_collection(sets / name, sets / corpus) for name, corpus in SETS.items()}
        settings = load_settings().model_copy(update={"data_dir": work, "database_url": ""})
        knowledge = open_knowledge(settings, embedding_threads=THREADS)
        _index(knowledge, collections)
        embedder = RememberingEmbedder(knowledge.embedder)
        at_home = open_knowledge(settings.model_copy(update={"data_dir": home}))
        looks = Looks(
            (_observer(knowledge, embedder), _questions(knowledge, collections)[::every]),
            (_observer(at_home, RememberingEmbedder(at_home.embedder)), _own_questions(own, at_home)),
        )
        _fit_ranks("fusion", looks, Observer.fusion)
        _fit_ranks("ranking", looks, Observer.ranking)
        asked = {
            name: quotables(sets / SETS[name] / "queries.jsonl", collection)[::every]
            for name, collection in collections.items()
        }
        with at_home.store.reading() as reading:
            asked[OWN] = own_quotables(own, reading.documents.live_passages())
        _fit_quoting(asked, embedder)
        _fit_evidence(looks)


@dataclass(frozen=True, slots=True)
class Looks:
    """Who looks at which questions: those of the sets, and the own ones."""

    sets: tuple[Observer, Sequence[Question]]
    own: tuple[Observer, Sequence[Question]]

    @property
    def questions(self) -> list[Question]:
        """All of them."""
        return [*self.sets[1], *self.own[1]]

    def observe(self, look: Callable[[Observer, Question], Example], done: Callable[[], None]) -> list[Example]:
        """What there is to see of every question, in order."""
        return [
            example
            for observer, questions in (self.sets, self.own)
            for example in observe(questions, partial(look, observer), done)
        ]


def _observer(knowledge: Knowledge, embedder: Embedder) -> Observer:
    shelf = ShelfWithoutPassages(knowledge.shelf)
    return Observer(Searcher(knowledge.store, shelf, embedder), shelf)


def _own_questions(file: Path, knowledge: Knowledge) -> list[Question]:
    """The own questions, with the passages that have the answer and those of the document, if there is one."""
    with knowledge.store.reading() as work:
        passages = list(work.documents.live_passages())
    theirs: dict[str, set[PassageId]] = {}
    for passage, document in passages:
        theirs.setdefault(PurePath(document.key).name, set()).add(passage.id)
    return [
        Question(
            OWN,
            Line(line["id"], "", line["question"]),
            line["document"] or "",
            frozenset(number for number, _ in answers),
            frozenset(theirs.get(line["document"] or "", ())),
        )
        for line, answers in own_answers(file, passages)
    ]


def _index(knowledge: Knowledge, collections: Mapping[str, Collection]) -> None:
    documents = {line.id: line for collection in collections.values() for line in collection.documents}
    with progress_bar() as bar:
        task = bar.add_task("Embedding passages", total=None)
        index_documents(
            list(documents.values()),
            knowledge.store,
            knowledge.shelf,
            knowledge.embedder,
            knowledge.clock,
            lambda count: bar.advance(task, count),
        )


def _questions(knowledge: Knowledge, collections: Mapping[str, Collection]) -> list[Question]:
    passages: dict[str, set[PassageId]] = {}
    articles: dict[str, set[PassageId]] = {}
    with knowledge.store.reading() as work:
        for passage, document in work.documents.live_passages():
            passages.setdefault(document.key, set()).add(passage.id)
            articles.setdefault(_article(document.key), set()).add(passage.id)
    return [
        Question(name, line, document, frozenset(passages[document]), frozenset(articles[_article(document)]))
        for name, collection in collections.items()
        for line in collection.questions
        for document in sorted(collection.relevant[line.id])[:1]
    ]


def _article(document: str) -> str:
    """Documents `d442-0` and `d442-1` are paragraphs of one article."""
    return document.rsplit("-", 1)[0]


def _fit_ranks(name: str, looks: Looks, look: Callable[[Observer, Question], Example]) -> None:
    with progress_bar() as bar:
        task = bar.add_task(name.capitalize(), total=len(looks.questions))
        examples = looks.observe(look, lambda: bar.advance(task))
    _print_first(name, looks.questions, examples, cross_validate(examples, by_rank_together))
    write(name, by_rank_together(examples))


def _fit_evidence(looks: Looks) -> None:
    """The own questions count for most: the sets' paragraphs are no documents of a community."""
    observer, questions = looks.sets
    with progress_bar() as bar:
        task = bar.add_task("Evidence", total=len(looks.questions))
        seen = [list(observer.evidence(question)) for question in bar.track(questions, task_id=task)]
        # All of a document goes when the answer is to be missing: its other passages are about the same.
        whole = [replace(question, passages=question.article) for question in looks.own[1]]
        own = [each for question in bar.track(whole, task_id=task) for each in looks.own[0].evidence(question)]
    examples = [example for each in seen for example in each]
    odds = np.array([float(each[0]) for each in cross_validate(examples, by_row)])
    for name in SETS:
        here = np.array([question.origin == name for question in questions])
        sure = odds[::3][here]
        for what, unsure in (("document", odds[1::3][here]), ("article", odds[2::3][here])):
            output.print(
                f"evidence {name}, {what} taken out: AUROC {auroc(sure, unsure):.4f}, refused at "
                f"{FALSE_REFUSALS:.0%} false refusals {refused_at(sure, unsure, FALSE_REFUSALS):.4f}"
            )
    own_odds = np.array([float(each[0]) for each in cross_validate(own, by_row)])
    answerable = np.array([bool(each.label[0]) for each in own])
    output.print(f"evidence {OWN}: AUROC {auroc(own_odds[answerable], own_odds[~answerable]):.4f}")
    write("evidence", by_row([*examples, *own * max(1, round(OWN_SHARE * len(examples) / len(own)))]))


def _fit_quoting(asked: Mapping[str, Sequence[Quotable]], embedder: RememberingEmbedder) -> None:
    same = [each for each in _repeated(asked) if language_pair(each.asked_in, each.language) == "same"]
    by_words = [quoting_by_words(each) for each in same]
    some = _repeated({name: each[:EMBEDDED_PER_SET] for name, each in asked.items()})
    with progress_bar() as bar:
        task = bar.add_task("Embedding sentences", total=len(some))
        by_meaning = [quoting_by_meaning(each, embedder) for each in bar.track(some, task_id=task)]
    for name, examples in (("words", by_words), ("meaning", by_meaning)):
        right = [bool(example.label[int(np.argmax(odds))]) for example, odds in _judged(examples)]
        output.print(f"quoting by {name}: the first sentence holds the answer in {statistics.fmean(right):.4f}")
    write("quoting", by_rank(by_words) | by_rank(by_meaning))


def _repeated(asked: Mapping[str, Sequence[Quotable]]) -> list[Quotable]:
    return [each for name, some in asked.items() for each in list(some) * (OWN_TIMES if name == OWN else 1)]


def _judged(examples: Sequence[Example]) -> list[tuple[Example, NDArray[np.float64]]]:
    return list(zip(examples, cross_validate(examples, by_rank), strict=True))


def _print_first(
    what: str, questions: Sequence[Question], examples: Sequence[Example], odds: Sequence[NDArray[np.float64]]
) -> None:
    """How often the best row is of the document that answers, by set."""
    first = [bool(len(odd)) and bool(each.label[np.argmax(odd)]) for each, odd in zip(examples, odds, strict=True)]
    for name in (*SETS, OWN):
        here = [
            right
            for question, right in zip(questions, first, strict=True)
            if question.origin == name and question.document
        ]
        output.print(f"{what} {name}: {len(here)} questions, the right document first in {statistics.fmean(here):.4f}")


if __name__ == "__main__":
    app()
