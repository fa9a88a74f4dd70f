"""The Home tab shows things as they are, however many draw it at once."""

from __future__ import annotations

import threading
from typing import Any, cast

from slack_sdk import WebClient

from bot.blocks.elements import Block
from bot.blocks.status import Shelf
from bot.listeners.home import Home
from bot.membership import Membership
from bot.overview import Overview
from knowledge.members.profiles import Profiles
from knowledge.model import Audience, Language, MemberId

AINO = MemberId("T1:U1")


class FakeProfiles:
    """A person whose language changes."""

    def __init__(self) -> None:
        self.language = Language.FI

    def language_of(self, _member: MemberId) -> Language:
        """The present one."""
        return self.language


class FakeMembership:
    """Knows one person, and of no profile."""

    def member(self, _user: str) -> MemberId:
        """The one."""
        return AINO

    def home_blocks(self, _user: str, _language: Language) -> list[Block]:
        """Nothing."""
        return []


class FakeOverview:
    """A shelf that does not change."""

    def shelf(self, _audience: Audience) -> Shelf:
        """The shelf."""
        return Shelf({}, None)


class FakeClient:
    """Keeps the languages of what was published."""

    def __init__(self) -> None:
        self.published: list[str] = []
        self.is_asked = threading.Event()

    def views_publish(self, *, user_id: str, view: dict[str, Any]) -> None:
        """Keep it."""
        assert user_id == "U1"
        self.published.append(str(view))
        self.is_asked.set()


def test_what_was_read_before_a_change_is_not_published_after_it() -> None:
    """Drawn twice at once, the tab ends as things are: whoever read first publishes first."""
    client, profiles, has_read = FakeClient(), FakeProfiles(), threading.Event()

    def slowly(_member: MemberId, language: Language) -> list[Block]:
        if language is Language.FI:
            has_read.set()
            # Until the other one has published, if it can.
            client.is_asked.wait(0.3)
        return [{"type": "section", "text": {"type": "plain_text", "text": f"drawn in {language}"}}]

    home = Home(
        cast(WebClient, client),
        cast(Overview, FakeOverview()),
        cast(Membership, FakeMembership()),
        cast(Profiles, profiles),
        lambda _member: Audience.MEMBERS,
        [slowly],
    )
    first = threading.Thread(target=home.draw, args=("U1",))
    first.start()
    has_read.wait()
    profiles.language = Language.SV
    home.draw("U1")
    first.join()
    assert ["drawn in sv" in each for each in client.published] == [False, True]
