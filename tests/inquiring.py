"""Ratings, questions to the network and curated answers, with everything filled in that a test does not care about."""

from __future__ import annotations

from knowledge.model import (
    AnswerRating,
    Audience,
    ChannelId,
    Complaint,
    CuratedAnswer,
    DocumentId,
    GivenAnswer,
    Inquiry,
    InquiryId,
    InquiryReply,
    InquiryState,
    Language,
    MemberId,
    PassageId,
    QuestionId,
    Reason,
    Verdict,
)
from tests.fakes import NOON


def given_answer(number: str = "Ev1", **changes: object) -> GivenAnswer:
    """Two passages of two documents, for members."""
    values: dict[str, object] = {
        "question": QuestionId(number),
        "passages": (PassageId(1), PassageId(2)),
        "documents": (DocumentId("d1"), DocumentId("d2")),
        "reason": Reason.NONE,
        "evidence": 0.75,
    }
    return GivenAnswer(**(values | changes))  # type: ignore[arg-type]


def rating(number: str = "Ev1", **changes: object) -> AnswerRating:
    """Somebody was helped."""
    values: dict[str, object] = {
        "question": QuestionId(number),
        "person": MemberId("T1:U1"),
        "verdict": Verdict.GOOD,
        "complaint": Complaint.NONE,
        "words": "",
        "at": NOON,
    }
    return AnswerRating(**(values | changes))  # type: ignore[arg-type]


def inquiry(name: str = "i1", **changes: object) -> Inquiry:
    """A question to a channel that is not posted yet."""
    values: dict[str, object] = {
        "id": InquiryId(name),
        "asker": MemberId("T1:U1"),
        "text": "Kenellä on kokemusta sanelun käyttöönotosta?",
        "language": Language.FI,
        "is_named": True,
        "channel": ChannelId("C1"),
        "ts": "",
        "state": InquiryState.OPEN,
        "made_at": NOON,
    }
    return Inquiry(**(values | changes))  # type: ignore[arg-type]


def inquiry_reply(**changes: object) -> InquiryReply:
    """Another member knows."""
    values: dict[str, object] = {
        "inquiry": InquiryId("i1"),
        "ts": "6.1",
        "author": MemberId("T1:U2"),
        "text": "Meillä käyttöönotto kesti neljä viikkoa.",
        "at": NOON,
    }
    return InquiryReply(**(values | changes))  # type: ignore[arg-type]


def curated_answer(name: str = "i1", **changes: object) -> CuratedAnswer:
    """What that member said, under their name."""
    values: dict[str, object] = {
        "inquiry": InquiryId(name),
        "author": MemberId("T1:U2"),
        "name": "Outi Saarela",
        "question": "Kenellä on kokemusta sanelun käyttöönotosta?",
        "text": "Meillä käyttöönotto kesti neljä viikkoa.",
        "language": Language.FI,
        "audience": Audience.MEMBERS,
        "said_at": NOON,
        "is_approved": True,
    }
    return CuratedAnswer(**(values | changes))  # type: ignore[arg-type]
