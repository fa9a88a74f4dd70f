"""Files: the bot's, first an address for the bytes, then a message that carries them; and those of people."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass, replace
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.values import Payload
from bot.sandbox.workspace import ApiError


@dataclass(frozen=True, slots=True)
class File:
    """An upload. `content` is None until its bytes have come; `title` is what people see."""

    id: str
    name: str
    title: str
    content: bytes | None = None

    @property
    def kind(self) -> str:
        """Its MIME type, by its name."""
        if self.name.lower().endswith(".ics"):
            return "text/calendar"  # which not every machine knows
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class Files:
    """Every file of the workspace."""

    def __init__(self, base: str, bot_token: str) -> None:
        """Serve them below `base`; downloads need the bot's token, as Slack's do."""
        self._base = base
        self._bot_token = bot_token
        self._keys: dict[str, str] = {}
        self._files: dict[str, File] = {}

    def expect(self, name: str) -> tuple[str, str]:
        """The id of a file to come, and the address to post its bytes to."""
        key, file_id = secrets.token_urlsafe(18), f"F{secrets.token_hex(5).upper()}"
        self._keys[key] = file_id
        self._files[file_id] = File(file_id, name, name)
        return file_id, f"{self._base}/upload/{key}"

    def complete(self, file_id: str, title: str) -> Payload:
        """The file as a message carries it; raises ApiError where its bytes have not come."""
        file = self.find(file_id)
        if file.content is None:
            raise ApiError("file_not_found")
        self._files[file_id] = file = replace(file, title=title or file.name)
        return {
            "id": file.id,
            "name": file.name,
            "title": file.title,
            "mimetype": file.kind,
            "filetype": file.name.rpartition(".")[2].lower(),
            "size": len(file.content or b""),
            "url_private": f"{self._base}/files/{file.id}/{quote(file.name)}",
            "url_private_download": f"{self._base}/download/{file.id}/{quote(file.name)}",
        }

    def keep(self, name: str, content: bytes) -> Payload:
        """Take in a person's file; returns it as a message or a form carries it."""
        file_id, _ = self.expect(name)
        self._files[file_id] = replace(self._files[file_id], content=content)
        return self.complete(file_id, name)

    def find(self, file_id: str) -> File:
        """The file of that id; raises ApiError."""
        if file_id not in self._files:
            raise ApiError("file_not_found")
        return self._files[file_id]

    async def receive(self, request: web.Request) -> web.Response:
        """POST /upload/{key}: the bytes of a file, once."""
        file_id = self._keys.pop(request.match_info["key"], "")
        if not file_id:
            return web.Response(text="no such upload", status=404)
        self._files[file_id] = replace(self._files[file_id], content=await request.read())
        return web.Response(text="OK")

    async def take(self, request: web.Request) -> web.Response:
        """POST /_standin/upload?name=…: a person's file, for a form or a message."""
        return web.json_response({"ok": True, "file": self.keep(request.query["name"], await request.read())})

    async def download(self, request: web.Request) -> web.Response:
        """GET /download/{id}/{name}: the bytes for whoever has the bot's token; a page to sign in for others."""
        file = self._files.get(request.match_info["id"])
        if request.headers.get("Authorization") != f"Bearer {self._bot_token}":
            # So does Slack, with a page and no error.
            return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
        if file is None or file.content is None:
            return web.Response(text="no such file", status=404)
        return web.Response(body=file.content, content_type=file.kind)

    async def serve(self, request: web.Request) -> web.Response:
        """GET /files/{id}/{name}: a picture to be shown, anything else to be kept."""
        file = self._files.get(request.match_info["id"])
        if file is None or file.content is None:
            return web.Response(text="no such file", status=404)
        shown = "inline" if file.kind == "image/png" else "attachment"
        return web.Response(body=file.content, content_type=file.kind, headers={"Content-Disposition": shown})
