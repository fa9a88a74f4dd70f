"""Finding passages: question to vector and words, all indexes fused, the best ranked, those of each document kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelMismatchError
from knowledge.language.detecting import detect_language
from knowledge.model import Audience, GenerationId, Hit, Language, PassageId, ScoreParts
from knowledge.ports import Candidates, Embedder, IndexShelf, PassageIndex, Query, UnitOfWorkFactory, Vectors
from knowledge.searching.crossing import moved
from knowledge.searching.explaining import explained
from knowledge.searching.fusion import features, fuse
from knowledge.searching.lead_ins import without_lead_in
from knowledge.searching.ranking import rank
from knowledge.searching.synonyms import NO_SYNONYMS, Synonyms

PER_INDEX = 150
"""Passages that each index may bring up."""
PER_DOCUMENT = 2
"""Passages of one document among the hits."""
LOADED_PER_HIT = 3
"""Passages loaded from SQL for each wanted hit: the limit above and audiences take their share."""
RANKED = 20
"""Passages whose sentences are looked at; the others follow as fusion put them."""
SAME_TEXT = 0.9
"""Share of common words from which two passages count as one text."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a question brought up: the hits, best first, and what is needed to doubt them and to quote from them.

    `rarity` are the question's lemmas with their inverse document frequency, `sentence_vectors` those of the hits'
    passages where they are known.
    """

    query: Query
    hits: tuple[Hit, ...]
    lemma_ideal: float
    gram_ideal: float
    rarity: Mapping[str, float]
    sentence_vectors: Mapping[PassageId, Vectors]
    generation: GenerationId

    @property
    def question(self) -> str:
        """As it was asked, without what was said before it."""
        return self.query.text

    @property
    def language(self) -> Language:
        """That the question is in."""
        return self.query.language


class Searcher:
    """Searches the current generation for what an audience may read."""

    def __init__(
        self, uow: UnitOfWorkFactory, shelf: IndexShelf, embedder: Embedder, synonyms: Synonyms = NO_SYNONYMS
    ) -> None:
        self._uow = uow
        self._shelf = shelf
        self._embedder = embedder
        self._synonyms = synonyms

    def warm_up(self) -> None:
        """Load the model and the index before the first question has to wait for them."""
        self._embedder.embed_query("?")
        self._shelf.current()

    def search(self, text: str, *, audience: Audience, limit: int = 10) -> list[Hit]:
        """The best passages for a text; raises IndexMissingError, ModelMismatchError."""
        return list(self.find(text, audience=audience, limit=limit).hits)

    def find(
        self,
        text: str,
        *,
        audience: Audience,
        limit: int = 10,
        language: Language | None = None,
        merge_alike: bool = True,
    ) -> Found:
        """The best passages with the question's language and vector; raises as `search`.

        Of passages with nearly the same text the best is kept, unless told otherwise.
        """
        index = self._shelf.current()
        self._refuse_other_model(index)
        query = self.query(text, language)
        candidates = index.candidates(query, audience.readable, PER_INDEX)
        fused = self.load(candidates, fuse(candidates, query.language), audience, LOADED_PER_HIT * limit)
        hits = [*rank(fused[:RANKED], candidates, query.language), *fused[RANKED:]]
        kept = tuple(_best_per_document(hits, limit, merge_alike=merge_alike))
        return Found(
            query,
            kept,
            candidates.lemma_ideal,
            candidates.gram_ideal,
            candidates.lemma_rarity,
            index.sentence_vectors([hit.passage.id for hit in kept]),
            index.manifest.generation,
        )

    def query(self, text: str, language: Language | None = None) -> Query:
        """The question as the indexes see it; its language is detected where it is not told."""
        spoken = detect_language(text) if language is None else language
        question = without_lead_in(text)
        also = self._synonyms.alternatives(question, spoken)
        vector = self._embedder.embed_query(explained(question, also))
        return Query(question, spoken, vector, moved(vector, spoken, self._embedder.language_means), also)

    def _refuse_other_model(self, index: PassageIndex) -> None:
        made_with, set_to = index.manifest.model, self._embedder.identity
        if made_with != set_to:
            message = (
                f"The index was made with {made_with.name} {made_with.revision} ({made_with.dimension} dimensions) but "
                f"the settings name {set_to.name} {set_to.revision} ({set_to.dimension}); run "
                f"`python -m indexer rebuild`, or set SOLMU_EMBEDDING_MODEL back."
            )
            raise ModelMismatchError(message)

    def load(self, candidates: Candidates, scores: NDArray[np.float32], audience: Audience, count: int) -> list[Hit]:
        """The `count` candidates of the highest scores as hits, best first; only what the audience may read now."""
        best = np.argsort(-scores, kind="stable")[:count]
        ids = [PassageId(int(candidates.ids[row])) for row in best]
        with self._uow.reading() as work:
            loaded = work.documents.passages(ids)
        described = features(candidates)
        hits = []
        for row, number in zip(best, ids, strict=True):
            if number not in loaded:
                continue  # Erased since this generation was built.
            passage, document = loaded[number]
            # The index knows the audience of when it was built; what counts is the present one.
            if document.audience in audience.readable:
                parts = ScoreParts(
                    float(candidates.vector[row]),
                    float(candidates.lift[row]),
                    float(candidates.lemma[row]),
                    float(candidates.gram[row]),
                    tuple(described[row].tolist()),
                )
                hits.append(Hit(passage, document, float(scores[row]), parts))
        return hits


def _best_per_document(hits: Iterable[Hit], limit: int, *, merge_alike: bool) -> Sequence[Hit]:
    kept: list[Hit] = []
    texts: list[frozenset[str]] = []
    per_document: Counter[str] = Counter()
    for hit in hits:
        if per_document[hit.document.id] >= PER_DOCUMENT:
            continue
        words = frozenset(_WORD.findall(hit.passage.text.casefold()))
        if merge_alike and any(_alike(words, other) for other in texts):
            continue
        per_document[hit.document.id] += 1
        kept.append(hit)
        texts.append(words)
        if len(kept) == limit:
            break
    return kept


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    few, many = sorted((len(words), len(others)))
    if few < SAME_TEXT * many:
        return False  # Sets of such sizes cannot share enough; most pairs end here.
    return len(words & others) >= SAME_TEXT * len(words | others)
