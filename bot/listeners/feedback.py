"""What people think of an event: by a button, in words, and summed up for coordinators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS, fallback
from bot.blocks.feedback import RATE, RATING, WORDS, feedback_table, summary_message, thanks_message, words_modal
from bot.blocks.status import notice
from bot.clicked import clicked_value
from bot.delivery import Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.files import Files
from bot.filled_in import FilledIn
from bot.listeners.whispering import Whispering
from bot.membership import user_in
from bot.opening import Opening
from bot.visiting import Visitors
from knowledge.errors import NotFoundError
from knowledge.events.feedback import RATINGS, BadWordsError, Feedbacks, NotThereError
from knowledge.model import Language, OccurrenceId

Payload = dict[str, Any]


class FeedbackClicks:
    """The listener for feedback. Everybody speaks for themselves alone; only coordinators read what all said."""

    def __init__(
        self, feedbacks: Feedbacks, visitors: Visitors, opening: Opening, files: Files, whispering: Whispering
    ) -> None:
        self._feedbacks = feedbacks
        self._visitors = visitors
        self._opening = opening
        self._files = files
        self._whispering = whispering

    def rate(self, body: Payload) -> None:
        """One of the three buttons."""
        self._answer(body, self._rated)

    def open(self, body: Payload) -> None:
        """The form for words."""
        language = self._whispering.language(body)
        try:
            asked = self._feedbacks.asked(_occurrence(body), self._visitors.person(body))
        except (NotThereError, NotFoundError):
            self._whispering.send(body, notice("relevance.feedback.not_there", language))
            return
        self._opening.open(body, lambda _: words_modal(asked, language), language, is_for_guests=True)

    def keep(self, ack: Ack, body: Payload) -> None:
        """The form as it was filled in."""
        language = self._whispering.language(body)
        view = body["view"]
        filled = FilledIn(view)
        rating = next((each for each in RATINGS if str(each) == filled.choice(RATING)), RATINGS[-1])
        occurrence = OccurrenceId(str(view.get("private_metadata")))
        try:
            self._feedbacks.comment(occurrence, self._visitors.person(body), rating, filled.text(WORDS))
        except BadWordsError:
            self._refuse(ack, TEXTS.get("relevance.feedback.identity_code", language))
        except (NotThereError, NotFoundError):
            self._refuse(ack, TEXTS.get("relevance.feedback.not_there", language))
        except Exception:  # noqa: BLE001 - whatever it is, whoever submitted is told
            self._refuse(ack, TEXTS.get("form.failed", language, reference=note_failure("feedback was not kept")))
        else:
            ack()

    def sum_up(self, body: Payload) -> None:
        """What all said, for coordinators: as a message, and as a table in their direct messages."""
        self._answer(body, self._summed_up)

    def _rated(self, body: Payload, language: Language) -> Outgoing:
        rating = int(str(body["actions"][0]["action_id"]).removeprefix(RATE))
        asked = self._feedbacks.rate(_occurrence(body), self._visitors.person(body), rating)
        return thanks_message(asked, language)

    def _summed_up(self, body: Payload, language: Language) -> Outgoing:
        if not self._visitors.is_staff(body):
            return notice("signup.table.refused", language)
        summary = self._feedbacks.summary(_occurrence(body))
        message = summary_message(summary, language)
        if summary.rows:
            name = TEXTS.get("relevance.feedback.file_name", language)
            self._files.send(user_in(body), name, feedback_table(summary, language), fallback(message.text))
        return message

    def _answer(self, body: Payload, find: Callable[[Payload, Language], Outgoing]) -> None:
        language = self._whispering.language(body)
        try:
            told = find(body, language)
        except (NotThereError, NotFoundError):
            told = notice("relevance.feedback.not_there", language)
        except (SlackUnavailableError, UndeliverableError):
            told = notice("signup.unsure", language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever clicked is told
            told = notice("form.failed", language, reference=note_failure("feedback was not kept or told"))
        self._whispering.send(body, told)

    def _refuse(self, ack: Ack, text: str) -> None:
        ack(response_action="errors", errors={WORDS: text})


def _occurrence(body: Payload) -> OccurrenceId:
    return OccurrenceId(clicked_value(body))
