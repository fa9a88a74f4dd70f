"""What becomes of an answer, and of a question that had none: ratings, questions to the network, curated answers."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from knowledge.model.answers import Reason
from knowledge.model.documents import Audience, Language
from knowledge.model.identifiers import ChannelId, DocumentId, InquiryId, MemberId, PassageId, QuestionId

NO_REPLY = ""
"""What stands for a reply's time where none was accepted."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What an answer was made of: the passages that it cited in order, each with its document."""

    question: QuestionId
    passages: tuple[PassageId, ...]
    documents: tuple[DocumentId, ...]
    reason: Reason
    evidence: float


class Verdict(enum.StrEnum):
    """Whether an answer helped."""

    GOOD = "good"
    BAD = "bad"


class Complaint(enum.StrEnum):
    """What was the matter with an answer; NONE where nobody said."""

    NONE = "none"
    WRONG = "wrong"
    NOT_ANSWERED = "not_answered"
    OUTDATED = "outdated"
    HARD_TO_READ = "hard_to_read"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AnswerRating:
    """What somebody thinks of an answer."""

    question: QuestionId
    person: MemberId
    verdict: Verdict
    complaint: Complaint
    words: str
    at: datetime


class InquiryState(enum.StrEnum):
    """How far a question to the network has come.

    OPEN until the asker says which reply helped. Then the replier is asked (ASKED) whether it may be kept, and a
    coordinator (OFFERED) whether it is. It ends as CURATED or CLOSED. Of one that is WITHDRAWN the message alone is
    left.
    """

    OPEN = "open"
    ASKED = "asked"
    OFFERED = "offered"
    CURATED = "curated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question that somebody had Solmu put to the people of a channel.

    `ts` is its message's, empty until it is posted. `accepted` is the time of the reply that helped, NO_REPLY before.
    """

    id: InquiryId
    asker: MemberId
    text: str
    language: Language
    is_named: bool
    channel: ChannelId
    ts: str
    state: InquiryState
    made_at: datetime
    accepted: str = NO_REPLY

    @property
    def is_nominated(self) -> bool:
        """Whether no message of Solmu's asks it: what somebody wrote was proposed as its answer.

        Nor is there a message any more where the asker took a question back whose answer is kept.
        """
        return not self.ts and self.accepted != NO_REPLY


@dataclass(frozen=True, slots=True)
class InquiryReply:
    """What somebody wrote in the thread of an inquiry; `ts` is their message's time, by which Slack names it."""

    inquiry: InquiryId
    ts: str
    author: MemberId
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CuratedAnswer:
    """A person's answer that a coordinator took into what Solmu knows.

    `name` is what its author agreed to be called, empty where they agreed to no name. Nobody is shown it before it is
    `is_approved`.
    """

    inquiry: InquiryId
    author: MemberId
    name: str
    question: str
    text: str
    language: Language
    audience: Audience
    said_at: datetime
    is_approved: bool
