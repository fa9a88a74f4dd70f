"""Telling people about introductions: whatever was shown before, and whatever was killed, each message stands once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from bot.blocks.introductions import (
    group_message,
    outcome_message,
    proposal_message,
    said_message,
    told_message,
)
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.introduction_notes import SNOOZED, Notice, standing
from bot.locks import Locks
from bot.lookup import Lookup
from bot.standing_messages import says
from knowledge.errors import NotFoundError
from knowledge.introductions.absences import Absences
from knowledge.introductions.scenes import Person, Scenes, View
from knowledge.model import (
    NOBODY,
    Introduction,
    IntroductionId,
    IntroductionState,
    Language,
    MemberId,
    Origin,
    Outcome,
    Reply,
    user_of,
)

EARLIER = 3600
"""Seconds by which Slack's clock may be behind."""
NAMELESS = "–"
_log = logging.getLogger(__name__)


class Introducing:
    """Shows everybody how their introductions stand. `language_of` tells in which language to speak with somebody."""

    def __init__(
        self,
        scenes: Scenes,
        absences: Absences,
        lookup: Lookup,
        delivery: Delivery,
        language_of: Callable[[MemberId], Language],
    ) -> None:
        self._scenes = scenes
        self._absences = absences
        self._lookup = lookup
        self._delivery = delivery
        self._language_of = language_of
        self._locks = Locks()

    def tell(self, notice: Notice, *, doubtful: bool) -> bool:
        """Whether all that could be told is told; false where another try can help. `doubtful`: it may be told."""
        try:
            self._tell(notice, doubtful=doubtful)
        except SlackUnavailableError:
            _log.warning("Slack is not available; %s waits", notice.id)
            return False
        except NotFoundError:
            _log.info("%s is about somebody who left", notice.id)
        except UndeliverableError as error:
            _log.warning("%s cannot be told: Slack says %s", notice.id, error)
        except Exception:  # noqa: BLE001 - nobody is left waiting in silence
            note_failure(f"{notice.id} did not get out")
            return False
        return True

    def _tell(self, notice: Notice, *, doubtful: bool) -> None:
        if notice.word:
            self._say(notice)
        elif notice.member:
            self._close(notice.subject, MemberId(notice.member), _since(notice), is_waiting=notice.is_waiting)
        else:
            # Two that answer at the same moment make two notices, of which the first may be outdated by now.
            with self._locks.of(notice.subject):
                self._settle(notice, is_new=notice.is_new and not doubtful)

    def _settle(self, notice: Notice, *, is_new: bool) -> None:
        """Show both sides how it stands. Whatever changed it meanwhile has a notice of its own, which tells all."""
        views = self._scenes.of(IntroductionId(notice.subject))
        introduction = views[0].introduction
        if standing(introduction).id != notice.id:
            return
        away = self._away(introduction)
        if away and _is_beginning(introduction):
            self._break_off(views, away, _since(notice))
            return
        if introduction.state is IntroductionState.MADE and not away:
            self._gather(views[0], _since(notice))
        for view in views:
            self._show(view, _since(notice), is_new=is_new)

    def _away(self, introduction: Introduction) -> Collection[MemberId]:
        """Who of the two belongs to the workspace no more, as far as Slack tells, where that still matters."""
        if not (introduction.is_open or introduction.state is IntroductionState.MADE):
            return ()
        belonging = self._lookup.belonging(introduction.members)
        return [member for member in introduction.members if not belonging.get(member, True)]

    def _break_off(self, views: Sequence[View], away: Collection[MemberId], since: str) -> None:
        """Let nobody wait for somebody who is away. What was shown is closed first: a second try does all of it."""
        for view in views:
            member, is_waiting = view.side.member, view.side.reply is Reply.YES
            try:
                self._close(view.introduction.id, member, since, is_waiting=is_waiting and member not in away)
            except UndeliverableError as error:
                _log.info("a side of introduction %s is not told: Slack says %s", view.introduction.id, error)
        self._absences.break_off(views[0].introduction.id)

    def _show(self, view: View, since: str, *, is_new: bool) -> None:
        try:
            place = self._direct(view.side.member, since)
            self._show_proposal(view, place, is_new=is_new)
            if view.side.outcome is not Outcome.UNKNOWN:
                message = outcome_message(view, self._name(view.other.id), self._language_of(view.own.id))
                self._keep(place, _mark(view.introduction.id, "outcome", view.side.member), message)
        except UndeliverableError as error:
            # Somebody who can no longer be reached keeps nobody else from being told.
            _log.warning("a side of introduction %s cannot be told: Slack says %s", view.introduction.id, error)

    def _show_proposal(self, view: View, place: Place, *, is_new: bool) -> None:
        introduction, language = view.introduction, self._language_of(view.own.id)
        is_asked = introduction.is_open and introduction.origin is Origin.ASKED
        name = self._name(view.other.named) if is_asked and view.other.named != NOBODY else ""
        message = proposal_message(view, name, language)
        mark = _mark(introduction.id, "proposal", view.side.member)
        if is_new:
            self._delivery.post(place, message, mark, doubtful=False)
        elif introduction.is_open:
            self._keep(place, mark, message)
        elif introduction.state is IntroductionState.MADE:
            self._replace(place, mark, message)
        else:
            self._replace(place, mark, message)
            if view.side.reply is Reply.YES:
                self._console(introduction.id, view.side.member, place, language)

    def _close(self, introduction: str, member: MemberId, since: str, *, is_waiting: bool) -> None:
        language, place = self._language_of(member), self._direct(member, since)
        self._replace(place, _mark(introduction, "proposal", member), told_message("over", language))
        if is_waiting:
            self._console(introduction, member, place, language)

    def _console(self, introduction: str, member: MemberId, place: Place, language: Language) -> None:
        """Tell whoever said yes and waits: that an older message changes is noticed by nobody."""
        self._keep(place, _mark(introduction, "closed", member), said_message("closed", language))

    def _gather(self, view: View, since: str) -> None:
        """The conversation of the two, opened once."""
        names = (self._name(view.own.id), self._name(view.other.id))
        message = group_message(view, names, self._shared_languages(view.own, view.other))
        try:
            place = self._delivery.open_group(view.introduction.members)
            place = replace(place, since=since)
            mark = _mark(view.introduction.id, "group", NOBODY)
            if self._delivery.find(place, mark) is None:
                self._delivery.post(place, message, mark, doubtful=False)
        except UndeliverableError as error:
            # Whatever an admin has to mend, two who said yes are not let down: it is tried again.
            note_failure(f"introduction {view.introduction.id} cannot be made")
            raise SlackUnavailableError from error

    def _say(self, notice: Notice) -> None:
        member = MemberId(notice.member)
        language = self._language_of(member)
        detail = notice.detail
        if notice.word == SNOOZED:
            detail = format_date(date.fromisoformat(detail), format="short", locale=language.value)
        self._keep(self._direct(member, _since(notice)), notice.id, said_message(notice.word, language, detail))

    def _keep(self, place: Place, mark: str, message: Outgoing) -> None:
        """Let the message stand there: post it, or change what stands there under its mark."""
        if not self._replace(place, mark, message):
            self._delivery.post(place, message, mark, doubtful=False)

    def _replace(self, place: Place, mark: str, message: Outgoing) -> bool:
        """Change what stands there under the mark; whether something does."""
        posted = self._delivery.find(place, mark)
        if posted is not None and not says(posted.body, message):
            self._delivery.update(place, posted.ts, message)
        return posted is not None

    def _direct(self, member: MemberId, since: str) -> Place:
        return replace(self._delivery.open_direct(member), since=since)

    def _name(self, member: MemberId) -> str:
        return self._lookup.name_of(member) or NAMELESS

    def _shared_languages(self, first: Person, second: Person) -> tuple[Language, ...]:
        """One that both speak, else the one in which each is spoken to."""
        shared = [language for language in first.languages if language in second.languages]
        both = shared[:1] or [self._language_of(first.id), self._language_of(second.id)]
        return tuple(dict.fromkeys(both))


def _is_beginning(introduction: Introduction) -> bool:
    """Whether the two are not brought together yet; later both are asked how it went."""
    return {introduction.first.outcome, introduction.second.outcome} == {Outcome.UNKNOWN}


def _mark(introduction: str, part: str, member: MemberId) -> str:
    return f"introduction:{introduction}:{part}:{user_of(member)}"


def _since(notice: Notice) -> str:
    return f"{notice.since - EARLIER:.6f}" if notice.since else ""
