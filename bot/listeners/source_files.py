"""Files that admins hand over, in a form or in a message: fetched from Slack, kept, and read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS, Block, fallback, paragraph
from bot.blocks.message_shortcuts import pages_in
from bot.blocks.source_forms import FILE, shared_file_modal, told_modal
from bot.blocks.sources import AUDIENCE
from bot.blocks.status import notice
from bot.clicked import reading
from bot.delivery import Outgoing
from bot.downloading import Downloads
from bot.filled_in import FilledIn
from bot.listeners.source_problems import source_problem
from bot.listeners.source_runs import SourceRuns
from bot.listeners.sources import SourceWindows
from bot.listeners.whispering import Whispering
from knowledge.administering.sources import SourceDesk
from knowledge.administering.uploads import FileProblem, FileRefusedError, Uploads
from knowledge.errors import SolmuError
from knowledge.model import Audience, Language, MemberId, RunTask

Payload = dict[str, Any]
CARRIED = ("name", "size", "url_private", "url_private_download")
"""What a window carries of a file that was shared in a message."""


def shares_a_file(shortcut: Payload) -> bool:
    """Whether a shortcut is about a message that shares a file and links to no page."""
    message = shortcut.get("message") or {}
    return bool(message.get("files")) and not pages_in(message.get("text") or "")


class SourceFiles:
    """Listeners for the form, and for the shortcut on a message that shares a file."""

    def __init__(
        self,
        desk: SourceDesk,
        uploads: Uploads,
        downloads: Downloads,
        runs: SourceRuns,
        windows: SourceWindows,
        whispering: Whispering,
    ) -> None:
        self._desk = desk
        self._uploads = uploads
        self._downloads = downloads
        self._runs = runs
        self._windows = windows
        self._whispering = whispering

    def open_shared(self, body: Payload) -> None:
        """Ask for whom a shared file is."""
        with reading("a shared file"):
            file = dict(body["message"]["files"][0])
            int(file.get("size") or 0)

        def form(by: MemberId, language: Language) -> Block:
            self._desk.check(by)
            self._check(file)
            carried = json.dumps({name: file.get(name) for name in CARRIED})
            return shared_file_modal(str(file.get("name") or ""), carried, language)

        self._windows.show(body, form)

    def take(self, ack: Ack, body: Payload) -> None:
        """Acknowledge, or say beneath the field why the file cannot be taken in."""
        field = FILE if FilledIn(body["view"]).has(FILE) else AUDIENCE

        def taken(by: MemberId, language: Language) -> Block:
            self._desk.check_adding(by)
            self._check(_file(body))
            return told_modal(TEXTS.get("sources.fetching", language), language)

        self._windows.submit(ack, body, field, taken)

    def fetch(self, body: Payload) -> None:
        """The slow half: fetch it, make a source of it, have it read, and tell what came of it."""
        by, language, file = self._whispering.person(body), self._whispering.language(body), _file(body)
        try:
            self._desk.check(by)
            self._check(file)
        except SolmuError:
            # Said beneath the field already.
            return
        try:
            content = self._downloads.fetch(file)
            audience = Audience(FilledIn(body["view"]).choice(AUDIENCE))
            source = self._uploads.add(str(file["name"]), content, audience, by)
            self._runs.ask(body, RunTask.SYNC, source.id, language)
            told = notice("sources.file.added", language, file=str(file["name"]))
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits is told
            sentence = source_problem(error, language)
            told = Outgoing(fallback(sentence), [paragraph(sentence)])
        self._whispering.send(body, told)

    def _check(self, file: Mapping[str, Any]) -> None:
        self._uploads.check(str(file.get("name") or ""), int(file.get("size") or 0))


def _file(body: Payload) -> Mapping[str, Any]:
    chosen = FilledIn(body["view"]).files(FILE)
    if chosen:
        return chosen[0]
    carried = str(body["view"].get("private_metadata") or "")
    if not carried:
        message = "expected a file, got none"
        raise FileRefusedError(FileProblem.EMPTY, message)
    with reading("a shared file"):
        told: Mapping[str, Any] = dict(json.loads(carried))
        int(told.get("size") or 0)
    return told
