"""Letters about approval: somebody is asked for it, it was given, or what is to be changed first."""

from __future__ import annotations

from datetime import datetime

from bot.blocks.cards import card
from bot.blocks.draft_sheet import OPEN, approval_buttons, channels_line
from bot.blocks.elements import TEXTS, Block, divider, fallback, line, paragraph, quote, rich, words
from bot.blocks.forms import actions, button
from bot.blocks.times import moment, spoken
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.errors import NotFoundError
from knowledge.events.boards import Boards, Sight
from knowledge.events.schedule import HOME_ZONE
from knowledge.model import AnnouncementId, AnnouncementState, Language, Letter, LetterKind
from knowledge.ports import Clock

MOST_BLOCKS = 45
"""Of the card: Slack takes 50 in all."""


class ApprovalLetters:
    """Puts them into words, as things stand by then."""

    def __init__(self, boards: Boards, clock: Clock) -> None:
        self._boards = boards
        self._clock = clock

    def writers(self) -> Writers:
        """For each kind of letter about approval."""
        return {
            LetterKind.APPROVAL_ASKED: self.asked,
            LetterKind.APPROVED: self.approved,
            LetterKind.RETURNED: self.returned,
        }

    def asked(self, letter: Letter, language: Language) -> Outgoing | None:
        """The announcement exactly as it would be posted; None where it waits no longer, or has changed."""
        sight = self._sight(letter)
        if sight is None or sight.announcement.state is not AnnouncementState.WAITING:
            return None
        if str(sight.announcement.revision) != letter.details["revision"]:
            return None
        change = bool(sight.announcement.replaces)
        text = TEXTS.get("draft.letter.asked_change" if change else "draft.letter.asked", language)
        announcement = sight.announcement
        # Once in all its languages: a card for each channel could be more than Slack takes in one message.
        shown = card(sight.scene, [spoken(each.language) for each in announcement.wordings]).blocks
        seen = [paragraph(text), channels_line(announcement.channels, language), divider(), *shown[:MOST_BLOCKS]]
        buttons = actions(*approval_buttons(announcement, language), _opening(sight, language))
        return Outgoing(fallback(f"{text} {announcement.title}"), [*seen, divider(), buttons])

    def approved(self, letter: Letter, language: Language) -> Outgoing | None:
        """When it goes out, or that it has."""
        sight = self._sight(letter)
        if sight is None:
            return None
        at = datetime.fromisoformat(letter.details["publish_at"])
        if at > self._clock():
            text = TEXTS.get("draft.letter.approved", language, when=moment(at, HOME_ZONE, language))
        else:
            text = TEXTS.get("draft.letter.out", language)
        return _message(text, sight, [], language)

    def returned(self, letter: Letter, language: Language) -> Outgoing | None:
        """What somebody asks to be changed, or why it could not go out; None where it is no draft any more."""
        sight = self._sight(letter)
        if sight is None or sight.announcement.state is not AnnouncementState.DRAFT:
            return None
        comment = letter.details.get("comment", "")
        reason = letter.details.get("reason", "comment")
        said = [rich(quote(words(comment)))] if comment else []
        return _message(TEXTS.get(f"draft.letter.returned_{reason}", language), sight, said, language)

    def _sight(self, letter: Letter) -> Sight | None:
        try:
            return self._boards.look(AnnouncementId(letter.subject))
        except NotFoundError:
            return None


def _message(text: str, sight: Sight, said: list[Block], language: Language) -> Outgoing:
    title = sight.announcement.title
    blocks = [paragraph(text), rich(line(words(title, bold=True))), *said, actions(_opening(sight, language))]
    return Outgoing(fallback(f"{text} {title}"), blocks)


def _opening(sight: Sight, language: Language) -> Block:
    return button(OPEN, TEXTS.get("draft.button.open", language), value=sight.announcement.id)
