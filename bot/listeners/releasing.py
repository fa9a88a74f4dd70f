"""What coordinators do about an announcement before it is out: find, publish, plan, approve, return, keep, erase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.blocks.draft_board import group_modal, groups_of
from bot.blocks.draft_sheet import told_modal
from bot.blocks.draft_texts import EXPECTED, problem_text
from bot.blocks.draft_windows import AT, COMMENT, return_modal, schedule_modal
from bot.blocks.elements import TEXTS, Block
from bot.blocks.turning import turned_to
from bot.clicked import clicked_value, left_by_first_half, reading
from bot.coordinating import Coordinating
from bot.failures import note_failure
from bot.filled_in import FilledIn
from knowledge.events.announcing import Announcing
from knowledge.model import Announcement, AnnouncementId, AnnouncementState, Language, MemberId
from knowledge.ports import Clock

TOLD = "told"
"""Under which the quick half of a listener leaves to the slow one what is to be shown."""
_NOTES = {
    AnnouncementState.PUBLISHED: "published",
    AnnouncementState.APPROVED: "scheduled",
    AnnouncementState.WAITING: "asked",
    AnnouncementState.DRAFT: "draft",
    AnnouncementState.TEMPLATE: "template",
}
Payload = dict[str, Any]
Deed = Callable[[AnnouncementId, MemberId], Announcement]


class Releases:
    """Listeners for the buttons of an announcement's window, and for the forms that they open."""

    def __init__(self, announcing: Announcing, coordinating: Coordinating, clock: Clock) -> None:
        self._announcing = announcing
        self._at = coordinating
        self._clock = clock

    def open(self, body: Payload) -> None:
        """The window of an announcement."""
        self._at.show(body, self._at.outcome(body, lambda: self._seen(body)))

    def list(self, body: Payload) -> None:
        """The window of a group of the board, or another part of it."""
        name, skipped = turned_to(clicked_value(body))

        def drawn() -> Block:
            if refused := self._at.refusal(body):
                return refused
            with reading("a button"):
                group = groups_of(self._at.boards.board())[name]
            return group_modal(name, group, self._at.language(body), skipped)

        self._at.show(body, self._at.outcome(body, drawn))

    def publish(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """At once, or as soon as it is approved."""
        self._do(ack, body, context, lambda name, by: self._announcing.submit(name, by, self._clock()))

    def take_back(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """Make a draft of it again."""
        self._do(ack, body, context, self._announcing.take_back)

    def keep(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """As a template."""
        self._do(ack, body, context, self._announcing.save_template)

    def remove(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """Erase a draft or a template."""
        language = self._at.language(body)

        def removed() -> Block:
            self._announcing.remove(_named(body), self._at.person(body))
            return told_modal(TEXTS.get("draft.note.removed", language), language)

        context[TOLD] = self._at.outcome(body, removed)
        ack()

    def approve(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """As a second pair of eyes."""
        name, revision = _seen_of(clicked_value(body))
        self._do(ack, body, context, lambda _, by: self._announcing.approve(name, by, revision))

    def show(self, body: Payload, context: BoltContext) -> None:
        """The slow half: what came of it."""
        self._at.show(body, left_by_first_half(context, TOLD))
        self._at.close_question(body)
        self._at.redraw(body)

    def plan(self, body: Payload) -> None:
        """The form in which the time is chosen."""
        view = schedule_modal(_named(body), self._clock(), self._at.language(body))
        self._at.show(body, view)

    def planned(self, ack: Ack, body: Payload) -> None:
        """The submitted time."""
        name = AnnouncementId(str(body["view"]["private_metadata"]))

        def submitted() -> Announcement:
            return self._announcing.submit(name, self._at.person(body), FilledIn(body["view"]).moment(AT))

        self._submit(ack, body, AT, submitted)

    def ask_why(self, body: Payload) -> None:
        """The form in which a comment is written."""
        self._at.show(body, return_modal(clicked_value(body), self._at.language(body)))

    def returned(self, ack: Ack, body: Payload) -> None:
        """The submitted comment."""
        name, revision = _seen_of(body["view"]["private_metadata"])
        comment = FilledIn(body["view"]).text(COMMENT)
        by = self._at.person(body)
        self._submit(ack, body, COMMENT, lambda: self._announcing.send_back(name, by, revision, comment))

    def redraw(self, body: Payload) -> None:
        """The Home tab after a form."""
        self._at.redraw(body)

    def _seen(self, body: Payload) -> Block:
        return self._at.refusal(body) or self._at.sheet(body, _named(body))

    def _do(self, ack: Ack, body: Payload, context: BoltContext, deed: Deed) -> None:
        """Done before Slack is told; what came of it is shown by the slow half."""
        context[TOLD] = self._at.outcome(body, lambda: self._done(body, deed(_named(body), self._at.person(body))))
        ack()

    def _done(self, body: Payload, done: Announcement) -> Block:
        return self._at.sheet(body, done.id, _note(done, self._at.language(body)))

    def _submit(self, ack: Ack, body: Payload, place: str, deed: Callable[[], Announcement]) -> None:
        language = self._at.language(body)
        try:
            ack(response_action="update", view=self._done(body, deed()))
        except EXPECTED as error:
            ack(response_action="errors", errors={place: problem_text(error, language)})
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a form was not kept"))
            ack(response_action="errors", errors={place: text})


def _note(done: Announcement, language: Language) -> str:
    return TEXTS.get(f"draft.note.{_NOTES[done.state]}", language)


def _named(body: Payload) -> AnnouncementId:
    return AnnouncementId(clicked_value(body).partition(":")[0])


def _seen_of(value: object) -> tuple[AnnouncementId, int]:
    name, _, revision = str(value).partition(":")
    # What a button of an earlier version carries is no revision that anything has: it has changed since.
    return AnnouncementId(name), int(revision) if revision.isdecimal() else -1
