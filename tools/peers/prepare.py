"""The workload for all engines: a question set, or the sample and made-up passages; the model; every vector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from knowledge.documents import embedded_texts
from knowledge.evaluation.collection import read_collection
from knowledge.evaluation.indexing import document_content
from knowledge.evaluation.own import plain_words, read_questions
from knowledge.language.detecting import detect_language
from knowledge.model import Language
from knowledge.searching.crossing import parallel_questions
from knowledge.searching.explaining import explained
from knowledge.searching.lead_ins import without_lead_in
from knowledge.searching.synonyms import read_synonyms
from knowledge.settings import Settings
from knowledge.shell import progress_bar
from knowledge.wiring import open_knowledge, utc_now
from tests.benchmark.embedding import load_exact
from tests.benchmark.holdings import Sample, open_sample
from tests.sample import QUESTIONS, index_sample
from tools.peers.workload import MODEL, Passage, Question, Workload, read_vectors, write_vectors, write_workload

SAMPLE_PASSAGES = 3000
"""Of which all but the sample's own are made up, with likely vectors: the model's would take minutes."""
BATCH = 64
SAMPLE = "sample"
ADDED = " Kohta lisättiin tänään."


def prepare(folder: Path, collection: Path | None, corpus: Path | None, kept: Path | None) -> Workload:
    """Write the workload into a folder; vectors of a set that was measured before are taken from `kept`."""
    folder.mkdir(parents=True, exist_ok=True)
    model = load_exact(folder / MODEL)
    model.save(str(folder / MODEL))
    if collection:
        passages, questions = _of_set(collection, corpus)
        padding: list[Passage] = []
        vectors: dict[str, NDArray[np.float32]] = {}
    else:
        passages, questions = _of_sample(folder / SAMPLE)
        padding, vectors = _made_up(open_sample(folder / SAMPLE), SAMPLE_PASSAGES - len(passages))
    changed = replace(passages[0], text=passages[0].text + ADDED)
    workload = Workload(passages, padding, questions, changed, _usual_language(passages))
    write_workload(folder, workload)
    if kept and kept.exists():
        vectors |= read_vectors(kept, "passages", "sentences")
    _write_vectors(folder, workload, model, vectors)
    return workload


def _of_set(collection: Path, corpus: Path | None) -> tuple[list[Passage], list[Question]]:
    read = read_collection(collection, corpus)
    passages = [
        Passage(f"{line.id}#{number}", line.id, line.title, draft.text)
        for line in read.documents
        for number, draft in enumerate(document_content(line, utc_now).passages)
    ]
    return passages, [Question(line.id, line.text, sorted(read.relevant[line.id])) for line in read.questions]


def _of_sample(home: Path) -> tuple[list[Passage], list[Question]]:
    """Each passage of the sample is a document; those of the right one that hold the answer's words are relevant."""
    index_sample(home)
    knowledge = open_knowledge(Settings(data_dir=home))
    with knowledge.store.reading() as work:
        live = list(work.documents.live_passages())
    knowledge.store.dispose()
    passages = [Passage(f"p{one.id}", f"p{one.id}", document.title, one.text) for one, document in live]
    homes = [PurePath(document.key).name for _, document in live]
    questions = []
    for asked in read_questions(QUESTIONS):
        there = [each for each, home in zip(passages, homes, strict=True) if asked.document and home == asked.document]
        relevant = [each.document for each in there if plain_words(asked.expected) in plain_words(each.text)]
        if relevant:
            questions.append(Question(asked.id, asked.text, relevant))
    return passages, questions


def _made_up(sample: Sample, count: int) -> tuple[list[Passage], dict[str, NDArray[np.float32]]]:
    texts = sample.texts()
    passages = [Passage(f"m{number}", f"m{number}", "", texts.passage().text) for number in range(count)]
    texts_of = [*(passage.indexed for passage in passages), *_sentences(passages)]
    return passages, dict(zip(texts_of, sample.embedder().embed_passages(texts_of), strict=True))


def _sentences(passages: Iterable[Passage]) -> list[str]:
    """Each once, cut as Solmu does when it indexes these passages."""
    cut = (embedded_texts(one.title, (), one.text, detect_language(one.text)).sentences for one in passages)
    return list(dict.fromkeys(sentence for sentences in cut for sentence in sentences))


def _write_vectors(
    folder: Path, workload: Workload, model: SentenceTransformer, known: dict[str, NDArray[np.float32]]
) -> None:
    everything = (*workload.passages, *workload.padding, workload.changed)
    texts, sentences = list(dict.fromkeys(passage.indexed for passage in everything)), _sentences(everything)
    missing = sorted({*texts, *sentences} - known.keys(), key=len)
    with progress_bar() as bar:
        task = bar.add_task("Embedding once for all", total=len(missing))
        for start in range(0, len(missing), BATCH):
            chunk = missing[start : start + BATCH]
            vectors = model.encode_document(chunk, normalize_embeddings=True, show_progress_bar=False)
            known |= dict(zip(chunk, np.asarray(vectors), strict=True))
            bar.advance(task, len(chunk))
    # Solmu asks the model once for the parallel questions too: what sets its languages apart.
    asked = [question.text for question in workload.questions]
    questions = list(dict.fromkeys([*asked, *map(_as_solmu_asks, asked), *chain(*parallel_questions().values())]))
    embedded = model.encode_query(questions, normalize_embeddings=True, show_progress_bar=False)
    write_vectors(
        folder,
        passages=(texts, np.stack([known[text] for text in texts])),
        sentences=(sentences, np.stack([known[text] for text in sentences])),
        questions=(questions, np.asarray(embedded)),
    )


def _as_solmu_asks(text: str) -> str:
    """What Solmu hands to the model: without what leads in to the question, its names explained."""
    question = without_lead_in(text)
    return explained(question, read_synonyms().alternatives(question, detect_language(text)))


def _usual_language(passages: Sequence[Passage]) -> str:
    counted = Counter(detect_language(passage.text) for passage in passages[::10])
    counted.pop(Language.UNKNOWN, None)
    return counted.most_common(1)[0][0].value
