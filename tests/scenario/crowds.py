"""A crowd in the stand-in: many people who click on one card, all at once or one after another in short steps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.sandbox.courier import Attempt
from bot.sandbox.seed import OPEN_TO_ALL, direct_channel
from bot.sandbox.values import Message, Person, Role
from tests.standin import StandIn


def admit_crowd(slack: StandIn, size: int) -> list[str]:
    """So many members come in without a word; returns their ids."""
    people = [
        Person(f"U0CROWD{number:03}", f"tulija{number}", f"Tulija {number}", Role.MEMBER) for number in range(size)
    ]

    async def admit() -> None:
        for person in people:
            slack.server.slack.workspace.admit(person, OPEN_TO_ALL, direct_channel(person))

    slack.run(admit())
    return [person.id for person in people]


def click_together(
    slack: StandIn, users: Sequence[str], card: Message, action: str, *, between: float = 0.0
) -> list[Attempt]:
    """Each clicks once, `between` seconds after the one before, without waiting for anybody's acknowledgement."""

    async def click(number: int, user: str) -> Attempt:
        await asyncio.sleep(number * between)
        return await slack.server.actions.click(user, card.channel, card.ts, action)

    async def click_all() -> list[Attempt]:
        return list(await asyncio.gather(*(click(number, user) for number, user in enumerate(users))))

    return slack.run(click_all())
