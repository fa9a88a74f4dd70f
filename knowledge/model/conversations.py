"""Conversations: the questions of a thread, as they were understood, and where they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.model.identifiers import ChannelId, MemberId, QuestionId


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in the thread `thread` of a channel, told by the times that Slack names messages by.

    One that no message shows, as it was written into a form, has the `ts` of its answer; until that is posted none.
    `text` is the question as it can be understood by itself. `answer` is the message that answers it, empty until that
    is posted; `edited` when the question was last changed or deleted, empty where never. The asker is talking to Solmu
    while the turn `is_open`. `at` is when something last happened to it, or will: when one that waits is answered.
    """

    id: QuestionId
    channel: ChannelId
    thread: str
    ts: str
    asker: MemberId
    text: str
    answer: str
    edited: str
    is_open: bool
    at: datetime
