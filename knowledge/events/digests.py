"""The weekly digest: a draft in each language that has news, for coordinators to edit before it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from knowledge.events.drafts import LONGEST_TEXT
from knowledge.events.scenes import Held, Scene, scene_of
from knowledge.events.schedule import HOME_ZONE, wall_clock
from knowledge.events.texts import TEXTS
from knowledge.events.values import last_day_of
from knowledge.introductions.schedule import Schedule
from knowledge.model import (
    NEVER,
    NOBODY,
    Act,
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    Audience,
    ChannelId,
    Event,
    Language,
    Letter,
    LetterKind,
    MemberId,
    Wording,
)
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory

BACK, AHEAD = timedelta(days=7), timedelta(days=14)
"""Whose publications a digest tells of, and whose events."""
LANGUAGES = (Language.FI, Language.SV, Language.EN)
_SHORT_DAY = {Language.FI: "ccc d.M.", Language.SV: "ccc d.M", Language.EN: "ccc d MMM"}
_CLOCK = {Language.FI: "H.mm", Language.SV: "H.mm", Language.EN: "H:mm"}


@dataclass(frozen=True, slots=True)
class _Coming:
    announcement: Announcement
    event: Event
    held: Held


class Digests:
    """Drafts the week's digests and tells the coordinators of them; with no `schedule` never."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, schedule: Schedule | None, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._schedule = schedule
        self._roles = roles

    def draft_due(self) -> list[AnnouncementId]:
        """Draft what is due, once for each week and language; returns which were drafted."""
        now = self._clock()
        local = now.astimezone(ZoneInfo(HOME_ZONE))
        since = self._schedule.due_since(local) if self._schedule else None
        if since is None:
            return []
        year, week, _ = since.isocalendar()
        names = {each: AnnouncementId(f"digest-{year}-W{week:02}-{each.value}") for each in LANGUAGES}
        coordinators = self._roles.coordinators()
        with self._uow() as work:
            drafts = [
                draft
                for language, name in names.items()
                if not self._was_drafted(work, name) and (draft := _draft(work, name, language, now))
            ]
            for draft in drafts:
                work.announcements.put(draft)
                for person in coordinators:
                    letter = _letter_name(draft.id, person)
                    work.letters.add(Letter(letter, person, LetterKind.DIGEST_READY, draft.id, {}, now))
            work.commit()
        return [each.id for each in drafts]

    def find(self, name: AnnouncementId) -> Announcement | None:
        """The digest, as long as it is a draft."""
        with self._uow.reading() as work:
            drafts = work.announcements.within({AnnouncementState.DRAFT})
        return next((each for each in drafts if each.id == name), None)

    def _was_drafted(self, work: UnitOfWork, name: AnnouncementId) -> bool:
        """Whether it is there, or was, and a coordinator threw it away, as the audit log tells."""
        if any(each.id == name for each in work.announcements.within(frozenset(AnnouncementState))):
            return True
        acts = work.audit.since(self._clock() - BACK)
        return any(each.act is Act.DRAFT_ERASE and each.subject == name for each in acts)


def _letter_name(name: AnnouncementId, person: MemberId) -> str:
    return f"digest_ready:{name}:{person}"


def _draft(work: UnitOfWork, name: AnnouncementId, language: Language, now: datetime) -> Announcement | None:
    """The digest of a language; None where there is no news in it."""
    scenes = [scene_of(work, each, now) for each in _readable(work, language)]
    fresh = [each for each in scenes if now - BACK < each.announcement.publish_at <= now and not each.is_over]
    coming = sorted(_coming(scenes, now), key=lambda each: each.held.occurrence.starts_at)
    if not fresh and not coming:
        return None
    news = [each for each in fresh if not each.gatherings]
    new_events = {each.announcement.id for each in fresh if each.gatherings} - {each.announcement.id for each in coming}
    later = [_coming_line(each, language) for each in _later(fresh) if each.announcement.id in new_events]
    parts = [
        ("events", [_coming_line(each, language) for each in coming]),
        ("later", later),
        ("news", [_news_line(each.announcement, language) for each in news]),
    ]
    week = f"{now.astimezone(ZoneInfo(HOME_ZONE)).isocalendar().week}"
    wording = Wording(language, TEXTS.get("digest.title", language, week=week), _text(parts, language))
    return Announcement(
        name,
        AnnouncementKind.DIGEST,
        AnnouncementState.DRAFT,
        NOBODY,
        NOBODY,
        (wording,),
        _channels(work, language),
        topics=(),
        audience=Audience.MEMBERS,
        link="",
        deadline=NEVER,
        publish_at=NEVER,
        is_urgent=False,
        revision=1,
        made_at=now,
    )


def _readable(work: UnitOfWork, language: Language) -> list[Announcement]:
    """What members may read of what is out, in this language."""
    published = work.announcements.within({AnnouncementState.PUBLISHED})
    return [
        each
        for each in published
        if each.kind is not AnnouncementKind.DIGEST
        and each.audience in Audience.MEMBERS.readable
        and any(wording.language is language for wording in each.wordings)
    ]


def _coming(scenes: Sequence[Scene], now: datetime) -> Iterator[_Coming]:
    for scene in scenes:
        for gathering in scene.gatherings:
            for held in gathering.coming:
                if now < held.occurrence.starts_at <= now + AHEAD:
                    yield _Coming(scene.announcement, gathering.event, held)


def _later(fresh: Sequence[Scene]) -> Iterator[_Coming]:
    """The next time of each new event."""
    for scene in fresh:
        for gathering in scene.gatherings:
            yield _Coming(scene.announcement, gathering.event, gathering.shown)


def _coming_line(coming: _Coming, language: Language) -> str:
    occurrence, locale = coming.held.occurrence, language.value
    # By one clock for all of them: no line says whose time it is.
    starts = wall_clock(occurrence.starts_at, HOME_ZONE)
    day = format_date(starts.date(), _SHORT_DAY[language], locale=locale)
    clock = format_datetime(starts, _CLOCK[language], locale=locale)
    place = occurrence.place or coming.event.place
    title = coming.announcement.wording(language).title
    name = "digest.event_at" if place else "digest.event"
    return TEXTS.get(name, language, day=day, time=clock, title=title, place=place)


def _news_line(announcement: Announcement, language: Language) -> str:
    title = announcement.wording(language).title
    if announcement.deadline != NEVER:
        day = format_date(last_day_of(announcement.deadline, HOME_ZONE), "d.M.yyyy", locale=language.value)
        title = TEXTS.get("digest.deadline", language, title=title, day=day)
    return f"{title} {announcement.link}".strip()


def _text(parts: Sequence[tuple[str, Sequence[str]]], language: Language) -> str:
    """Headed lists, as many lines as an announcement may hold."""
    text = TEXTS.get("digest.opening", language)
    for name, lines in parts:
        heading = TEXTS.get(f"digest.{name}", language) if lines else ""
        for number, each in enumerate(lines):
            longer = f"{text}\n\n{heading}\n- {each}" if number == 0 else f"{text}\n- {each}"
            if len(longer) > LONGEST_TEXT:
                return text
            text = longer
    return text


def _channels(work: UnitOfWork, language: Language) -> tuple[ChannelId, ...]:
    """Those whose language it is, else those of the last digest in it, else none: a coordinator picks."""
    ruled = tuple(each.channel for each in work.announcements.rules() if each.language is language)
    if ruled:
        return ruled
    out = work.announcements.within({AnnouncementState.PUBLISHED})
    digests = [each for each in out if each.kind is AnnouncementKind.DIGEST]
    return next((each.channels for each in digests if each.wordings[0].language is language), ())
