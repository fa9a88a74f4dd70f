"""The field's words over the sample by the real model: synonyms, and what is said before a question."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from knowledge.model import Audience
from knowledge.searching.search import Searcher
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge
from tests.sample import DATA, index_sample

FOUND = 24
"""Of 34 questions; as many are reached."""
LEAD_INS = (
    ("Kerro minulle, ", "kuinka kauan sanelun äänitallennetta saa säilyttää?"),
    ("Onko kellään tietoa, ", "milloin tekoälyaamu pidetään?"),
    ("Tietääkö joku, ", "mitä jäsenyys maksaa vuonna 2026?"),
    ("Hei, voisiko joku kertoa, ", "kuinka monta hoitajaa puheentunnistuspilotissa oli?"),
    ("Vet någon ", "vad medlemskapet kostar för ett välfärdsområde?"),
    ("Kan du berätta för mig ", "hur man rapporterar ett tillbud?"),
    ("Jag undrar ", "hur många falska larm sensorerna i Nordvik ger?"),
    ("Hej! Berätta om ", "samtalsroboten för bokning av tandvård"),
    ("Tell me about ", "fall detection in service housing"),
    ("Do you know ", "how many incident reports members sent in 2025?"),
    ("Could you tell me ", "what drift of a model means?"),
    ("Does anyone know about ", "the social robot in rehabilitation?"),
)


def _found(sample: Knowledge, question: str) -> list[str]:
    hits = sample.searcher.search(question, audience=Audience.MEMBERS, limit=12)
    return list(dict.fromkeys(PurePath(hit.document.key).name for hit in hits))


def test_words_that_mean_the_same_find_the_same(sample: Knowledge) -> None:
    """Questions by synonyms and in other languages have a document that answers among the first three."""
    lines = (DATA / "synonym_questions.tsv").read_text(encoding="utf-8").splitlines()
    asked = [line.split("\t") for line in lines]
    found = [not set(_found(sample, question)[:3]).isdisjoint(answering.split()) for _, question, answering in asked]
    assert len(found) == 34
    assert sum(found) >= FOUND


@pytest.mark.parametrize(("lead_in", "question"), LEAD_INS)
def test_a_lead_in_changes_nothing(sample: Knowledge, lead_in: str, question: str) -> None:
    """With and without it, the question begun with a capital, the same document comes first."""
    assert _found(sample, lead_in + question)[0] == _found(sample, question[0].upper() + question[1:])[0]


def test_other_names_of_authorities_find_them(tmp_path: Path) -> None:
    """Of documents that differ by authority alone, its other names bring up the right one more often than without."""
    index_sample(tmp_path, (DATA / "agencies",))
    agencies = open_knowledge(Settings(data_dir=tmp_path))
    asked = [line.split("\t") for line in (DATA / "agency_questions.tsv").read_text(encoding="utf-8").splitlines()]
    first = []
    for searcher in (agencies.searcher, Searcher(agencies.store, agencies.shelf, agencies.embedder)):
        hits = [searcher.search(question, audience=Audience.MEMBERS, limit=1)[0] for _, question, _ in asked]
        keys = [PurePath(hit.document.key).name for hit in hits]
        first.append(sum(key == right for key, (_, _, right) in zip(keys, asked, strict=True)))
    agencies.store.dispose()
    assert first[0] >= first[1] + 3, first
