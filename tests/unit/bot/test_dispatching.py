"""What a request tells of workspaces: which channels it names, and whether Solmu was removed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dispatching import channels_in, tells_of_removal


@pytest.mark.parametrize(
    ("body", "channels"),
    [
        ({"event": {"type": "app_mention", "channel": "C1"}}, ["C1"]),
        ({"event": {"type": "message", "channel": "D1"}}, []),
        ({"event": {"type": "channel_archive", "channel": {"id": "G1"}}}, ["G1"]),
        ({"command": "/kysy", "channel_id": "C2"}, ["C2"]),
        ({"type": "block_actions", "channel": {"id": "C3", "name": "yleinen"}}, ["C3"]),
        ({"event": {"type": "app_home_opened", "channel": None}}, []),
    ],
)
def test_a_request_names_the_channel_that_it_happened_in(body: dict[str, Any], channels: list[str]) -> None:
    """Direct messages are nobody's channel: they are opened anew whenever they are needed."""
    assert list(channels_in(body)) == channels


def test_a_form_names_the_channels_that_were_chosen_in_it() -> None:
    """Whoever announces something chooses among the channels of their own workspace."""
    values = {
        "one": {"channel": {"type": "conversations_select", "selected_conversation": "C1"}},
        "many": {"channels": {"type": "multi_channels_select", "selected_channels": ["C2", "G3"]}},
        "text": {"text": {"type": "plain_text_input", "value": "C9 ei ole kanava"}},
        "none": {"channel": {"type": "channels_select", "selected_channel": None}},
    }
    assert list(channels_in({"type": "view_submission", "view": {"state": {"values": values}}})) == ["C1", "C2", "G3"]


def test_what_people_write_about_a_channel_does_not_count() -> None:
    """Else a message that names another workspace's channel would lead its announcements astray."""
    quoted = [{"type": "rich_text", "elements": [{"type": "channel", "channel_id": "C9"}]}]
    body = {"event": {"type": "message", "channel": "C1", "text": "<#C9>", "blocks": quoted}}
    assert list(channels_in(body)) == ["C1"]


@pytest.mark.parametrize(
    ("event", "is_removed"),
    [
        ({"type": "app_uninstalled"}, True),
        ({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U9"]}}, True),
        ({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}, False),
        ({"type": "tokens_revoked"}, False),
        ({"type": "message", "text": "app_uninstalled"}, False),
    ],
)
def test_only_the_loss_of_the_bots_own_token_is_a_removal(event: dict[str, Any], *, is_removed: bool) -> None:
    """A person who takes back their own permission takes nothing from the workspace."""
    assert tells_of_removal(event) is is_removed
