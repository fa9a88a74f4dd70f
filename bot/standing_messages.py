"""Whether a message that stands in Slack says what it should say by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.delivery import Outgoing


def says(posted: Mapping[str, Any], message: Outgoing) -> bool:
    """Whether the message as Slack lists it is this one."""
    return posted.get("text", "") == message.text and _holds(posted.get("blocks", []), message.blocks)


def _holds(listed: Any, sent: Any) -> bool:
    """Whether what was sent is listed. Slack adds ids and what it takes for granted to every part."""
    if isinstance(sent, dict):
        return isinstance(listed, dict) and all(_holds(listed.get(name), value) for name, value in sent.items())
    if isinstance(sent, list):
        if not isinstance(listed, list) or len(listed) != len(sent):
            return False
        return all(_holds(one, other) for one, other in zip(listed, sent, strict=True))
    return bool(listed == sent)
