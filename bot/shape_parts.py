"""The parts that Slack's requests are made of: words, choices, windows and messages, each of the type that it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Word = Annotated[str, StringConstraints(max_length=3000, pattern=r"^[^\s\x00-\x1f\x7f]*$")]
"""An id, an address or what a button carries: without spaces, of whole letters, no longer than Slack allows."""
Id = Annotated[Word, StringConstraints(min_length=1)]
Address = Annotated[str, StringConstraints(max_length=3000, pattern=r"^https?://[!-~]+$")]
Time = Annotated[str, StringConstraints(pattern=r"^\d{1,12}\.\d{1,9}$")]
"""When a message was written, which is its id as well."""


class Shape(BaseModel):
    """Fields that are not named here are nobody's concern."""

    model_config = ConfigDict(strict=True, extra="ignore")


class Named(Shape):
    """A person, a workspace or a channel."""

    id: Id
    team_id: Word | None = None
    enterprise_id: Word | None = None


class Option(Shape):
    """What was chosen of a list."""

    value: Word


class Chosen(Shape):
    """What an element of a form holds; what people wrote may be of any letters."""

    value: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_user: Word | None = None
    selected_users: list[Word] | None = None
    selected_conversation: Word | None = None
    selected_conversations: list[Word] | None = None
    selected_channel: Word | None = None
    selected_date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    selected_time: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    selected_date_time: Annotated[int, Field(ge=0, lt=10**10)] | None = None


class Action(Chosen):
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


class State(Shape):
    """What is filled in, by block and field."""

    values: dict[str, dict[str, Chosen]] = {}


class View(Shape):
    """A window or a Home tab."""

    id: Id
    type: Word
    callback_id: Word
    hash: Word | None = None
    private_metadata: Annotated[str, StringConstraints(max_length=3000)]
    team_id: Word | None = None
    app_installed_team_id: Word | None = None
    state: State = State()


class Edited(Shape):
    """When a message was changed."""

    ts: Time


class Written(Shape):
    """A message, as far as it is looked at; where somebody comes, the author is told with more than an id."""

    ts: Time | None = None
    thread_ts: Time | None = None
    user: Word | Named | None = None
    bot_id: Word | None = None
    text: str | None = None
    subtype: Word | None = None
    team: Word | None = None
    user_team: Word | None = None
    files: list[dict[str, Any]] | None = None
    edited: Edited | None = None


class Event(Written):
    """What happened, a message above all."""

    type: Word
    channel: Word | Named | None = None
    channel_type: Word | None = None
    tab: Word | None = None
    deleted_ts: Time | None = None
    message: Written | None = None
    previous_message: Written | None = None
    item: Shape | None = None
    view: View | None = None

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        needed: Mapping[str, tuple[object, ...]] = {
            "message": (isinstance(self.channel, str), self.ts, not isinstance(self.user, Named)),
            "app_mention": (isinstance(self.channel, str), self.ts, isinstance(self.user, str)),
            "app_home_opened": (isinstance(self.channel, str), isinstance(self.user, str)),
            "team_join": (isinstance(self.user, Named),),
            "user_change": (isinstance(self.user, Named),),
        }
        if not all(needed.get(self.type, ())):
            kind = "incomplete"
            raise PydanticCustomError(kind, "something is missing")
        return self
