"""What a click carries, read so that one which carries something else is passed over in a sentence of the log.

Slack signs what was clicked, but a button may be older than this version, and nobody vouches for what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


class PayloadError(ValueError):
    """Something that was clicked or filled in does not say what it has to; the words are none of the payload's."""


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn a field that is missing, or says what nobody knows, into a PayloadError that names `what` was read."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError) as error:
        message = f"{what} does not say what it has to ({type(error).__name__})"
        raise PayloadError(message) from None


def clicked_value(body: Mapping[str, Any]) -> str:
    """What the clicked button carries; raises PayloadError."""
    with reading("a button"):
        return str(body["actions"][0]["value"])


def chosen_value(body: Mapping[str, Any]) -> str:
    """What was chosen in the menu that was clicked; raises PayloadError."""
    with reading("a menu"):
        return str(body["actions"][0]["selected_option"]["value"])


def left_by_first_half(context: Mapping[str, Any], name: str) -> Any:
    """What a listener's first half left for its slow one; raises PayloadError where that half passed the click over."""
    with reading("a click"):
        return context[name]


def window_of(body: Mapping[str, Any]) -> str:
    """The id of the window in which something was clicked; raises PayloadError."""
    with reading("a window"):
        return str(body["view"]["id"])


def where_to_respond(body: Mapping[str, Any]) -> str:
    """The address under which what was clicked can be changed; raises PayloadError."""
    with reading("a click"):
        return str(body["response_url"])
