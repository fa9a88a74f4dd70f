"""Files for one person, in their direct messages with the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.connection import NETWORK_ERRORS
from bot.delivery import Delivery, Place, SlackUnavailableError, UndeliverableError, is_passing


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

    def send_once(self, place: Place, name: str, content: bytes, comment: str, *, doubtful: bool) -> None:
        """As `send` to where `place` is. `doubtful` says that a file of this name may stand there already."""
        if doubtful and any(name in _names(message) for message in self._delivery.messages(place)):
            return
        self._upload(place, [NamedFile(name, content)], comment)

    def send_all(self, user: str, files: Sequence[NamedFile], comment: str) -> None:
        """Post files in one message with a sentence above them; `comment` is escaped already."""
        self._upload(self._delivery.open_direct(user), files, comment)

    def _upload(self, place: Place, files: Sequence[NamedFile], comment: str) -> None:
        uploads = [{"content": each.content, "filename": each.name, "title": each.name} for each in files]
        try:
            self._client.files_upload_v2(file_uploads=uploads, channel=place.channel, initial_comment=comment)
        except SlackApiError as error:
            raise (SlackUnavailableError if is_passing(error) else UndeliverableError)(files[0].name) from error
        except (SlackRequestError, *NETWORK_ERRORS) as error:
            raise SlackUnavailableError(files[0].name) from error


def _names(message: Mapping[str, Any]) -> list[str]:
    return [str(file.get("name")) for file in message.get("files") or ()]
