"""Answering a click where only the one who clicked sees it: under the message, on the Home tab, or directly."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.delivery import Delivery, Outgoing, SlackUnavailableError, UndeliverableError
from bot.listeners.home import Home
from bot.membership import Membership, user_in
from knowledge.members.profiles import Profiles
from knowledge.model import Language, MemberId

Payload = Mapping[str, Any]
_log = logging.getLogger(__name__)


class Whispering:
    """Tells one person something, in their language."""

    def __init__(self, delivery: Delivery, home: Home, membership: Membership, profiles: Profiles) -> None:
        self._delivery = delivery
        self._home = home
        self._membership = membership
        self._profiles = profiles

    def person(self, body: Payload) -> MemberId:
        """Whoever clicked."""
        return self._membership.member_in(body)

    def admits(self, body: Payload) -> bool:
        """Whether whoever clicked is of the workspace itself at this moment; raises SlackUnavailableError."""
        return self._membership.admits(body)

    def language(self, body: Payload) -> Language:
        """The language of whoever clicked."""
        return self._profiles.language_of(self._membership.member_in(body))

    def tell(self, body: Payload, message: Outgoing) -> None:
        """Show the message under what was clicked. The Home tab shows how things stand: it is drawn anew instead."""
        if _is_home(body):
            self._home.draw(user_in(body))
        else:
            self.send(body, message)

    def send(self, body: Payload, message: Outgoing) -> None:
        """Show the message under what was clicked, else directly."""
        try:
            if body.get("response_url"):
                self._delivery.respond(str(body["response_url"]), message)
            else:
                place = self._delivery.open_direct(user_in(body))
                self._delivery.post(place, message, f"click:{body['trigger_id']}", doubtful=False)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("a click could not be answered (%s)", type(error).__name__)


def _is_home(body: Payload) -> bool:
    return (body.get("view") or {}).get("type") == "home"
