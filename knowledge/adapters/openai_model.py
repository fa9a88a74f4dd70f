"""A language model behind any OpenAI-compatible address, by the `openai` client: within its time, or a named error.

A thread of its own reads the reply, so that the time holds also where the server keeps the line open and says nothing.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import openai

from knowledge.adapters.model_errors import named, seconds_to_wait
from knowledge.errors import ModelCutShortError, ModelNonsenseError, ModelTimedOutError
from knowledge.ports import Message

MOST_TRIES = 3
LETTERS_PER_TOKEN = 12
"""No token is longer on average: a reply beyond that is a server that does not stop."""
NO_KEY = "none"
"""The client wants a key where the server wants none."""


@dataclass(slots=True)
class _Reply:
    """One reply under way: what has come, whether anybody still waits for it, and when it is too late."""

    messages: Sequence[Message]
    most_tokens: int
    deadline: float
    pieces: queue.SimpleQueue[str | Exception | None] = field(default_factory=queue.SimpleQueue)
    given_up: threading.Event = field(default_factory=threading.Event)
    response: Any = None

    @property
    def seconds_left(self) -> float:
        """Until the deadline; none left is 0."""
        return max(0.0, self.deadline - time.monotonic())

    def give_up(self) -> None:
        """Nobody waits any more: the reading thread ends as soon as it hears."""
        self.given_up.set()
        if self.response is not None:
            # The thread may be closing it at this very moment.
            with contextlib.suppress(Exception):
                self.response.close()


class OpenAIModel:
    """The `LanguageModel` of this name at this address."""

    def __init__(self, address: str, model: str, key: str) -> None:
        # The client tells addresses at INFO; what is asked must not come near a log.
        for name in ("openai", "httpx2", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._model = model
        # A redirect would carry the question to where nobody said. Empty names keep the environment's from being sent.
        self._http = openai.DefaultHttpxClient(follow_redirects=False)
        self._client = openai.OpenAI(
            base_url=address, api_key=key or NO_KEY, organization="", project="", max_retries=0, http_client=self._http
        )
        self._options: dict[str, Any] = {"temperature": 0}
        self._limit = "max_tokens"

    def stream(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Iterator[str]:
        """The reply in pieces; raises a subclass of LanguageModelError, and that within `seconds`."""
        reply = _Reply(messages, most_tokens, time.monotonic() + seconds)
        threading.Thread(target=self._read, args=(reply,), name="language-model", daemon=True).start()
        try:
            while (piece := _next(reply)) is not None:
                yield piece
        finally:
            reply.give_up()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _read(self, reply: _Reply) -> None:
        try:
            reply.response = self._opened(reply)
            for piece in _texts(reply):
                reply.pieces.put(piece)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where somebody waits
            reply.pieces.put(error)
        else:
            reply.pieces.put(None)

    def _opened(self, reply: _Reply) -> Any:
        """The response whose body has yet to come; what may pass by itself is tried again while there is time."""
        for tries in range(1, MOST_TRIES + 1):
            try:
                return self._request(reply)
            except openai.APIError as error:
                delay = 0.0 if self._adapted(error) else seconds_to_wait(error, tries)
                if delay is None or tries == MOST_TRIES or delay >= reply.seconds_left:
                    raise named(error) from error
            if reply.given_up.wait(delay):
                break
        raise ModelTimedOutError

    def _request(self, reply: _Reply) -> Any:
        create = cast(Any, self._client.chat.completions.create)
        return create(
            model=self._model,
            messages=[{"role": message.role.value, "content": message.text} for message in reply.messages],
            stream=True,
            timeout=max(reply.seconds_left, 0.01),
            **self._options,
            **{self._limit: reply.most_tokens},
        )

    def _adapted(self, error: openai.APIError) -> bool:
        """Whether the server does not know a parameter under this name and will be asked without it from now on."""
        if not isinstance(error, openai.BadRequestError):
            return False
        if error.param == "temperature" and self._options:
            self._options = {}
        elif error.param == "max_tokens" and self._limit == "max_tokens":
            self._limit = "max_completion_tokens"
        else:
            return False
        return True


def _next(reply: _Reply) -> str | None:
    """The next piece, None at the end; raises what the reading thread met, or ModelTimedOutError."""
    try:
        piece = reply.pieces.get(timeout=reply.seconds_left)
    except queue.Empty:
        raise ModelTimedOutError from None
    if isinstance(piece, Exception):
        raise piece
    return piece


def _texts(reply: _Reply) -> Iterator[str]:
    """The words of the reply; raises ModelCutShortError where it did not end by itself."""
    letters, ended = 0, ""
    try:
        for chunk in reply.response:
            if reply.given_up.is_set():
                return
            text, ended = _content(chunk, ended)
            letters += len(text)
            if letters > reply.most_tokens * LETTERS_PER_TOKEN:
                break
            if text:
                yield text
    except openai.APIError as error:
        raise named(error, begun=letters > 0) from error
    except ValueError as error:
        raise ModelNonsenseError from error
    if ended != "stop":
        raise ModelCutShortError(ended or "no end")


def _content(chunk: Any, ended: str) -> tuple[str, str]:
    """The words of one event, and why the reply ended if it has; raises ModelNonsenseError."""
    try:
        for choice in chunk.choices[:1]:
            return str(choice.delta.content or ""), str(choice.finish_reason or ended)
    except (AttributeError, TypeError) as error:
        raise ModelNonsenseError from error
    return "", ended
