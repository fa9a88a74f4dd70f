"""The form of an announcement: what opens it, what shows more of it, and what keeps what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack

from bot.blocks.draft_board import NEW_EVENT, board_message
from bot.blocks.draft_fields import COPY, EDIT, NEW, Origin, unpacked
from bot.blocks.draft_form import draft_modal
from bot.blocks.draft_sheet import USE
from bot.blocks.draft_texts import EXPECTED, problem_text, trouble_texts
from bot.blocks.elements import TEXTS, Block
from bot.clicked import clicked_value, reading
from bot.coordinating import Coordinating
from bot.failures import note_failure
from bot.filled_in import FilledIn
from bot.filling import empty_draft, filled_draft
from bot.listeners.replying import admit
from knowledge.events.announcing import Announcing
from knowledge.events.drafts import BadDraftError, Draft, title_of
from knowledge.model import AnnouncementId, AnnouncementKind, AnnouncementState, Language

COMMANDS: Mapping[str, tuple[AnnouncementKind, Language]] = {
    "/tapahtuma": (AnnouncementKind.EVENT, Language.FI),
    "/evenemang": (AnnouncementKind.EVENT, Language.SV),
    "/event": (AnnouncementKind.EVENT, Language.EN),
    "/tiedote": (AnnouncementKind.NEWS, Language.FI),
    "/meddelande": (AnnouncementKind.NEWS, Language.SV),
    "/announce": (AnnouncementKind.NEWS, Language.EN),
}
_NOTES: Mapping[AnnouncementState, str] = {
    AnnouncementState.PUBLISHED: "changed",
    AnnouncementState.WAITING: "waits",
    AnnouncementState.APPROVED: "scheduled",
}
"""What is said of what was edited, of its state by then."""
LIST = frozenset({"lista", "list"})
Payload = dict[str, Any]


class Drafting:
    """Listeners for whatever opens the form, and for the form itself."""

    def __init__(self, announcing: Announcing, coordinating: Coordinating) -> None:
        self._announcing = announcing
        self._at = coordinating

    def take_in(self, ack: Ack, command: Payload) -> None:
        """A command: refused where somebody may not, with a word about what they can do."""
        admit(ack, self._at.why_not(command), COMMANDS[command["command"]][1])

    def begin(self, command: Payload) -> None:
        """The form, or with `lista` everything that is under way."""
        kind, language = COMMANDS[command["command"]]
        if str(command.get("text") or "").strip().casefold() in LIST:
            self._at.say(command, board_message(self._at.boards.board(), language))
        else:
            self._open(command, Origin(NEW, "", kind, language, language))

    def begin_new(self, body: Payload) -> None:
        """A shortcut or a button for something new, which both bear the same name."""
        named = body.get("callback_id") or body["actions"][0]["action_id"]
        kind = AnnouncementKind.EVENT if named == NEW_EVENT else AnnouncementKind.NEWS
        language = self._at.language(body)
        self._open(body, Origin(NEW, "", kind, language, language))

    def reopen(self, body: Payload) -> None:
        """The form of what is there, to be changed or copied."""
        clicked = body["actions"][0]
        mode = COPY if clicked["action_id"] == USE else EDIT

        def drawn() -> Block:
            name = AnnouncementId(clicked_value(body))
            origin = Origin(mode, name, AnnouncementKind.EVENT, Language.FI, self._at.language(body), is_whole=True)
            draft, began = self._at.boards.form(name) if mode == EDIT else (self._at.boards.again(name), "")
            opened = replace(origin, kind=draft.kind, lead=draft.wordings[0].language, began=began)
            return draft_modal(draft, opened)

        self._at.show(body, self._at.outcome(body, lambda: self._at.refusal(body) or drawn()))

    def show_more(self, body: Payload) -> None:
        """All the fields, with what is filled in so far."""

        def drawn() -> Block:
            if refused := self._at.refusal(body):
                return refused
            origin = unpacked(body["view"]["private_metadata"])
            draft = filled_draft(FilledIn(body["view"]), origin, self._begun(body, origin))
            return draft_modal(draft, replace(origin, is_whole=True))

        self._at.show(body, self._at.outcome(body, drawn))

    def save(self, ack: Ack, body: Payload) -> None:
        """The submitted form: what is wrong is told at its field; what is right is kept and shown as it will be."""
        with reading("a form"):
            origin = unpacked(body["view"]["private_metadata"])
        try:
            ack(response_action="update", view=self._kept(body, origin))
        except BadDraftError as error:
            ack(response_action="errors", errors=dict(trouble_texts(error, origin)))
        except EXPECTED as error:
            _refuse(ack, origin, problem_text(error, origin.language))
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            reference = note_failure("an announcement was not kept")
            _refuse(ack, origin, TEXTS.get("form.failed", origin.language, reference=reference))

    def _kept(self, body: Payload, origin: Origin) -> Block:
        person, draft = self._at.person(body), filled_draft(FilledIn(body["view"]), origin, self._begun(body, origin))
        if origin.mode != EDIT:
            kept = self._announcing.save(draft, person)
            return self._at.sheet(body, kept.id, TEXTS.get("draft.note.kept", origin.language))
        kept = self._announcing.edit(AnnouncementId(origin.name), draft, person, origin.began)
        note = _NOTES.get(kept.state, "kept")
        return self._at.sheet(body, kept.id, TEXTS.get(f"draft.note.{note}", origin.language))

    def _open(self, body: Payload, origin: Origin) -> None:
        def drawn() -> Block:
            return draft_modal(self._begun(body, origin), origin)

        self._at.show(body, self._at.refusal(body) or self._at.outcome(body, drawn))

    def _begun(self, body: Payload, origin: Origin) -> Draft:
        """What a form begins with; raises NotFoundError where that is gone."""
        if origin.mode == NEW:
            return empty_draft(origin, self._at.organisation(body))
        name = AnnouncementId(origin.name)
        return self._at.boards.draft(name) if origin.mode == EDIT else self._at.boards.again(name)


def _refuse(ack: Ack, origin: Origin, text: str) -> None:
    ack(response_action="errors", errors={title_of(origin.lead): text})
