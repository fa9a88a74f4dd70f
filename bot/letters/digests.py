"""That a digest is drafted, told to those who may edit it before it goes."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, fallback, line, paragraph, rich, words
from bot.blocks.forms import actions, button
from bot.blocks.prose import prose
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.events.digests import Digests
from knowledge.model import AnnouncementId, Language, Letter, LetterKind

OPEN = "draft_open"
"""Opens a draft; the value is the announcement's id."""
MOST_TEXT = 2000


class DigestLetters:
    """Writes them from what is true when they are sent."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.DIGEST_READY: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing | None:
        """The digest as it stands; none where it has come further or was thrown away."""
        draft = self._digests.find(AnnouncementId(letter.subject))
        if draft is None:
            return None
        text = TEXTS.get("digest.ready", language)
        opened = button(OPEN, TEXTS.get("digest.open", language), value=draft.id, style="primary")
        shown = [rich(line(words(draft.title, bold=True))), prose(draft.wordings[0].text, MOST_TEXT)]
        return Outgoing(fallback(f"{text} {draft.title}"), [paragraph(text), *shown, actions(opened)])
