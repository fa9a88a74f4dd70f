"""The use cases of organisations as the store has them: their sentences with the vectors that indexing made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.language.sentences import split_sentences
from knowledge.model import Audience, Document, Language, ModelIdentity, OrganisationId, Passage, UseCase
from knowledge.organisations import name_key
from knowledge.ports import UnitOfWork, Vectors

READER = Audience.MEMBERS
"""Those to whom a card may be quoted: what only coordinators may read stays out of it."""


@dataclass(frozen=True, slots=True, eq=False)
class CaseText:
    """A use case with its sentences. `whole` is the vector of title and text together; `vectors` has a row each."""

    use_case: UseCase
    language: Language
    whole: NDArray[np.float32]
    sentences: tuple[str, ...]
    vectors: Vectors


Catalogue = Mapping[OrganisationId, Sequence[CaseText]]


def live_use_cases(work: UnitOfWork, audience: Audience) -> list[tuple[Document, UseCase]]:
    """The live use cases that the audience may read, in the order of their sources and keys."""
    readable = audience.readable
    return [(document, case) for document, case in work.documents.live_use_cases() if document.audience in readable]


def read_catalogue(work: UnitOfWork, model: ModelIdentity) -> Catalogue:
    """The use cases of each organisation that members may read; those that are not indexed yet are passed over."""
    organisations = {name_key(each.name): each.id for each in work.organisations.all()}
    found: defaultdict[OrganisationId, list[CaseText]] = defaultdict(list)
    for document, use_case in live_use_cases(work, READER):
        owner = organisations.get(name_key(use_case.organisation))
        if owner:
            passages = work.documents.of_document(document.id)
            found[owner].extend(_case_text(work, use_case, document.language, passages, model))
    return found


def _case_text(
    work: UnitOfWork, use_case: UseCase, language: Language, passages: Sequence[Passage], model: ModelIdentity
) -> Collection[CaseText]:
    """The use case, or nothing where a passage has no vectors."""
    hashes = [passage.text_hash for passage in passages]
    whole, parted = work.vectors.get(hashes, model), work.vectors.sentences(hashes, model)
    split = [split_sentences(passage.text, passage.language) for passage in passages]
    told = [
        passage.text_hash in whole and len(parted.get(passage.text_hash, ())) == len(sentences)
        for passage, sentences in zip(passages, split, strict=True)
    ]
    if not passages or not all(told):
        return ()
    mean = np.mean([whole[digest] for digest in hashes], axis=0)
    sentences = tuple(text for part in split for text in part)
    return (CaseText(use_case, language, mean, sentences, np.concatenate([parted[digest] for digest in hashes])),)
