"""What comes with time: publishing what is approved once its time has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from knowledge.errors import NotFoundError
from knowledge.events.drafts import BadDraftError
from knowledge.events.keeping import lock_in
from knowledge.events.publishing import Publishing
from knowledge.events.states import NobodyToApproveError, TooLateError
from knowledge.events.telling import tell_author
from knowledge.model import NOBODY, SOLMU, Act, AnnouncementId, AnnouncementState, AuditEntry, LetterKind
from knowledge.ports import Clock, UnitOfWorkFactory

_APPROVED = (AnnouncementState.APPROVED,)


class Releasing:
    """Looks what is due."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, publishing: Publishing) -> None:
        self._uow = uow
        self._clock = clock
        self._publishing = publishing

    def publish_due(self) -> None:
        """Publish what is approved and whose time has come; what no longer makes sense goes back to its author."""
        now = self._clock()
        # Known before a transaction begins, for whoever may have to be asked for approval.
        self._publishing.roles.staff()
        with self._uow.reading() as work:
            approved = work.announcements.within(_APPROVED)
        for each in approved:
            if each.publish_at <= now:
                self._publish(each.id, now)

    def _publish(self, name: AnnouncementId, now: datetime) -> None:
        try:
            with self._uow() as work:
                out = self._publishing.go_out(work, lock_in(work, name, _APPROVED), now)
                work.audit.add(AuditEntry(now, SOLMU, Act.PUBLISH if out.is_out else Act.DRAFT_SUBMIT, name))
                work.commit()
        except BadDraftError:
            self._give_back(name, "past", now)
        except NobodyToApproveError:
            self._give_back(name, "nobody", now)
        except (TooLateError, NotFoundError):
            # Somebody was faster, or cancelled what it was to change.
            self._give_back(name, "gone", now)

    def _give_back(self, name: AnnouncementId, reason: str, now: datetime) -> None:
        with self._uow() as work:
            try:
                before = lock_in(work, name, _APPROVED)
            except (TooLateError, NotFoundError):
                return
            returned = replace(before, state=AnnouncementState.DRAFT, approver=NOBODY)
            work.announcements.put(returned)
            tell_author(work, returned, LetterKind.RETURNED, {"reason": reason}, now)
            work.commit()
