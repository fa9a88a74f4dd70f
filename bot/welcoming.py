"""Welcoming whoever comes to the workspace: once, privately, and nobody who is only a guest."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from bot.blocks.welcome import Joining, welcome_message
from bot.delivery import Delivery, Outgoing, Place
from bot.lookup import Lookup
from bot.once import Once, Saying
from knowledge.model import Language, member_id, team_of, user_of
from knowledge.ports import Clock, Roles, UnitOfWorkFactory

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came; `came_at` is a time in seconds, before which they were not greeted."""

    team: str
    user: str
    came_at: float

    @property
    def id(self) -> str:
        """The same for every delivery of the news."""
        return f"welcome:{self.team}:{self.user}"

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input."""
        return asdict(self)


class Hosts:
    """How an organisation joins: the page that was set, or its coordinators whom Slack knows by name."""

    def __init__(self, lookup: Lookup, join_url: str, roles: Roles, team: str) -> None:
        self._lookup = lookup
        self._join_url = join_url
        self._roles = roles
        self._team = team

    def joining(self) -> Joining:
        """As it is to be told; raises SlackUnavailableError."""
        if self._join_url:
            return Joining(self._join_url, ())
        coordinators = sorted(user_of(each) for each in self._roles.coordinators() if team_of(each) == self._team)
        names = filter(None, map(self._lookup.name_of, coordinators))
        return Joining("", [*islice(names, MOST_NAMED)])


class Welcoming:
    """Greets newcomers; safe to try again at any point."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        lookup: Lookup,
        hosts: Hosts,
        delivery: Delivery,
        clock: Clock,
        language: Language,
    ) -> None:
        self._uow = uow
        self._once = Once(lookup, delivery)
        self._hosts = hosts
        self._delivery = delivery
        self._clock = clock
        self._language = language

    def greet(self, newcomer: Newcomer, *, doubtful: bool) -> bool:
        """Greet, unless that was done; false where it is to be tried later. `doubtful`: it may have been posted."""
        saying = Saying(
            newcomer.user,
            newcomer.id,
            newcomer.came_at,
            lambda: self.message(self._language),
            lambda keep: self._is_due(newcomer, keep=keep),
        )
        return self._once.say(saying, doubtful=doubtful)

    def message(self, language: Language) -> Outgoing:
        """The greeting in a language; raises SlackUnavailableError."""
        return welcome_message(self._hosts.joining(), language)

    def redraw(self, place: Place, ts: str, language: Language) -> None:
        """Show the greeting that was posted in another language; raises as `Delivery.update`."""
        self._delivery.update(place, ts, self.message(language))

    def _is_due(self, newcomer: Newcomer, *, keep: bool) -> bool:
        with self._uow() as work:
            due = work.members.welcome(member_id(newcomer.team, newcomer.user), self._clock())
            if keep:
                work.commit()
        return due
