"""The shape of what Slack brings: the fields that listeners and Bolt itself rely on, each of the type that it has.

Looked at once, at the door: behind it a listener may take an id for a word and a click for something that was clicked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, ValidationError

from bot.shape_parts import Action, Address, Event, Id, Named, Shape, State, Time, View, Word, Written

EVENT = "event_callback"
CLICK, SUBMISSION, CLOSING = "block_actions", "view_submission", "view_closed"


class _Whence(Shape):
    """Which installation of the bot is meant."""

    team_id: Word | None = None
    user_id: Word | None = None
    enterprise_id: Word | None = None
    is_enterprise_install: bool | None = None


class _Response(Shape):
    response_url: Address
    channel_id: Word


class _Body(Shape):
    """What everything has that Slack brings, where it has it."""

    type: Word = ""
    team: Named | None = None
    team_id: Word | None = None
    enterprise: Named | None = None
    enterprise_id: Word | None = None
    context_team_id: Word | None = None
    user: Named | None = None
    user_id: Word | None = None
    channel: Named | None = None
    channel_id: Word | None = None
    trigger_id: Word | None = None
    callback_id: Word | None = None
    response_url: Address | None = None
    response_urls: Annotated[list[_Response], Field(max_length=1, default_factory=list)]
    """Bolt itself stumbles over several."""
    is_enterprise_install: bool | Word | None = None
    authorizations: list[_Whence] | None = None


class _Told(_Body):
    """An event."""

    team_id: Word
    event: Event
    event_id: Word = ""
    event_time: Annotated[int, Field(ge=0, lt=10**10)] | None = None


class _Commanded(_Body):
    """A slash command."""

    command: Word
    text: str = ""
    team_id: Word
    user_id: Word
    channel_id: Word
    trigger_id: Word
    response_url: Address


class _Done(_Body):
    """Whatever somebody clicked on or filled in."""

    user: Named
    team: Named
    view: View | None = None


class _Container(Shape):
    message_ts: Time | None = None
    thread_ts: Time | None = None
    channel_id: Word | None = None


class _There(Written):
    """A message that stands somewhere: what it is updated by is its time."""

    ts: Time


class _Clicked(_Done):
    trigger_id: Word
    actions: Annotated[list[Action], Field(min_length=1)]
    container: _Container
    message: _There | None = None


class _Closed(_Done):
    view: View


class _Submitted(_Closed):
    trigger_id: Id


class _Shortcut(_Done):
    callback_id: Word
    trigger_id: Id


class _MessageShortcut(_Shortcut):
    message: _There
    channel: Named
    response_url: Address


_SHAPES: Mapping[str, type[Shape]] = {
    EVENT: _Told,
    CLICK: _Clicked,
    SUBMISSION: _Submitted,
    CLOSING: _Closed,
    "shortcut": _Shortcut,
    "message_action": _MessageShortcut,
}


def flaw(body: object) -> str:
    """Which field is not as it must be, in the words of the shape and none of the payload's; empty where all are."""
    if not isinstance(body, dict):
        return "it is no object"
    kind = body.get("type")
    shape = _Commanded if "command" in body and kind is None else _SHAPES.get(str(kind), _Body)
    try:
        shape.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"{shape.__name__.strip('_')}.{'.'.join(_shown(step) for step in first['loc'])}: {first['type']}"
    return ""


def _shown(step: int | str) -> str:
    """A step of the way to a field; what people or forms name themselves is longer than any field's name, or odd."""
    return str(step) if isinstance(step, int) or step in _FIELDS else "*"


_NAMED: tuple[type[Shape], ...] = (*_SHAPES.values(), _Commanded, Event, Action, View, State)
_FIELDS = frozenset(name for shape in _NAMED for name in shape.model_fields)
