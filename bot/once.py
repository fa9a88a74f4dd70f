"""Saying something to a person once, in private: safe to try again at any point, and silent to whoever is outside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.delivery import Delivery, Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.lookup import Lookup
from knowledge.errors import NotFoundError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said to whom under which mark; `since` is a time in seconds, before which it was not said.

    `is_due` tells whether it is still to be said, and with `keep` remembers that it was.
    """

    user: str
    mark: str
    since: float
    make: Callable[[], Outgoing]
    is_due: Callable[[bool], bool]


class Once:
    """Says things through Slack."""

    def __init__(self, lookup: Lookup, delivery: Delivery) -> None:
        self._lookup = lookup
        self._delivery = delivery

    def say(self, what: Saying, *, doubtful: bool) -> bool:
        """Say it, unless that was done; false where it is to be tried later. `doubtful`: it may have been posted."""
        try:
            self._say(what, doubtful=doubtful)
        except SlackUnavailableError:
            _log.warning("Slack is not available; a message to one person waits")
            return False
        except NotFoundError:
            _log.info("whoever was to be told something has left")
        except UndeliverableError as error:
            _log.error("a person cannot be told something: Slack says %s", error)
        except Exception:  # noqa: BLE001 - what broke once may work later
            note_failure("a person was not told something")
            return False
        return True

    def _say(self, what: Saying, *, doubtful: bool) -> None:
        if what.is_due(False) and self._lookup.is_insider(what.user):  # noqa: FBT003 - called as a plain function
            message = what.make()
            place = replace(self._delivery.open_direct(what.user), since=f"{what.since:.6f}")
            self._delivery.post(place, message, what.mark, doubtful=doubtful)
            # Only now: one that was killed before posting must be told by the next life.
            what.is_due(True)  # noqa: FBT003
