"""An act that is kept in the audit log: who did what to what, when, and how it ended."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import datetime

from knowledge.model.identifiers import MemberId

SHELL = MemberId("shell")
"""Who acts on the machine itself, by a command."""
SOLMU = MemberId("solmu")
"""Solmu itself: what it did at its time, or noticed."""
LONGEST_SUBJECT = 255
_SUBJECT = re.compile(rf"\S{{0,{LONGEST_SUBJECT}}}")


class Act(enum.StrEnum):
    """What was done. Rows hold the value: one may be added, none may be renamed."""

    REINDEX = "reindex"
    REBUILD = "rebuild"
    ROLL_BACK = "roll_back"
    SOURCE_ADD = "source_add"
    SOURCE_CHANGE = "source_change"
    SOURCE_AUDIENCE = "source_audience"
    SOURCE_REMOVE = "source_remove"
    DOCUMENT_REPLACE = "document_replace"
    DOCUMENT_REINSTATE = "document_reinstate"
    QUARANTINE_RELEASE = "quarantine_release"
    CHANNEL_RULE = "channel_rule"
    CHANNEL_MANNERS = "channel_manners"
    DRAFT_SUBMIT = "draft_submit"
    DRAFT_TAKE_BACK = "draft_take_back"
    DRAFT_APPROVE = "draft_approve"
    DRAFT_RETURN = "draft_return"
    DRAFT_ERASE = "draft_erase"
    PUBLISH = "publish"
    PUBLISHED_CHANGE = "published_change"
    CANCEL = "cancel"
    MOVE = "move"
    CURATED_APPROVE = "curated_approve"
    CURATED_REFUSE = "curated_refuse"
    CURATED_WITHDRAW = "curated_withdraw"
    INTRODUCE = "introduce"
    ROUND = "round"
    CONTACT_HAND_OVER = "contact_hand_over"
    ATTENDANCE_EXPORT = "attendance_export"
    FEEDBACK_EXPORT = "feedback_export"
    NETWORK_EXPORT = "network_export"
    INSIGHTS_EXPORT = "insights_export"
    MEMBERS_IMPORT = "members_import"
    MEMBERS_EXPORT = "members_export"
    AUDIT_EXPORT = "audit_export"
    RATED_EXPORT = "rated_export"
    INSTALL = "install"
    UNINSTALL = "uninstall"
    PERSONAL_EXPORT = "personal_export"
    ERASE_PERSON = "erase_person"
    BACKUP = "backup"
    RESTORE = "restore"
    REKEY = "rekey"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"


class ActOutcome(enum.StrEnum):
    """How it ended."""

    DONE = "done"
    ASKED = "asked"
    """It was asked for and is carried out later."""
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `subject` is an id or a kind such as `curated:i3`, never what a person wrote."""

    at: datetime
    who: MemberId
    act: Act
    subject: str = ""
    outcome: ActOutcome = ActOutcome.DONE

    def __post_init__(self) -> None:
        """Raise ValueError for a subject that is no id: people's words have spaces, and are long."""
        if not _SUBJECT.fullmatch(self.subject):
            message = f"expected an id of at most {LONGEST_SUBJECT} characters without spaces as an act's subject"
            raise ValueError(message)
