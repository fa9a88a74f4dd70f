"""What a language model's server may do wrong, as Solmu's own errors, and after which of it to ask again."""

from __future__ import annotations

import openai

from knowledge.errors import (
    LanguageModelError,
    ModelBusyError,
    ModelCutShortError,
    ModelRejectedError,
    ModelTimedOutError,
    ModelUnavailableError,
)

TOO_MANY = 429
OVERLOADED = 500
FIRST_PAUSE = 0.3
"""Seconds before the second try where the server does not say; doubled each time."""


def named(error: openai.APIError, *, begun: bool = False) -> LanguageModelError:
    """Solmu's error for the client's; `begun` where some of the reply had come. What the server said is not kept."""
    if isinstance(error, openai.APITimeoutError):
        return ModelTimedOutError()
    if begun:
        return ModelCutShortError(type(error).__name__)
    if not isinstance(error, openai.APIStatusError):
        return ModelUnavailableError(type(error).__name__)
    status = error.status_code
    if status == TOO_MANY:
        return ModelBusyError(f"HTTP {status}")
    return ModelUnavailableError(f"HTTP {status}") if status >= OVERLOADED else ModelRejectedError(f"HTTP {status}")


def seconds_to_wait(error: openai.APIError, tries: int) -> float | None:
    """The pause before the next try; None where another would end the same."""
    if isinstance(error, openai.APITimeoutError):
        return None
    if not isinstance(error, openai.APIStatusError):
        return FIRST_PAUSE * 2 ** (tries - 1) if isinstance(error, openai.APIConnectionError) else None
    if error.status_code != TOO_MANY and error.status_code < OVERLOADED:
        return None
    asked_for = error.response.headers.get("retry-after", "")
    return float(asked_for) if asked_for.isdecimal() else FIRST_PAUSE * 2 ** (tries - 1)
