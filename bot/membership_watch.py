"""Who belongs to the workspace no more, or does so again: Slack tells as it happens, and is asked every day."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.delivery import SlackUnavailableError
from bot.durable import Durable
from bot.introduction_notes import Change, Deed
from bot.lookup import Lookup, is_outside
from knowledge.introductions.absences import Absences
from knowledge.model import MemberId, member_id, team_of
from knowledge.ports import Clock

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
_log = logging.getLogger(__name__)


class MembershipWatch:
    """Begins what follows for those who have a profile. Where Slack cannot be asked nothing changes."""

    def __init__(self, absences: Absences, lookup: Lookup, durable: Durable, team: str, clock: Clock) -> None:
        self._absences = absences
        self._lookup = lookup
        self._durable = durable
        self._team = team
        self._clock = clock
        self._due_at = clock()

    def hear(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """The listener for `user_change`, which comes for every new picture and status too: those cost one query."""
        member = member_id(self._team, str(event["user"]["id"]))
        known = self._absences.of([member])
        if not known or known[member] == is_outside(event["user"]):
            return
        try:
            # Slack may bring it late, when it is no longer so.
            self._note(known, self._lookup.belonging([member]), str(body["event_id"]))
        except SlackUnavailableError:
            _log.warning("whether somebody still belongs to the workspace is looked up later")

    def look_daily(self) -> None:
        """A chore: what Slack did not tell, or told while nobody listened. A workspace that is away is tried sooner."""
        now = self._clock()
        if now < self._due_at:
            return
        known = self._absences.everybody()
        told = [self._note_of(team, {each: known[each] for each in some}, now) for team, some in _teams(known).items()]
        self._due_at = now + (A_DAY if all(told) else AN_HOUR)

    def _note_of(self, team: str, known: Mapping[MemberId, bool], now: datetime) -> bool:
        try:
            belonging = self._lookup.belonging(list(known))
        except SlackUnavailableError:
            _log.warning("who still belongs to workspace %s is looked up later", team)
            return False
        self._note(known, belonging, now.isoformat())
        return True

    def _note(self, known: Mapping[MemberId, bool], belonging: Mapping[str, bool], occasion: str) -> None:
        for member, was_away in known.items():
            is_away = not belonging.get(member, not was_away)
            if is_away is not was_away:
                deed = Deed.AWAY if is_away else Deed.BACK
                name, at = f"{deed}:{member}:{occasion}", self._clock().timestamp()
                self._durable.introductions.take_in(Change(name, deed, member, at=at))


def _teams(members: Collection[MemberId]) -> Mapping[str, Collection[MemberId]]:
    found: dict[str, list[MemberId]] = defaultdict(list)
    for member in members:
        found[team_of(member)].append(member)
    return found
