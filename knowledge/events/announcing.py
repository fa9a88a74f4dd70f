"""From a draft to what is out: kept, changed, approved by a second coordinator where asked, published in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from knowledge.events.changing import Signature, change
from knowledge.events.checking import checked, paragraphs_of
from knowledge.events.drafts import LONGEST_TEXT, BadDraftError, Draft, Field, Trouble
from knowledge.events.keeping import BEFORE_OUT, draft_in, known_of, lock_in, new_id, put, too_late
from knowledge.events.pending import change_of, drop_change, form_of, saved_already, time_of
from knowledge.events.publishing import Publishing, ask, asks_for_approval, is_second_pair, needs_approval, revision_of
from knowledge.events.states import OwnWorkError
from knowledge.events.telling import tell_author
from knowledge.events.values import announcement_of
from knowledge.model import (
    NOBODY,
    Act,
    Announcement,
    AnnouncementId,
    AnnouncementState,
    AuditEntry,
    ChannelRule,
    LetterKind,
    MemberId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import Personal, personal_data_in
from knowledge.roles import admit_staff

_EDITABLE = frozenset({*BEFORE_OUT, AnnouncementState.TEMPLATE, AnnouncementState.PUBLISHED})


class Announcing:
    """What coordinators do with drafts. Every method raises NotAllowedError for anybody else."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, publishing: Publishing) -> None:
        self._uow = uow
        self._clock = clock
        self._publishing = publishing

    def save(self, draft: Draft, by: MemberId) -> Announcement:
        """Keep a new draft; raises BadDraftError, and keeps nothing then."""
        self._admit(by)
        tidy = checked(draft, self._clock())
        made = announcement_of(tidy, new_id(), by, self._clock())
        with self._uow() as work:
            put(work, made, tidy)
            work.commit()
        return made

    def edit(self, name: AnnouncementId, draft: Draft, by: MemberId, began: str) -> Announcement:
        """Change it; raises BadDraftError, TooLateError, and ChangedMeanwhileError.

        `began` is the mark of what the form began with. A draft has to be approved anew. What is out is changed at
        once; where a channel asks for approval, or a change of it has its time, the change waits and is returned.
        Saved a second time it is returned as it is.
        """
        self._admit(by)
        with self._uow() as work:
            before = lock_in(work, name, _EDITABLE)
            if saved := saved_already(work, before, draft, began):
                return saved[0]
            tidy = checked(draft, self._clock(), known_of(work, before))
            if before.is_out:
                edited = self._edit_out(work, before, tidy, by)
            else:
                edited = (self._edit_draft(work, before, tidy, by),)
            if edited:
                work.commit()
                return edited[0]
        # Nothing of it was kept: what cannot be done is told to whoever writes it, not to whoever approves it.
        return self._propose(before, tidy, by, began)

    def submit(self, name: AnnouncementId, by: MemberId, at: datetime) -> Announcement:
        """Let it go out at that time, or at once where that has come, after approval where a channel asks for it.

        Raises BadDraftError where it makes no sense then, NobodyToApproveError, TooLateError.
        """
        self._admit(by)
        now = self._clock()
        with self._uow() as work:
            before = lock_in(work, name, BEFORE_OUT)
            checked(draft_in(work, before), max(now, at), known_of(work, before))
            planned = replace(before, publish_at=max(now, at))
            submitted = self._submitted(work, planned, now)
            self._note(work, Act.PUBLISH if submitted.is_out else Act.DRAFT_SUBMIT, name, by)
            work.commit()
        return submitted

    def approve(self, name: AnnouncementId, by: MemberId, revision: int) -> Announcement:
        """Let go out what somebody saw at that revision; raises OwnWorkError for its author and last editor."""
        self._admit(by)
        now = self._clock()
        with self._uow() as work:
            before = self._seen(work, name, revision)
            if not is_second_pair(before, by):
                message = "Whoever wrote or changed it cannot approve it."
                raise OwnWorkError(message)
            approved = replace(before, state=AnnouncementState.APPROVED, approver=by)
            work.announcements.put(approved)
            told = self._publishing.go_out(work, approved, now) if approved.publish_at <= now else approved
            authors = replace(told, author=before.author, editor=before.editor)
            tell_author(work, authors, LetterKind.APPROVED, {"publish_at": approved.publish_at.isoformat()}, now)
            self._note(work, Act.DRAFT_APPROVE, name, by)
            work.commit()
        return told

    def send_back(self, name: AnnouncementId, by: MemberId, revision: int, comment: str) -> Announcement:
        """Ask its author to change it; raises BadDraftError where the comment cannot be kept."""
        self._admit(by)
        text = _comment(comment)
        with self._uow() as work:
            returned = replace(self._seen(work, name, revision), state=AnnouncementState.DRAFT)
            work.announcements.put(returned)
            tell_author(work, returned, LetterKind.RETURNED, {"comment": text}, self._clock())
            self._note(work, Act.DRAFT_RETURN, name, by)
            work.commit()
        return returned

    def take_back(self, name: AnnouncementId, by: MemberId) -> Announcement:
        """Make a draft again of what waits for approval or for its time."""
        self._admit(by)
        with self._uow() as work:
            taken = replace(lock_in(work, name, BEFORE_OUT), state=AnnouncementState.DRAFT, approver=NOBODY)
            work.announcements.put(taken)
            work.letters.drop(name, [LetterKind.APPROVAL_ASKED])
            self._note(work, Act.DRAFT_TAKE_BACK, name, by)
            work.commit()
        return taken

    def remove(self, name: AnnouncementId, by: MemberId) -> None:
        """Erase a draft or a template."""
        self._admit(by)
        with self._uow() as work:
            lock_in(work, name, {AnnouncementState.DRAFT, AnnouncementState.TEMPLATE})
            work.announcements.remove(name)
            self._note(work, Act.DRAFT_ERASE, name, by)
            work.commit()

    def save_template(self, name: AnnouncementId, by: MemberId) -> Announcement:
        """Keep a copy from which others are made."""
        self._admit(by)
        with self._uow() as work:
            source = work.announcements.get(name)
            draft = draft_in(work, source)
            made = announcement_of(draft, new_id(), by, self._clock())
            template = replace(made, state=AnnouncementState.TEMPLATE)
            put(work, template, draft)
            work.commit()
        return template

    def set_rule(self, rule: ChannelRule, by: MemberId) -> None:
        """What a channel asks of announcements from now on."""
        self._admit(by)
        with self._uow() as work:
            work.announcements.put_rule(rule)
            self._note(work, Act.CHANNEL_RULE, rule.channel, by)
            work.commit()

    def _edit_draft(self, work: UnitOfWork, before: Announcement, tidy: Draft, by: MemberId) -> Announcement:
        is_template = before.state is AnnouncementState.TEMPLATE
        after = replace(
            announcement_of(tidy, before.id, before.author, before.made_at),
            state=AnnouncementState.TEMPLATE if is_template else AnnouncementState.DRAFT,
            publish_at=before.publish_at,
            revision=before.revision + 1,
            editor=by,
            replaces=before.replaces,
        )
        put(work, after, tidy)
        work.letters.drop(before.id, [LetterKind.APPROVAL_ASKED])
        return after

    def _edit_out(self, work: UnitOfWork, before: Announcement, tidy: Draft, by: MemberId) -> tuple[Announcement, ...]:
        """What came of it; nothing where it has to wait, and then none of what was done here may be kept."""
        changes, now = change_of(work, before.id), self._clock()
        is_scheduled = any(each.state is AnnouncementState.APPROVED for each in changes)
        if is_scheduled and form_of(work, before) == tidy:
            return changes
        # The form began with the change that waited: it is what this one takes the place of.
        drop_change(work, before.id)
        if draft_in(work, before) == tidy:
            return (before,)
        by_whom = Signature(by, before.approver)
        edited = change(work, before, tidy, by_whom, now, self._publishing.offer)
        if time_of(changes, now) > now or needs_approval(work, {*before.channels, *tidy.channels}):
            return ()
        self._note(work, Act.PUBLISHED_CHANGE, before.id, by)
        return (edited,)

    def _propose(self, before: Announcement, tidy: Draft, by: MemberId, began: str) -> Announcement:
        """Let the change wait, in place of one that waited before, and until the time of that."""
        now, name = self._clock(), revision_of(before.id)
        with self._uow() as work:
            # Anything may have come between: it is another transaction.
            locked = lock_in(work, before.id, {AnnouncementState.PUBLISHED})
            if saved := saved_already(work, locked, tidy, began):
                return saved[0]
            changes = change_of(work, before.id)
            number = max((each.revision for each in changes), default=0) + 1
            fresh = announcement_of(tidy, name, by, now)
            made = replace(fresh, publish_at=time_of(changes, now), replaces=before.id, revision=number)
            put(work, made, tidy)
            proposed = self._submitted(work, made, now)
            self._note(work, Act.DRAFT_SUBMIT, name, by)
            work.commit()
        return proposed

    def _submitted(self, work: UnitOfWork, planned: Announcement, now: datetime) -> Announcement:
        if planned.state is AnnouncementState.DRAFT and asks_for_approval(work, planned):
            return ask(work, planned, self._publishing.roles, now)
        if planned.state is not AnnouncementState.WAITING:
            planned = replace(planned, state=AnnouncementState.APPROVED)
        work.announcements.put(planned)
        is_due = planned.state is AnnouncementState.APPROVED and planned.publish_at <= now
        return self._publishing.go_out(work, planned, now) if is_due else planned

    def _seen(self, work: UnitOfWork, name: AnnouncementId, revision: int) -> Announcement:
        found = lock_in(work, name, {AnnouncementState.WAITING})
        if found.revision != revision:
            raise too_late()
        return found

    def _admit(self, person: MemberId) -> None:
        admit_staff(self._publishing.roles, person)

    def _note(self, work: UnitOfWork, act: Act, subject: str, by: MemberId) -> None:
        work.audit.add(AuditEntry(self._clock(), by, act, subject))


def _comment(written: str) -> str:
    text = paragraphs_of(written)
    trouble = (
        (Trouble.MISSING, not text),
        (Trouble.TOO_LONG, len(text) > LONGEST_TEXT),
        (Trouble.IDENTITY_CODE, personal_data_in(text) is Personal.IDENTITY_CODE),
        (Trouble.PATIENT, personal_data_in(text) is Personal.PATIENT),
    )
    wrong = [name for name, is_so in trouble if is_so]
    if wrong:
        raise BadDraftError({Field.COMMENT: wrong[0]})
    return text
