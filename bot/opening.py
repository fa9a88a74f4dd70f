"""Opening a form for whoever may fill it in; where that fails, they are told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.elements import Block
from bot.blocks.status import notice
from bot.clicked import window_of
from bot.connection import NETWORK_ERRORS
from bot.delivery import Delivery, Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.membership import Membership, user_in
from knowledge.model import Language, MemberId

Payload = dict[str, Any]
_log = logging.getLogger(__name__)


class Opening:
    """Slack lets a form be opened within three seconds of a click: what is needed for it must be at hand."""

    def __init__(self, client: WebClient, membership: Membership, delivery: Delivery) -> None:
        self._client = client
        self._membership = membership
        self._delivery = delivery

    def open(
        self,
        body: Payload,
        make: Callable[[MemberId], Block],
        language: Language,
        *,
        is_for_guests: bool = False,
        refusal: Outgoing | None = None,
    ) -> None:
        """Open the form that `make` draws for whoever clicked.

        Whoever is a guest, or from elsewhere, reads the `refusal`, else that profiles are not for them.
        """
        try:
            if not (is_for_guests or self._membership.admits(body)):
                self._tell(body, refusal or notice("profile.outsiders", language))
                return
            self._client.views_open(trigger_id=body["trigger_id"], view=make(self._membership.member_in(body)))
        except (SlackApiError, SlackUnavailableError, *NETWORK_ERRORS) as error:
            _log.warning("a form could not be opened (%s)", type(error).__name__)
            self._tell(body, notice("form.not_opened", language))
        except Exception:  # noqa: BLE001 - whatever it is, whoever clicked is told
            self._tell(body, notice("form.failed", language, reference=note_failure("a form cannot be drawn")))

    def replace(self, body: Payload, view: Block) -> None:
        """Show another window instead of the one in which somebody clicked; where that fails, theirs stays."""
        window = window_of(body)
        try:
            self._client.views_update(view_id=window, view=view)
        except (SlackApiError, *NETWORK_ERRORS) as error:
            _log.warning("a window could not be replaced (%s)", type(error).__name__)

    def _tell(self, body: Payload, message: Outgoing) -> None:
        try:
            place = self._delivery.open_direct(user_in(body))
            self._delivery.post(place, message, f"form:{body['trigger_id']}", doubtful=False)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("nor could that be told (%s)", type(error).__name__)
