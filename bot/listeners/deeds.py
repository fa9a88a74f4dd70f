"""Doing what somebody clicked or submitted, and telling them what came of it, whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS, fallback, paragraph
from bot.delivery import Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.listeners.whispering import Whispering
from knowledge.errors import NotFoundError, RolesUnknownError, SolmuError
from knowledge.inquiries.contexts import OutOfReachError
from knowledge.inquiries.inquiring import NothingAskedError, NotYoursError, OverError
from knowledge.model import Language
from knowledge.privacy import IdentityCodeError, PatientDataError

Payload = dict[str, Any]
Deed = Callable[[Language], Outgoing]
"""What is done, in the language of whoever wants it; returns what they are told."""
PROBLEMS: Mapping[type[SolmuError], str] = {
    NotFoundError: "gone",
    OutOfReachError: "not_for_you",
    NotYoursError: "not_yours",
    OverError: "over",
    IdentityCodeError: "identity_code",
    PatientDataError: "patient",
    NothingAskedError: "no_words",
    RolesUnknownError: "unsure",
}


class RefusedError(Exception):
    """What was submitted cannot be taken; `str(error)` is the sentence for whoever did, `field` where it belongs."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Deeds:
    """Every listener of this kind answers the same way."""

    def __init__(self, whispering: Whispering) -> None:
        self._whispering = whispering

    def answer(self, body: Payload, deed: Deed) -> None:
        """Do it, and tell whoever clicked what came of it."""
        language = self._whispering.language(body)
        try:
            told = deed(language)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever clicked is told
            sentence = problem_text(error, language)
            told = Outgoing(fallback(sentence), [paragraph(sentence)])
        self._whispering.send(body, told)

    def submit(
        self,
        ack: Ack,
        body: Payload,
        keep: Callable[[Language], dict[str, Any]],
        field: str,
        *,
        outsiders: str = "",
    ) -> None:
        """Take in a form: `keep` returns the window that follows; a problem is told beneath `field`.

        With `outsiders`, the name of a text for them, it is for those alone who belong to the workspace now.
        """
        language = self._whispering.language(body)
        try:
            if outsiders and not self._whispering.admits(body):
                ack(response_action="errors", errors={field: TEXTS.get(outsiders, language)})
                return
            ack(response_action="update", view=keep(language))
        except RefusedError as error:
            ack(response_action="errors", errors={error.field: str(error)})
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever submitted is told
            ack(response_action="errors", errors={field: problem_text(error, language)})


def problem_text(error: Exception, language: Language) -> str:
    """The sentence for whoever wanted it; what nobody foresaw is noted with its traceback."""
    if isinstance(error, (SlackUnavailableError, UndeliverableError)):
        return TEXTS.get("signup.unsure", language)
    for kind, name in PROBLEMS.items():
        if isinstance(error, kind):
            return TEXTS.get(f"knowing.problem.{name}", language)
    return TEXTS.get("form.failed", language, reference=note_failure("what was clicked could not be done"))
