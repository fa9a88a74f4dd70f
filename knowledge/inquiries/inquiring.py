"""Putting a question to the network, taking in what is replied, and the asker's word on what helped."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import datetime

from knowledge.errors import NotFoundError, SolmuError
from knowledge.model import (
    AskedQuestion,
    ChannelId,
    Inquiry,
    InquiryId,
    InquiryReply,
    InquiryState,
    Letter,
    LetterKind,
    MemberId,
    QuestionId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import kept, personal_data_in

LONGEST_QUESTION = 1000
LONGEST_REPLY = 3000
REPLY = "reply"
"""Under which a letter's details tell the reply's time."""


class NotYoursError(SolmuError):
    """Somebody acts on what another asked or wrote."""


class NothingAskedError(SolmuError):
    """A question without words."""


class OverError(SolmuError):
    """Something comes too late: the inquiry has gone on, or has ended."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be asked: the words, where, and whether under their name."""

    text: str
    channel: ChannelId
    is_named: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A message in a thread of a channel, as far as it matters here."""

    channel: ChannelId
    thread: str
    ts: str
    author: MemberId
    text: str


class Inquiries:
    """What askers do, and what comes in for them."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def question(self, question: QuestionId, person: MemberId) -> AskedQuestion:
        """What somebody asked and may put to the network; raises NotYoursError, OverError and NotFoundError."""
        with self._uow.reading() as work:
            return self._question(work, question, person)

    def ask(self, question: QuestionId, person: MemberId, wish: Wish) -> Inquiry:
        """Have it asked; the same question of one person once.

        Raises PersonalDataError, NothingAskedError, NotYoursError, OverError and NotFoundError, and keeps nothing then.
        """
        text = kept(wish.text, LONGEST_QUESTION)
        if not text:
            message = "A question needs words."
            raise NothingAskedError(message)
        with self._uow() as work:
            asked = self._question(work, question, person)
            name = inquiry_id(question)
            state, now = InquiryState.OPEN, self._clock()
            made = Inquiry(name, person, text, asked.language, wish.is_named, wish.channel, "", state, now)
            work.inquiries.add(made)
            work.commit()
        return made

    def unposted(self, before: datetime) -> list[Inquiry]:
        """Those that were made before this moment and are not posted yet."""
        with self._uow.reading() as work:
            return [each for each in work.inquiries.unposted() if each.made_at <= before]

    def waiting(self) -> list[Inquiry]:
        """All that are not posted yet."""
        return self.unposted(self._clock())

    def note_posted(self, inquiry: InquiryId, ts: str) -> bool:
        """Keep in mind where its message stands; false where its asker has left meanwhile, and it must go again."""
        with self._uow() as work:
            try:
                found = work.inquiries.lock(inquiry)
            except NotFoundError:
                return False
            work.inquiries.put(dataclasses.replace(found, ts=ts))
            work.commit()
        return found.state is not InquiryState.WITHDRAWN

    def give_up(self, inquiry: InquiryId) -> None:
        """Forget one that cannot be posted."""
        with self._uow() as work:
            work.inquiries.remove(inquiry)
            work.commit()

    def hear(self, heard: Heard) -> bool:
        """Take in a message where it is a reply to an open inquiry, and have the asker told; tells whether it was.

        One that holds a personal identity code, or tells of a certain patient, is not kept.
        """
        with self._uow.reading() as work:
            if _answered_by(work, heard) is None:
                return False
        with self._uow() as work:
            found = _answered_by(work, heard)
            if found is None:
                return False
            text, now = heard.text.strip()[:LONGEST_REPLY], self._clock()
            work.inquiries.put_reply(InquiryReply(found.id, heard.ts, heard.author, text, now))
            name = f"inquiry-reply:{found.id}:{heard.ts}"
            details = {REPLY: heard.ts}
            work.letters.add(Letter(name, found.asker, LetterKind.INQUIRY_REPLY, found.id, details, now))
            work.commit()
        return True

    def unsay(self, channel: ChannelId, thread: str, ts: str) -> None:
        """Forget a reply that its author deleted, unless it has been taken in already."""
        with self._uow() as work:
            try:
                found = work.inquiries.at(channel, thread)
            except NotFoundError:
                return
            if found.state is InquiryState.OPEN:
                work.inquiries.remove_reply(found.id, ts)
                work.commit()

    def reply(self, inquiry: InquiryId, ts: str) -> tuple[Inquiry, InquiryReply]:
        """An inquiry and a reply to it; raises NotFoundError."""
        with self._uow.reading() as work:
            return work.inquiries.get(inquiry), work.inquiries.reply(inquiry, ts)

    def accept(self, inquiry: InquiryId, ts: str, person: MemberId) -> None:
        """The asker says that this reply helped: its author is asked whether it may be kept.

        Raises NotYoursError, OverError and NotFoundError.
        """
        with self._uow() as work:
            found = work.inquiries.lock(inquiry)
            if found.asker != person:
                message = f"Inquiry {inquiry} is another person's."
                raise NotYoursError(message)
            if found.state is not InquiryState.OPEN:
                raise _over(found)
            reply = work.inquiries.reply(inquiry, ts)
            work.inquiries.put(dataclasses.replace(found, state=InquiryState.ASKED, accepted=ts))
            name, details = f"reply-consent:{inquiry}", {REPLY: ts}
            work.letters.add(Letter(name, reply.author, LetterKind.REPLY_CONSENT, inquiry, details, self._clock()))
            work.commit()

    def _question(self, work: UnitOfWork, question: QuestionId, person: MemberId) -> AskedQuestion:
        asked = work.questions.get(question)
        if asked.asker != person:
            message = f"Question {question} is another person's."
            raise NotYoursError(message)
        try:
            raise _over(work.inquiries.get(inquiry_id(question)))
        except NotFoundError:
            return asked


def inquiry_id(question: QuestionId) -> InquiryId:
    """The id of the inquiry that a question becomes: clicked twice, it is one."""
    return InquiryId(hashlib.sha256(question.encode()).hexdigest()[:16])


def _answered_by(work: UnitOfWork, heard: Heard) -> Inquiry | None:
    try:
        found = work.inquiries.at(heard.channel, heard.thread)
    except NotFoundError:
        return None
    is_reply = heard.author != found.asker and heard.ts != heard.thread and bool(heard.text.strip())
    is_open = found.state is InquiryState.OPEN
    return found if is_open and is_reply and not personal_data_in(heard.text) else None


def _over(inquiry: Inquiry) -> OverError:
    return OverError(f"Inquiry {inquiry.id} is {inquiry.state.value} already.")
