"""What Solmu reads: sources, documents, use cases and passages."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.model.identifiers import NO_DOCUMENT, DocumentId, PassageId, SourceId, TextHash


class Language(enum.StrEnum):
    """ISO 639 code; UNKNOWN where the text is too short or in none of the three."""

    FI = "fi"
    SV = "sv"
    EN = "en"
    UNKNOWN = "und"


class Audience(enum.StrEnum):
    """Who may see a source, from everybody to the narrowest circle."""

    PUBLIC = "public"
    MEMBERS = "members"
    COORDINATORS = "coordinators"

    @property
    def readable(self) -> frozenset[Audience]:
        """The audiences whose sources somebody of this audience may read: their own and every wider one."""
        order = list(Audience)
        return frozenset(order[: order.index(self) + 1])


class SourceKind(enum.StrEnum):
    """What a source's location points to.

    EVENTS is what there is to read about published events of one audience, CURATED the answers of people that
    coordinators took in for it.
    """

    FOLDER = "folder"
    FILE = "file"
    WEB = "web"
    USECASES = "usecases"
    EVENTS = "events"
    CURATED = "curated"


class DocumentKind(enum.StrEnum):
    """Whether a document is a text, one use case of a catalogue, or a person's answer that was taken in."""

    DOCUMENT = "document"
    USECASE = "usecase"
    CURATED = "curated"


@dataclass(frozen=True, slots=True)
class Source:
    """A place that an admin pointed Solmu at.

    `location` is an absolute path or a URL. `columns` maps the catalogue's column names
    to Solmu's field names as (field, column) pairs, and is empty where they are guessed. `link` is the web
    address under which readers find a folder's files, or a single file; empty where they cannot.
    """

    id: SourceId
    kind: SourceKind
    location: str
    audience: Audience
    added_at: datetime
    columns: tuple[tuple[str, str], ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a source, as last read.

    `key` names it inside its source (relative path, URL, use-case id). `url` is what a reader can
    open, or empty. `publisher` is empty and `published` None where the document does not say. `replaced_by` is the
    document that an admin said takes its place, empty where none does.
    """

    id: DocumentId
    source: SourceId
    key: str
    kind: DocumentKind
    title: str
    url: str
    language: Language
    audience: Audience
    publisher: str
    published: date | None
    read_at: datetime
    replaced_by: DocumentId = NO_DOCUMENT


@dataclass(frozen=True, slots=True)
class UseCase:
    """What a catalogue says of a use case beside its text."""

    document: DocumentId
    title: str
    organisation: str
    stage: str
    topics: tuple[str, ...]
    contact: str
    url: str


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage as the indexer cut it, before it has an id.

    `text` stands verbatim in the document as read. `page` is 1-based, or None where the format has
    no pages. `headings` run from the outermost to the nearest.
    """

    text: str
    page: int | None
    headings: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage: the unit that is found, and inside which quotes are chosen."""

    id: PassageId
    document: DocumentId
    ordinal: int
    text: str
    page: int | None
    headings: tuple[str, ...]
    language: Language
    text_hash: TextHash


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which embedding model made a vector; vectors of two identities must never meet."""

    name: str
    revision: str
    dimension: int
