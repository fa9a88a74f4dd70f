"""What people write to each other, proposed as an answer for others: its author decides first, then a coordinator."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.errors import NotFoundError
from knowledge.inquiries.inquiring import (
    LONGEST_QUESTION,
    LONGEST_REPLY,
    REPLY,
    NothingAskedError,
    OverError,
    inquiry_id,
)
from knowledge.model import (
    ChannelId,
    Inquiry,
    InquiryId,
    InquiryReply,
    InquiryState,
    Language,
    Letter,
    LetterKind,
    MemberId,
    QuestionId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import kept


@dataclass(frozen=True, slots=True)
class Nomination:
    """A message, by its channel and time, the question that it answers, and its words as they are to be given."""

    channel: ChannelId
    ts: str
    author: MemberId
    question: str
    text: str
    language: Language


class Nominations:
    """Takes proposals in. Nothing is given to anybody before author and coordinator have agreed: see `Curation`."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def nominate(self, nomination: Nomination, by: MemberId) -> InquiryId:
        """Ask the author whether the message may be kept, once however often it is proposed.

        Raises NothingAskedError, IdentityCodeError and, where it was proposed before, OverError.
        """
        question, text = kept(nomination.question, LONGEST_QUESTION), kept(nomination.text, LONGEST_REPLY)
        if not (question and text):
            message = "A proposed answer needs a question and an answer."
            raise NothingAskedError(message)
        name, now = inquiry_id(QuestionId(f"message:{nomination.channel}:{nomination.ts}")), self._clock()
        with self._uow() as work:
            _refuse_second(work, name)
            # No message of Solmu's own belongs to it, so its `ts` stays empty.
            work.inquiries.add(
                Inquiry(
                    name,
                    by,
                    question,
                    nomination.language,
                    is_named=False,
                    channel=nomination.channel,
                    ts="",
                    state=InquiryState.ASKED,
                    made_at=now,
                    accepted=nomination.ts,
                )
            )
            work.inquiries.put_reply(InquiryReply(name, nomination.ts, nomination.author, text, now))
            details = {REPLY: nomination.ts}
            letter = Letter(f"reply-consent:{name}", nomination.author, LetterKind.REPLY_CONSENT, name, details, now)
            work.letters.add(letter)
            work.commit()
        return name


def _refuse_second(work: UnitOfWork, name: InquiryId) -> None:
    try:
        found = work.inquiries.get(name)
    except NotFoundError:
        return
    message = f"Message {name} was proposed before and is {found.state.value}."
    raise OverError(message)
