"""One answer's voice: heard sentence by sentence where that can be, and one whole message in the end.

While a stream is open, Slack lets nothing else change it: it is stopped before it is replaced. It is replaced whenever
what it shows is not certainly what belongs there.
"""

from __future__ import annotations

import logging
from typing import Self

from slack_sdk.errors import SlackApiError

from bot.blocks.elements import streamed
from bot.connection import NETWORK_ERRORS, code_of
from bot.delivery import (
    FIRST_PAUSE,
    LIMITED,
    TRIES,
    UNFIT,
    Outgoing,
    Place,
    SlackUnavailableError,
    UndeliverableError,
    UnfitMessageError,
    is_passing,
    refuse_if_lasting,
)
from bot.marks import marked
from bot.streaming import Reader, Streams

BETWEEN = 0.5
"""Seconds from one addition to the next: what is written meanwhile comes with it."""
IS_OPEN = "streaming_state_conflict"
IS_OVER = "message_not_in_streaming_state"
IS_GONE = "message_not_found"
_log = logging.getLogger(__name__)


class Voice:
    """Says one answer; use it as a context manager.

    `doubtful` says that an earlier try may have left something there.
    """

    def __init__(self, streams: Streams, place: Place, mark: str, reader: Reader, *, doubtful: bool) -> None:
        self._streams = streams
        self._place = place
        self._mark = mark
        self._reader = reader
        self._doubtful = doubtful
        # A later try does not begin another stream: what was left of the first is replaced at once.
        # Slack streams replies in threads alone, and takes it for a lasting error to be asked for another.
        self._may_begin = bool(place.thread) and not doubtful
        self._may_add = True
        self._is_certain = True
        self._is_stopped = False
        self._ts = ""
        self._added_at = 0.0
        self._waiting = ""
        self._said = ""

    @property
    def ts(self) -> str:
        """By which Slack names what was told."""
        return self._ts

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._streams.forget(self._place, self._ts)

    def begin(self, words: str) -> None:
        """Show the first words, at once."""
        self._say(words, "\n\n")

    def say(self, sentence: str) -> None:
        """Show one more sentence, soon."""
        self._say(sentence, " ")

    def _say(self, words: str, behind: str) -> None:
        """Raises nothing that comes from Slack."""
        self._waiting += f"{streamed(words)}{behind}"
        self._said += f"{words} "
        if self._ts:
            self._add()
        elif self._may_begin:
            self._may_begin = False
            if self._streams.may_begin():
                self._begin()

    def tell(self, message: Outgoing) -> None:
        """Leave this message there, and nothing beside it; raises as `Delivery.post`."""
        if self._doubtful and not self._ts:
            is_there, self._ts = self._streams.look_up(self._place, self._mark)
            if is_there:
                return
            self._is_certain = False
        try:
            if self._ts:
                self._finish(message)
                return
        except UndeliverableError as error:
            if str(error) != IS_GONE:
                raise
        self._ts = self._streams.delivery.post(self._place, message, self._mark, doubtful=False)

    def _begin(self) -> None:
        try:
            self._ts = self._streams.begin(self._place, self._reader, self._waiting)
        except SlackApiError as error:
            _log.info("no stream begins (%s)", code_of(error))
            self._streams.rest(error)
            self._doubtful = is_passing(error) and code_of(error) not in LIMITED
        except NETWORK_ERRORS:
            self._doubtful = True
        else:
            self._note_added()

    def _add(self) -> None:
        if not self._may_add or self._streams.now() - self._added_at < BETWEEN:
            return
        try:
            self._streams.hurried.chat_appendStream(
                channel=self._place.channel, ts=self._ts, markdown_text=self._waiting
            )
        except SlackApiError as error:
            _log.info("nothing more is added to a stream (%s)", code_of(error))
            # A limit is obeyed: what waits comes with the end. After anything else nobody knows what stands there.
            self._may_add, self._is_certain = False, code_of(error) in LIMITED
        except NETWORK_ERRORS:
            self._may_add = self._is_certain = False
        else:
            self._note_added()

    def _note_added(self) -> None:
        self._waiting = ""
        self._added_at = self._streams.now()

    def _finish(self, message: Outgoing) -> None:
        is_what_was_said = self._is_certain and self._said.strip() == message.spoken
        if not (is_what_was_said and self._stop(message)):
            self._replace(message)

    def _stop(self, message: Outgoing) -> bool:
        """End the stream with what is still to be said, what stands below it, and the mark: all, or nothing of it."""
        self._is_certain = False
        try:
            self._streams.client.chat_stopStream(
                channel=self._place.channel,
                ts=self._ts,
                markdown_text=self._waiting or None,
                blocks=message.blocks[message.spoken_blocks :],
                metadata=marked(self._mark),
            )
        except SlackApiError as error:
            _log.info("a stream is replaced (%s)", code_of(error))
            if code_of(error) in UNFIT:
                raise UnfitMessageError(code_of(error)) from error
            return False
        except NETWORK_ERRORS:
            return False
        return True

    def _replace(self, message: Outgoing) -> None:
        for number in range(TRIES):
            self._halt()
            try:
                self._streams.client.chat_update(
                    channel=self._place.channel,
                    ts=self._ts,
                    text=message.text,
                    blocks=message.blocks,
                    metadata=marked(self._mark),
                )
            except SlackApiError as error:
                if code_of(error) != IS_OPEN:
                    refuse_if_lasting(error)
                if code_of(error) in LIMITED:
                    break
            except NETWORK_ERRORS:
                _log.warning("replacing a stream failed on the way; it is done again")
            else:
                return
            self._streams.sleep(FIRST_PAUSE * 2**number)
        raise SlackUnavailableError(self._place.channel)

    def _halt(self) -> None:
        """Close the stream as it is: whether that was needed and went well, the next call tells."""
        if self._is_stopped:
            return
        try:
            self._streams.client.chat_stopStream(channel=self._place.channel, ts=self._ts)
            self._is_stopped = True
        except SlackApiError as error:
            self._is_stopped = code_of(error) == IS_OVER
        except NETWORK_ERRORS:
            _log.info("it is not known whether a stream was stopped")
