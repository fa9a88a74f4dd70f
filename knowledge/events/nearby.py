"""The coming events that are on somebody's topics: for who has just told what their topics are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.events.programme import Dated
from knowledge.events.scenes import scene_of
from knowledge.members.knowing import ENOUGH
from knowledge.members.topics import Topic, Topics
from knowledge.model import AnnouncementKind, AnnouncementState, Audience, Member, MemberId
from knowledge.ports import Clock, Embedder, UnitOfWork, UnitOfWorkFactory

MOST = 2
"""However many there are: the rest is asked for."""


class Nearby:
    """Finds events for members."""

    def __init__(self, uow: UnitOfWorkFactory, topics: Topics, embedder: Embedder, clock: Clock) -> None:
        self._uow = uow
        self._topics = topics
        self._embedder = embedder
        self._clock = clock

    def of(self, member: MemberId) -> tuple[Dated, ...]:
        """The soonest that one can still sign up for and that fit a topic; raises NotFoundError without a profile."""
        with self._uow.reading() as work:
            own = work.members.get(member)
            coming = list(self._coming(work, own)) if own.topics else []
        if not coming:
            return ()
        read = self._topics.read(own.topics)
        fitting = [each for each in coming if self._fits(each, read)]
        return tuple(sorted(fitting, key=lambda each: each.held.occurrence.starts_at)[:MOST])

    def _coming(self, work: UnitOfWork, member: Member) -> Iterator[Dated]:
        now, answered = self._clock(), {each.occurrence for each in work.sign_ups.by(member.id)}
        for announcement in work.announcements.within({AnnouncementState.PUBLISHED}):
            is_seen = announcement.audience in Audience.MEMBERS.readable and announcement.author != member.id
            if announcement.kind is not AnnouncementKind.EVENT or not is_seen:
                continue
            gathering = scene_of(work, announcement, now).gatherings[0]
            if gathering.shown.is_open(now) and gathering.shown.occurrence.id not in answered:
                yield Dated(announcement, gathering.event, gathering.shown)

    def _fits(self, dated: Dated, topics: Sequence[Topic]) -> bool:
        texts = [*dated.announcement.topics, *(wording.title for wording in dated.announcement.wordings)]
        prepared = self._topics.prepare(texts, self._embedder.embed_passages(texts))
        return any(float(prepared.fits(topic).max(initial=0.0)) >= ENOUGH for topic in topics)
