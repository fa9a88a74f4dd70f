"""Marks by which the bot finds its own messages again, in metadata that nobody sees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

EVENT_TYPE = "solmu_answer"
EARLIER = timedelta(hours=1)
"""By which Slack's clock may be behind."""


def marked(mark: str) -> dict[str, Any]:
    """The metadata of a message with this mark."""
    return {"event_type": EVENT_TYPE, "event_payload": {"mark": mark}}


def mark_of(message: Mapping[str, Any]) -> str:
    """The mark of a message as Slack lists it; empty where it has none."""
    return str(message.get("metadata", {}).get("event_payload", {}).get("mark") or "")


def looked_for_since(begun_at: datetime) -> str:
    """The ts from which on a message is looked for that was begun at this moment."""
    return f"{(begun_at - EARLIER).timestamp():.6f}"
