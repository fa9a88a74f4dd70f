"""Somebody joins the workspace, and chooses the language of their greeting."""

from __future__ import annotations

import logging
from typing import Any

from bot.blocks.welcome import SPEAK
from bot.delivery import Place, SlackUnavailableError, UndeliverableError
from bot.durable import Durable
from bot.failures import note_failure
from bot.filled_in import language_named
from bot.welcoming import Newcomer, Welcoming
from knowledge.members.languages import Languages
from knowledge.model import Language, member_id
from knowledge.ports import Clock

_log = logging.getLogger(__name__)


class Welcome:
    """Listeners for `team_join` and for the greeting's buttons. `team` is the bot's own workspace."""

    def __init__(self, durable: Durable, welcoming: Welcoming, languages: Languages, team: str, clock: Clock) -> None:
        self._durable = durable
        self._languages = languages
        self._welcoming = welcoming
        self._team = team
        self._clock = clock

    def join(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Write down that a person came. Whether they are a guest is asked when they are greeted."""
        user = event["user"]
        if not user.get("is_bot"):
            came_at = float(body.get("event_time") or self._clock().timestamp())
            self._durable.take_in_newcomer(Newcomer(self._team, user["id"], came_at))

    def speak(self, body: dict[str, Any]) -> None:
        """Draw the greeting in the language of the button, and speak it with them from now on."""
        code = str(body["actions"][0]["action_id"]).removeprefix(SPEAK)
        language = language_named(code, Language.FI)
        try:
            place = Place(body["channel"]["id"])
            self._languages.choose(member_id(self._team, body["user"]["id"]), language)
            self._welcoming.redraw(place, body["container"]["message_ts"], language)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("a greeting could not be redrawn (%s)", type(error).__name__)
        except Exception:  # noqa: BLE001 - Bolt would log it without its traceback
            note_failure("a greeting cannot be redrawn")
