"""Letters about questions to the network, put into words as things stand when they are sent."""

from __future__ import annotations

from bot.blocks.curating import curate_message
from bot.blocks.inquiries import consent_message, reply_message, taken_in_message
from bot.delivery import Outgoing
from bot.mailing import Writers
from bot.naming import NAMELESS, Naming
from bot.seeing import Seeing
from knowledge.inquiries.curating import Curation
from knowledge.inquiries.inquiring import REPLY, Inquiries, OverError
from knowledge.model import InquiryId, InquiryState, Language, Letter, LetterKind


class InquiryLetters:
    """Writes them for askers, repliers and coordinators. What is gone meanwhile raises NotFoundError."""

    def __init__(self, inquiries: Inquiries, curation: Curation, naming: Naming, seeing: Seeing) -> None:
        self._inquiries = inquiries
        self._curation = curation
        self._naming = naming
        self._seeing = seeing

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {
            LetterKind.INQUIRY_REPLY: self.reply,
            LetterKind.REPLY_CONSENT: self.consent,
            LetterKind.CURATE: self.curate,
            LetterKind.CURATED: self.taken_in,
        }

    def reply(self, letter: Letter, language: Language) -> Outgoing | None:
        """What somebody replied; none where another reply has helped already."""
        inquiry, reply = self._inquiries.reply(InquiryId(letter.subject), letter.details[REPLY])
        if inquiry.state is not InquiryState.OPEN:
            return None
        # Whoever replies in a channel does so under their name.
        name = self._naming.name(reply.author)
        return reply_message(inquiry, reply, "" if name == NAMELESS else name, language)

    def consent(self, letter: Letter, language: Language) -> Outgoing | None:
        """Whether the reply may be kept; none where that is settled."""
        inquiry, reply = self._inquiries.reply(InquiryId(letter.subject), letter.details[REPLY])
        return consent_message(inquiry, reply, language) if inquiry.state is InquiryState.ASKED else None

    def curate(self, letter: Letter, language: Language) -> Outgoing | None:
        """What waits for a coordinator; none where another has seen to it."""
        try:
            return curate_message(self._curation.offered(InquiryId(letter.subject)), language)
        except OverError:
            return None

    def taken_in(self, letter: Letter, language: Language) -> Outgoing | None:
        """That an answer was taken in, to its author and to whoever asked.

        As edited it can be for others than those two; then the author is told no more than that, and the asker nothing.
        """
        answer = self._curation.answer(InquiryId(letter.subject))
        is_author = answer.author == letter.to
        may_read = answer.audience in self._seeing.audience_of(letter.to).readable
        if not (is_author or may_read):
            return None
        return taken_in_message(answer, language, is_author=is_author, shows=may_read)
