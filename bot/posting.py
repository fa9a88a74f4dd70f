"""Bringing announcements' copies in channels up to date: one in each channel, whatever was killed in between.

A copy is written down before it is posted. One that was begun and not seen to end is looked up in its channel first.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.blocks.cards import card
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError, UnfitMessageError
from bot.doors import Doors
from bot.failures import note_failure
from bot.marks import looked_for_since
from bot.pacing import Pace, Rests
from bot.showing import DELETED, Task, Work, plan
from knowledge.errors import NotFoundError
from knowledge.events.scenes import scene_of
from knowledge.model import AnnouncementId, AnnouncementState, Copy, Letter, LetterKind
from knowledge.ports import Clock, UnitOfWorkFactory

CHANGES_AT_ONCE, SECONDS_A_CHANGE = 20, 1.3
"""Slack takes 50 changes of messages a minute."""
BETWEEN_CHANGES = 3.0
"""Seconds between two changes of a card: what many people do in them is shown at once."""
KNOCK_AGAIN = 60.0
"""Seconds until a channel that was closed is tried again."""
PATIENCE = timedelta(days=3)
"""How long a closed channel is tried."""
SLACK_AWAY = 5.0
"""Seconds that a copy rests when Slack is not available; longer each time."""
GONE = "message_not_found"
_log = logging.getLogger(__name__)


class Posting:
    """Shows announcements in their channels. To be used by one thread of one process at a time."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        delivery: Delivery,
        doors: Doors,
        clock: Clock,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._uow = uow
        self._delivery = delivery
        self._doors = doors
        self._clock = clock
        self._changes = Pace(CHANGES_AT_ONCE, SECONDS_A_CHANGE, now)
        self._rests = Rests(now)
        self._shown: dict[str, str] = {}

    def behind(self) -> list[AnnouncementId]:
        """What is to be shown now, the oldest first."""
        with self._uow.reading() as work:
            found = work.announcements.unshown()
        return [each for each in found if not self._rests.rests(each)]

    def show(self, announcement: AnnouncementId, may_go_on: Callable[[], bool]) -> None:
        """Bring every copy to what the announcement is at this moment, as far as Slack lets it be done now."""
        self._rests.rest(announcement, BETWEEN_CHANGES)
        try:
            work = self._read(announcement)
            for task in plan(work):
                if not may_go_on():
                    return
                if not self._rests.rests(_rest_of(task)):
                    self._do(work, task)
            self._finish(announcement)
        except NotFoundError:
            _log.info("announcement %s is gone", announcement)

    def _read(self, announcement: AnnouncementId) -> Work:
        with self._uow.reading() as work:
            found = work.announcements.get(announcement)
            rules = {rule.channel: rule for rule in work.announcements.rules()}
            scene = scene_of(work, found, self._clock())
            return Work(scene, tuple(work.announcements.copies(announcement)), rules)

    def _do(self, work: Work, task: Task) -> None:
        name = _name(task.copy)
        try:
            if task.is_surplus:
                self._take_away(task.copy)
            elif task.copy.ts:
                self._update(work, task.copy)
            elif task.is_new:
                self._post(work, task.copy)
            else:
                self._take_up(work, task.copy)
        except SlackUnavailableError:
            _log.warning("Slack is not available; %s waits", name)
            self._rests.rest_longer(_rest_of(task), SLACK_AWAY, KNOCK_AGAIN)
        except Exception:  # noqa: BLE001 - the other copies and announcements go on
            note_failure(f"{name} cannot be shown")
            self._rests.rest(_rest_of(task), KNOCK_AGAIN)

    def _take_up(self, work: Work, copy: Copy) -> None:
        """Go on with a copy that was begun: it may stand there already, as the announcement was then."""
        posted = self._delivery.find(_place(copy), _name(copy))
        if posted is not None:
            self._update(work, replace(copy, ts=posted.ts))
        elif work.announcement.state is AnnouncementState.PUBLISHED:
            self._post(work, copy)
        else:
            self._forget(copy)

    def _post(self, work: Work, copy: Copy) -> None:
        refusal = self._doors.refusal(copy.channel, work.announcement.audience)
        self._keep(copy)
        if refusal:
            self._refused(work, copy, refusal)
            return
        message = card(work.scene, work.languages(copy.channel))
        try:
            ts = self._delivery.post(_place(copy), message, _name(copy), doubtful=False)
        except UndeliverableError as error:
            self._refused(work, copy, _reason(error))
            return
        self._note(work, replace(copy, ts=ts), message)

    def _refused(self, work: Work, copy: Copy, reason: str) -> None:
        self._tell(work, copy, reason)
        self._rests.rest(_name(copy), KNOCK_AGAIN)

    def _update(self, work: Work, copy: Copy) -> None:
        message = card(work.scene, work.languages(copy.channel))
        if self._shown.get(_name(copy)) != _digest(work, message):
            if self._changes.wait():
                return
            # People may have come into the channel since, and it may be for fewer by now.
            exposure = self._doors.exposure(copy.channel, work.announcement.audience)
            self._changes.take()
            if exposure:
                self._take_down(work, copy, exposure)
                return
            copy = self._changed(work, copy, message)
        self._note(work, copy, message)

    def _take_down(self, work: Work, copy: Copy, reason: str) -> None:
        """Delete it, and go on as where it could not be posted: once nobody else can read the channel it comes back."""
        self._shown.pop(_name(copy), None)
        try:
            self._delivery.delete(Place(copy.channel), copy.ts)
        except UndeliverableError as error:
            if str(error) != GONE:
                self._tell(work, copy, str(error))
                self._keep(replace(copy, revision=work.announcement.revision))
                return
        copy = replace(copy, ts="", begun_at=work.scene.now)
        self._keep(copy)
        self._refused(work, copy, reason)

    def _changed(self, work: Work, copy: Copy, message: Outgoing) -> Copy:
        """The copy, once its message is replaced or cannot be."""
        try:
            self._delivery.update(Place(copy.channel), copy.ts, message)
        except UndeliverableError as error:
            self._tell(work, copy, _reason(error))
            # Whoever deleted it meant it: it is not posted again.
            return replace(copy, ts=DELETED) if str(error) == GONE else copy
        return copy

    def _take_away(self, copy: Copy) -> None:
        posted = self._delivery.find(_place(copy), _name(copy)) if not copy.ts else None
        ts = posted.ts if posted else copy.ts
        try:
            if ts and ts != DELETED:
                self._delivery.delete(Place(copy.channel), ts)
        except UndeliverableError as error:
            _log.info("%s cannot be deleted: Slack says %s", _name(copy), error)
        self._forget(copy)

    def _note(self, work: Work, copy: Copy, message: Outgoing) -> None:
        """Keep in mind what the copy shows, and of which moment."""
        self._keep(replace(copy, revision=work.announcement.revision, begun_at=work.scene.now))
        self._shown[_name(copy)] = _digest(work, message)
        self._rests.forget(_name(copy))

    def _forget(self, copy: Copy) -> None:
        self._shown.pop(_name(copy), None)
        with self._uow() as unit:
            unit.announcements.remove_copy(copy.announcement, copy.channel)
            unit.commit()

    def _keep(self, copy: Copy) -> None:
        with self._uow() as unit:
            unit.announcements.put_copy(copy)
            unit.commit()

    def _tell(self, work: Work, copy: Copy, reason: str) -> None:
        """Let the author know, once, why a channel does not have the announcement as it should."""
        _log.warning("%s is not shown: %s", _name(copy), reason)
        author, details = work.announcement.author, {"channel": copy.channel, "reason": reason}
        name = f"unposted:{copy.announcement}:{copy.channel}:{reason}"
        if copy.ts:
            details |= {"was_up": "yes"}
        elif copy.revision:
            # Whoever heard that it could not be posted hears too that it is gone again.
            details, name = details | {"taken_down": "yes"}, f"{name}:{copy.revision}"
        letter = Letter(name, author, LetterKind.UNPOSTED, copy.announcement, details, self._clock())
        with self._uow() as unit:
            unit.letters.add(letter)
            unit.commit()

    def _finish(self, announcement: AnnouncementId) -> None:
        """Note that all is shown, once it is."""
        work = self._read(announcement)
        if all(_is_given_up(task, work.scene.now) for task in plan(work)):
            with self._uow() as unit:
                unit.announcements.mark_shown(announcement, work.announcement.revision)
                unit.commit()


def _is_given_up(task: Task, now: datetime) -> bool:
    return not (task.is_new or task.copy.ts) and task.copy.begun_at + PATIENCE < now


def _rest_of(task: Task) -> str:
    # A channel that is closed to a copy keeps nobody from forgetting about it.
    return f"{_name(task.copy)}:surplus" if task.is_surplus else _name(task.copy)


def _place(copy: Copy) -> Place:
    return Place(copy.channel, since=looked_for_since(copy.begun_at))


def _name(copy: Copy) -> str:
    return f"announcement:{copy.announcement}:{copy.channel}"


def _reason(error: UndeliverableError) -> str:
    if isinstance(error, UnfitMessageError):
        return f"unfit {note_failure('an announcement does not fit into a message')}"
    return str(error)


def _digest(work: Work, message: Outgoing) -> str:
    """What is shown, and to whom it may be: where that changes, the channel is looked at again."""
    shown = [work.announcement.audience.value, message.text, message.blocks]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()
