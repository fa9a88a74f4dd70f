"""Materials of published events: web pages and files, each called by what it is and of which event."""

from __future__ import annotations

import dataclasses

from indexer.sources import failures
from indexer.sources.base import Fetched, Item, NotModified
from indexer.sources.web import WebSource
from knowledge.events.materials import materials_for
from knowledge.model import Audience
from knowledge.ports import UnitOfWorkFactory
from knowledge.settings import Settings


class MaterialSource:
    """All materials of events for one audience; the key of each is its address."""

    def __init__(self, uow: UnitOfWorkFactory, audience: Audience, settings: Settings) -> None:
        self._uow = uow
        self._audience = audience
        self._settings = settings
        self._titles: dict[str, str] = {}

    def list(self) -> list[Item]:
        """The materials by address; whether each is there shows when it is fetched."""
        with self._uow.reading() as work:
            self._titles = {each.url: each.title for each in materials_for(work, self._audience)}
        return [Item(url, "", url) for url in self._titles]

    def fetch(self, item: Item, known_revision: str = "") -> Fetched | NotModified:
        """One of them under its title; raises FetchFailure."""
        if item.key not in self._titles:
            raise failures.gone()
        fetched = WebSource(item.key, self._settings).fetch(item, known_revision)
        if isinstance(fetched, NotModified):
            return fetched
        return dataclasses.replace(fetched, title=self._titles[item.key])
