"""Deeds about introductions, done and told in the test's own process before the stand-in."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

from slack_sdk import WebClient

from bot.delivery import Delivery
from bot.introducing import Introducing
from bot.introduction_changes import Changes
from bot.introduction_notes import Change, Deed, Notice, standing
from bot.lookup import Lookup
from bot.presence import Presence
from bot.sandbox.values import TEAM, Message
from knowledge.introductions.absences import Absences
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.scenes import Scenes
from knowledge.members.appointing import Appointments
from knowledge.members.profiles import Profiles
from knowledge.model import Introduction, Language, Member, member_id
from knowledge.roles import FixedRoles
from knowledge.store import Store
from tests.builders import introduction, member, organisation
from tests.fakes import SetClock, SmallEmbedder
from tests.meetings import TopicMatching
from tests.standin import ADMIN, COORDINATOR, MEMBER, StandIn

COUNTY, VENDOR = organisation(), organisation("Puhevako Oy")
AINO = member(MEMBER, of=COUNTY, id=member_id(TEAM, MEMBER))
RIIKKA = member(
    ADMIN,
    of=VENDOR,
    id=member_id(TEAM, ADMIN),
    role="tuotepäällikkö",
    languages=(Language.SV,),
    offers="Puheentunnistus on tuotannossa.",
)
MIKAEL = member(COORDINATOR, of=organisation("Valokehä ry"), id=member_id(TEAM, COORDINATOR))
PEOPLE = {MEMBER: AINO, ADMIN: RIIKKA, COORDINATOR: MIKAEL}


class Desk:
    """Deeds are done and told at once, without the durable work between."""

    def __init__(self, slack: StandIn, store: Store) -> None:
        self.slack = slack
        self.store = store
        self.clock = SetClock(slack.server.slack.clock())
        client = WebClient("xoxb-1", base_url=f"{slack.url}/api/")
        client.token = slack.config.bot_token
        scenes, profiles = Scenes(store), Profiles(store, SmallEmbedder(), self.clock)
        self.profiles = profiles
        absences, lookup = Absences(store, self.clock), Lookup(client, TEAM, is_slack=False)
        self.introductions = Introductions(store, TopicMatching(), self.clock, Periods(), FixedRoles([MIKAEL.id]))
        self.changes = Changes(
            self.introductions,
            profiles,
            Appointments(store, self.clock, FixedRoles([MIKAEL.id])),
            scenes,
            Presence(absences, lookup),
            self.clock,
        )
        self.introducing = Introducing(scenes, absences, lookup, Delivery(client, lambda _: None), profiles.language_of)
        self._number = 0

    def put(self, *members: Member) -> None:
        """Store members, and the organisations."""
        with self.store() as work:
            for home in (COUNTY, VENDOR):
                work.organisations.put(home)
            for each in members:
                work.members.put(each)
            work.commit()

    def do(self, deed: Deed, user: str = "", at: float = 0.0, **about: str) -> Sequence[Notice]:
        """Do a deed; returns who is to be told, and tells nobody."""
        self._number += 1
        member_name = PEOPLE[user].id if user else ""
        return self.changes.do(Change(f"deed:{self._number}", deed, member_name, at=at, **about))

    def tell(self, notices: Sequence[Notice]) -> None:
        """Tell all of them."""
        assert all(self.introducing.tell(notice, doubtful=False) for notice in notices)

    def propose(self, **changes: object) -> Introduction:
        """A round's proposal to Aino and Riikka, which both have before them."""
        values = {"proposed_at": self.clock(), "due_at": self.clock() + timedelta(days=7)} | changes
        made = introduction("i1", MEMBER, ADMIN, **values)
        sides = [dataclasses.replace(made.first, member=AINO.id), dataclasses.replace(made.second, member=RIIKKA.id)]
        made = dataclasses.replace(made, first=sides[0], second=sides[1])
        with self.store() as work:
            work.introductions.put(made)
            work.commit()
        self.tell([standing(made)])
        return made

    def told(self, user: str) -> list[Message]:
        """The bot's direct messages to somebody."""
        return list(self.slack.from_bot(self.slack.dm(user)))

    def texts(self, user: str) -> list[str]:
        """Their texts."""
        return [message.text for message in self.told(user)]

    def groups(self) -> list[Message]:
        """What the bot wrote to conversations of several."""
        channels = [channel.id for channel in self.slack.server.slack.workspace.channels.values() if channel.is_group]
        return [message for channel in channels for message in self.slack.from_bot(channel)]
