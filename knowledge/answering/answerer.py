"""From a question to an answer made of verbatim quotes, or to an honest sentence why there is none."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Collection, Sequence

from knowledge.answering.conflicts import Statement, contradictions, is_official, preferred_first
from knowledge.answering.evidence import ENOUGH, NEAR, evidence
from knowledge.answering.quoting import Quote, Quoter
from knowledge.answering.rendering import answer_text
from knowledge.answering.users import users_found
from knowledge.answering.versions import is_newer_version, newer_versions, newest_first, still_standing
from knowledge.answering.wanted import asks_for_users
from knowledge.conduct.by_meaning import reason_by_meaning
from knowledge.conduct.rules import reason_to_refuse
from knowledge.documents import page_link
from knowledge.errors import IndexMissingError, UngroundedQuoteError
from knowledge.language.detecting import detect_language
from knowledge.model import (
    Answer,
    AnswerStatus,
    Audience,
    Citation,
    Document,
    DocumentKind,
    Hit,
    Language,
    Reason,
    UseCase,
)
from knowledge.ports import Embedder, UnitOfWorkFactory
from knowledge.searching.search import Found, Searcher

MOST_CITATIONS = 3
MOST_USE_CASES = 5
LOOKED_AT = 12
"""Hits from which citations and use cases are taken."""
CITED_WITHIN = 2.5
"""Log-odds behind the best hit within which a further document is cited."""
QUOTED_WITHIN = 3.0
"""Log-odds behind the best quote within which a further one is shown."""
LISTED_WITHIN = 3.0
"""Log-odds behind the best hit within which a use case is listed."""
ENOUGH_FOR_USERS = 0.4
"""The evidence needed where the question asks who uses something and no use case names that thing."""
USERS_WITHIN = 4.5
"""The same where the question asks who uses something."""
_log = logging.getLogger(__name__)


class Answerer:
    """Answers questions from what an audience may read."""

    def __init__(
        self,
        searcher: Searcher,
        embedder: Embedder,
        uow: UnitOfWorkFactory,
        *,
        default_language: Language,
        official_publishers: Collection[str] = (),
    ) -> None:
        self._searcher = searcher
        self._embedder = embedder
        self._quoter = Quoter(embedder)
        self._uow = uow
        self._default_language = default_language
        self._official = official_publishers

    def warm_up(self) -> None:
        """Load the model and the index, so that the first question is as fast as the next; raises SolmuError."""
        self._searcher.warm_up()

    def ask(
        self,
        text: str,
        *,
        audience: Audience,
        language: Language | None = None,
        otherwise: Language = Language.UNKNOWN,
    ) -> Answer:
        """The answer for an audience, in the question's language; `language` overrides what is detected.

        Where nothing can be detected it is `otherwise`, else the default language. Raises ModelMismatchError where the
        index was made by another model.
        """
        started = time.perf_counter()
        spoken = self._language(text, language, otherwise)
        reason = reason_to_refuse(text)
        if reason is not Reason.NONE:
            answer = self._without_quotes(AnswerStatus.REFUSED, reason, spoken)
        else:
            answer = self._from_documents(text, audience, spoken)
        return dataclasses.replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def refuse_personal_data(self, language: Language, reason: Reason = Reason.PERSONAL_DATA) -> Answer:
        """The answer to a question whose text was thrown away: it held a personal code, or told of a patient."""
        return self._without_quotes(AnswerStatus.REFUSED, reason, language)

    def _language(self, text: str, language: Language | None, otherwise: Language) -> Language:
        told = (language or detect_language(text), otherwise)
        return next((each for each in told if each is not Language.UNKNOWN), self._default_language)

    def _from_documents(self, text: str, audience: Audience, language: Language) -> Answer:
        try:
            found = self._searcher.find(text, audience=audience, limit=LOOKED_AT, language=language)
        except IndexMissingError:
            return self._without_quotes(AnswerStatus.NOT_FOUND, Reason.NOTHING_INDEXED, language)
        probability = evidence(found)
        users = users_found(found)
        if users:
            found = dataclasses.replace(found, hits=tuple(users))
        answered = bool(users) or probability >= (ENOUGH_FOR_USERS if asks_for_users(text) else ENOUGH)
        model = self._embedder.identity.name
        reason = reason_by_meaning(text, found.query.vector, model, evidence=probability, answered=answered)
        is_quoted = reason is Reason.NONE and (answered or probability >= NEAR)
        citations = self._with_successors(self._cite(found), found, audience) if is_quoted else ()
        if not citations:
            refused = reason not in {Reason.NONE, Reason.THIN_EVIDENCE}
            status = AnswerStatus.REFUSED if refused else AnswerStatus.NOT_FOUND
            none = self._without_quotes(status, reason if refused else Reason.THIN_EVIDENCE, language)
            return dataclasses.replace(none, evidence=probability, generation=found.generation)
        if not answered:
            status, reason, use_cases = AnswerStatus.NOT_FOUND, Reason.UNSURE, tuple[UseCase, ...]()
        else:
            status, reason, use_cases = AnswerStatus.ANSWERED, Reason.NONE, tuple(self._use_cases(found))
        text = answer_text(language, reason, citations, use_cases)
        return Answer(status, reason, language, text, citations, use_cases, probability, generation=found.generation)

    def _with_successors(self, citations: Sequence[Citation], found: Found, audience: Audience) -> tuple[Citation, ...]:
        """Each with what an admin said takes its place, where that is not cited: it must not pass for the last word."""
        there = {each.document for each in citations}
        replaced = {hit.document.id: hit.document.replaced_by for hit in found.hits if hit.document.id in there}
        alone = [old for old, new in replaced.items() if new and new not in there]
        if not alone:
            return tuple(citations)
        with self._uow.reading() as work:
            successors = work.replacements.successors(alone, audience.readable)
        return tuple(dataclasses.replace(each, successor=successors.get(each.document)) for each in citations)

    def _without_quotes(self, status: AnswerStatus, reason: Reason, language: Language) -> Answer:
        return Answer(status, reason, language, answer_text(language, reason, (), ()))

    def _cite(self, found: Found) -> list[Citation]:
        """One quote of each document, the likeliest answer first, but a newer version before the one it replaced."""
        least = found.hits[0].score - (LISTED_WITHIN if asks_for_users(found.question) else CITED_WITHIN)
        near = [hit for hit in found.hits if hit.score >= least]
        if asks_for_users(found.question):
            near = [hit for hit in near if hit.document.kind is DocumentKind.USECASE] or near
        # Stable: what a person answered to such a question comes first, else the order stays.
        near = sorted(near, key=_is_no_persons)[:MOST_CITATIONS]
        quoted = [(hit, quote) for hit in near if (quote := self._quote(found, hit)) is not None]
        quoted.sort(key=_likeliness, reverse=True)
        worth = [pair for pair in quoted if _likeliness(pair) >= _likeliness(quoted[0]) - QUOTED_WITHIN]
        best = {hit.document.id: (hit, quote) for hit, quote in reversed(worth)}
        ordered = sorted(best.values(), key=quoted.index)
        newer = newer_versions(found.hits, [hit.document for hit, _ in ordered])
        ordered += [(hit, quote) for hit in newer if (quote := self._quote(found, hit)) is not None]
        documents = [hit.document for hit, _ in ordered]
        standing = still_standing(documents)
        ordered = [ordered[place] for place in newest_first(documents) if standing[place]]
        chosen = sorted(ordered, key=lambda pair: _is_no_persons(pair[0]))[:MOST_CITATIONS]
        return self._settle(found.question, chosen, documents)

    def _settle(
        self, question: str, chosen: Sequence[tuple[Hit, Quote]], documents: Sequence[Document]
    ) -> list[Citation]:
        """The citations, those that are to be preferred before those that they contradict."""
        statements = [Statement(hit.document, quote.core, hit.passage.language) for hit, quote in chosen]
        pairs = contradictions(question, statements)
        citations = [_citation(hit, quote, documents) for hit, quote in chosen]
        return [
            dataclasses.replace(
                citations[place],
                is_official=is_official(citations[place].publisher, self._official),
                contradicts=frozenset(citations[a + b - place].document for a, b in pairs if place in {a, b}),
            )
            for place in preferred_first(statements, pairs, self._official)
        ]

    def _quote(self, found: Found, hit: Hit) -> Quote | None:
        try:
            return self._quoter.choose(found, hit.passage, hit.document.title)
        except UngroundedQuoteError:
            _log.exception("an ungrounded quote was held back")
            return None

    def _use_cases(self, found: Found) -> list[UseCase]:
        margin = USERS_WITHIN if asks_for_users(found.question) else LISTED_WITHIN
        least = found.hits[0].score - margin
        documents = [
            hit.document.id for hit in found.hits if hit.document.kind is DocumentKind.USECASE and hit.score >= least
        ]
        with self._uow.reading() as work:
            known = work.documents.use_cases(documents)
        return [known[document] for document in dict.fromkeys(documents) if document in known][:MOST_USE_CASES]


def _citation(hit: Hit, quote: Quote, cited: Sequence[Document]) -> Citation:
    document, passage = hit.document, hit.passage
    earlier = [each for each in cited if each.replaced_by == document.id]
    return Citation(
        document.id,
        document.key,
        passage.id,
        document.title,
        document.publisher,
        document.published,
        passage.page,
        passage.headings,
        page_link(document.url, passage.page),
        quote.text,
        passage.language,
        quote.score,
        is_superseded=any(is_newer_version(each, document) for each in cited),
        kind=document.kind,
        earlier=tuple((each.title, each.url) for each in earlier),
    )


def _is_no_persons(hit: Hit) -> bool:
    return hit.document.kind is not DocumentKind.CURATED


def _likeliness(quoted: tuple[Hit, Quote]) -> float:
    """Of the passage holding the answer and of the quote being it, as the sum of their log-odds."""
    hit, quote = quoted
    return hit.score + quote.log_odds
