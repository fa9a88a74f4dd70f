"""What a person does in the workspace: each changes it and tells the bot."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox import events, interactions
from bot.sandbox.arrivals import next_newcomer
from bot.sandbox.courier import COMMANDS, INTERACTIVE, Attempt, Courier
from bot.sandbox.elements import with_entered
from bot.sandbox.limits import view_problems
from bot.sandbox.methods_chat import respond
from bot.sandbox.moves import own_channel
from bot.sandbox.response_urls import ResponseUrl
from bot.sandbox.seed import OPEN_TO_ALL, direct_channel
from bot.sandbox.shortcuts import Shortcut, ShortcutKind
from bot.sandbox.slack import Slack
from bot.sandbox.typed import as_slack
from bot.sandbox.values import BOT, Message, Payload, Person
from bot.sandbox.workspace import ApiError

NO_ANSWER = "Komento {name} ei onnistunut, koska sovellus ei vastannut ajoissa. Kokeile hetken päästä uudelleen."
BAD_ANSWER = "Sovelluksen vastaus komentoon {name} ei kelpaa: {code}."


class Actions:
    """The people's side of the stand-in. Every method raises ApiError for what does not exist."""

    def __init__(self, slack: Slack, courier: Courier) -> None:
        """Act on this workspace; the courier brings what happens to the bot."""
        self._slack = slack
        self._courier = courier
        slack.send_event = self.send_event

    def send_event(self, event: Payload) -> None:
        """Deliver any event, wrapped as Slack wraps it."""
        self._courier.send_event(events.envelope(self._slack.workspace, event))

    def post(
        self,
        user: str,
        channel: str,
        text: str,
        thread: str = "",
        *,
        typed: bool = False,
        files: tuple[Payload, ...] = (),
    ) -> Message:
        """Write a message. With `typed` the text is as a person types it, else as Slack stores it."""
        if own_channel(self._slack, user, channel).is_archived:
            raise ApiError("is_archived")
        root = self._slack.workspace.find(channel, thread).root if thread else ""
        return self._slack.say(Message(channel, "", user, self._text(text, typed=typed), thread=root, files=files))

    def edit(self, user: str, channel: str, ts: str, text: str, *, typed: bool = False) -> None:
        """Change one's own message."""
        old = self._own(user, channel, ts)
        edited = self._slack.workspace.next_ts()
        self._slack.edit(replace(old, text=self._text(text, typed=typed), edited=edited), old)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        self._own(user, channel, ts)
        self._slack.delete(channel, ts)

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Choose a reaction, or take it back where it was chosen already."""
        workspace = self._slack.workspace
        message = workspace.find(channel, ts)
        if user in dict(message.reactions).get(name, ()):
            workspace.unreact(message, name, user)
            kind = "reaction_removed"
        else:
            workspace.react(message, name, user)
            kind = "reaction_added"
        self._slack.announce(events.reaction(workspace, message, name, user, kind), kind)

    async def command(self, user: str, channel: str, name: str, text: str, *, typed: bool = False) -> Attempt:
        """Run a slash command; what its acknowledgement carries is shown as a command's answer is."""
        workspace = self._slack.workspace
        person, place = workspace.person(user), workspace.channel(channel)
        payload = interactions.command(self._slack, person, place, name, self._text(text, typed=typed))
        attempt = await self._courier.ask(COMMANDS, payload)
        if not attempt.acknowledged:
            workspace.whisper(user, channel, NO_ANSWER.format(name=name))
        elif attempt.answer.get("text") or attempt.answer.get("blocks"):
            try:
                respond(self._slack, ResponseUrl(channel, user, "", "", self._slack.clock()), attempt.answer)
            except ApiError as error:
                workspace.whisper(user, channel, BAD_ANSWER.format(name=name, code=error.code))
        return attempt

    async def shortcut(self, user: str, callback_id: str) -> Attempt:
        """Use a shortcut that is offered everywhere."""
        declared = self._declared(callback_id, ShortcutKind.GLOBAL)
        person = self._slack.workspace.person(user)
        return await self._courier.ask(INTERACTIVE, interactions.global_shortcut(self._slack, person, declared))

    async def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Attempt:
        """Use a shortcut that is offered on a message; an ephemeral one offers none."""
        declared = self._declared(callback_id, ShortcutKind.MESSAGE)
        message = self._slack.workspace.find(channel, ts)
        if message.seen_by:
            raise ApiError("message_not_found")
        person = self._slack.workspace.person(user)
        payload = interactions.message_shortcut(self._slack, person, declared, message)
        return await self._courier.ask(INTERACTIVE, payload)

    async def click(
        self,
        user: str,
        channel: str,
        ts: str,
        action_id: str,
        block_id: str = "",
        chosen: Payload | None = None,
        *,
        values: Payload | None = None,
    ) -> Attempt:
        """Click a button or choose in a menu of a message; `values` are what its other elements hold."""
        message = self._slack.workspace.find(channel, ts)
        clicked = interactions.action(self._slack, list(message.blocks), action_id, block_id, chosen or {})
        held = with_entered(values or {}, interactions.entered(clicked))
        person = self._slack.workspace.person(user)
        payload = interactions.message_click(self._slack, person, message, clicked, held)
        return await self._courier.ask(INTERACTIVE, payload)

    async def click_view(
        self,
        user: str,
        view_id: str,
        action_id: str,
        block_id: str = "",
        chosen: Payload | None = None,
        *,
        values: Payload | None = None,
    ) -> Attempt:
        """Click a button or choose in a menu of a modal or the Home tab; `values` are what other elements hold."""
        view = self._slack.views.find(view_id)
        clicked = interactions.action(self._slack, view.json()["blocks"], action_id, block_id, chosen or {})
        view = self._slack.views.enter(view_id, with_entered(values or {}, interactions.entered(clicked)))
        person = self._slack.workspace.person(user)
        return await self._courier.ask(INTERACTIVE, interactions.view_click(self._slack, person, view, clicked))

    async def submit(self, user: str, view_id: str, values: Payload) -> Payload:
        """Submit a modal; returns the errors by block id that keep it open, empty when it was taken.

        What `values` does not name is submitted as it was entered before, or as it began.
        """
        view = self._slack.views.enter(view_id, values)
        person = self._slack.workspace.person(user)
        attempt = await self._courier.ask(INTERACTIVE, interactions.submission(self._slack, person, view))
        if not attempt.acknowledged:
            return {"": "Sovellus ei vastannut ajoissa. Kokeile uudelleen."}
        return self._take_answer(user, view_id, attempt.answer)

    def _take_answer(self, user: str, view_id: str, answer: Payload) -> Payload:
        views, kind = self._slack.views, answer.get("response_action")
        if kind == "errors":
            return self._errors(view_id, answer["errors"])
        if kind in {"update", "push"}:
            if view_problems(answer.get("view")):
                return {"": "Sovelluksen vastaus ei kelpaa: invalid_arguments."}
            if kind == "update":
                views.update(view_id, answer["view"])
            else:
                views.push(user, answer["view"])
            return {}
        top = views.top(user)
        if kind == "clear" or (top and top.id == view_id):
            views.close(user, everything=kind == "clear")
        return {}

    def _errors(self, view_id: str, errors: Payload) -> Payload:
        inputs = {
            block["block_id"] for block in self._slack.views.find(view_id).json()["blocks"] if block["type"] == "input"
        }
        if errors and set(errors) <= inputs:
            return dict(errors)
        return {"": "Sovelluksen vastaus ei kelpaa: virheen paikkaa ei ole lomakkeessa."}

    async def close_view(self, user: str, *, everything: bool = False) -> None:
        """Close the modal that a person sees; the bot hears of it where the modal asks for that."""
        view = self._slack.views.top(user)
        if view is None:
            return
        self._slack.views.close(user, everything=everything)
        if view.body.get("notify_on_close"):
            person = self._slack.workspace.person(user)
            closing = interactions.closing(self._slack, person, view, cleared=everything)
            await self._courier.ask(INTERACTIVE, closing)

    def open_app(self, user: str, tab: str) -> None:
        """Look at the bot's Home tab (`home`) or its direct messages (`messages`)."""
        workspace = self._slack.workspace
        home = self._slack.views.homes.get(workspace.person(user).id)
        seen = home.json() if home and tab == "home" else {}
        self._slack.announce(events.home_opened(workspace, user, tab, seen), "app_home_opened")

    def join(self) -> Person:
        """Let the next of the sample's newcomers in; raises ApiError where all are there."""
        newcomer = next_newcomer(self._slack.workspace)
        self.admit(newcomer)
        return newcomer

    def admit(self, newcomer: Person) -> None:
        """Let somebody into the workspace and its open channels."""
        self._slack.workspace.admit(newcomer, OPEN_TO_ALL, direct_channel(newcomer))
        self._slack.announce(events.joined(self._slack.workspace, newcomer), "team_join")

    def _declared(self, callback_id: str, kind: ShortcutKind) -> Shortcut:
        for shortcut in self._slack.config.shortcuts:
            if (shortcut.callback_id, shortcut.type) == (callback_id, kind):
                return shortcut
        raise ApiError("shortcut_not_found")

    def _text(self, text: str, *, typed: bool) -> str:
        return as_slack(text, self._slack.workspace) if typed else text

    def _own(self, user: str, channel: str, ts: str) -> Message:
        message = self._slack.workspace.find(channel, ts)
        if message.author != user or user == BOT:
            raise ApiError("cant_update_message")
        return message
