"""An acknowledgement that says something, to whoever wrote the command alone."""

from __future__ import annotations

from slack_bolt import Ack

from bot.delivery import Outgoing


def tell(ack: Ack, message: Outgoing) -> None:
    """Acknowledge with a message that nobody else sees."""
    ack(text=message.text, blocks=message.blocks, response_type="ephemeral", unfurl_links=False, unfurl_media=False)
