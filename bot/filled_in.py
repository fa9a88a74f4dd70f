"""What a person filled in: the state of a modal's fields as plain values, whatever Slack left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from bot.blocks.forms import VALUE
from knowledge.model import Language


class FilledIn:
    """The fields of a submitted modal, by the names of their blocks."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        self._values: Mapping[str, Any] = view.get("state", {}).get("values", {})

    def text(self, name: str) -> str:
        """What was written."""
        return str(self._of(name).get("value") or "")

    def choice(self, name: str) -> str:
        """The value of what was chosen, or nothing."""
        return str((self._of(name).get("selected_option") or {}).get("value") or "")

    def choices(self, name: str) -> tuple[str, ...]:
        """The values of everything that was chosen or ticked."""
        return tuple(str(option["value"]) for option in self._of(name).get("selected_options") or ())

    def people(self, name: str) -> tuple[str, ...]:
        """The people who were chosen."""
        return tuple(map(str, self._of(name).get("selected_users") or ()))

    def day(self, name: str) -> date:
        """The day that was chosen; `date.max` where none was."""
        chosen = self._of(name).get("selected_date")
        return date.fromisoformat(chosen) if chosen else date.max

    def time(self, name: str) -> time:
        """The time of day that was chosen; `time.max` where none was."""
        chosen = self._of(name).get("selected_time")
        return time.fromisoformat(chosen) if chosen else time.max

    def moment(self, name: str) -> datetime:
        """The moment that was chosen; raises ValueError where none was."""
        chosen = self._of(name).get("selected_date_time")
        if not chosen:
            message = f"expected a moment in {name}, got none"
            raise ValueError(message)
        return datetime.fromtimestamp(int(chosen), UTC)

    def conversation(self, name: str) -> str:
        """The channel that was chosen, or nothing."""
        return str(self._of(name).get("selected_conversation") or "")

    def conversations(self, name: str) -> tuple[str, ...]:
        """The channels that were chosen."""
        return tuple(map(str, self._of(name).get("selected_conversations") or ()))

    def files(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """The files that were chosen, as Slack describes them."""
        return tuple(self._of(name).get("files") or ())

    def has(self, name: str) -> bool:
        """Whether the form showed this field at all."""
        return VALUE in self._values.get(name, {})

    def _of(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._values.get(name, {}).get(VALUE) or {}
        return found


def language_named(code: object, otherwise: Language) -> Language:
    """The language of this code, as a button or a modal carries it."""
    known = {language.value: language for language in Language if language is not Language.UNKNOWN}
    return known.get(str(code), otherwise)
