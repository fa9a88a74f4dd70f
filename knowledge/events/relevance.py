"""Telling members of what fits their topics: at most once a week, but at once of what is urgent; nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.events.reminder_times import Reader, quiet_time
from knowledge.events.scenes import Scene, scene_of
from knowledge.events.schedule import HOME_ZONE
from knowledge.members.knowing import ENOUGH
from knowledge.members.topics import Prepared, Topic, Topics
from knowledge.model import (
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    Audience,
    Consent,
    Letter,
    LetterKind,
    Member,
    MemberId,
)
from knowledge.ports import Clock, Embedder, UnitOfWork, UnitOfWorkFactory

WEEK = timedelta(days=7)
RECENT = timedelta(days=14)
"""How long something counts as new; shorter than letters are remembered."""
SETTLED = timedelta(hours=2)
"""How old the newest must be before a digest is written, so that what is published together is told together."""
MOST = 8
"""Announcements in one letter: what does not fit is told the next time."""
WHY, URGENT = "why", "urgent"
"""What a letter's details hold: the member's own topic by announcement, and whether it was urgent."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A scene that is for somebody, and which of their topics it is about."""

    scene: Scene
    topic: str


@dataclass(frozen=True, slots=True)
class People:
    """What Slack knows of members: what they may see, and their zone, empty where it is not told."""

    audience_of: Callable[[MemberId], Audience]
    zone_of: Callable[[MemberId], str]


class Relevance:
    """Writes letters about what was published lately to members who asked for them."""

    def __init__(
        self, uow: UnitOfWorkFactory, topics: Topics, embedder: Embedder, people: People, clock: Clock
    ) -> None:
        self._uow = uow
        self._topics = topics
        self._embedder = embedder
        self._people = people
        self._clock = clock
        self._subjects: dict[tuple[AnnouncementId, int], Prepared] = {}
        self._read: dict[str, Topic] = {}
        self._fits: dict[tuple[AnnouncementId, int, str], float] = {}

    def write_letters(self) -> None:
        """Write down what is to be told by now. To be used by one thread of one process at a time."""
        now = self._clock()
        with self._uow.reading() as work:
            recent = _recent(work, now)
            members = [each for each in work.members.all() if not each.is_away] if recent else []
        willing = [each for each in members if Consent.EVENTS in each.consents]
        self._learn(recent, [topic for member in willing for topic in member.topics])
        fitting = {member: found for member in willing if (found := self._fitting(member, recent))}
        letters = [letter for member, found in fitting.items() for letter in self._letters(member, found, now)]
        if letters:
            with self._uow() as work:
                for letter in letters:
                    work.letters.add(letter)
                work.commit()

    def standing(self, letter: Letter) -> list[Fitting]:
        """What of a letter is still to be told: not what is over, taken back, answered, or not for them any more."""
        why: Mapping[str, str] = json.loads(letter.details[WHY])
        audience = self._people.audience_of(letter.to)
        now = self._clock()
        with self._uow.reading() as work:
            found = work.members.have([letter.to]).get(letter.to)
            if found is None or Consent.EVENTS not in found.consents:
                return []
            told = _Told.by(work, found)
            published = {each.id: each for each in work.announcements.within({AnnouncementState.PUBLISHED})}
            named = [(published[AnnouncementId(name)], why[name]) for name in why if AnnouncementId(name) in published]
            scenes = [(scene_of(work, each, now), topic) for each, topic in named if told.may_hear(each, audience)]
        return [Fitting(scene, topic) for scene, topic in scenes if not scene.is_over]

    def _fitting(self, member: Member, recent: Sequence[Scene]) -> list[Fitting]:
        return [Fitting(scene, topic) for scene in recent if (topic := self._topic(member, scene))]

    def _letters(self, member: Member, fitting: Sequence[Fitting], now: datetime) -> Iterator[Letter]:
        with self._uow.reading() as work:
            told = _Told.by(work, member)
            wishes = work.letters.wishes(member.id)
        new = [each for each in fitting if each.scene.announcement.id not in told.known]
        if not new:
            return
        quiet = quiet_time(now, Reader((), wishes, self._people.zone_of(member.id) or HOME_ZONE))
        due_at, audience = quiet[1] if quiet else now, self._people.audience_of(member.id)
        for_them = [each for each in new if told.may_hear(each.scene.announcement, audience)]
        for each in for_them:
            if each.scene.announcement.is_urgent:
                yield _letter(member.id, f"urgent:{each.scene.announcement.id}", [each], due_at, is_urgent=True)
        calm = [each for each in for_them if not each.scene.announcement.is_urgent]
        if calm and told.last_digest + WEEK <= now and calm[-1].scene.announcement.publish_at + SETTLED <= now:
            yield _letter(member.id, f"digest:{now.date().isoformat()}", calm[:MOST], due_at, is_urgent=False)

    def _topic(self, member: Member, scene: Scene) -> str:
        """The one of their topics that fits best, as they wrote it; empty where none fits."""
        fits = {text: self._fit(scene, text) for text in member.topics}
        best = max(fits, key=lambda text: fits[text], default="")
        return best if best and fits[best] >= ENOUGH else ""

    def _fit(self, scene: Scene, topic: str) -> float:
        key = (*_key(scene), topic)
        if key not in self._fits:
            self._fits[key] = float(self._subjects[_key(scene)].fits(self._read[topic]).max(initial=0.0))
        return self._fits[key]

    def _learn(self, recent: Sequence[Scene], topics: Sequence[str]) -> None:
        """Make ready what was not seen before, and forget what is no longer looked at."""
        self._subjects = {
            _key(scene): self._subjects.get(_key(scene)) or self._prepare(scene.announcement) for scene in recent
        }
        unread = list(dict.fromkeys(text for text in topics if text not in self._read))
        fresh = dict(zip(unread, self._topics.read(unread), strict=True)) if unread else {}
        needed = set(topics)
        self._read = {text: topic for text, topic in (self._read | fresh).items() if text in needed}
        self._fits = {key: fit for key, fit in self._fits.items() if key[:2] in self._subjects and key[2] in needed}

    def _prepare(self, announcement: Announcement) -> Prepared:
        texts = [*announcement.topics, *(wording.title for wording in announcement.wordings)]
        return self._topics.prepare(texts, self._embedder.embed_passages(texts))


@dataclass(frozen=True, slots=True)
class _Told:
    """A member with what they know already: `known` was told or answered, `last_digest` is when they had one."""

    member: Member
    known: frozenset[AnnouncementId]
    answered: frozenset[AnnouncementId]
    last_digest: datetime

    @classmethod
    def by(cls, work: UnitOfWork, member: Member) -> _Told:
        letters = [each for each in work.letters.of(member.id) if each.kind is LetterKind.RELEVANT]
        told = {AnnouncementId(name) for each in letters for name in json.loads(each.details[WHY])}
        answered = {work.events.occurrence(each.occurrence).event for each in work.sign_ups.by(member.id)}
        digests = [each.due_at for each in letters if URGENT not in each.details]
        last = max(digests, default=member.joined_at - WEEK)
        return cls(member, frozenset(told | answered), frozenset(answered), last)

    def may_hear(self, announcement: Announcement, audience: Audience) -> bool:
        is_own = self.member.id in {announcement.author, announcement.approver}
        return announcement.audience in audience.readable and not is_own and announcement.id not in self.answered


def _letter(to: MemberId, name: str, told: Sequence[Fitting], due_at: datetime, *, is_urgent: bool) -> Letter:
    why = {each.scene.announcement.id: each.topic for each in told}
    details = {WHY: json.dumps(why, ensure_ascii=False)} | ({URGENT: "yes"} if is_urgent else {})
    return Letter(f"relevant:{name}:{to}", to, LetterKind.RELEVANT, next(iter(why)), details, due_at)


def _recent(work: UnitOfWork, now: datetime) -> list[Scene]:
    """What was published lately and can still be acted on, the latest last."""
    published = work.announcements.within({AnnouncementState.PUBLISHED})
    fresh = [each for each in published if now - RECENT <= each.publish_at <= now]
    scenes = [scene_of(work, each, now) for each in fresh if each.kind is not AnnouncementKind.DIGEST]
    return sorted((each for each in scenes if not each.is_over), key=lambda each: each.announcement.publish_at)


def _key(scene: Scene) -> tuple[AnnouncementId, int]:
    return scene.announcement.id, scene.announcement.revision
