"""A question as it came from Slack: plain values that survive a restart."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from knowledge.model import Language


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, by whom, and where the answer goes.

    `id` is the same for every delivery of the same message or command. `ts` is the message's, `thread` the root of
    the thread to answer in; both are empty for a command, which is answered under `response_url`. `user_team` is the
    asker's own workspace, empty where Slack did not say. `withheld` stands for a text that held a personal identity
    code: `text` is then empty, and nothing of it is kept anywhere. Without a `channel` the answer goes to the asker's
    direct messages.

    `edited` is set where the message was changed after it was asked: its answer is to change with it. `withdrawn` tells
    that it was deleted. `has_files` that something was attached. `is_overheard` says that nobody asked Solmu: it keeps
    silent where it has no answer.
    """

    id: str
    team: str
    user: str
    user_team: str
    channel: str
    is_direct: bool
    ts: str
    thread: str
    response_url: str
    text: str
    language: str
    withheld: bool = False
    edited: str = ""
    withdrawn: bool = False
    has_files: bool = False
    is_overheard: bool = False

    @property
    def spoken(self) -> Language:
        """The question's language as detected when it came."""
        return Language(self.language)

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input."""
        return asdict(self)
