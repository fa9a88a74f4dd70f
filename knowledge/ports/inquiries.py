"""Where ratings of answers, questions to the network, and curated answers are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import (
    AnswerRating,
    ChannelId,
    CitedChange,
    CuratedAnswer,
    GivenAnswer,
    Inquiry,
    InquiryId,
    InquiryReply,
    InquiryState,
    MemberId,
    QuestionId,
)


class RatingRepository(Protocol):
    """What answers were made of, and what people think of them."""

    def record(self, answer: GivenAnswer) -> None:
        """Store, or replace what is stored of the same question."""
        ...

    def answer(self, question: QuestionId) -> GivenAnswer:
        """Raise NotFoundError where there is none."""
        ...

    def take_changed(self) -> Sequence[CitedChange]:
        """The documents whose cited passages are there no longer, each cited passage told once for all time.

        Those that were retired by title, then those that were erased.
        """
        ...

    def answers(self, questions: Collection[QuestionId]) -> Mapping[QuestionId, GivenAnswer]:
        """As `answer`, of many at once; those of which nothing is known are left out."""
        ...

    def rate(self, rating: AnswerRating) -> None:
        """Store, or replace the person's rating of the same answer."""
        ...

    def of(self, questions: Collection[QuestionId]) -> Sequence[AnswerRating]:
        """What anybody thinks of the answers to these questions."""
        ...

    def rating(self, question: QuestionId, person: MemberId) -> AnswerRating:
        """Raise NotFoundError where there is none."""
        ...

    def all(self) -> Sequence[AnswerRating]:
        """Every rating, the oldest first."""
        ...

    def forget(self, person: MemberId) -> None:
        """Erase what somebody thought."""
        ...


class InquiryRepository(Protocol):
    """Questions to the network, the replies in their threads, and what became of them."""

    def add(self, inquiry: Inquiry) -> bool:
        """Store; false where one of the same id was stored before, which stays as it is."""
        ...

    def put(self, inquiry: Inquiry) -> None:
        """Store, or replace what is stored under the same id."""
        ...

    def get(self, inquiry: InquiryId) -> Inquiry:
        """Raise NotFoundError where there is none."""
        ...

    def lock(self, inquiry: InquiryId) -> Inquiry:
        """As `get`, and nobody else changes it before this transaction ends."""
        ...

    def at(self, channel: ChannelId, ts: str) -> Inquiry:
        """The one whose message this is; raise NotFoundError where there is none."""
        ...

    def unposted(self) -> Sequence[Inquiry]:
        """Those that are open and not posted yet, the oldest first."""
        ...

    def within(self, states: Collection[InquiryState]) -> Sequence[Inquiry]:
        """Those in any of these states, the oldest first."""
        ...

    def by(self, asker: MemberId) -> Sequence[Inquiry]:
        """Those of one person."""
        ...

    def remove(self, inquiry: InquiryId) -> None:
        """Erase it with its replies and the answer that was made of one."""
        ...

    def forget(self, before: datetime) -> int:
        """Erase those that were made earlier and became no answer that is kept; returns how many."""
        ...

    def put_reply(self, reply: InquiryReply) -> None:
        """Store, or replace the reply of the same time."""
        ...

    def reply(self, inquiry: InquiryId, ts: str) -> InquiryReply:
        """Raise NotFoundError where there is none."""
        ...

    def remove_reply(self, inquiry: InquiryId, ts: str) -> None:
        """Forget a reply."""
        ...

    def forget_replies(self, author: MemberId) -> None:
        """Erase all that somebody replied."""
        ...

    def put_answer(self, answer: CuratedAnswer) -> None:
        """Store, or replace the answer to the same inquiry."""
        ...

    def answer(self, inquiry: InquiryId) -> CuratedAnswer:
        """Raise NotFoundError where there is none."""
        ...

    def answers(self) -> Sequence[CuratedAnswer]:
        """All that are approved, in order of id."""
        ...

    def answers_by(self, author: MemberId) -> Sequence[CuratedAnswer]:
        """All of one person, approved or not."""
        ...

    def remove_answer(self, inquiry: InquiryId) -> None:
        """Erase the answer to an inquiry."""
        ...
