"""An announced event in a store, whoever shows it in the stand-in's channels, and deaths at every step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from pydantic import SecretStr

from bot.connection import open_client
from bot.delivery import Delivery
from bot.doors import Doors
from bot.lookup import Lookup
from bot.posting import Posting
from bot.sandbox.values import TEAM, Message
from bot.settings import SlackSettings
from knowledge.model import (
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    Audience,
    ChannelId,
    Event,
    Language,
    Wording,
    member_id,
)
from knowledge.ports import UnitOfWorkFactory
from knowledge.roles import FixedRoles
from knowledge.store import Store
from knowledge.store.unit_of_work import SqlUnitOfWork
from tests.builders import announcement, event, occurrence
from tests.fakes import SetClock
from tests.standin import ADMIN, BOT, COORDINATOR, EVENTS, GENERAL, StandIn

T = TypeVar("T")
on_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""For what is the same on every database."""
AUTHOR = member_id(TEAM, COORDINATOR)
BOTH = (Wording(Language.FI, "Tekoälyaamu", "Kahvia."), Wording(Language.SV, "AI-morgon", "Kaffe."))
NOW = datetime.now(UTC)
"""By the stand-in's clock too; the event is in a week."""


class Killed(BaseException):
    """The process ends here."""


class Mortal:
    """Dies at the step of this number, before or after it is done; a number that never comes is immortality."""

    def __init__(self, at: int = 0, *, before: bool = False) -> None:
        self._at = at
        self._before = before
        self._steps = 0
        self.is_dead = False

    def do(self, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Do one step."""
        self._steps += 1
        if self._steps == self._at and self._before:
            self._die()
        result = work(*arguments, **named)
        if self._steps == self._at:
            self._die()
        return result

    def _die(self) -> None:
        self.is_dead = True
        raise Killed


class MortalStore:
    """A store whose commits are steps."""

    def __init__(self, store: Store, mortal: Mortal) -> None:
        self._store = store
        self._mortal = mortal

    def __call__(self) -> SqlUnitOfWork:
        """A unit of work that may not live to its commit."""
        unit = self._store()
        commit = unit.commit
        unit.commit = lambda: self._mortal.do(commit)  # type: ignore[method-assign]
        return unit

    def reading(self) -> SqlUnitOfWork:
        """One that only reads."""
        return self._store.reading()


class MortalDelivery(Delivery):
    """Its calls that change something are steps."""

    def __init__(self, slack: StandIn, mortal: Mortal) -> None:
        self.client = _client(slack)
        super().__init__(self.client, sleep=lambda _: None)
        self._mortal = mortal

    def post(self, *arguments: Any, **named: Any) -> str:
        """A step."""
        return self._mortal.do(super().post, *arguments, **named)

    def update(self, *arguments: Any) -> None:
        """A step."""
        self._mortal.do(super().update, *arguments)

    def delete(self, *arguments: Any) -> None:
        """A step."""
        self._mortal.do(super().delete, *arguments)


class Ticks:
    """A clock of seconds that moves on by itself whenever it is looked at."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self._step = step

    def __call__(self) -> float:
        """The next moment."""
        self.now += self._step
        return self.now


def _client(slack: StandIn) -> Any:
    token = SecretStr(slack.config.bot_token)
    return open_client(SlackSettings(bot_token=token, api_url=f"{slack.url}/api/"))


def posting(
    slack: StandIn,
    store: UnitOfWorkFactory,
    mortal: Mortal | None = None,
    clock: SetClock | None = None,
    *,
    step: float = 30.0,
) -> Posting:
    """Whoever shows announcements. So many seconds pass at every look at the clock; usually nothing is waited for."""
    lookup = Lookup(_client(slack), TEAM)
    doors = Doors(lookup, FixedRoles([member_id(TEAM, each) for each in (COORDINATOR, ADMIN)]), BOT)
    return Posting(store, MortalDelivery(slack, mortal or Mortal()), doors, clock or SetClock(NOW), Ticks(step))


def show_all(poster: Posting, times: int = 4) -> None:
    """Show what there is to show, until nothing can be left but what is not to be had."""
    for _ in range(times):
        for each in poster.behind():
            poster.show(each, lambda: True)


def announce(store: UnitOfWorkFactory, name: str, *channels: str, of: Event | None = None, **changes: object) -> Event:
    """Publish an event in these channels."""
    told = announcement(
        name,
        kind=AnnouncementKind.EVENT,
        author=AUTHOR,
        channels=tuple(ChannelId(each) for each in channels or (EVENTS, GENERAL)),
        **{"audience": Audience.PUBLIC, "wordings": BOTH} | changes,
    )
    held = of or event(name)
    with store() as work:
        work.announcements.put(told)
        work.events.put(held)
        starts = NOW + timedelta(days=7)
        times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
        work.events.put_occurrence(occurrence(f"{name}-1", of=name, **times))
        work.commit()
    return held


def change(store: UnitOfWorkFactory, name: str, **changes: object) -> Announcement:
    """Edit the announcement as somebody does it in a form."""
    with store() as work:
        found = work.announcements.lock(AnnouncementId(name))
        changed = dataclasses.replace(found, revision=found.revision + 1, **changes)  # type: ignore[arg-type]
        work.announcements.put(changed)
        work.commit()
    return changed


def copies(slack: StandIn, name: str, channel: str) -> Sequence[Message]:
    """The announcement's messages in a channel."""
    marked = f"announcement:{name}:{channel}"
    return [
        message
        for message in slack.from_bot(channel)
        if message.metadata.get("event_payload", {}).get("mark") == marked
    ]


def is_shown(store: UnitOfWorkFactory, name: str) -> bool:
    """Whether nothing is left to be done."""
    with store.reading() as work:
        return AnnouncementId(name) not in work.announcements.unshown()
