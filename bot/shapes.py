"""The shape of what Slack brings: the fields that listeners and Bolt itself rely on, each of the type that it has.

Looked at once, at the door: behind it a listener may take an id for a word and a click for something that was clicked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

Word = Annotated[str, StringConstraints(max_length=3000, pattern=r"^[^\s\x00-\x1f\x7f]*$")]
"""An id, an address or what a button carries: without spaces, of whole letters, no longer than Slack allows."""
Id = Annotated[Word, StringConstraints(min_length=1)]
Address = Annotated[str, StringConstraints(max_length=3000, pattern=r"^https?://[!-~]+$")]
Time = Annotated[str, StringConstraints(pattern=r"^\d{1,12}\.\d{1,9}$")]
"""When a message was written, which is its id as well."""
EVENT = "event_callback"
CLICK, SUBMISSION, CLOSING = "block_actions", "view_submission", "view_closed"


class _Shape(BaseModel):
    """Fields that are not named here are nobody's concern."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Named(_Shape):
    """A person, a workspace or a channel."""

    id: Id
    team_id: Word | None = None
    enterprise_id: Word | None = None


class _Option(_Shape):
    value: Word


class _Chosen(_Shape):
    """What an element of a form holds; what people wrote may be of any letters."""

    value: str | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_user: Word | None = None
    selected_users: list[Word] | None = None
    selected_conversation: Word | None = None
    selected_conversations: list[Word] | None = None
    selected_channel: Word | None = None
    selected_date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    selected_time: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    selected_date_time: Annotated[int, Field(ge=0, lt=10**10)] | None = None


class _Action(_Chosen):
    """What was clicked; a menu of ours always says what was chosen in it."""

    type: Word
    action_id: Id
    action_ts: Word
    block_id: Word = ""
    value: Word | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.type == "static_select" and self.selected_option is None:
            kind = "nothing_chosen"
            raise PydanticCustomError(kind, "nothing is chosen")
        return self


class _State(_Shape):
    values: dict[str, dict[str, _Chosen]] = {}


class _View(_Shape):
    id: Id
    type: Word
    callback_id: Word
    hash: Word | None = None
    private_metadata: Annotated[str, StringConstraints(max_length=3000)]
    team_id: Word | None = None
    app_installed_team_id: Word | None = None
    state: _State = _State()


class _Edited(_Shape):
    ts: Time


class _Written(_Shape):
    """A message, as far as it is looked at; where somebody comes, the author is told with more than an id."""

    ts: Time | None = None
    thread_ts: Time | None = None
    user: Word | _Named | None = None
    bot_id: Word | None = None
    text: str | None = None
    subtype: Word | None = None
    team: Word | None = None
    user_team: Word | None = None
    files: list[dict[str, Any]] | None = None
    edited: _Edited | None = None


class _Event(_Written):
    type: Word
    channel: Word | _Named | None = None
    channel_type: Word | None = None
    tab: Word | None = None
    deleted_ts: Time | None = None
    message: _Written | None = None
    previous_message: _Written | None = None
    item: _Shape | None = None
    view: _View | None = None

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        needed: Mapping[str, tuple[object, ...]] = {
            "message": (isinstance(self.channel, str), self.ts, not isinstance(self.user, _Named)),
            "app_mention": (isinstance(self.channel, str), self.ts, isinstance(self.user, str)),
            "app_home_opened": (isinstance(self.channel, str), isinstance(self.user, str)),
            "team_join": (isinstance(self.user, _Named),),
        }
        if not all(needed.get(self.type, ())):
            kind = "incomplete"
            raise PydanticCustomError(kind, "something is missing")
        return self


class _Whence(_Shape):
    """Which installation of the bot is meant."""

    team_id: Word | None = None
    user_id: Word | None = None
    enterprise_id: Word | None = None
    is_enterprise_install: bool | None = None


class _Response(_Shape):
    response_url: Address
    channel_id: Word


class _Body(_Shape):
    """What everything has that Slack brings, where it has it."""

    type: Word = ""
    team: _Named | None = None
    team_id: Word | None = None
    enterprise: _Named | None = None
    enterprise_id: Word | None = None
    context_team_id: Word | None = None
    user: _Named | None = None
    user_id: Word | None = None
    channel: _Named | None = None
    channel_id: Word | None = None
    trigger_id: Word | None = None
    callback_id: Word | None = None
    response_url: Address | None = None
    response_urls: Annotated[list[_Response], Field(max_length=1)] = []
    """Bolt itself stumbles over several."""
    is_enterprise_install: bool | Word | None = None
    authorizations: list[_Whence] | None = None


class _Told(_Body):
    """An event."""

    team_id: Word
    event: _Event
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

    user: _Named
    team: _Named
    view: _View | None = None


class _Container(_Shape):
    message_ts: Time | None = None
    thread_ts: Time | None = None
    channel_id: Word | None = None


class _Clicked(_Done):
    trigger_id: Word
    actions: Annotated[list[_Action], Field(min_length=1)]
    container: _Container
    message: _Written | None = None


class _Closed(_Done):
    view: _View


class _Submitted(_Closed):
    trigger_id: Id


class _Shortcut(_Done):
    callback_id: Word
    trigger_id: Id


class _MessageShortcut(_Shortcut):
    message: _Written
    channel: _Named
    response_url: Address


_SHAPES: Mapping[str, type[_Shape]] = {
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


_NAMED: tuple[type[_Shape], ...] = (*_SHAPES.values(), _Commanded, _Event, _Action, _View, _State)
_FIELDS = frozenset(name for shape in _NAMED for name in shape.model_fields)
