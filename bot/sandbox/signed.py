"""Signed HTTP: every envelope posted to the bot's own address, with Slack's signature over it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.courier import COMMANDS, EVENTS, NotAcknowledgedError
from bot.sandbox.values import Payload

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a request."""
    mac = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={mac.hexdigest()}"


def encoded(kind: str, payload: Payload) -> tuple[str, bytes]:
    """Content type and body of a request: events as JSON, commands as a form, clicks as JSON within a form."""
    if kind == EVENTS:
        return "application/json", json.dumps(payload).encode()
    return FORM, urlencode(payload if kind == COMMANDS else {"payload": json.dumps(payload)}).encode()


class SignedHttp:
    """Posts to the bot's address. A Transport."""

    def __init__(self, url: str, secret: str, ack_seconds: float) -> None:
        """Reach the bot at `url`, which has `ack_seconds` to reply."""
        self._url = url
        self._secret = secret
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)

    async def ready(self) -> None:
        """Return at once: whether the bot listens shows when it is posted to."""
        await asyncio.sleep(0)

    async def send(self, kind: str, payload: Payload, number: int, reason: str) -> Payload:
        """Post it and return what the reply carried; raises NotAcknowledgedError."""
        content_type, body = encoded(kind, payload)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return await self._post(body, headers)

    async def _post(self, body: bytes, headers: dict[str, str]) -> Payload:
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(self._url, data=body, headers=headers) as reply,
            ):
                text = await reply.text()
                if not reply.ok:
                    raise NotAcknowledgedError("http_error", final=reply.headers.get("X-Slack-No-Retry") == "1")
                return _answer(text)
        except TimeoutError as error:
            raise NotAcknowledgedError("http_timeout") from error
        except aiohttp.ClientError as error:
            raise NotAcknowledgedError("connection_failed") from error


def _answer(text: str) -> Payload:
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text} if text else {}
    return answer if isinstance(answer, dict) else {}
