"""Admins' word that one document replaces another: searched for by title, chosen, and taken back."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import Block
from bot.blocks.source_forms import NEW, OLD, choose_modal, replaced_modal
from bot.clicked import clicked_value
from bot.filled_in import FilledIn
from bot.listeners.source_problems import NothingFoundError
from bot.listeners.sources import SourceWindows
from knowledge.administering.replacing import Replacing
from knowledge.model import DocumentId, Language, MemberId

Payload = dict[str, Any]


class ReplacingClicks:
    """Listeners for its windows."""

    def __init__(self, replacing: Replacing, windows: SourceWindows) -> None:
        self._replacing = replacing
        self._windows = windows

    def open(self, body: Payload) -> None:
        """What was replaced, and a search."""
        self._windows.show(body, self._all)

    def search(self, ack: Ack, body: Payload) -> None:
        """Show what was found, to be chosen from."""
        filled = FilledIn(body["view"])
        old_words = filled.text(OLD)
        new_words = filled.text(NEW).strip() or old_words

        def found(by: MemberId, language: Language) -> Block:
            old, new = self._replacing.search(old_words, by), self._replacing.search(new_words, by)
            if not old or not new:
                message = "expected documents with such titles, got none"
                raise NothingFoundError(message)
            return choose_modal(old, new, language)

        self._windows.submit(ack, body, OLD, found)

    def replace(self, ack: Ack, body: Payload) -> None:
        """Keep the choice."""
        filled = FilledIn(body["view"])

        def replaced(by: MemberId, language: Language) -> Block:
            self._replacing.replace(DocumentId(filled.choice(OLD)), DocumentId(filled.choice(NEW)), by)
            return self._all(by, language)

        self._windows.submit(ack, body, NEW, replaced)

    def take_back(self, body: Payload) -> None:
        """Let a document stand for itself again."""

        def taken(by: MemberId, language: Language) -> Block:
            self._replacing.take_back(DocumentId(clicked_value(body)), by)
            return self._all(by, language)

        self._windows.show(body, taken)

    def _all(self, by: MemberId, language: Language) -> Block:
        return replaced_modal(self._replacing.all(by), language)
