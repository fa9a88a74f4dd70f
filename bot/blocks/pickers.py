"""Fields in which a day, a time, a moment or channels are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.blocks.elements import Block, plain
from bot.blocks.forms import LABEL


def day_picker(chosen: date) -> Block:
    """A calendar; `date.max` for no day yet."""
    made: Block = {"type": "datepicker"}
    return made if chosen == date.max else made | {"initial_date": chosen.isoformat()}


def time_picker(chosen: time) -> Block:
    """A clock; `time.max` for no time yet."""
    made: Block = {"type": "timepicker"}
    return made if chosen == time.max else made | {"initial_time": f"{chosen:%H:%M}"}


def moment_picker(chosen: datetime) -> Block:
    """A day and a time on the reader's own clock."""
    return {"type": "datetimepicker", "initial_date_time": int(chosen.timestamp())}


def channels_picker(chosen: Sequence[str], most: int) -> Block:
    """Several channels."""
    made: Block = {"type": "multi_conversations_select", "max_selected_items": most, "filter": _CHANNELS}
    return made | ({"initial_conversations": list(chosen)} if chosen else {})


def channel_picker(placeholder: str) -> Block:
    """One channel."""
    return {"type": "conversations_select", "placeholder": plain(placeholder, LABEL), "filter": _CHANNELS}


_CHANNELS = {"include": ["public", "private"], "exclude_bot_users": True}
