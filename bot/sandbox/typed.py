"""What a person types in the composer, turned into the text that Slack stores and sends to apps."""

from __future__ import annotations

import re

from bot.sandbox.workspace import Workspace

BROADCASTS = {"channel": "<!channel>", "here": "<!here>", "everyone": "<!everyone>"}
CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
SPECIAL = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"])"
    r"|(?<![\w@#/])@(?P<person>[\w.-]*\w)"
    r"|(?<![\w@#/&])#(?P<channel>[\w-]+)"
)


def as_slack(typed: str, workspace: Workspace) -> str:
    """Escape the three characters, then mark mentions, channels and addresses outside code."""
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    handles = {person.handle: person.id for person in workspace.people.values()}
    channels = {channel.name: channel.id for channel in workspace.channels.values() if not channel.is_direct}

    def marked(found: re.Match[str]) -> str:
        if found["url"]:
            return f"<{found['url']}>"
        if found["person"]:
            handle = found["person"].lower()
            mention = f"<@{handles[handle]}>" if handle in handles else found[0]
            return BROADCASTS.get(handle, mention)
        name = found["channel"].lower()
        return f"<#{channels[name]}|{name}>" if name in channels else found[0]

    parts = CODE.split(escaped)
    return "".join(part if index % 2 else SPECIAL.sub(marked, part) for index, part in enumerate(parts))
