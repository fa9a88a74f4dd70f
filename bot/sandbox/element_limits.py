"""Slack's documented limits on buttons, menus, pickers and fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from zoneinfo import available_timezones

from bot.sandbox.checks import Problems, count, length, plain, text
from bot.sandbox.elements import KINDS
from bot.sandbox.values import Payload

IDENTIFIER = 255
TYPED = 3000
LABELLED = {"button", "workflow_button"}
CHOOSING = {"static_select": 100, "multi_static_select": 100, "overflow": 5, "checkboxes": 10, "radio_buttons": 10}
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
MOMENT_DIGITS = 10
MOST_FILES = 10
OTHER_PLACES = {
    "button": {"section", "actions"},
    "workflow_button": {"section", "actions"},
    "overflow": {"section", "actions"},
    "image": {"section"},
    "feedback_buttons": {"context_actions"},
    "icon_button": {"context_actions"},
}
"""Where the elements may stand that hold no state."""
PLACES: Mapping[str, set[str] | frozenset[str]] = OTHER_PLACES | {name: kind.places for name, kind in KINDS.items()}


def element_problems(element: Payload, pointer: str, block: str) -> Problems:
    """What is wrong with an element in a block of this type."""
    kind = str(element.get("type") or "")
    if block not in PLACES.get(kind, ()):
        yield f"{pointer}/type", f"unsupported type in a block of type {block}: {kind or 'none'}"
        return
    if "action_id" in element:
        yield from length(element["action_id"], f"{pointer}/action_id", IDENTIFIER)
    if "placeholder" in element:
        yield from plain(element["placeholder"], f"{pointer}/placeholder", 150)
    if kind in LABELLED:
        yield from _label(element, pointer)
    if kind in CHOOSING and "option_groups" not in element:
        yield from _options(element, pointer)
    if kind in FIELDS:
        yield from FIELDS[kind](element, pointer)
    if "max_selected_items" in element and not element["max_selected_items"] >= 1:
        yield f"{pointer}/max_selected_items", "must be at least 1"


def _label(element: Payload, pointer: str) -> Problems:
    yield from plain(element.get("text"), f"{pointer}/text", 75)
    yield from length(element.get("value", ""), f"{pointer}/value", 2000, 0)
    yield from length(element.get("url", ""), f"{pointer}/url", 3000, 0)


def _options(element: Payload, pointer: str) -> Problems:
    options = element.get("options")
    yield from count(options, f"{pointer}/options", CHOOSING[element["type"]])
    for index, option in enumerate(options or []):
        yield from text(option.get("text"), f"{pointer}/options/{index}/text", 75)
        yield from length(option.get("value"), f"{pointer}/options/{index}/value", 150)
    offered = {option.get("value") for option in options or []}
    first = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    if any(option.get("value") not in offered for option in first):
        yield f"{pointer}/options", "the initial option is none of the options"


def _date(element: Payload, pointer: str) -> Problems:
    first = element.get("initial_date", "2000-01-01")
    try:
        is_date = date.fromisoformat(first).isoformat() == first
    except (TypeError, ValueError):
        is_date = False
    if not is_date:
        yield f"{pointer}/initial_date", "must be a date as YYYY-MM-DD"


def _time(element: Payload, pointer: str) -> Problems:
    if not TIME.fullmatch(str(element.get("initial_time", "00:00"))):
        yield f"{pointer}/initial_time", "must be a time as HH:mm"
    if element.get("timezone", "UTC") not in available_timezones():
        yield f"{pointer}/timezone", "must be the name of a time zone"


def _moment(element: Payload, pointer: str) -> Problems:
    moment = element.get("initial_date_time", 10**9)
    if not isinstance(moment, int) or len(str(moment)) != MOMENT_DIGITS:
        yield f"{pointer}/initial_date_time", "must be seconds since the epoch, of ten digits"


def _typed(element: Payload, pointer: str) -> Problems:
    yield from length(element.get("initial_value", ""), f"{pointer}/initial_value", TYPED, 0)
    least, most = element.get("min_length", 0), element.get("max_length", TYPED)
    if not 0 <= least <= most <= TYPED:
        yield f"{pointer}/max_length", f"lengths must lie within 0 and {TYPED}"


def _number(element: Payload, pointer: str) -> Problems:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        yield f"{pointer}/is_decimal_allowed", "missing required field: is_decimal_allowed"
    for name in ("initial_value", "min_value", "max_value"):
        value = element.get(name, "0")
        if not isinstance(value, str) or not NUMBER.fullmatch(value):
            yield f"{pointer}/{name}", "must be a number as text"


def _conversations(element: Payload, pointer: str) -> Problems:
    if "filter" in element and not element["filter"]:
        yield f"{pointer}/filter", "must have at least one field"
    kinds = element.get("filter", {}).get("include", ["public"])
    if not kinds or not set(kinds) <= {"im", "mpim", "private", "public"}:
        yield f"{pointer}/filter/include", "must be some of im, mpim, private and public"


def _files(element: Payload, pointer: str) -> Problems:
    if not 1 <= element.get("max_files", MOST_FILES) <= MOST_FILES:
        yield f"{pointer}/max_files", f"must lie within 1 and {MOST_FILES}"


FIELDS: Mapping[str, Callable[[Payload, str], Problems]] = {
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _moment,
    "plain_text_input": _typed,
    "number_input": _number,
    "conversations_select": _conversations,
    "multi_conversations_select": _conversations,
    "file_input": _files,
}
