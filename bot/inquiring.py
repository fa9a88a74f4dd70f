"""Posting questions to the network and taking them down: one message each, whatever was killed in between."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from bot.blocks.inquiries import inquiry_message, withdrawn_message
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from bot.hearing import heard_in
from bot.marks import looked_for_since
from bot.naming import NAMELESS, Naming
from knowledge.inquiries.curating import Curation
from knowledge.inquiries.inquiring import Inquiries
from knowledge.model import NOBODY, Inquiry
from knowledge.ports import Clock

LEFT_OVER = timedelta(minutes=1)
"""After which one that was not posted at once is looked for and posted."""
ON_ITS_WAY = timedelta(minutes=10)
"""For how long one can be on its way to Slack when it was posted for the first time."""
_log = logging.getLogger(__name__)


class InquiryPosting:
    """Shows inquiries in their channels."""

    def __init__(
        self, inquiries: Inquiries, curation: Curation, naming: Naming, delivery: Delivery, clock: Clock
    ) -> None:
        self._inquiries = inquiries
        self._curation = curation
        self._naming = naming
        self._delivery = delivery
        self._clock = clock

    def post(self, inquiry: Inquiry, *, doubtful: bool) -> None:
        """Post it. Where its channel is closed it is forgotten, and its asker told.

        Where Slack is not available it waits for `post_left_over`.
        """
        try:
            ts = self._delivery.post(_place(inquiry), self._message(inquiry), _mark(inquiry), doubtful=doubtful)
        except SlackUnavailableError:
            _log.warning("Slack is not available; inquiry %s waits", inquiry.id)
        except UndeliverableError as error:
            _log.warning("inquiry %s cannot be posted: Slack says %s", inquiry.id, error)
            self._inquiries.give_up(inquiry.id)
            self._tell_unposted(inquiry)
        else:
            if self._inquiries.note_posted(inquiry.id, ts):
                self._catch_up(inquiry, ts)
            else:
                self._update(replace(inquiry, ts=ts), withdrawn_message(inquiry.language))

    def post_left_over(self) -> None:
        """Post what an earlier life, or Slack, left unposted."""
        for inquiry in self._inquiries.unposted(self._clock() - LEFT_OVER):
            self.post(inquiry, doubtful=True)

    def show_answered(self, inquiry: Inquiry) -> None:
        """Let its message say that the asker was helped; where Slack will not, it stays as it is."""
        self._update(inquiry, self._message(inquiry, is_answered=True))

    def take_down(self) -> None:
        """Take the words of askers who have left out of their messages."""
        for inquiry in self._curation.withdrawn():
            if inquiry.ts:
                is_done = self._update(inquiry, withdrawn_message(inquiry.language))
            else:
                is_done = self._clock() - inquiry.made_at >= ON_ITS_WAY and self._take_down_unnoted(inquiry)
            if is_done:
                self._curation.end(inquiry.id)

    def _message(self, inquiry: Inquiry, *, is_answered: bool = False) -> Outgoing:
        name = self._naming.name(inquiry.asker) if inquiry.is_named and inquiry.asker != NOBODY else ""
        return inquiry_message(inquiry, "" if name == NAMELESS else name, is_answered=is_answered)

    def _take_down_unnoted(self, inquiry: Inquiry) -> bool:
        """The same where it was never written down whether it was posted, and where."""
        try:
            there = self._delivery.find(_place(inquiry), _mark(inquiry))
        except SlackUnavailableError:
            return False
        return there is None or self._update(replace(inquiry, ts=there.ts), withdrawn_message(inquiry.language))

    def _update(self, inquiry: Inquiry, message: Outgoing) -> bool:
        """Whether it was done, or never can be."""
        try:
            self._delivery.update(Place(inquiry.channel), inquiry.ts, message)
        except SlackUnavailableError:
            return False
        except UndeliverableError as error:
            _log.info("the message of inquiry %s stays: Slack says %s", inquiry.id, error)
        return True

    def _catch_up(self, inquiry: Inquiry, ts: str) -> None:
        """Take in what was replied before it was written down where the message stands."""
        team = inquiry.asker.rpartition(":")[0]
        try:
            replies = list(self._delivery.messages(Place(inquiry.channel, ts)))
        except SlackUnavailableError:
            _log.warning("it cannot be looked up whether somebody replied to inquiry %s already", inquiry.id)
            return
        for each in replies:
            heard = heard_in(each, inquiry.channel, team)
            if heard is not None:
                self._inquiries.hear(heard)

    def _tell_unposted(self, inquiry: Inquiry) -> None:
        try:
            place = self._delivery.open_direct(inquiry.asker)
            told = notice("knowing.unposted", inquiry.language)
            self._delivery.post(place, told, f"unposted:{inquiry.id}", doubtful=False)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("nor could that be told (%s)", type(error).__name__)


def _place(inquiry: Inquiry) -> Place:
    return Place(inquiry.channel, since=looked_for_since(inquiry.made_at))


def _mark(inquiry: Inquiry) -> str:
    return f"inquiry:{inquiry.id}"
