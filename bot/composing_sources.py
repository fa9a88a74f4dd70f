"""The composition root of what admins do about sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from slack_sdk import WebClient

from bot.blocks.elements import Block
from bot.blocks.sources import home_section
from bot.clerk import Chore
from bot.downloading import Downloads
from bot.durable import Durable
from bot.letters.cited import CitedLetters
from bot.listeners.home import Home, Section
from bot.listeners.replacing import ReplacingClicks
from bot.listeners.source_files import SourceFiles
from bot.listeners.source_runs import SourceRuns
from bot.listeners.sources import SourceClicks, SourceWindows
from bot.listeners.whispering import Whispering
from bot.mailing import Writers
from bot.opening import Opening
from bot.source_table import SourceListeners
from knowledge.adapters.file_shelf import FolderShelf, bytes_below
from knowledge.administering.acting import Acting
from knowledge.administering.news import CitedNews
from knowledge.administering.pages import Pages
from knowledge.administering.replacing import Replacing
from knowledge.administering.sources import SourceDesk
from knowledge.administering.uploads import Uploads
from knowledge.errors import RolesUnknownError
from knowledge.model import GenerationId, Language, MemberId
from knowledge.ports import Roles
from knowledge.wiring import INDEX_FOLDER, UPLOADS_FOLDER, Knowledge

MEGABYTE = 1024 * 1024


class Administering:
    """Makes everything of this kind from the same parts."""

    def __init__(self, knowledge: Knowledge, roles: Roles) -> None:
        self._knowledge = knowledge
        self._roles = roles
        self._acting = Acting(knowledge.store, roles.is_admin, knowledge.clock)
        self._news = CitedNews(knowledge.store, knowledge.clock, roles.admins)
        data_dir = knowledge.settings.data_dir
        self._files = FolderShelf(data_dir / UPLOADS_FOLDER)
        size_of = partial(_size_of, knowledge)
        self._desk = SourceDesk(self._acting, knowledge.shelf, size_of, self._files)

    def section(self) -> Section:
        """What stands on admins' Home tab."""

        def drawn(member: MemberId, language: Language) -> Sequence[Block]:
            if not self._roles.sees_as_admin(member):
                return []
            try:
                overview = self._desk.overview(member)
            except RolesUnknownError:
                # The tab is drawn all the same; whoever clicks is asked for anew.
                return []
            return home_section(overview, self._knowledge.clock(), language)

        return drawn

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return CitedLetters(self._news).writers()

    def chores(self) -> list[Chore]:
        """What time brings."""
        return [self._news.write_letters]

    def listeners(
        self, client: WebClient, durable: Durable, opening: Opening, whispering: Whispering, home: Home
    ) -> SourceListeners:
        """Whoever listens."""
        knowledge = self._knowledge
        most_bytes = knowledge.settings.max_file_mb * MEGABYTE
        runs, windows = SourceRuns(durable, knowledge.clock), SourceWindows(opening, whispering)
        uploads = Uploads(self._acting, self._files, most_bytes)
        downloads = Downloads(str(client.token), client.base_url, most_bytes)
        return SourceListeners(
            SourceClicks(self._desk, Pages(self._acting), uploads, runs, windows, home, knowledge.clock),
            SourceFiles(self._desk, uploads, downloads, runs, windows, whispering),
            ReplacingClicks(Replacing(self._acting), windows),
        )


def _size_of(knowledge: Knowledge, generation: GenerationId) -> int:
    return bytes_below(knowledge.settings.data_dir / INDEX_FOLDER / generation)
