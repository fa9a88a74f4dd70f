"""The elements of Block Kit that hold a choice or a text: Slack's names for them, and the state that they make up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.sandbox.values import Payload

ANYWHERE = frozenset({"section", "actions", "input"})
NOT_BESIDE_TEXT = frozenset({"actions", "input"})
INPUT_ONLY = frozenset({"input"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of element: where its value stands in a state, where its first value does, and in which blocks it may."""

    chosen: str
    initial: str
    places: frozenset[str] = ANYWHERE

    @property
    def empty(self) -> object:
        """What the state holds where nothing is chosen."""
        return [] if self.chosen.endswith("s") else None


KINDS: Mapping[str, Kind] = {
    "static_select": Kind("selected_option", "initial_option"),
    "users_select": Kind("selected_user", "initial_user"),
    "conversations_select": Kind("selected_conversation", "initial_conversation"),
    "channels_select": Kind("selected_channel", "initial_channel"),
    "multi_static_select": Kind("selected_options", "initial_options"),
    "multi_users_select": Kind("selected_users", "initial_users"),
    "multi_conversations_select": Kind("selected_conversations", "initial_conversations"),
    "multi_channels_select": Kind("selected_channels", "initial_channels"),
    "checkboxes": Kind("selected_options", "initial_options"),
    "radio_buttons": Kind("selected_option", "initial_option"),
    "datepicker": Kind("selected_date", "initial_date"),
    "timepicker": Kind("selected_time", "initial_time"),
    "datetimepicker": Kind("selected_date_time", "initial_date_time", NOT_BESIDE_TEXT),
    "plain_text_input": Kind("value", "initial_value", INPUT_ONLY),
    "number_input": Kind("value", "initial_value", INPUT_ONLY),
    "email_text_input": Kind("value", "initial_value", INPUT_ONLY),
    "url_text_input": Kind("value", "initial_value", INPUT_ONLY),
    "file_input": Kind("files", "initial_files", INPUT_ONLY),
}


def elements_of(block: Payload) -> Iterator[Payload]:
    """Every element within a block."""
    for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
        if isinstance(element, dict):
            yield element


def state_of(blocks: Sequence[Payload], entered: Payload) -> Payload:
    """What all elements hold, by block id and action id: what was entered, else what they began with."""
    values: Payload = {}
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in KINDS:
                was = entered.get(block["block_id"], {}).get(element["action_id"], {})
                values.setdefault(block["block_id"], {})[element["action_id"]] = _value(element, was)
    return values


def _value(element: Payload, entered: Payload) -> Payload:
    name = element["type"]
    kind = KINDS[name]
    began: Payload = {"type": name, kind.chosen: element.get(kind.initial, kind.empty)}
    if "timezone" in element:
        began["timezone"] = element["timezone"]
    # An element of another kind under the same ids has nothing to do with what was entered before.
    return began | (entered if entered.get("type", name) == name else {})


def with_entered(before: Payload, now: Payload) -> Payload:
    """Two states as one, in which the later has the last word on each element."""
    blocks = (*before, *(block for block in now if block not in before))
    return {block: {**before.get(block, {}), **now.get(block, {})} for block in blocks}
