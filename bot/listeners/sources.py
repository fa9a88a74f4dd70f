"""What admins do about sources: every click and every submitted form is looked at anew for the right to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS, Block, is_web_address
from bot.blocks.source_forms import PAGE, file_modal, generations_modal, page_modal, told_modal
from bot.blocks.sources import ALL, AUDIENCE, DAY, TIME, source_modal, sources_modal
from bot.clicked import clicked_value, reading
from bot.filled_in import FilledIn
from bot.listeners.home import Home
from bot.listeners.source_problems import NoAddressError, source_problem
from bot.listeners.source_runs import SourceRuns
from bot.listeners.whispering import Whispering
from bot.membership import user_in
from bot.opening import Opening
from knowledge.administering.pages import Pages
from knowledge.administering.sources import SourceDesk
from knowledge.administering.uploads import Uploads
from knowledge.model import OFF, Audience, GenerationId, Language, MemberId, RunTask, SourceId
from knowledge.ports import Clock

Payload = dict[str, Any]
Window = Callable[[MemberId, Language], Block]


class SourceWindows:
    """Shows a window in place of the one in which somebody clicked, or a new one."""

    def __init__(self, opening: Opening, whispering: Whispering) -> None:
        self._opening = opening
        self._whispering = whispering

    def person(self, body: Payload) -> MemberId:
        """Whoever clicked."""
        return self._whispering.person(body)

    def show(self, body: Payload, make: Window) -> None:
        """Draw it for whoever clicked; a problem is told in its place."""
        language = self._whispering.language(body)
        try:
            view = make(self.person(body), language)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever clicked is told
            view = told_modal(source_problem(error, language), language)
        if (body.get("view") or {}).get("type") == "modal":
            self._opening.replace(body, view)
        else:
            self._opening.open(body, lambda _: view, language)

    def submit(self, ack: Ack, body: Payload, field: str, keep: Window) -> bool:
        """Take in a form: `keep` returns the window that follows; a problem is told beneath `field`."""
        language = self._whispering.language(body)
        try:
            view = keep(self.person(body), language)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever submitted is told
            ack(response_action="errors", errors={field: source_problem(error, language)})
            return False
        ack(response_action="update", view=view)
        return True


class SourceClicks:
    """Listeners for the sources' windows."""

    def __init__(
        self,
        desk: SourceDesk,
        pages: Pages,
        uploads: Uploads,
        runs: SourceRuns,
        windows: SourceWindows,
        home: Home,
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._pages = pages
        self._uploads = uploads
        self._runs = runs
        self._windows = windows
        self._home = home
        self._clock = clock

    def open(self, body: Payload) -> None:
        """All sources."""
        self._windows.show(body, lambda by, language: sources_modal(self._desk.overview(by), self._clock(), language))

    def turn(self, body: Payload) -> None:
        """Others of many."""
        with reading("a button"):
            skipped = max(0, int(clicked_value(body)))

        def turned(by: MemberId, language: Language) -> Block:
            return sources_modal(self._desk.overview(by), self._clock(), language, skipped)

        self._windows.show(body, turned)

    def show(self, body: Payload) -> None:
        """One of them."""
        source = SourceId(clicked_value(body))
        self._windows.show(body, lambda by, language: source_modal(self._desk.card(source, by), language))

    def run(self, body: Payload) -> None:
        """Ask for a run or a dry run, of one or of all; its progress comes as a direct message."""
        with reading("a button"):
            task = RunTask(str(body["actions"][0]["action_id"]).rpartition("_")[2])
        named = clicked_value(body)
        source = "" if named == ALL else named

        def asked(by: MemberId, language: Language) -> Block:
            self._desk.check_request(source, by)
            self._runs.ask(body, task, source, language)
            return told_modal(TEXTS.get(f"sources.asked.{task.value}", language), language)

        self._windows.show(body, asked)

    def remove(self, body: Payload) -> None:
        """Erase one, which was confirmed; a run takes its passages out of the index."""

        def removed(by: MemberId, language: Language) -> Block:
            gone = self._desk.remove(SourceId(clicked_value(body)), by)
            self._runs.ask(body, RunTask.SYNC, gone.id, language)
            return told_modal(TEXTS.get("sources.removed", language), language)

        self._windows.show(body, removed)

    def release(self, body: Payload) -> None:
        """Let in a document that was kept out, which was confirmed; a run reads it."""
        with reading("a button"):
            source, content_hash = (str(each) for each in json.loads(clicked_value(body)))

        def released(by: MemberId, language: Language) -> Block:
            self._desk.release(SourceId(source), content_hash, by)
            self._runs.ask(body, RunTask.SYNC, source, language)
            return told_modal(TEXTS.get("quarantine.released", language), language)

        self._windows.show(body, released)

    def keep(self, ack: Ack, body: Payload) -> None:
        """Who may see a source, and when it is read."""
        with reading("a source's form"):
            filled, source = FilledIn(body["view"]), SourceId(str(body["view"]["private_metadata"]))
            day = filled.choice(DAY) or OFF
            schedule = OFF if day == OFF else f"{day} {filled.time(TIME):%H:%M}"

        def kept(by: MemberId, language: Language) -> Block:
            if filled.has(AUDIENCE):
                self._desk.set_audience(source, Audience(filled.choice(AUDIENCE)), by)
            self._desk.set_schedule(source, schedule, by)
            return source_modal(self._desk.card(source, by), language)

        self._windows.submit(ack, body, DAY, kept)

    def open_page(self, body: Payload) -> None:
        """The form for a link."""

        def form(by: MemberId, language: Language) -> Block:
            self._desk.check(by)
            return page_modal("", language)

        self._windows.show(body, form)

    def add_page(self, ack: Ack, body: Payload) -> None:
        """Make a source of a link, and have it read."""
        filled = FilledIn(body["view"])
        address = filled.text(PAGE).strip()

        def added(by: MemberId, language: Language) -> Block:
            if not is_web_address(address):
                message = f"expected a web address, got one of {len(address)} characters that is none"
                raise NoAddressError(message)
            source = self._pages.add(address, Audience(filled.choice(AUDIENCE)), by)
            self._runs.ask(body, RunTask.SYNC, source.id, language)
            return told_modal(TEXTS.get("sources.added", language), language)

        self._windows.submit(ack, body, PAGE, added)

    def open_file(self, body: Payload) -> None:
        """The form for a file."""

        def form(by: MemberId, language: Language) -> Block:
            self._desk.check(by)
            return file_modal(self._uploads.most_bytes, language)

        self._windows.show(body, form)

    def open_generations(self, body: Payload) -> None:
        """The generations that are kept."""
        self._windows.show(body, lambda by, language: generations_modal(self._desk.generations(by), language))

    def roll_back(self, body: Payload) -> None:
        """Make an earlier one current, which was confirmed."""

        def rolled(by: MemberId, language: Language) -> Block:
            self._desk.roll_back(GenerationId(clicked_value(body)), by)
            return generations_modal(self._desk.generations(by), language)

        self._windows.show(body, rolled)

    def redraw(self, body: Payload) -> None:
        """Draw the Home tab as things are now."""
        self._home.draw(user_in(body))
