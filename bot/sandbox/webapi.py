"""The Web API over HTTP: reading arguments, checking the token, meeting faults, and recording every call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial

from aiohttp import web

from bot.sandbox import methods_chat, methods_files, methods_oauth, methods_surfaces, methods_workspace, streams
from bot.sandbox.calls import Call, Fault
from bot.sandbox.methods_chat import Method, respond
from bot.sandbox.methods_oauth import client_of
from bot.sandbox.slack import Slack
from bot.sandbox.values import Payload
from bot.sandbox.workspace import ApiError

METHODS: dict[str, Method] = (
    methods_chat.METHODS
    | streams.METHODS
    | methods_files.METHODS
    | methods_oauth.METHODS
    | methods_surfaces.METHODS
    | methods_workspace.METHODS
)
TOO_FAST = "ratelimited"
OPEN_SOCKET = "apps.connections.open"
JSON_ARGUMENTS = {"blocks", "attachments", "view", "metadata", "prompts", "loading_messages", "files", "chunks"}
SCOPES = (
    "app_mentions:read,assistant:write,channels:history,channels:read,chat:write,commands,files:read,files:write,"
    "groups:history,groups:read,im:history,im:read,im:write,mpim:history,mpim:write,reactions:read,reactions:write,"
    "usergroups:read,users:read"
)
SECRET = {"token", "code", "client_secret"}
"""Arguments that the record of calls leaves out."""
NEEDED = {"conversations.join": "channels:join"}
"""Scopes without which a method is refused: those that an app easily forgets to ask for."""


def _unknown(slack: Slack, arguments: Payload) -> Payload:
    del slack, arguments
    raise ApiError("unknown_method")


async def read_arguments(request: web.Request) -> Payload:
    """The arguments of a call, from the query, a form or a JSON body, whichever are there; raises ApiError."""
    arguments: Payload = dict(request.query)
    raw = await request.read()
    if raw and request.content_type == "application/json":
        try:
            arguments |= json.loads(raw)
        except (ValueError, TypeError) as error:
            raise ApiError("invalid_json") from error
    elif raw:
        arguments |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return {name: _decoded(name, value) for name, value in arguments.items() if value is not None}


def _decoded(name: str, value: object) -> object:
    if name in JSON_ARGUMENTS and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError as error:
            raise ApiError("invalid_arguments", [f"[ERROR] {name} is not JSON"]) from error
    return value


class WebApi:
    """Answers POST and GET /api/{method} and POST /response/{key}."""

    def __init__(self, slack: Slack, socket_url: str) -> None:
        """Serve this workspace; `socket_url` is where a Socket Mode client is sent."""
        self._slack = slack
        self._socket_url = socket_url
        self._tickets = 0

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One Web API call."""
        method = request.match_info["method"]
        try:
            arguments = await read_arguments(request)
        except ApiError as error:
            return self._reply(method, {}, self._refusal(error))
        wait = self._slack.rates.wait(method, arguments)
        if wait:
            return self._too_fast(method, arguments, wait)
        fault = self._slack.log.take_fault(method)
        token = self._token(request, arguments)
        arguments |= client_of(request.headers.get("Authorization", ""))
        act = partial(self._answer, method, token, arguments)
        if fault:
            return await self._faulty(request, method, arguments, fault, act)
        return self._reply(method, arguments, act())

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """One post to a response_url."""
        fault = self._slack.log.take_fault("response_url")
        answer = await read_arguments(request)
        act = partial(self._take_response, request.match_info["key"], answer)
        if fault:
            return await self._faulty(request, "response_url", answer, fault, act)
        result = act()
        self._record("response_url", answer, result.get("error", "ok"))
        if not result["ok"]:
            return web.Response(text=str(result["error"]), status=404)
        return web.Response(text="ok")

    def _take_response(self, key: str, answer: Payload) -> Payload:
        try:
            respond(self._slack, self._slack.response_urls.use(key), answer)
        except ApiError as error:
            return self._refusal(error)
        return {"ok": True}

    def _answer(self, method: str, token: str, arguments: Payload) -> Payload:
        try:
            self._check_token(method, token)
            if method == OPEN_SOCKET:
                self._tickets += 1
                return {"ok": True, "url": f"{self._socket_url}?ticket={self._tickets}"}
            return {"ok": True} | METHODS.get(method, _unknown)(self._slack, arguments)
        except ApiError as error:
            return self._refusal(error)

    def _check_token(self, method: str, token: str) -> None:
        config = self._slack.config
        if method in {"api.test", methods_oauth.ACCESS}:
            return
        if not token:
            raise ApiError("not_authed")
        if token not in {config.bot_token, config.app_token}:
            raise ApiError("invalid_auth")
        if token == config.bot_token and self._slack.grants.is_revoked:
            raise ApiError("token_revoked")
        if (token == config.app_token) != (method == OPEN_SOCKET):
            raise ApiError("not_allowed_token_type")
        if NEEDED.get(method, "") not in {"", *SCOPES.split(",")}:
            raise ApiError("missing_scope", [f"needed: {NEEDED[method]}"])

    def _too_fast(self, method: str, arguments: Payload, wait: int) -> web.Response:
        self._record(method, arguments, TOO_FAST)
        status = web.HTTPTooManyRequests.status_code
        return web.json_response({"ok": False, "error": TOO_FAST}, status=status, headers={"Retry-After": str(wait)})

    async def _faulty(
        self, request: web.Request, method: str, arguments: Payload, fault: Fault, act: Callable[[], Payload]
    ) -> web.StreamResponse:
        answer = act() if fault.accepted else {}
        await asyncio.sleep(fault.delay)
        if fault.reset and request.transport is not None:
            self._record(method, arguments, fault.name)
            request.transport.abort()
            return web.Response()
        if fault.status:
            self._record(method, arguments, fault.name)
            headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
            error = TOO_FAST if fault.status == web.HTTPTooManyRequests.status_code else "internal_error"
            return web.json_response({"ok": False, "error": error}, status=fault.status, headers=headers)
        if fault.error:
            return self._reply(method, arguments, {"ok": False, "error": fault.error})
        return self._reply(method, arguments, answer or act())

    def _reply(self, method: str, arguments: Payload, answer: Payload) -> web.Response:
        self._record(method, arguments, "ok" if answer["ok"] else answer["error"])
        return web.json_response(answer, headers={"x-oauth-scopes": SCOPES})

    def _record(self, method: str, arguments: Payload, outcome: str) -> None:
        shown = {name: value for name, value in arguments.items() if name not in SECRET}
        self._slack.log.record(Call(method, shown, self._slack.clock().timestamp(), outcome))

    @staticmethod
    def _token(request: web.Request, arguments: Payload) -> str:
        header = request.headers.get("Authorization", "")
        return header.removeprefix("Bearer ").strip() or str(arguments.get("token") or "")

    @staticmethod
    def _refusal(error: ApiError) -> Payload:
        refusal: Payload = {"ok": False, "error": error.code}
        if error.details:
            refusal["response_metadata"] = {"messages": list(error.details)}
        return refusal
