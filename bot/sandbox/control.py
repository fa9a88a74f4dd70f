"""The stand-in's own interface, used by the page: what a person does, what a person sees, and what the bot did."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict

from aiohttp import web

from bot.sandbox.actions import Actions
from bot.sandbox.calls import Fault
from bot.sandbox.courier import Courier
from bot.sandbox.feed import Feed
from bot.sandbox.moves import invite, set_access, set_group
from bot.sandbox.progress import Progress
from bot.sandbox.slack import Slack
from bot.sandbox.snapshot import snapshot
from bot.sandbox.values import Access, Payload
from bot.sandbox.workspace import ApiError

HEARTBEAT = 15.0
Act = Callable[[Payload], Awaitable[Payload]]


class Control:
    """Everything below /_standin/."""

    def __init__(
        self,
        slack: Slack,
        actions: Actions,
        courier: Courier,
        feed: Feed,
        suggestions: list[Payload],
        connected: Callable[[], bool],
    ) -> None:
        """Control this workspace; `connected` says whether the bot is there."""
        self._slack = slack
        self._actions = actions
        self._courier = courier
        self._feed = feed
        self._suggestions = suggestions
        self._connected = connected
        self.progress = Progress()
        self._acts: dict[str, Act] = {
            "post": self._post,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
            "command": self._command,
            "click": self._click,
            "shortcut": self._shortcut,
            "invite": self._invite,
            "group": self._group,
            "access": self._access,
            "submit": self._submit,
            "close": self._close,
            "open": self._open,
            "join": self._join,
            "fault": self._fault,
            "redeliver": self._redeliver,
        }

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [
            web.post("/_standin/do/{act}", self.do),
            web.post("/_standin/faults", self.add_fault),
            web.get("/_standin/state", self.state),
            web.get("/_standin/live", self.live),
            web.get("/_standin/calls", self.calls),
            web.get("/_standin/deliveries", self.deliveries),
            web.get("/_standin/progress", self.show_progress),
        ]

    def set_progress(self, progress: Progress) -> None:
        """Show how far the set-up is."""
        if progress != self.progress:
            self.progress = progress
            self._feed.changed()

    async def do(self, request: web.Request) -> web.Response:
        """Do what a person does, named in the path, with a JSON object as its arguments."""
        act = self._acts.get(request.match_info["act"])
        if act is None:
            return web.json_response({"ok": False, "error": "unknown_act"}, status=404)
        try:
            result = await act(await request.json())
        except ApiError as error:
            return web.json_response({"ok": False, "error": error.code}, status=409)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"ok": False, "error": f"bad_arguments: {error}"}, status=400)
        return web.json_response({"ok": True} | result)

    async def add_fault(self, request: web.Request) -> web.Response:
        """Queue a fault for the next calls of a method."""
        await self._fault(await request.json())
        return web.json_response({"ok": True})

    async def state(self, request: web.Request) -> web.Response:
        """Everything that the person named by `user` sees."""
        try:
            seen = snapshot(self._slack, request.query.get("user", ""))
        except ApiError as error:
            return web.json_response({"ok": False, "error": error.code}, status=404)
        extra: Payload = {"suggestions": self._suggestions, "connected": self._connected()}
        return web.json_response({"ok": True, "version": self._feed.version} | extra | seen)

    async def live(self, request: web.Request) -> web.StreamResponse:
        """A stream of the version numbers of the state, one after each change."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        version = -1
        with suppress(ConnectionResetError):  # whoever leaves the page says nothing before
            while True:
                version = await self._feed.after(version, HEARTBEAT)
                await stream.write(f"data: {version}\n\n".encode())
        return stream

    async def calls(self, request: web.Request) -> web.Response:
        """Every Web API call of the bot, or those of the method named by `method`."""
        method = request.query.get("method")
        listed = [asdict(call) for call in self._slack.log.calls if method in {None, call.method}]
        return web.json_response(listed)

    async def deliveries(self, request: web.Request) -> web.Response:
        """Everything brought to the bot, with every try."""
        del request
        listed = [asdict(one) | {"acknowledged": one.acknowledged} for one in self._courier.deliveries]
        return web.json_response(listed)

    async def show_progress(self, request: web.Request) -> web.Response:
        """How far the set-up is, and whether the bot is there."""
        del request
        return web.json_response(asdict(self.progress) | {"connected": self._connected()})

    async def _post(self, asked: Payload) -> Payload:
        message = self._actions.post(
            asked["user"],
            asked["channel"],
            asked["text"],
            asked.get("thread_ts", ""),
            typed=True,
            files=tuple(asked.get("files", ())),
        )
        return {"ts": message.ts}

    async def _edit(self, asked: Payload) -> Payload:
        self._actions.edit(asked["user"], asked["channel"], asked["ts"], asked["text"], typed=True)
        return {}

    async def _delete(self, asked: Payload) -> Payload:
        self._actions.delete(asked["user"], asked["channel"], asked["ts"])
        return {}

    async def _react(self, asked: Payload) -> Payload:
        self._actions.react(asked["user"], asked["channel"], asked["ts"], asked["name"])
        return {}

    async def _command(self, asked: Payload) -> Payload:
        attempt = await self._actions.command(
            asked["user"], asked["channel"], asked["command"], asked.get("text", ""), typed=True
        )
        return {"acknowledged": attempt.acknowledged}

    async def _click(self, asked: Payload) -> Payload:
        where = (asked["action_id"], asked.get("block_id", ""), asked.get("chosen", {}))
        values = asked.get("values", {})
        if "view" in asked:
            attempt = await self._actions.click_view(asked["user"], asked["view"], *where, values=values)
        else:
            attempt = await self._actions.click(asked["user"], asked["channel"], asked["ts"], *where, values=values)
        return {"acknowledged": attempt.acknowledged}

    async def _shortcut(self, asked: Payload) -> Payload:
        if "ts" in asked:
            where = (asked["callback_id"], asked["channel"], asked["ts"])
            attempt = await self._actions.message_shortcut(asked["user"], *where)
        else:
            attempt = await self._actions.shortcut(asked["user"], asked["callback_id"])
        return {"acknowledged": attempt.acknowledged}

    async def _invite(self, asked: Payload) -> Payload:
        invite(self._slack, asked["user"], asked["channel"])
        return {}

    async def _group(self, asked: Payload) -> Payload:
        set_group(self._slack, asked["group"], None if asked["people"] is None else frozenset(asked["people"]))
        return {}

    async def _access(self, asked: Payload) -> Payload:
        set_access(self._slack, asked["user"], Access(asked["access"]))
        return {}

    async def _submit(self, asked: Payload) -> Payload:
        return {"errors": await self._actions.submit(asked["user"], asked["view"], asked["values"])}

    async def _close(self, asked: Payload) -> Payload:
        await self._actions.close_view(asked["user"], everything=asked.get("everything", False))
        return {}

    async def _open(self, asked: Payload) -> Payload:
        self._actions.open_app(asked["user"], asked["tab"])
        return {}

    async def _join(self, asked: Payload) -> Payload:
        del asked
        return {"user": self._actions.join().id}

    async def _fault(self, asked: Payload) -> Payload:
        self._slack.log.add_fault(Fault(**asked))
        return {}

    async def _redeliver(self, asked: Payload) -> Payload:
        self._courier.send_again(asked["event_id"])
        return {}
