"""What people write in threads of channels, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.incoming import ASKING_SUBTYPES, plain
from knowledge.inquiries.inquiring import Heard
from knowledge.model import ChannelId, member_id


def heard_in(message: Mapping[str, Any], channel: ChannelId, team: str) -> Heard | None:
    """A person's message in a thread; None where it is anything else."""
    thread, author = message.get("thread_ts"), message.get("user")
    is_by_person = not message.get("bot_id") and message.get("subtype") in ASKING_SUBTYPES
    if not (thread and author and is_by_person):
        return None
    return Heard(channel, str(thread), str(message["ts"]), member_id(team, author), plain(message.get("text") or ""))
