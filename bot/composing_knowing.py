"""The composition root of what is done about answers: ratings, questions to the network, curated answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clerk import Chore
from bot.delivery import Delivery
from bot.inquiring import InquiryPosting
from bot.knowing_table import KnowingListeners
from bot.letters.inquiries import InquiryLetters
from bot.letters.outdated import OutdatedLetters
from bot.listeners.curating import CurationClicks
from bot.listeners.inquiring import InquiryClicks
from bot.listeners.rating import AnswerClicks
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.mailing import Writers
from bot.naming import Naming
from bot.opening import Opening
from bot.seeing import Seeing
from bot.visiting import Visitors
from knowledge.inquiries.contexts import Contexts
from knowledge.inquiries.curating import Curation
from knowledge.inquiries.inquiring import Inquiries
from knowledge.inquiries.ratings import Ratings
from knowledge.ports import Roles
from knowledge.wiring import Knowledge


class Knowing:
    """Makes everything of this kind from the same parts."""

    def __init__(self, knowledge: Knowledge, lookup: Lookup, delivery: Delivery, roles: Roles) -> None:
        self._lookup = lookup
        self._seeing = Seeing(lookup, roles)
        self._naming = Naming(lookup)
        store, clock = knowledge.store, knowledge.clock
        self._ratings, self._contexts = Ratings(store, clock, roles), Contexts(store)
        self._inquiries, self._curation = Inquiries(store, clock), Curation(store, clock, roles)
        self._posting = InquiryPosting(self._inquiries, self._curation, self._naming, delivery, clock)

    def listeners(self, visitors: Visitors, opening: Opening, whispering: Whispering) -> KnowingListeners:
        """Who listens to clicks and forms."""
        return KnowingListeners(
            AnswerClicks(self._ratings, self._contexts, visitors, opening, whispering),
            InquiryClicks(self._inquiries, self._posting, self._lookup, opening, whispering),
            CurationClicks(self._curation, self._naming, opening, whispering),
        )

    def writers(self) -> Writers:
        """Who writes which letters."""
        letters = InquiryLetters(self._inquiries, self._curation, self._naming, self._seeing)
        return {**letters.writers(), **OutdatedLetters(self._contexts).writers()}

    def chores(self) -> Sequence[Chore]:
        """What is to be done again and again."""
        return [self._posting.post_left_over, self._posting.take_down]
