"""Files for one person, in their direct messages with the bot."""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.connection import NETWORK_ERRORS
from bot.delivery import Delivery, SlackUnavailableError, UndeliverableError, is_passing


class Files:
    """Uploads through one client; raises SlackUnavailableError and UndeliverableError as `Delivery` does."""

    def __init__(self, client: WebClient, delivery: Delivery) -> None:
        self._client = client
        self._delivery = delivery

    def send(self, user: str, name: str, content: bytes, comment: str) -> None:
        """Post a file with a sentence above it; `comment` is escaped already."""
        place = self._delivery.open_direct(user)
        try:
            self._client.files_upload_v2(
                content=content, filename=name, title=name, channel=place.channel, initial_comment=comment
            )
        except SlackApiError as error:
            raise (SlackUnavailableError if is_passing(error) else UndeliverableError)(name) from error
        except (SlackRequestError, *NETWORK_ERRORS) as error:
            raise SlackUnavailableError(name) from error
