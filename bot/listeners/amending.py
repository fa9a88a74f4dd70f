"""What coordinators do about what is out: cancel all of it, or move and cancel one of its dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.blocks.draft_fields import DAY, ENDS, LAST_DAY, PLACE, STARTS, place_of
from bot.blocks.draft_texts import EXPECTED, problem_text, trouble_text
from bot.blocks.draft_windows import dates_modal, move_modal, to_be_moved
from bot.blocks.elements import TEXTS, Block
from bot.blocks.turning import turned_to
from bot.clicked import clicked_value, left_by_first_half
from bot.coordinating import Coordinating
from bot.failures import note_failure
from bot.filled_in import FilledIn
from bot.listeners.releasing import TOLD
from knowledge.events.amending import Amending
from knowledge.events.boards import Boards
from knowledge.events.changing_one import Move
from knowledge.events.drafts import BadDraftError
from knowledge.events.states import ChangedMeanwhileError
from knowledge.model import AnnouncementId, OccurrenceId

Payload = dict[str, Any]


class Amendments:
    """Listeners for the buttons and forms about what is out."""

    def __init__(self, amending: Amending, boards: Boards, coordinating: Coordinating) -> None:
        self._amending = amending
        self._boards = boards
        self._at = coordinating

    def cancel(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """All of it."""

        def cancelled() -> Block:
            done = self._amending.cancel(AnnouncementId(clicked_value(body)), self._at.person(body))
            return self._at.sheet(body, done.id, TEXTS.get("draft.note.cancelled", self._at.language(body)))

        context[TOLD] = self._at.outcome(body, cancelled)
        ack()

    def cancel_one(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """One date."""

        def cancelled() -> Block:
            name = OccurrenceId(clicked_value(body))
            event, _ = self._boards.occurrence(name)
            self._amending.cancel_one(name, self._at.person(body))
            return self._at.sheet(body, event.id, TEXTS.get("draft.note.cancelled_one", self._at.language(body)))

        context[TOLD] = self._at.outcome(body, cancelled)
        ack()

    def show(self, body: Payload, context: BoltContext) -> None:
        """The slow half: what came of it."""
        self._at.show(body, left_by_first_half(context, TOLD))
        self._at.redraw(body)

    def show_dates(self, body: Payload) -> None:
        """Those that can still be moved or cancelled."""

        def drawn() -> Block:
            name, skipped = turned_to(clicked_value(body))
            event, coming = self._boards.coming(AnnouncementId(name))
            return dates_modal(event, coming, self._at.language(body), skipped)

        self._show(body, drawn)

    def ask_when(self, body: Payload) -> None:
        """The form in which one is moved."""

        def drawn() -> Block:
            event, occurrence = self._boards.occurrence(OccurrenceId(clicked_value(body)))
            return move_modal(event, occurrence, self._at.language(body))

        self._show(body, drawn)

    def moved(self, ack: Ack, body: Payload) -> None:
        """The submitted form: what is wrong is told at its field."""
        language = self._at.language(body)
        try:
            name, began = to_be_moved(body["view"]["private_metadata"])
            done = self._amending.move(name, _move(FilledIn(body["view"]), began), self._at.person(body))
            note = TEXTS.get("draft.note.moved", language)
            ack(response_action="update", view=self._at.sheet(body, done.event, note))
        except BadDraftError as error:
            troubles = error.troubles.items()
            told = {place_of(part, is_event=True): trouble_text(trouble, language) for part, trouble in troubles}
            ack(response_action="errors", errors=told)
        except ChangedMeanwhileError:
            ack(response_action="errors", errors={DAY: TEXTS.get("draft.problem.moved_meanwhile", language)})
        except EXPECTED as error:
            ack(response_action="errors", errors={DAY: problem_text(error, language)})
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a date was not moved"))
            ack(response_action="errors", errors={DAY: text})

    def redraw(self, body: Payload) -> None:
        """The Home tab after a form."""
        self._at.redraw(body)

    def _show(self, body: Payload, drawn: Callable[[], Block]) -> None:
        self._at.show(body, self._at.refusal(body) or self._at.outcome(body, drawn))


def _move(filled: FilledIn, began: str) -> Move:
    day, last_day = filled.day(DAY), filled.day(LAST_DAY)
    ends_on = day if last_day == date.max else last_day
    return Move(
        datetime.combine(day, filled.time(STARTS)),
        datetime.combine(ends_on, filled.time(ENDS)),
        filled.text(PLACE),
        began,
    )
