"""Marks by which the bot finds its own messages again, in metadata that nobody sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EVENT_TYPE = "solmu_answer"


def marked(mark: str) -> dict[str, Any]:
    """The metadata of a message with this mark."""
    return {"event_type": EVENT_TYPE, "event_payload": {"mark": mark}}


def mark_of(message: Mapping[str, Any]) -> str:
    """The mark of a message as Slack lists it; empty where it has none."""
    return str(message.get("metadata", {}).get("event_payload", {}).get("mark") or "")
