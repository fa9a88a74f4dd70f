"""Files for one person, in their direct messages with the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.connection import NETWORK_ERRORS
from bot.delivery import Delivery, SlackUnavailableError, UndeliverableError, is_passing


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as people see it."""

    name: str
    content: bytes


class Files:
    """Uploads through one client; raises SlackUnavailableError and UndeliverableError as `Delivery` does."""

    def __init__(self, client: WebClient, delivery: Delivery) -> None:
        self._client = client
        self._delivery = delivery

    def send(self, user: str, name: str, content: bytes, comment: str) -> None:
        """Post a file with a sentence above it; `comment` is escaped already."""
        self.send_all(user, [NamedFile(name, content)], comment)

    def send_all(self, user: str, files: Sequence[NamedFile], comment: str) -> None:
        """Post files in one message with a sentence above them; `comment` is escaped already."""
        place = self._delivery.open_direct(user)
        uploads = [{"content": each.content, "filename": each.name, "title": each.name} for each in files]
        try:
            self._client.files_upload_v2(file_uploads=uploads, channel=place.channel, initial_comment=comment)
        except SlackApiError as error:
            raise (SlackUnavailableError if is_passing(error) else UndeliverableError)(files[0].name) from error
        except (SlackRequestError, *NETWORK_ERRORS) as error:
            raise SlackUnavailableError(files[0].name) from error
