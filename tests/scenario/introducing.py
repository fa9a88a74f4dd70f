"""Aino and Riikka, whom the bot introduces, and what they have before them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.sandbox.values import BOT, TEAM, Message
from knowledge.model import Introduction, IntroductionId, Language, Member, member_id
from knowledge.store import Store
from tests.builders import member, organisation
from tests.scenario.conftest import Workplace
from tests.standin import ADMIN, COORDINATOR, MEMBER, OFFICE

COUNTY, VENDOR = organisation(), organisation("Puhevako Oy")
AINO = member(MEMBER, of=COUNTY, id=member_id(TEAM, MEMBER))
RIIKKA = member(
    ADMIN,
    of=VENDOR,
    id=member_id(TEAM, ADMIN),
    role="tuotepäällikkö",
    languages=(Language.SV, Language.FI),
    offers="Vi erbjuder taligenkänning för dokumentation inom hemvården.",
    seeks="Etsimme kotihoidon yksikköä, joka käyttää puheentunnistusta tuotannossa.",
)
LATER = timedelta(days=30)


class Network:
    """The bot at work, its store, and what the people of the network have before them."""

    def __init__(self, workplace: Workplace, store: Store) -> None:
        self.workplace = workplace
        self.slack = workplace.slack
        self.store = store
        self._seen = {user: len(self.slack.from_bot(self.slack.dm(user))) for user in (MEMBER, ADMIN, COORDINATOR)}

    def join(self, *members: Member) -> None:
        """Only they are members from now on."""
        with self.store() as work:
            for each in work.members.all():
                work.members.remove(each.id)
            for home in (COUNTY, VENDOR):
                work.organisations.put(home)
            for each in members:
                work.members.put(each)
            work.commit()

    def told(self, user: str) -> Sequence[Message]:
        """What the bot wrote to somebody since the test began."""
        return self.slack.from_bot(self.slack.dm(user))[self._seen[user] :]

    def wait_for(self, user: str, words: str) -> Message:
        """The message to somebody with these words, once it is there."""

        def found() -> Sequence[Message]:
            return [message for message in self.told(user) if words in message.text]

        return self.slack.wait_for(found)[-1]

    def introduce(self) -> tuple[Message, Message]:
        """A coordinator brings Aino and Riikka together; the proposals to both."""
        attempt = self.slack.command(COORDINATOR, OFFICE, "/solmu", f"introduce <@{MEMBER}|aino> <@{ADMIN}>")
        assert "ehdotan heille tutustumista" in attempt.answer["text"]
        return self.wait_for(MEMBER, "kannattaisi tutustua"), self.wait_for(ADMIN, "lära känna varandra")

    def click(self, user: str, message: Message, action: str, chosen: str = "") -> None:
        """Click a button, or choose in the menu, of a message to somebody."""
        option = {"selected_option": {"value": chosen}} if chosen else None
        assert self.slack.click(user, self.slack.dm(user), message.ts, action, chosen=option).acknowledged

    def only(self) -> Introduction:
        """The one introduction that there is."""
        with self.store.reading() as work:
            [found] = work.introductions.all()
        return found

    def profiles(self) -> Sequence[Member]:
        """Everybody's, as stored."""
        with self.store.reading() as work:
            return sorted(work.members.all(), key=lambda each: [AINO.id, RIIKKA.id].index(each.id))

    def pass_time(self) -> None:
        """Let what the introduction waits for be long overdue."""
        with self.store() as work:
            found = work.introductions.lock(self.only_id())
            work.introductions.put(dataclasses.replace(found, due_at=datetime.now(UTC) - LATER))
            work.commit()

    def only_id(self) -> IntroductionId:
        """The id of the one introduction."""
        return self.only().id

    def first_messages(self, introduction: str) -> int:
        """How many messages begin the conversation of an introduction."""
        said = self.slack.from_bot(self.group()) if self.group() else []
        marks = [message.metadata["event_payload"]["mark"] for message in said]
        return marks.count(f"introduction:{introduction}:group:")

    def group(self) -> str:
        """The conversation that Aino and Riikka share; empty while there is none."""
        channels = self.slack.server.slack.workspace.channels.values()
        found = [channel.id for channel in channels if channel.members == {MEMBER, ADMIN, BOT} and channel.is_group]
        return found[0] if found else ""
