"""What is to be done so that every channel of an announcement shows it as it is, and no other channel does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.blocks.times import spoken
from knowledge.events.scenes import Scene
from knowledge.model import (
    Announcement,
    AnnouncementState,
    ChannelId,
    ChannelRule,
    Copy,
    Language,
)

DELETED = "deleted"
"""Stands for the ts of a copy that a person deleted: it stays away."""


@dataclass(frozen=True, slots=True)
class Work:
    """An announcement as it is, where its copies stand, and what channels ask."""

    scene: Scene
    copies: tuple[Copy, ...]
    rules: Mapping[ChannelId, ChannelRule]

    @property
    def announcement(self) -> Announcement:
        """The announcement."""
        return self.scene.announcement

    def languages(self, channel: ChannelId) -> list[Language]:
        """What the card speaks in a channel: its language, or all there are."""
        rule = self.rules.get(channel)
        if rule is not None and rule.language is not Language.UNKNOWN:
            return [rule.language]
        return [spoken(each.language) for each in self.announcement.wordings]


@dataclass(frozen=True, slots=True)
class Task:
    """A copy to be posted (it has no ts), changed, or where it `is_surplus` taken away.

    One that `is_new` has never been begun.
    """

    copy: Copy
    is_new: bool = False
    is_surplus: bool = False


def plan(work: Work) -> list[Task]:
    """What is left to be done, in the order of the channels."""
    announcement = work.announcement
    standing = {copy.channel: copy for copy in work.copies}
    tasks = [Task(copy, is_surplus=True) for copy in work.copies if copy.channel not in announcement.channels]
    for channel in announcement.channels:
        copy = standing.get(channel)
        if copy is None:
            # What is called off before a channel had it needs not be told there.
            if announcement.state is AnnouncementState.PUBLISHED:
                tasks.append(Task(Copy(announcement.id, channel, "", 0, work.scene.now), is_new=True))
        elif copy.ts != DELETED and copy.revision < announcement.revision:
            tasks.append(Task(copy))
    return tasks
