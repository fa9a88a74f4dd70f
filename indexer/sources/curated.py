"""Answers of people that coordinators took in: each a document, which needs no reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.sources import failures
from indexer.sources.base import Fetched, Item
from knowledge.inquiries.shelving import answers_for
from knowledge.model import Audience, CuratedAnswer
from knowledge.ports import UnitOfWorkFactory


class CuratedSource:
    """All curated answers for one audience; the key of each is the inquiry's id."""

    def __init__(self, uow: UnitOfWorkFactory, audience: Audience) -> None:
        self._uow = uow
        self._audience = audience
        self._answers: dict[str, CuratedAnswer] = {}

    def list(self) -> Sequence[Item]:
        """The answers in order of key; the revision changes with the words and the name."""
        with self._uow.reading() as work:
            self._answers = {each.inquiry: each for each in answers_for(work, self._audience)}
        return [Item(key, hashlib.sha256(_plain(each)).hexdigest(), "") for key, each in self._answers.items()]

    def fetch(self, item: Item, known_revision: str = "") -> Fetched:
        """One of them; raises FetchFailure."""
        del known_revision
        answer = self._answers.get(item.key)
        if answer is None:
            raise failures.gone()
        return Fetched(_plain(answer), f"{item.key}.json", item.revision, answer=_document(answer))


def _document(answer: CuratedAnswer) -> ReadDocument:
    lines = [line.strip() for line in answer.text.split("\n") if line.strip()]
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
    return ReadDocument(answer.question, answer.name, answer.said_at.date(), blocks)


def _plain(answer: CuratedAnswer) -> bytes:
    told = [answer.question, answer.text, answer.name, answer.said_at.isoformat()]
    return json.dumps(told, ensure_ascii=False).encode()
