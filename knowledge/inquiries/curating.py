"""Making a reply part of what Solmu knows: its author agrees, a coordinator approves, and either can end it."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import NotFoundError
from knowledge.inquiries.inquiring import LONGEST_QUESTION, LONGEST_REPLY, NothingAskedError, NotYoursError, OverError
from knowledge.inquiries.shelving import document_of
from knowledge.model import (
    NOBODY,
    Act,
    Audience,
    AuditEntry,
    CuratedAnswer,
    Inquiry,
    InquiryId,
    InquiryState,
    Letter,
    LetterKind,
    MemberId,
)
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import kept

BY_CURATION = "curation"
"""Who asks for the indexing."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A curated answer as a coordinator leaves it."""

    question: str
    text: str
    audience: Audience


class Curation:
    """What repliers and coordinators do; staff are told when an answer waits for them."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles

    def is_staff(self, person: MemberId) -> bool:
        """Whether somebody may approve; raises RolesUnknownError."""
        return self._roles.is_staff(person)

    def agree(self, inquiry: InquiryId, person: MemberId, name: str) -> None:
        """The replier lets the reply be kept, under `name` or without any.

        Raises NotYoursError, OverError and NotFoundError.
        """
        staff = self._roles.staff()
        with self._uow() as work:
            found = self._asked(work, inquiry, person)
            reply = work.inquiries.reply(inquiry, found.accepted)
            made = CuratedAnswer(
                inquiry,
                person,
                name,
                found.text,
                reply.text,
                found.language,
                Audience.MEMBERS,
                reply.at,
                is_approved=False,
            )
            work.inquiries.put_answer(made)
            work.inquiries.put(dataclasses.replace(found, state=InquiryState.OFFERED))
            for each in staff:
                self._write(work, LetterKind.CURATE, each, inquiry)
            work.commit()

    def refuse(self, inquiry: InquiryId, person: MemberId) -> None:
        """The replier does not; raises as `agree`. Of a message that was proposed nothing is kept but that it was."""
        with self._uow() as work:
            found = self._asked(work, inquiry, person)
            _close(work, found)
            work.commit()

    def offered(self, inquiry: InquiryId) -> CuratedAnswer:
        """What waits for a coordinator; raises OverError where it does not any more, and NotFoundError."""
        with self._uow.reading() as work:
            _offered(work.inquiries.get(inquiry))
            return work.inquiries.answer(inquiry)

    def answer(self, inquiry: InquiryId) -> CuratedAnswer:
        """The answer as it is; raises NotFoundError."""
        with self._uow.reading() as work:
            return work.inquiries.answer(inquiry)

    def approve(self, inquiry: InquiryId, edited: Edited, by: MemberId) -> None:
        """A coordinator takes it in, as edited, and has it indexed; asker and author are told.

        Raises NotYoursError, NothingAskedError, IdentityCodeError, OverError and NotFoundError.
        """
        self._admit(by)
        question, text = kept(edited.question, LONGEST_QUESTION), kept(edited.text, LONGEST_REPLY)
        if not (question and text):
            message = "A curated answer needs a question and an answer."
            raise NothingAskedError(message)
        with self._uow() as work:
            found = _offered(work.inquiries.lock(inquiry))
            answer = work.inquiries.answer(inquiry)
            taken = dataclasses.replace(answer, question=question, text=text, audience=edited.audience)
            work.inquiries.put_answer(dataclasses.replace(taken, is_approved=True))
            work.inquiries.put(dataclasses.replace(found, state=InquiryState.CURATED))
            for each in dict.fromkeys((found.asker, answer.author)):
                self._write(work, LetterKind.CURATED, each, inquiry)
            self._index_anew(work)
            self._note(work, Act.CURATED_APPROVE, inquiry, by)
            work.commit()

    def dismiss(self, inquiry: InquiryId, by: MemberId) -> None:
        """A coordinator does not take it in; raises NotYoursError, OverError and NotFoundError."""
        self._admit(by)
        with self._uow() as work:
            found = _offered(work.inquiries.lock(inquiry))
            work.inquiries.remove_answer(inquiry)
            _close(work, found)
            self._note(work, Act.CURATED_REFUSE, inquiry, by)
            work.commit()

    def retract(self, inquiry: InquiryId, person: MemberId) -> None:
        """The author takes the answer back: nobody finds it any more. Raises NotYoursError and NotFoundError."""
        with self._uow() as work:
            found, answer = work.inquiries.lock(inquiry), work.inquiries.answer(inquiry)
            if answer.author != person:
                message = f"The answer to inquiry {inquiry} is another person's."
                raise NotYoursError(message)
            _erase(work, answer)
            _close(work, found)
            if answer.is_approved:
                self._index_anew(work)
            self._note(work, Act.CURATED_WITHDRAW, inquiry, person)
            work.commit()

    def forget(self, person: MemberId) -> None:
        """Erase all that somebody asked the network, replied and agreed to; may be repeated.

        Messages that hold their questions are taken down by whoever posted them: see `withdrawn`.
        """
        with self._uow() as work:
            answers = work.inquiries.answers_by(person)
            for answer in answers:
                # A run that is writing it down just now is waited for.
                work.inquiries.lock(answer.inquiry)
                _erase(work, answer)
            if any(answer.is_approved for answer in answers):
                self._index_anew(work)
            work.inquiries.forget_replies(person)
            for inquiry in work.inquiries.by(person):
                _withdraw(work, inquiry)
            work.commit()

    def withdrawn(self) -> Sequence[Inquiry]:
        """Inquiries of which the message alone is left."""
        with self._uow.reading() as work:
            return work.inquiries.within([InquiryState.WITHDRAWN])

    def end(self, inquiry: InquiryId) -> None:
        """Forget one whose message has been taken down, but for the answer that was taken in."""
        with self._uow() as work:
            if _is_kept(work, inquiry):
                found = work.inquiries.lock(inquiry)
                work.inquiries.put(dataclasses.replace(found, ts="", state=InquiryState.CURATED))
            else:
                work.inquiries.remove(inquiry)
            work.commit()

    def _asked(self, work: UnitOfWork, inquiry: InquiryId, person: MemberId) -> Inquiry:
        found = work.inquiries.lock(inquiry)
        if found.state is not InquiryState.ASKED:
            message = f"Inquiry {inquiry} is {found.state.value}; nobody's consent is asked for."
            raise OverError(message)
        if work.inquiries.reply(inquiry, found.accepted).author != person:
            message = f"The accepted reply to inquiry {inquiry} is another person's."
            raise NotYoursError(message)
        return found

    def _index_anew(self, work: UnitOfWork) -> None:
        """Let the next generation of the index be made with what is there now."""
        work.runs.request(secrets.token_hex(8), BY_CURATION, self._clock())

    def _admit(self, person: MemberId) -> None:
        if not self.is_staff(person):
            message = f"{person} is neither coordinator nor admin."
            raise NotYoursError(message)

    def _note(self, work: UnitOfWork, act: Act, inquiry: InquiryId, by: MemberId) -> None:
        work.audit.add(AuditEntry(self._clock(), by, act, inquiry))

    def _write(self, work: UnitOfWork, kind: LetterKind, to: MemberId, inquiry: InquiryId) -> None:
        work.letters.add(Letter(f"{kind.value}:{inquiry}:{to}", to, kind, inquiry, {}, self._clock()))


def _offered(inquiry: Inquiry) -> Inquiry:
    if inquiry.state is not InquiryState.OFFERED:
        message = f"Inquiry {inquiry.id} is {inquiry.state.value}; nothing waits for a coordinator."
        raise OverError(message)
    return inquiry


def _erase(work: UnitOfWork, answer: CuratedAnswer) -> None:
    if answer.is_approved:
        work.documents.erase(document_of(answer))
    work.inquiries.remove_answer(answer.inquiry)


def _close(work: UnitOfWork, inquiry: Inquiry) -> None:
    """End it without an answer. What was only proposed was never said to Solmu: its words and people go.

    The inquiry itself stays, so that its author is not asked again.
    """
    closed = dataclasses.replace(inquiry, state=InquiryState.CLOSED)
    if inquiry.is_nominated:
        closed = dataclasses.replace(closed, asker=NOBODY, text="")
        work.inquiries.remove_reply(inquiry.id, inquiry.accepted)
    work.inquiries.put(closed)


def _withdraw(work: UnitOfWork, inquiry: Inquiry) -> None:
    """Keep of the asker nothing but where the message stands, or may come to stand: it can be on its way to Slack."""
    if not inquiry.is_nominated or inquiry.ts or _is_kept(work, inquiry.id):
        gone = dataclasses.replace(inquiry, asker=NOBODY, text="", is_named=False, state=InquiryState.WITHDRAWN)
        work.inquiries.put(gone)
    else:
        work.inquiries.remove(inquiry.id)


def _is_kept(work: UnitOfWork, inquiry: InquiryId) -> bool:
    try:
        return work.inquiries.answer(inquiry).is_approved
    except NotFoundError:
        return False
