"""What the author of an announcement is told when a channel cannot have it, and what to do about it."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, Block, fallback, line, paragraph, rich, words
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.model import AnnouncementId, AnnouncementState, Language, Letter, LetterKind
from knowledge.ports import UnitOfWorkFactory

KNOWN = frozenset({"not_in_channel", "is_archived", "outsiders", "others", "message_not_found", "restricted"})
"""Reasons that there is a sentence for; Slack has more."""
UNFIT = "unfit"
"""Begins the reason of a message that Slack does not take; the reference of the log's entry follows."""
SAME = {
    "channel_not_found": "not_in_channel",
    "restricted_action": "restricted",
    "restricted_action_read_only_channel": "restricted",
}


class UnpostedLetters:
    """Writes them, as long as it still is so."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.UNPOSTED: self.unposted}

    def unposted(self, letter: Letter, language: Language) -> Outgoing | None:
        """Which channel, why, and what helps; nothing once it is there, or not wanted there any more."""
        channel, was_up, is_down = letter.details["channel"], "was_up" in letter.details, "taken_down" in letter.details
        with self._uow.reading() as work:
            announcement = work.announcements.get(AnnouncementId(letter.subject))
            copies = work.announcements.copies(announcement.id)
        is_up = any(copy.channel == channel and copy.ts for copy in copies)
        is_off = announcement.state is AnnouncementState.CANCELLED and not (was_up or is_down)
        if channel not in announcement.channels or is_off or (is_up and not was_up):
            return None
        what = "stuck" if was_up else "down" if is_down else "missing"
        opening = TEXTS.get(f"letter.unposted.{what}", language)
        advice = _advice(letter.details["reason"], language)
        named: Block = {"type": "channel", "channel_id": channel}
        title = announcement.wording(language).title
        told = rich(line(words(title, bold=True), words(" → "), named))
        return Outgoing(fallback(f"{opening} {title}"), [paragraph(opening), told, paragraph(advice)])


def _advice(reason: str, language: Language) -> str:
    name, _, reference = reason.partition(" ")
    if name == UNFIT:
        return TEXTS.get("letter.unposted.why.unfit", language, reference=reference)
    name = SAME.get(name, name)
    if name in KNOWN:
        return TEXTS.get(f"letter.unposted.why.{name}", language)
    return TEXTS.get("letter.unposted.why.other", language, reason=name)
