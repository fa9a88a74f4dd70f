"""Questions to the network in SQL, with the replies to them and the answers that were made of those."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import ChannelId, CuratedAnswer, Inquiry, InquiryId, InquiryReply, InquiryState, MemberId
from knowledge.store.inquiry_tables import CuratedAnswerRow, InquiryReplyRow, InquiryRow
from knowledge.store.upserting import insert_once, upsert

_INQUIRY, _ANSWER = TypeAdapter(Inquiry), TypeAdapter(CuratedAnswer)


class SqlInquiries:
    """See `knowledge.ports.InquiryRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inquiry: Inquiry) -> bool:
        """Store; false where one of the same id was stored before."""
        return insert_once(self._session, InquiryRow, _values(inquiry))

    def put(self, inquiry: Inquiry) -> None:
        """Store, or replace what is stored under the same id."""
        upsert(self._session, InquiryRow, _values(inquiry))

    def get(self, inquiry: InquiryId) -> Inquiry:
        """The inquiry; raises NotFoundError."""
        return self._one(select(InquiryRow).where(InquiryRow.id == inquiry))

    def lock(self, inquiry: InquiryId) -> Inquiry:
        """As `get`, and nobody else changes it before this transaction ends."""
        return self._one(select(InquiryRow).where(InquiryRow.id == inquiry).with_for_update())

    def at(self, channel: ChannelId, ts: str) -> Inquiry:
        """The one whose message this is; raises NotFoundError."""
        return self._one(select(InquiryRow).where(InquiryRow.ts == ts, InquiryRow.channel == channel))

    def unposted(self) -> Sequence[Inquiry]:
        """Those that are open and not posted yet, the oldest first."""
        waiting = InquiryRow.state == InquiryState.OPEN.value
        return self._many(select(InquiryRow).where(waiting, InquiryRow.ts == ""))

    def within(self, states: Collection[InquiryState]) -> Sequence[Inquiry]:
        """Those in any of these states, the oldest first."""
        return self._many(select(InquiryRow).where(InquiryRow.state.in_([state.value for state in states])))

    def by(self, asker: MemberId) -> Sequence[Inquiry]:
        """Those of one person."""
        return self._many(select(InquiryRow).where(InquiryRow.asker == asker))

    def remove(self, inquiry: InquiryId) -> None:
        """Erase it; the foreign keys take replies and answer with it."""
        self._session.execute(delete(InquiryRow).where(InquiryRow.id == inquiry))

    def put_reply(self, reply: InquiryReply) -> None:
        """Store, or replace the reply of the same time."""
        upsert(self._session, InquiryReplyRow, asdict(reply))

    def reply(self, inquiry: InquiryId, ts: str) -> InquiryReply:
        """The reply; raises NotFoundError."""
        row = self._session.get(InquiryReplyRow, (inquiry, ts), populate_existing=True)
        if row is None:
            message = f"There is no reply of {ts} to inquiry {inquiry}."
            raise NotFoundError(message)
        return InquiryReply(InquiryId(row.inquiry), row.ts, MemberId(row.author), row.text, row.at)

    def remove_reply(self, inquiry: InquiryId, ts: str) -> None:
        """Forget a reply."""
        found = (InquiryReplyRow.inquiry == inquiry, InquiryReplyRow.ts == ts)
        self._session.execute(delete(InquiryReplyRow).where(*found))

    def forget(self, before: datetime) -> int:
        """Erase those that were made earlier and became no answer that is kept; returns how many."""
        kept = select(CuratedAnswerRow.inquiry).where(CuratedAnswerRow.is_approved)
        old = delete(InquiryRow).where(InquiryRow.made_at < before, InquiryRow.id.not_in(kept))
        return len(self._session.execute(old.returning(InquiryRow.id)).all())

    def forget_replies(self, author: MemberId) -> None:
        """Erase all that somebody replied."""
        self._session.execute(delete(InquiryReplyRow).where(InquiryReplyRow.author == author))

    def put_answer(self, answer: CuratedAnswer) -> None:
        """Store, or replace the answer to the same inquiry."""
        values = {
            "inquiry": answer.inquiry,
            "author": answer.author,
            "is_approved": answer.is_approved,
            "data": _ANSWER.dump_python(answer, mode="json"),
        }
        upsert(self._session, CuratedAnswerRow, values)

    def answer(self, inquiry: InquiryId) -> CuratedAnswer:
        """The answer; raises NotFoundError."""
        row = self._session.get(CuratedAnswerRow, inquiry, populate_existing=True)
        if row is None:
            message = f"There is no curated answer to inquiry {inquiry}."
            raise NotFoundError(message)
        return _ANSWER.validate_python(row.data)

    def answers(self) -> Sequence[CuratedAnswer]:
        """All that are approved, in order of id."""
        return self._answers(select(CuratedAnswerRow).where(CuratedAnswerRow.is_approved))

    def answers_by(self, author: MemberId) -> Sequence[CuratedAnswer]:
        """All of one person, approved or not."""
        return self._answers(select(CuratedAnswerRow).where(CuratedAnswerRow.author == author))

    def remove_answer(self, inquiry: InquiryId) -> None:
        """Erase the answer to an inquiry."""
        self._session.execute(delete(CuratedAnswerRow).where(CuratedAnswerRow.inquiry == inquiry))

    def _one(self, found: Select[InquiryRow]) -> Inquiry:
        row = self._session.scalars(found.execution_options(populate_existing=True)).first()
        if row is None:
            message = "There is no such inquiry."
            raise NotFoundError(message)
        return _INQUIRY.validate_python(row.data)

    def _many(self, found: Select[InquiryRow]) -> Sequence[Inquiry]:
        ordered = found.order_by(InquiryRow.made_at, InquiryRow.id).execution_options(populate_existing=True)
        return [_INQUIRY.validate_python(row.data) for row in self._session.scalars(ordered)]

    def _answers(self, found: Select[CuratedAnswerRow]) -> Sequence[CuratedAnswer]:
        ordered = found.order_by(CuratedAnswerRow.inquiry).execution_options(populate_existing=True)
        return [_ANSWER.validate_python(row.data) for row in self._session.scalars(ordered)]


def _values(inquiry: Inquiry) -> dict[str, Any]:
    return {
        "id": inquiry.id,
        "asker": inquiry.asker,
        "channel": inquiry.channel,
        "ts": inquiry.ts,
        "state": inquiry.state.value,
        "made_at": inquiry.made_at,
        "data": _INQUIRY.dump_python(inquiry, mode="json"),
    }
