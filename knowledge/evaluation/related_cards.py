"""A set's use cases and seekers as members of a throw-away Solmu: the real store, model and cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import embedded_texts, text_hash
from knowledge.evaluation.related_sets import Case, Seeker
from knowledge.language.sentences import split_sentences
from knowledge.matching.cards import Cards
from knowledge.matching.catalogue import read_catalogue
from knowledge.matching.statements import Card
from knowledge.model import (
    NO_ORGANISATION,
    Audience,
    Consent,
    Document,
    DocumentId,
    DocumentKind,
    Member,
    Organisation,
    OrganisationId,
    OrganisationKind,
    PassageDraft,
    Source,
    SourceId,
    SourceKind,
    UseCase,
    member_id,
)
from knowledge.ports import Clock, DocumentContent, Embedder, UnitOfWorkFactory, Vectors
from knowledge.searching.synonyms import read_synonyms
from knowledge.vectors import embed_missing

SOURCE = SourceId("s1")


@dataclass(frozen=True, slots=True, eq=False)
class Indexed:
    """The cards of use cases and of seekers, in their order, and their bare vectors; those of use cases by id."""

    cases: Sequence[Card]
    seekers: Sequence[Card]
    vectors: Mapping[str, NDArray[np.float32]]
    wishes: Vectors


def index_cases(
    cases: Sequence[Case],
    seekers: Sequence[Seeker],
    uow: UnitOfWorkFactory,
    embedder: Embedder,
    clock: Clock,
    embedded: Callable[[int], None],
) -> Indexed:
    """Store each use case with an organisation and a member of its own, embed what is new, and make the cards."""
    owners = [_member(f"case-{case.id}", clock, organisation=_organisation(case)) for case in cases]
    seeking = [_member(f"seeker-{number}", clock, seeks=seeker) for number, seeker in enumerate(seekers)]
    contents = [_content(case, clock) for case in cases]
    with uow() as work:
        if work.sources.find("evaluation") is None:
            work.sources.add(Source(SOURCE, SourceKind.USECASES, "evaluation", Audience.PUBLIC, clock()))
        known = work.documents.states(SOURCE)
        for case, content in zip(cases, contents, strict=True):
            if case.id not in known:
                work.documents.put(content, clock())
                work.organisations.put(Organisation(_organisation(case), case.id, OrganisationKind.UNKNOWN))
        for member in (*owners, *seeking):
            work.members.put(member)
        work.commit()
    _embed(contents, uow, embedder, embedded)
    cards = Cards(uow, embedder, read_synonyms())
    with uow.reading() as work:
        catalogue = read_catalogue(work, embedder.identity)
    vectors = {case.id: found.whole for case in cases for found in catalogue[_organisation(case)]}
    wishes = embedder.embed_passages([seeker.text for seeker in seekers])
    return Indexed(cards.of(owners), cards.of(seeking), vectors, wishes)


def _embed(
    contents: Sequence[DocumentContent],
    uow: UnitOfWorkFactory,
    embedder: Embedder,
    embedded: Callable[[int], None],
) -> None:
    texts = [
        embedded_texts(content.document.title, draft.headings, draft.text, draft.language)
        for content in contents
        for draft in content.passages
    ]
    embed_missing({text_hash(each.passage): each for each in texts}, uow, embedder, embedded)


def _organisation(case: Case) -> OrganisationId:
    return OrganisationId(f"o-{case.id}")


def _member(
    name: str, clock: Clock, organisation: OrganisationId = NO_ORGANISATION, seeks: Seeker | None = None
) -> Member:
    """Somebody who shows everything, and knows nothing but the one use case or wish."""
    spoken = (seeks.language,) if seeks else ()
    wish = seeks.text if seeks else ""
    return Member(member_id("T1", name), organisation, "", spoken, (), "", wish, frozenset(Consent), clock())


def _content(case: Case, clock: Clock) -> DocumentContent:
    identifier = DocumentId(case.id)
    document = Document(
        identifier,
        SOURCE,
        case.id,
        DocumentKind.USECASE,
        case.title,
        "",
        case.language,
        Audience.PUBLIC,
        case.owner,
        None,
        clock(),
    )
    text = " ".join(split_sentences(case.text, case.language))
    use_case = UseCase(identifier, case.title, case.id, case.stage, case.topics, "", "")
    return DocumentContent(document, "", "", "", [PassageDraft(text, None, (), case.language)], use_case)
