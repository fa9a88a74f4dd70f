"""Indexing runs that admins ask for by a click: durable, and followed in a direct message."""

from __future__ import annotations

from typing import Any

from bot.durable import Durable
from bot.membership import user_in
from bot.reindexing import ReindexRequest
from knowledge.model import Language, RunTask
from knowledge.ports import Clock

Payload = dict[str, Any]


class SourceRuns:
    """Asks for them."""

    def __init__(self, durable: Durable, clock: Clock) -> None:
        self._durable = durable
        self._clock = clock

    def ask(self, body: Payload, task: RunTask, source: str, language: Language) -> None:
        """Of one source or, where none is named, of all; the same click asks once."""
        view = body.get("view") or {}
        name = body.get("trigger_id") or f"{view.get('id')}:{view.get('hash')}"
        asked_at = self._clock().timestamp()
        request = ReindexRequest(
            f"run:{name}", user_in(body), language.value, asked_at, str(body["team"]["id"]), task.value, source
        )
        self._durable.take_in_reindex(request)
