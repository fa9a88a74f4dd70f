"""Whether a message that stands in Slack says what it should."""

from __future__ import annotations

import pytest

from bot.delivery import Outgoing
from bot.standing_messages import says

BUTTON = {"type": "button", "action_id": "yes", "value": "i1"}
MESSAGE = Outgoing("Hei!", [{"type": "section", "text": {"text": "Hei!"}}, {"type": "actions", "elements": [BUTTON]}])


def test_what_slack_adds_is_no_difference() -> None:
    """Ids of blocks, and what goes without saying of each part."""
    section = {"type": "section", "block_id": "a1", "text": {"text": "Hei!", "emoji": True}}
    listed = [section, {"type": "actions", "block_id": "a2", "elements": [BUTTON | {"style": "default"}]}]
    assert says({"ts": "1.0", "text": "Hei!", "blocks": listed}, MESSAGE)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Moi!", MESSAGE.blocks),
        ("Hei!", MESSAGE.blocks[:1]),
        ("Hei!", [*MESSAGE.blocks, {"type": "divider"}]),
        ("Hei!", [MESSAGE.blocks[0], {"type": "actions", "elements": [BUTTON | {"value": "i2"}]}]),
        ("Hei!", [MESSAGE.blocks[0], {"type": "actions", "elements": "none"}]),
        ("Hei!", ["section", MESSAGE.blocks[1]]),
    ],
)
def test_every_other_word_is(text: str, blocks: list[object]) -> None:
    """In the notification or in any block, however deep, also where one is missing or there is one more."""
    assert not says({"text": text, "blocks": blocks}, MESSAGE)


def test_a_message_without_blocks_is_only_its_text() -> None:
    """Slack lists none then."""
    assert says({"text": "Hei!"}, Outgoing("Hei!", []))
    assert not says({"text": "Hei!"}, MESSAGE)
