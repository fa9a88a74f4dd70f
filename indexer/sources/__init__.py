"""Where documents come from: folders, files, web pages, use-case catalogues, events' materials, people's answers."""

from __future__ import annotations

from indexer.sources.base import SourceReader
from indexer.sources.catalogue import CatalogueSource
from indexer.sources.curated import CuratedSource
from indexer.sources.files import FileSource, FolderSource
from indexer.sources.materials import MaterialSource
from indexer.sources.web import WebSource
from knowledge.model import Source, SourceKind
from knowledge.ports import UnitOfWorkFactory
from knowledge.settings import Settings

_MEGABYTE = 1024 * 1024


def open_source(source: Source, settings: Settings, uow: UnitOfWorkFactory) -> SourceReader:
    """Access to what the source points to; nothing is touched until it is listed."""
    max_bytes = settings.max_file_mb * _MEGABYTE
    # What admins handed over is named by its place in the data folder; everything else by an absolute path.
    place = settings.data_dir.absolute() / source.location
    match source.kind:
        case SourceKind.FOLDER:
            return FolderSource(place, max_bytes, source.link)
        case SourceKind.USECASES:
            return CatalogueSource(place, source.columns, max_bytes)
        case SourceKind.WEB:
            return WebSource(source.location, settings)
        case SourceKind.FILE:
            return FileSource(place, max_bytes, source.link)
        case SourceKind.EVENTS:
            return MaterialSource(uow, source.audience, settings)
        case SourceKind.CURATED:
            return CuratedSource(uow, source.audience)
