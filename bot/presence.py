"""Whether somebody is away is noted as it is when its turn comes: news that wait can be overtaken by others."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.delivery import SlackUnavailableError
from bot.lookup import Lookup
from knowledge.introductions.absences import Absences
from knowledge.model import Introduction, MemberId

_log = logging.getLogger(__name__)


class Presence:
    """Asks Slack once more before anything is ended. May be repeated."""

    def __init__(self, absences: Absences, lookup: Lookup) -> None:
        self._absences = absences
        self._lookup = lookup

    def note(self, member: MemberId, *, is_away: bool, since: datetime) -> Sequence[Introduction]:
        """Note that somebody is away or back: as Slack says now, else as it was said; raises NotFoundError.

        Returns which introductions have come to their end since then, if any.
        """
        if self._is_away(member, otherwise=is_away):
            return self._absences.go(member, since)
        return self._absences.come_back(member, since)

    def _is_away(self, member: MemberId, *, otherwise: bool) -> bool:
        try:
            return not self._lookup.belonging([member]).get(member, not otherwise)
        except SlackUnavailableError:
            _log.warning("whether somebody still belongs to the workspace is noted as it was told")
            return otherwise
