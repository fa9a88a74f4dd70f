"""A catalogue of use cases: one file, each row a document of its own."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from indexer.failures import FetchFailure, ListingError
from indexer.sources.base import CatalogueRow, Fetched, Item, NotModified
from indexer.sources.columns import find_columns
from indexer.sources.failures import gone
from indexer.sources.files import fetch_file
from indexer.sources.stages import normal_stage
from indexer.sources.tables import Row, read_table

PROSE_WORDS = 8
"""Words from which a column that has no field of its own is taken for prose and searched."""
_TOPIC_BORDER = re.compile(r"[;|\n]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class CatalogueSource:
    """The rows of a catalogue. `columns` are (field, column) pairs; fields not among them are guessed."""

    def __init__(self, path: Path, columns: Sequence[tuple[str, str]], max_bytes: int) -> None:
        self._path = path
        self._columns = columns
        self._max_bytes = max_bytes
        self._rows: dict[str, CatalogueRow] = {}

    def list(self) -> list[Item]:
        """The use cases by key; raises ListingError where the file or its columns are not understood."""
        try:
            fetched = fetch_file(self._path, "", self._max_bytes)
        except FetchFailure as failure:
            message = f"The catalogue {self._path} cannot be read: {failure.sentence}"
            raise ListingError(message) from failure
        content = fetched.content if isinstance(fetched, Fetched) else b""
        columns, rows = read_table(content, self._path.name)
        fields = find_columns(self._path.name, columns, self._columns)
        self._rows = _by_key(rows, fields)
        return [Item(key, _revision(self._rows[key]), self._rows[key].url) for key in sorted(self._rows)]

    def fetch(self, item: Item, known_revision: str = "") -> Fetched | NotModified:
        """One use case as it was listed; raises FetchFailure for one that was not."""
        row = self._rows.get(item.key)
        if row is None:
            raise gone()
        revision = _revision(row)
        if revision == known_revision:
            return NotModified(revision)
        return Fetched(_canonical(row), f"{item.key}.json", revision, row)


def _by_key(rows: Sequence[Row], fields: Mapping[str, str]) -> dict[str, CatalogueRow]:
    """The rows by a key that stays the same when others come and go; those without a title are passed over."""
    found: dict[str, CatalogueRow] = {}
    for row in rows:
        told = {field: row.get(column, "") for field, column in fields.items()}
        if not told["title"].strip():
            continue
        key = _free(_key(told), found)
        others = [value for column, value in row.items() if column not in fields.values()]
        found[key] = _row(key, told, others)
    return found


def _row(key: str, told: Mapping[str, str], others: Sequence[str]) -> CatalogueRow:
    prose = [value for value in others if len(value.split()) >= PROSE_WORDS]
    title = _line(told["title"])
    url = told.get("url", "").strip()
    return CatalogueRow(
        key,
        title,
        _line(told.get("organisation", "")),
        normal_stage(_line(told.get("stage", ""))),
        split_topics(told.get("topics", "")),
        _line(told.get("contact", "")),
        url if url.startswith(("https://", "http://")) else "",
        "\n".join(text for text in [told.get("description", "").strip(), *prose] if text) or title,
    )


def split_topics(text: str) -> tuple[str, ...]:
    """Topics between semicolons, bars or line ends; between commas where there is none of these."""
    pieces = _TOPIC_BORDER.split(text) if _TOPIC_BORDER.search(text) else text.split(",")
    return tuple(dict.fromkeys(_line(piece) for piece in pieces if piece.strip()))


def _key(told: Mapping[str, str]) -> str:
    own = _line(told.get("id", ""))
    if own:
        return unicodedata.normalize("NFC", own)
    plain = unicodedata.normalize("NFKD", f"{told['title']} {told.get('organisation', '')}".casefold())
    return _NOT_SLUG.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")[:100] or "use-case"


def _free(key: str, taken: Mapping[str, object]) -> str:
    """The key itself, or with the first number that makes it the only one."""
    number, free = 2, key
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free


def _line(text: str) -> str:
    return " ".join(text.split())


def _canonical(row: CatalogueRow) -> bytes:
    return json.dumps(asdict(row), ensure_ascii=False, sort_keys=True).encode()


def _revision(row: CatalogueRow) -> str:
    return hashlib.sha256(_canonical(row)).hexdigest()[:32]
