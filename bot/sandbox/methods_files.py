"""The files.* methods of the Web API."""

from __future__ import annotations

from bot.sandbox.methods_chat import Method, place, required
from bot.sandbox.slack import Slack
from bot.sandbox.values import BOT, Message, Payload
from bot.sandbox.workspace import ApiError


def get_upload_url(slack: Slack, arguments: Payload) -> Payload:
    """files.getUploadURLExternal."""
    name = required(arguments, "filename")
    if not str(arguments.get("length") or "").isdigit():
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: length"])
    file_id, url = slack.files.expect(name)
    return {"file_id": file_id, "upload_url": url}


def complete_upload(slack: Slack, arguments: Payload) -> Payload:
    """files.completeUploadExternal: the files become a message in the channel, or in each of several."""
    several = str(arguments.get("channels") or "").replace(" ", "").split(",")
    named: list[Payload] = [{"channel": name} for name in several if name] or [{"channel": arguments.get("channel_id")}]
    channels = [place(slack, each) for each in named]
    asked = arguments.get("files")
    if not isinstance(asked, list) or not asked:
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: files"])
    files = tuple(slack.files.complete(str(each.get("id")), str(each.get("title") or "")) for each in asked)
    comment, thread = str(arguments.get("initial_comment") or ""), str(arguments.get("thread_ts") or "")
    for channel in channels:
        slack.say(Message(channel.id, "", BOT, comment, thread=thread, files=files))
    return {"files": list(files)}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
}
