"""Cards of members: what each shows of themselves and their organisation, cut into sentences with vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import text_hash
from knowledge.errors import NotFoundError
from knowledge.language.detecting import detect_language
from knowledge.language.sentences import split_sentences
from knowledge.matching.backgrounds import background, freed
from knowledge.matching.catalogue import CaseText, Catalogue, read_catalogue
from knowledge.matching.statements import Card, Facet, Statement
from knowledge.matching.words import concepts
from knowledge.model import AnswerStatus, Consent, Language, Member, MemberId, TextHash, shown
from knowledge.ports import Embedder, UnitOfWork, UnitOfWorkFactory, Vectors
from knowledge.searching.synonyms import Synonyms

__all__ = ["Card", "Cards", "Facet", "Statement", "profile_texts"]

QUESTIONS = 5
"""How many of a member's questions are looked at, the newest first: what somebody asked long ago no longer tells."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A text of a member, before it has a vector."""

    text: str
    facet: Facet
    language: Language


class Cards:
    """Makes cards. They hold what `shown` lets others see, questions by consent, and nothing else."""

    def __init__(self, uow: UnitOfWorkFactory, embedder: Embedder, synonyms: Synonyms) -> None:
        self._uow = uow
        self._embedder = embedder
        self._synonyms = synonyms

    def of(self, members: Sequence[Member]) -> list[Card]:
        """A card for each, in the order given; a text that has no vector yet is embedded once and kept."""
        model = self._embedder.identity
        with self._uow.reading() as work:
            catalogue = read_catalogue(work, model)
            said = {member.id: [*_profile(member), *_questions(member, work)] for member in members}
            vectors = dict(work.members.vectors(model))
        self._embed_missing(said, vectors)
        background_of = _Backgrounds(self._embedder.language_means, catalogue, model.dimension)
        common = _Common(background_of, self._synonyms)
        return [_card(member, said[member.id], vectors, catalogue, common) for member in members]

    def _embed_missing(
        self, said: Mapping[MemberId, Sequence[_Said]], vectors: dict[TextHash, NDArray[np.float32]]
    ) -> None:
        """Add to `vectors` what they lack, in one batch, and keep it with its member."""
        texts = {text_hash(each.text): each.text for own in said.values() for each in own}
        new = {key: text for key, text in texts.items() if key not in vectors}
        if not new:
            return
        vectors.update(zip(new, self._embedder.embed_passages(list(new.values())), strict=True))
        for member, own in said.items():
            keys = {text_hash(each.text) for each in own}
            if keys & new.keys():
                self._keep(member, {key: vectors[key] for key in keys})

    def _keep(self, member: MemberId, vectors: Mapping[TextHash, NDArray[np.float32]]) -> None:
        """Nothing is kept of a member who left in the meantime."""
        with self._uow() as work:
            try:
                work.members.lock(member)
            except NotFoundError:
                return
            work.members.put_vectors(member, vectors, self._embedder.identity)
            work.commit()


def profile_texts(member: Member) -> list[str]:
    """The texts of a profile that cards compare: what to embed when one is saved, each under its `text_hash`."""
    return list(dict.fromkeys(said.text for said in _profile(member)))


def _profile(member: Member) -> list[_Said]:
    """The sentences and topics that others may see."""
    seen = shown(member)
    mother_tongue = member.languages[0] if member.languages else Language.UNKNOWN
    sentences = [
        _Said(sentence, facet, language)
        for facet, text in ((Facet.OFFERS, seen.offers), (Facet.SEEKS, seen.seeks))
        for language in [_language(text, mother_tongue)]
        for sentence in split_sentences(text, language)
    ]
    language = _language(", ".join(seen.topics), mother_tongue)
    return [*sentences, *(_Said(topic, Facet.TOPICS, language) for topic in seen.topics)]


def _questions(member: Member, work: UnitOfWork) -> list[_Said]:
    if Consent.QUESTIONS not in member.consents:
        return []
    asked = [each for each in work.questions.asked_by(member.id) if each.status is not AnswerStatus.REFUSED]
    return [_Said(each.text, Facet.QUESTION, each.language) for each in asked[:QUESTIONS]]


def _language(text: str, otherwise: Language) -> Language:
    found = detect_language(text)
    return otherwise if found is Language.UNKNOWN else found


class _Backgrounds:
    """What is common to all: whole use cases, and sentences, lie elsewhere."""

    def __init__(self, means: Mapping[Language, NDArray[np.float32]], catalogue: Catalogue, dimension: int) -> None:
        # Several organisations of one name may share a use case; it counts once for each.
        cases = [case for own in catalogue.values() for case in own]
        wholes = np.array([case.whole for case in cases], dtype=np.float32).reshape(len(cases), dimension)
        sentences = np.concatenate([np.zeros((0, dimension), dtype=np.float32), *(case.vectors for case in cases)])
        spoken = [case.language for case in cases]
        self.wholes = background(means, wholes, spoken)
        self.sentences = background(means, sentences, [case.language for case in cases for _ in case.sentences])


@dataclass(frozen=True, slots=True)
class _Common:
    """What statements of all cards are made with."""

    background: _Backgrounds
    synonyms: Synonyms

    def statement(self, said: _Said, vector: NDArray[np.float32], use_case: str = "", stage: str = "") -> Statement:
        named = concepts(said.text, said.language, self.synonyms)
        return Statement(said.text, said.facet, said.language, use_case, stage, vector, named)


def _card(
    member: Member,
    said: Sequence[_Said],
    vectors: Mapping[TextHash, NDArray[np.float32]],
    catalogue: Catalogue,
    common: _Common,
) -> Card:
    seen = shown(member)
    cases = catalogue.get(seen.organisation, ())
    raw = np.array([vectors[text_hash(each.text)] for each in said], dtype=np.float32)
    own = freed(raw, [each.language for each in said], common.background.sentences)
    statements = [common.statement(each, vector) for each, vector in zip(said, own, strict=True)]
    topics = dict.fromkeys([*seen.topics, *(topic for case in cases for topic in case.use_case.topics)])
    statements.extend(statement for case in cases for statement in _of_case(case, common))
    return Card(member.id, seen.organisation, tuple(topics), tuple(statements))


def _of_case(case: CaseText, common: _Common) -> list[Statement]:
    """The title and the topics, which stand for the whole, and the sentences."""
    title, stage, language = case.use_case.title, case.use_case.stage, case.language
    whole = freed(case.whole[None], [language], common.background.wholes)[0]
    parts: Vectors = freed(case.vectors, [language] * len(case.sentences), common.background.sentences)
    told = [(title, Facet.USE_CASE, whole), *((topic, Facet.TOPICS, whole) for topic in case.use_case.topics)]
    told += [(text, Facet.USE_CASE, vector) for text, vector in zip(case.sentences, parts, strict=True)]
    return [common.statement(_Said(text, facet, language), vector, title, stage) for text, facet, vector in told]
