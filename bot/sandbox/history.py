"""What the invented network has asked and done in the last weeks, so that there is something to look back on.

It always ends today: a sandbox that is started again days later is given only the days that it missed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.folder import SAMPLE
from bot.sandbox.seed import QUESTIONS
from bot.sandbox.slack import utc_now
from bot.sandbox.values import TEAM
from knowledge.model import (
    NO_REPLY,
    NO_ROUND,
    NOBODY,
    AnswerRating,
    AnswerStatus,
    AskedQuestion,
    Aspect,
    ChannelId,
    CommonGround,
    Complaint,
    Document,
    Excerpt,
    GenerationId,
    GivenAnswer,
    Inquiry,
    InquiryId,
    InquiryState,
    Introduction,
    IntroductionId,
    IntroductionState,
    Language,
    Origin,
    Outcome,
    QuestionId,
    Reason,
    Reply,
    Side,
    Verdict,
    member_id,
)
from knowledge.ports import UnitOfWork
from knowledge.store import open_store

ASKED, ENCOUNTERS = SAMPLE / "questions.jsonl", SAMPLE / "encounters.jsonl"
MARK = ":sample-"
"""In the ids of what nobody asked here."""
LOOKED_AT = timedelta(weeks=9)
EARLIER = timedelta(hours=1)
"""Even today's was a while ago."""
Told = dict[str, Any]


def recall(database: str) -> None:
    """Store what was asked and done since it was stored last."""
    store = open_store(database)
    now = utc_now()
    try:
        with store() as work:
            known = [each for each in work.questions.between(now - LOOKED_AT, now) if MARK in each.id]
            since = max((each.asked_at for each in known), default=now - LOOKED_AT)
            documents = {each.key: each for each in work.documents.live()}
            for place, told in enumerate(_lines(ASKED)):
                at = _at(told, now)
                if at.date() > since.date():
                    _ask(work, told, f"message:{TEAM}:{QUESTIONS}{MARK}{at:%Y%m%d}-{place}", at, documents)
            for place, told in enumerate(_lines(ENCOUNTERS)):
                at = _at(told, now)
                if at.date() > since.date():
                    _meet(work, told, f"sample-{at:%Y%m%d}-{place}", at)
            work.commit()
    finally:
        store.dispose()


def _lines(file: Path) -> list[Told]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _at(told: Told, now: datetime) -> datetime:
    return now - timedelta(days=told["days_ago"]) - EARLIER


def _ask(work: UnitOfWork, told: Told, name: str, at: datetime, documents: Mapping[str, Document]) -> None:
    question, asker = QuestionId(name), member_id(TEAM, told["user"])
    status, language = AnswerStatus(told["status"]), Language(told["language"])
    work.questions.add(
        AskedQuestion(question, asker, QUESTIONS, told["text"], language, status, GenerationId(""), 40.0, at)
    )
    cited = [documents[key] for key in told.get("documents", ()) if key in documents]
    passages = [passages[0].id for each in cited if (passages := work.documents.of_document(each.id))]
    reason = Reason.THIN_EVIDENCE if status is AnswerStatus.NOT_FOUND else Reason.NONE
    work.ratings.record(GivenAnswer(question, tuple(passages), tuple(each.id for each in cited), reason, 0.5))
    if rating := told.get("rating"):
        verdict = Verdict.GOOD if rating == Verdict.GOOD else Verdict.BAD
        complaint = Complaint.OUTDATED if rating == Complaint.OUTDATED else Complaint.NONE
        work.ratings.rate(AnswerRating(question, asker, verdict, complaint, "", at))


def _meet(work: UnitOfWork, told: Told, name: str, at: datetime) -> None:
    if told["kind"] == "introduction":
        work.introductions.put(_introduction(told, name, at))
        return
    accepted = "1.1" if told.get("helped") else NO_REPLY
    asker, state = member_id(TEAM, told["user"]), InquiryState(told["state"])
    inquiry, channel = InquiryId(name), ChannelId(QUESTIONS)
    language, text = Language(told["language"]), told["text"]
    # Its message is long gone: the workspace forgets at every start.
    made = Inquiry(inquiry, asker, text, language, is_named=True, channel=channel, ts="1.0", state=state, made_at=at)
    work.inquiries.put(replace(made, accepted=accepted))


def _introduction(told: Told, name: str, at: datetime) -> Introduction:
    state = IntroductionState(told["state"])
    reply = Reply.YES if state is IntroductionState.MADE else Reply.NO
    first, second = (
        Side(member_id(TEAM, told[side]), reply, Outcome(outcome))
        for side, outcome in zip(("first", "second"), told["outcomes"], strict=True)
    )
    topic = Excerpt("Kokemuksia tekoälyn käyttöönotosta.", Language.FI)
    ground = CommonGround(Aspect.TOPIC, topic, topic, 0.8)
    return Introduction(
        IntroductionId(name), first, second, Origin.ASKED, NOBODY, NO_ROUND, ground, state, at, at + timedelta(days=14)
    )
