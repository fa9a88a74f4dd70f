"""What an admin names on the command line, as a source; and back."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from knowledge.auditing import note_from_shell
from knowledge.errors import NotFoundError, SolmuError
from knowledge.model import Act, Audience, Source, SourceId, SourceKind
from knowledge.ports import Clock, UnitOfWork


class SourceRefusedError(SolmuError):
    """What was named cannot be a source."""


def add_source(
    work: UnitOfWork,
    place: str,
    *,
    use_cases: bool,
    audience: Audience | None,
    columns: tuple[tuple[str, str], ...],
    link: str | None = None,
    clock: Clock,
) -> tuple[Source, bool]:
    """The source of this place and whether it is new; a known one takes on audience and link.

    Raises SourceRefusedError.
    """
    kind, location = _kind(place, use_cases=use_cases)
    _check_link(kind, link)
    known = work.sources.find(location)
    if known is None:
        source = Source(
            work.sources.next_id(), kind, location, audience or Audience.MEMBERS, clock(), columns, link or ""
        )
        work.sources.add(source)
        note_from_shell(work, clock, Act.SOURCE_ADD, f"source:{source.id}")
        return source, True
    if known.kind is not kind or (columns and known.columns != columns):
        message = (
            f"{location} is already source {known.id}, read as {known.kind.value} with other columns or another kind; "
            f"run `python -m indexer remove {known.id}` first."
        )
        raise SourceRefusedError(message)
    if audience is not None and audience is not known.audience:
        work.sources.set_audience(known.id, audience)
        note_from_shell(work, clock, Act.SOURCE_AUDIENCE, f"source:{known.id}:{audience}")
    if link is not None and link != known.link:
        work.sources.set_link(known.id, link)
        note_from_shell(work, clock, Act.SOURCE_CHANGE, f"source:{known.id}")
    return work.sources.get(known.id), False


def find_source(work: UnitOfWork, name: str) -> Source:
    """The source with this id or at this place; raises NotFoundError."""
    location = name if _is_url(name) else str(Path(name).absolute())
    found = work.sources.find(location)
    if found is not None:
        return found
    try:
        return work.sources.get(SourceId(name))
    except NotFoundError as error:
        message = f"There is no source {name}; `python -m indexer list` shows what there is."
        raise NotFoundError(message) from error


def read_columns(pairs: list[str]) -> tuple[tuple[str, str], ...]:
    """`field=column` pairs; raises SourceRefusedError."""
    columns = []
    for pair in pairs:
        name, separator, column = pair.partition("=")
        if not separator or not name.strip() or not column.strip():
            message = f"--column {pair} cannot be understood; write FIELD=COLUMN, such as title=Nimi."
            raise SourceRefusedError(message)
        columns.append((name.strip(), column.strip()))
    return tuple(columns)


def _check_link(kind: SourceKind, link: str | None) -> None:
    if link is None:
        return
    if kind not in {SourceKind.FOLDER, SourceKind.FILE}:
        message = "--link is for folders and files; a page or a use case has an address of its own."
        raise SourceRefusedError(message)
    if not _is_url(link):
        message = f"--link {link} is not a web address; write it whole, such as https://intranet.example.org/documents."
        raise SourceRefusedError(message)


def _is_url(place: str) -> bool:
    return urlsplit(place).scheme.lower() in {"http", "https"}


def _kind(place: str, *, use_cases: bool) -> tuple[SourceKind, str]:
    if _is_url(place):
        if use_cases:
            message = "A use-case catalogue is read from a file; download it and add the file."
            raise SourceRefusedError(message)
        return SourceKind.WEB, place
    path = Path(place).expanduser().absolute()
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        message = "The path holds signs that are no text, perhaps from an old system; rename the file or its folder."
        raise SourceRefusedError(message) from error
    if not path.exists():
        message = f"{place} does not exist; check the path, or write the whole address of a page (https://…)."
        raise SourceRefusedError(message)
    if use_cases:
        if path.is_dir():
            message = f"{place} is a folder; a use-case catalogue is one JSONL, CSV or XLSX file."
            raise SourceRefusedError(message)
        return SourceKind.USECASES, str(path)
    return (SourceKind.FOLDER if path.is_dir() else SourceKind.FILE), str(path)
