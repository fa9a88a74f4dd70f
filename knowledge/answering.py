"""From a question to an answer made of verbatim quotes, or to an honest sentence why there is none."""

from __future__ import annotations

import dataclasses
import logging
import re
import time
from collections.abc import Sequence

from knowledge.conduct import reason_to_refuse
from knowledge.errors import IndexMissingError, UngroundedQuoteError
from knowledge.evidence import ENOUGH, evidence
from knowledge.language import detect_language
from knowledge.model import Answer, AnswerStatus, Audience, Citation, DocumentKind, Hit, Language, Reason, UseCase
from knowledge.ports import Embedder, UnitOfWorkFactory
from knowledge.quoting import Quote, Quoter
from knowledge.rendering import answer_text
from knowledge.search import Found, Searcher
from knowledge.wanted import asks_for_users

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
USERS_WITHIN = 4.5
"""The same where the question asks who uses something."""
SAME_SERIES = 0.6
"""Share of common title words from which two documents count as versions of one."""
_log = logging.getLogger(__name__)


class Answerer:
    """Answers questions from what an audience may read."""

    def __init__(
        self, searcher: Searcher, embedder: Embedder, uow: UnitOfWorkFactory, *, default_language: Language
    ) -> None:
        self._searcher = searcher
        self._quoter = Quoter(embedder)
        self._uow = uow
        self._default_language = default_language

    def warm_up(self) -> None:
        """Load the model and the index, so that the first question is as fast as the next; raises SolmuError."""
        self._searcher.warm_up()

    def ask(self, text: str, *, audience: Audience, language: Language | None = None) -> Answer:
        """The answer for an audience, in the question's language; `language` overrides what is detected.

        Raises ModelMismatchError where the index was made by another model.
        """
        started = time.perf_counter()
        spoken = self._language(text, language)
        reason = reason_to_refuse(text)
        if reason is not Reason.NONE:
            answer = self._without_quotes(AnswerStatus.REFUSED, reason, spoken)
        else:
            answer = self._from_documents(text, audience, spoken)
        return dataclasses.replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def refuse_personal_data(self, language: Language) -> Answer:
        """The answer to a question whose text was thrown away because it held a personal identity code."""
        return self._without_quotes(AnswerStatus.REFUSED, Reason.PERSONAL_DATA, language)

    def _language(self, text: str, language: Language | None) -> Language:
        told = language or detect_language(text)
        return self._default_language if told is Language.UNKNOWN else told

    def _from_documents(self, text: str, audience: Audience, language: Language) -> Answer:
        try:
            found = self._searcher.find(text, audience=audience, limit=LOOKED_AT, language=language)
        except IndexMissingError:
            return self._without_quotes(AnswerStatus.NOT_FOUND, Reason.NOTHING_INDEXED, language)
        probability = evidence(found)
        if probability < ENOUGH:
            thin = self._without_quotes(AnswerStatus.NOT_FOUND, Reason.THIN_EVIDENCE, language)
            return dataclasses.replace(thin, evidence=probability, generation=found.generation)
        citations = tuple(self._cite(found))
        use_cases = tuple(self._use_cases(found))
        return Answer(
            AnswerStatus.ANSWERED,
            Reason.NONE,
            language,
            answer_text(language, Reason.NONE, citations, use_cases),
            citations,
            use_cases,
            probability,
            generation=found.generation,
        )

    def _without_quotes(self, status: AnswerStatus, reason: Reason, language: Language) -> Answer:
        return Answer(status, reason, language, answer_text(language, reason, (), ()))

    def _cite(self, found: Found) -> list[Citation]:
        """One quote of each document, the likeliest answer first, but a newer version before the one it replaced."""
        least = found.hits[0].score - (LISTED_WITHIN if asks_for_users(found.question) else CITED_WITHIN)
        near = [hit for hit in found.hits if hit.score >= least]
        if asks_for_users(found.question):
            near = [hit for hit in near if hit.document.kind is DocumentKind.USECASE] or near
        near = near[:MOST_CITATIONS]
        quoted = [(hit, quote) for hit in near if (quote := self._quote(found, hit)) is not None]
        quoted.sort(key=_likeliness, reverse=True)
        worth = [pair for pair in quoted if _likeliness(pair) >= _likeliness(quoted[0]) - QUOTED_WITHIN]
        best = {hit.document.id: (hit, quote) for hit, quote in reversed(worth)}
        ordered = sorted(best.values(), key=quoted.index)
        return [_citation(hit, quote) for hit, quote in _newest_first(ordered)]

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


def _citation(hit: Hit, quote: Quote) -> Citation:
    document, passage = hit.document, hit.passage
    return Citation(
        document.id,
        passage.id,
        document.title,
        document.publisher,
        document.published,
        passage.page,
        passage.headings,
        document.url,
        quote.text,
        passage.language,
        quote.score,
    )


def _likeliness(quoted: tuple[Hit, Quote]) -> float:
    """Of the passage holding the answer and of the quote being it, as the sum of their log-odds."""
    hit, quote = quoted
    return hit.score + quote.log_odds


def _newest_first(quoted: Sequence[tuple[Hit, Quote]]) -> list[tuple[Hit, Quote]]:
    """A newer version of a cited document goes before the older one."""
    ordered = list(quoted)
    for late in range(1, len(ordered)):
        for early in range(late):
            if _is_newer_version(ordered[late][0], ordered[early][0]):
                ordered.insert(early, ordered.pop(late))
                break
    return ordered


def _is_newer_version(hit: Hit, other: Hit) -> bool:
    newer, older = hit.document.published, other.document.published
    if newer is None or older is None or newer <= older:
        return False
    titles = [frozenset(re.findall(r"[^\W\d]+", each.document.title.casefold())) for each in (hit, other)]
    return len(titles[0] & titles[1]) >= SAME_SERIES * len(titles[0] | titles[1])
