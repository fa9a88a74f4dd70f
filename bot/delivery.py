"""Sending: exactly one message per mark, however often it is tried and whatever was killed in between.

An answer under a `response_url` cannot be looked up. Where Slack's reply to it was lost it is sent again: rather twice
than never.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.connection import NETWORK_ERRORS, RATE_LIMIT_RETRIES, SECONDS, ShortRateLimits, code_of, hurried
from bot.marks import mark_of, marked
from knowledge.model import MemberId, user_of

TRIES = 3
FIRST_PAUSE = 0.5
"""Seconds before the second try; doubled for each further one."""
PAGE = 100
OK, TOO_MANY, SERVER_ERROR = 200, 429, 500
LIMITED = frozenset({"ratelimited", "rate_limited"})
PASSING = LIMITED | {"internal_error", "fatal_error", "service_unavailable", "timeout", "request_timeout"}
UNFIT = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "metadata_too_large"}
)
_log = logging.getLogger(__name__)


class SlackUnavailableError(Exception):
    """Slack cannot be reached just now; another try later can help."""


class UndeliverableError(Exception):
    """Slack will not take this message, however often it is tried."""


class UnfitMessageError(UndeliverableError):
    """Slack will not take this message because of what is in it; another one can go the same way."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message: `text` is what a notification shows, `blocks` what the channel shows.

    `spoken` is what the first `spoken_blocks` blocks say, which a stream may have shown by then.
    """

    text: str
    blocks: list[dict[str, Any]]
    spoken: str = ""
    spoken_blocks: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands there, and what it is as Slack lists it."""

    ts: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes, not posted there before the ts `since`; `team` is told where the channel does not tell."""

    channel: str
    thread: str = ""
    since: str = ""
    team: str = ""


def is_passing(error: SlackApiError) -> bool:
    """Whether the same call can succeed later."""
    code = code_of(error)
    # A reply without a code is no reply of Slack's, but of something on the way.
    return not code or code in PASSING or error.response.status_code >= SERVER_ERROR


class Delivery:
    """Posts through one client. Raises SlackUnavailableError after a few tries, UndeliverableError at once."""

    def __init__(self, client: WebClient, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._hurried = hurried(client)
        self._sleep = sleep

    def post(self, place: Place, message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """Post the message that carries `mark`; returns its ts. `doubtful` says it may stand there already."""
        for number in range(TRIES):
            if doubtful or number:
                posted = self.find(place, mark)
                if posted is not None:
                    return posted.ts
            try:
                answer = self._client.chat_postMessage(
                    channel=place.channel,
                    thread_ts=place.thread or None,
                    text=message.text,
                    blocks=message.blocks,
                    metadata=marked(mark),
                    unfurl_links=False,
                    unfurl_media=False,
                )
                return str(answer.get("ts", ""))
            except SlackApiError as error:
                refuse_if_lasting(error)
                if code_of(error) in LIMITED:
                    raise SlackUnavailableError(place.channel) from error
            except NETWORK_ERRORS:
                _log.warning("posting failed on the way; looking whether it arrived")
            self._sleep(FIRST_PAUSE * 2**number)
        raise SlackUnavailableError(place.channel)

    def update(self, place: Place, ts: str, message: Outgoing) -> None:
        """Replace a posted message; raises as `post`."""
        try:
            self._client.chat_update(channel=place.channel, ts=ts, text=message.text, blocks=message.blocks)
        except SlackApiError as error:
            refuse_if_lasting(error)
            raise SlackUnavailableError(place.channel) from error
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(place.channel) from error

    def delete(self, place: Place, ts: str) -> None:
        """Take a posted message away; raises as `post`."""
        try:
            self._client.chat_delete(channel=place.channel, ts=ts)
        except SlackApiError as error:
            refuse_if_lasting(error)
            raise SlackUnavailableError(place.channel) from error
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(place.channel) from error

    def show_working(self, place: Place, status: str, loading: Sequence[str] = ()) -> None:
        """Say under the thread what the bot is doing, until its reply comes. Does nothing where Slack will not."""
        try:
            self._hurried.assistant_threads_setStatus(
                channel_id=place.channel, thread_ts=place.thread, status=status, loading_messages=[*loading] or None
            )
        except (SlackApiError, *NETWORK_ERRORS) as error:
            _log.info("the status is not shown (%s)", type(error).__name__)

    def respond(self, response_url: str, message: Outgoing) -> None:
        """Answer a command so that only the asker sees it; raises as `post`."""
        body = {
            "response_type": "ephemeral",
            # A command has no original: Slack would post a second message anyway.
            "replace_original": False,
            "text": message.text,
            "blocks": message.blocks,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        retries = [ShortRateLimits(max_retry_count=RATE_LIMIT_RETRIES)]
        webhook = WebhookClient(response_url, timeout=SECONDS, retry_handlers=list(retries))
        for number in range(TRIES):
            try:
                answer = webhook.send_dict(body)
            except NETWORK_ERRORS:
                _log.warning("the answer to a command did not get through")
            else:
                if _is_taken(answer):
                    return
            self._sleep(FIRST_PAUSE * 2**number)
        raise SlackUnavailableError

    def open_direct(self, user: str) -> Place:
        """The direct messages between the bot and a person, named by either id; raises as `post`."""
        return self.open_group((user,))

    def open_group(self, users: Sequence[str]) -> Place:
        """The conversation of the bot with these people, the same one every time; raises as `post`."""
        named = ",".join(user_of(MemberId(user)) for user in users)
        try:
            return Place(str(self._client.conversations_open(users=named)["channel"]["id"]))
        except SlackApiError as error:
            refuse_if_lasting(error)
            raise SlackUnavailableError(named) from error
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(named) from error

    def find(self, place: Place, mark: str) -> Posted | None:
        """The message that carries the mark; raises SlackUnavailableError."""
        for message in self.messages(place):
            if mark_of(message) == mark:
                return Posted(str(message["ts"]), message)
        return None

    def messages(self, place: Place) -> Iterator[Mapping[str, Any]]:
        """What stands in a thread or conversation, as Slack lists it; raises SlackUnavailableError."""
        common = {"channel": place.channel, "oldest": place.since or None, "inclusive": True, "limit": PAGE}
        cursor = ""
        while True:
            page = self._read(place, common | {"cursor": cursor or None, "include_all_metadata": True})
            yield from page.get("messages", [])
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return

    def _read(self, place: Place, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            if place.thread:
                return self._client.conversations_replies(ts=place.thread, **arguments).data  # type: ignore[return-value]
            return self._client.conversations_history(**arguments).data  # type: ignore[return-value]
        except SlackApiError as error:
            if is_passing(error):
                raise SlackUnavailableError(place.channel) from error
            # The thread is gone, or the bot may not read it: rather twice than never.
            _log.warning("it cannot be looked up whether a message was posted (%s)", code_of(error))
            return {}
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(place.channel) from error


def refuse_if_lasting(error: SlackApiError) -> None:
    """Raise UndeliverableError, or UnfitMessageError, unless the same call can succeed later."""
    if is_passing(error):
        return
    code = code_of(error)
    raise (UnfitMessageError if code in UNFIT else UndeliverableError)(code) from error


def _is_taken(answer: WebhookResponse) -> bool:
    """Whether it was; raises UndeliverableError where it never will be."""
    code = _refusal(answer.body)
    if code in UNFIT:
        raise UnfitMessageError(code)
    if answer.status_code == OK and not code:
        return True
    if answer.status_code == TOO_MANY or answer.status_code >= SERVER_ERROR or code in PASSING:
        return False
    raise UndeliverableError(code or str(answer.status_code))


def _refusal(body: str) -> str:
    """Slack's code in the reply of a `response_url`, which is JSON, a bare word or `ok`."""
    try:
        told = json.loads(body)
    except ValueError:
        word = body.strip()
        return word if word.isidentifier() and word != "ok" else ""
    return str(told.get("error", "")) if isinstance(told, dict) and not told.get("ok") else ""
