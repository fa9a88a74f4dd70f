"""Values with everything filled in that a test does not care about."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import document_id, indexed_text, text_hash
from knowledge.language.analysis import lemma_terms
from knowledge.model import (
    AT_START,
    NEVER,
    NOBODY,
    ONCE,
    REMINDERS,
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    AnswerStatus,
    AskedQuestion,
    Aspect,
    Attendance,
    Audience,
    ChannelId,
    Citation,
    Closing,
    CommonGround,
    Consent,
    Document,
    DocumentId,
    DocumentKind,
    Event,
    Excerpt,
    FailureRecord,
    GenerationId,
    Handle,
    Hit,
    Introduction,
    IntroductionId,
    IntroductionState,
    Language,
    Letter,
    LetterKind,
    Member,
    MemberId,
    ModelIdentity,
    Occurrence,
    OccurrenceId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Origin,
    Passage,
    PassageDraft,
    PassageId,
    QuestionId,
    RoundId,
    ScoreParts,
    Side,
    SignUp,
    Source,
    SourceId,
    SourceKind,
    Turn,
    UseCase,
    Wording,
    user_of,
)
from knowledge.ports import (
    SENTENCE_COLUMNS,
    Candidates,
    DocumentContent,
    Embedder,
    IndexContent,
    IndexRow,
    IndexShelf,
    Manifest,
    Query,
)
from knowledge.searching.search import Found
from tests.fakes import NOON


def source(number: int = 1, audience: Audience = Audience.PUBLIC, location: str = "") -> Source:
    """A folder called `s1` and so on."""
    return Source(
        SourceId(f"s{number}"), SourceKind.FOLDER, location or f"/srv/documents/{number}", audience, added_at=NOON
    )


def document(
    key: str = "guide.md",
    *,
    of: Source | None = None,
    title: str = "Opas",
    kind: DocumentKind = DocumentKind.DOCUMENT,
    published: date | None = None,
    read_at: datetime = NOON,
) -> Document:
    """A Finnish document of a source, with the id that its key gives it."""
    home = of or source()
    return Document(
        document_id(home.id, key),
        home.id,
        key,
        kind,
        title,
        f"https://example.org/{key}",
        Language.FI,
        home.audience,
        "Esimerkkilän hyvinvointialue",
        published,
        read_at,
    )


def draft(
    text: str, *, page: int | None = None, headings: tuple[str, ...] = (), language: Language = Language.FI
) -> PassageDraft:
    """A passage as cut."""
    return PassageDraft(text, page, headings, language)


def content(of: Document, *passages: PassageDraft | str, revision: str = "r1", case: bool = False) -> DocumentContent:
    """A reading of a document; plain strings become Finnish passages."""
    drafts = [passage if isinstance(passage, PassageDraft) else draft(passage) for passage in passages]
    return DocumentContent(of, revision, f"hash of {revision}", "reader 1", drafts, use_case(of.id) if case else None)


def use_case(of: DocumentId, title: str = "Puheentunnistus kirjaamisessa") -> UseCase:
    """A pilot of an invented organisation."""
    return UseCase(
        of, title, "Hyvinvointialue Esimerkki", "pilot", ("puheentunnistus", "kirjaaminen"), "Maija Meikäläinen", ""
    )


def passage(
    text: str = "Pilotti alkoi toukokuussa.",
    number: int = 1,
    *,
    of: Document | None = None,
    page: int | None = None,
    language: Language = Language.FI,
) -> Passage:
    """A stored passage."""
    home = of or document()
    digest = text_hash(indexed_text(home.title, (), text))
    return Passage(PassageId(number), home.id, 0, text, page, (), language, digest)


def hit(
    text: str = "Pilotti alkoi toukokuussa.",
    number: int = 1,
    *,
    score: float = 1.0,
    of: Document | None = None,
    language: Language = Language.FI,
    parts: ScoreParts = ScoreParts(0.9, 2.5, 3.0, 9.0, (2.5, 2.0, 2.0, 1.0, 2.0, 0.5, 0.5)),  # noqa: B008 - frozen
) -> Hit:
    """A found passage, of a document of its own where none is given."""
    home = of or document(f"{number}.md")
    return Hit(passage(text, number, of=home, language=language), home, score, parts)


def candidates(
    lift: Sequence[float],
    lemma: Sequence[float],
    gram: Sequence[float],
    *,
    sentences: Sequence[Sequence[float]] = (),
    languages: tuple[Language, ...] = (),
    ideals: tuple[float, float] = (1.0, 1.0),
    rarity: dict[str, float] | None = None,
) -> Candidates:
    """Finnish passages 1, 2 and so on, where no languages are given; by default each is one sentence."""
    columns = [np.array(values, dtype=np.float32) for values in (lift, lemma, gram)]
    ids = np.arange(1, len(lift) + 1, dtype=np.int64)
    told = languages or (Language.FI,) * len(lift)
    cosines = 0.8 + columns[0] / 100
    terms = rarity or {}
    single = np.repeat(columns[0][:, None], len(SENTENCE_COLUMNS), axis=1)
    fits = np.array(sentences, dtype=np.float32) if sentences else single
    return Candidates(ids, cosines, columns[1], columns[2], columns[0], fits, told, *ideals, terms, terms)


def citation(quote: str = "Pilotti alkoi toukokuussa.", **changes: object) -> Citation:
    """A quote from page 3 of a Finnish guide."""
    values: dict[str, object] = {
        "document": DocumentId("d1"),
        "key": "guide.md",
        "passage": PassageId(1),
        "title": "Opas",
        "publisher": "Esimerkkilän hyvinvointialue",
        "published": date(2026, 3, 12),
        "page": 3,
        "headings": ("Aikataulu",),
        "url": "https://example.org/guide.md",
        "quote": quote,
        "language": Language.FI,
        "score": 0.8,
    }
    return Citation(**(values | changes))  # type: ignore[arg-type]


def failure(key: str = "broken.pdf", *, of: str = "s1", code: str = "encrypted") -> FailureRecord:
    """A document that a password protects."""
    return FailureRecord(SourceId(of), key, code, f"{key} is protected by a password.", retriable=False, failed_at=NOON)


def question(number: str = "Ev1", text: str = "Milloin pilotti alkoi?") -> AskedQuestion:
    """An answered question."""
    return AskedQuestion(
        QuestionId(number),
        MemberId("T1:U1"),
        "C1",
        text,
        Language.FI,
        AnswerStatus.ANSWERED,
        GenerationId("g1"),
        12.5,
        NOON,
    )


def turn(
    number: int = 1, text: str = "Milloin pilotti alkoi?", *, thread: str = "", channel: str = "C1", asker: str = "U1"
) -> Turn:
    """A question that was answered in a thread, its own one where no other is told."""
    ts = f"{1_700_000_000 + number}.000100"
    return Turn(
        QuestionId(f"message:T1:{channel}:{ts}"),
        ChannelId(channel),
        thread or ts,
        ts,
        MemberId(f"T1:{asker}"),
        text,
        f"{1_700_000_000 + number}.000900",
        "",
        is_open=True,
        at=NOON,
    )


def row(
    number: int,
    text: str,
    vector: NDArray[np.float32],
    audience: Audience = Audience.PUBLIC,
    language: Language = Language.FI,
    sentences: NDArray[np.float32] | None = None,
) -> IndexRow:
    """What a generation takes in; the sentences are not known where none are given."""
    known = np.zeros((0, len(vector)), dtype=np.float32) if sentences is None else sentences
    return IndexRow(PassageId(number), audience, language, text, vector, known)


def publish(
    shelf: IndexShelf,
    rows: Sequence[IndexRow],
    model: ModelIdentity,
    *,
    revision: int = 1,
    rules: str = "1",
    anew: bool = False,
    is_complete: bool = True,
) -> Manifest:
    """A generation of these rows, each of a document of its own."""
    by_id = {each.id: each for each in rows}
    index_content = IndexContent(rows, model, rules, revision, len(rows), is_complete)
    return shelf.publish(index_content, lambda ids: [by_id[number] for number in ids], anew=anew)


def found(question: str, *hits: Hit, language: Language = Language.FI, embedder: Embedder | None = None) -> Found:
    """What a question brought up; its vector is real where an embedder is given."""
    vector = np.zeros(32, dtype=np.float32) if embedder is None else embedder.embed_query(question)
    rarity = dict.fromkeys(lemma_terms(question, language), 1.0)
    return Found(Query(question, language, vector), hits, 1.0, 1.0, rarity, {}, GenerationId("g1"))


def organisation(name: str = "Järvirannan hyvinvointialue", **changes: object) -> Organisation:
    """A wellbeing services county, by a name of its own."""
    made = Organisation(OrganisationId(f"o-{name.casefold().replace(' ', '-')}"), name, OrganisationKind.COUNTY)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def member(user: str = "U1", *, of: Organisation | None = None, **changes: object) -> Member:
    """A member who has agreed to everything."""
    made = Member(
        MemberId(f"T1:{user}"),
        (of or organisation()).id,
        "kehittämispäällikkö",
        (Language.FI,),
        ("puheentunnistus",),
        "Meillä puheentunnistus on kotihoidossa tuotannossa.",
        "Etsimme kokemuksia äänitteiden säilytyksestä.",
        frozenset(Consent),
        NOON,
    )
    made = dataclasses.replace(made, **changes)  # type: ignore[arg-type]
    return made if "handle" in changes else dataclasses.replace(made, handle=Handle(f"handle {user_of(made.id)}"))


def common_ground() -> CommonGround:
    """What one offers and the other seeks, in two languages."""
    case = ("Puheentunnistus kirjaamisessa", "production", organisation().id)
    first = Excerpt("Puheentunnistus on tuotannossa.", Language.FI, *case)
    second = Excerpt("Vi söker erfarenheter.", Language.SV)
    return CommonGround(Aspect.SUPPLY, first, second, 0.75, ("kirjaaminen",), (("dokumentation", "kirjaaminen"),))


def introduction(name: str = "i1", first: str = "U1", second: str = "U2", **changes: object) -> Introduction:
    """A proposal of the round of NOON's week that nobody has answered yet."""
    made = Introduction(
        IntroductionId(name),
        Side(MemberId(f"T1:{first}")),
        Side(MemberId(f"T1:{second}")),
        Origin.ROUND,
        NOBODY,
        RoundId("2026-W11"),
        common_ground(),
        IntroductionState.PROPOSED,
        NOON,
        NOON + timedelta(days=7),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def announcement(name: str = "a1", **changes: object) -> Announcement:
    """News that is out in one channel; `changes` replace fields."""
    made = Announcement(
        AnnouncementId(name),
        AnnouncementKind.NEWS,
        AnnouncementState.PUBLISHED,
        MemberId("T1:UCOORD"),
        NOBODY,
        (Wording(Language.FI, "Tekoälyaamu", "Kahvia ja tekoälyä."),),
        (ChannelId("C1"),),
        topics=("puheentunnistus",),
        audience=Audience.MEMBERS,
        link="",
        deadline=NEVER,
        publish_at=NOON,
        is_urgent=False,
        revision=1,
        made_at=NOON,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def event(name: str = "a1", **changes: object) -> Event:
    """An hour on a Wednesday morning in Helsinki, held once, with two seats."""
    made = Event(
        AnnouncementId(name),
        datetime(2026, 12, 9, 8, 30),  # noqa: DTZ001 - a time on the wall
        datetime(2026, 12, 9, 9, 30),  # noqa: DTZ001 - as above
        "Europe/Helsinki",
        ONCE,
        place="Valimotie 1, Helsinki",
        meeting_link="",
        capacity=2,
        closing=Closing(AT_START),
        organiser="Valokehä",
        question="",
        reminders=REMINDERS,
        materials=(),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def occurrence(name: str = "o1", *, of: str = "a1", **changes: object) -> Occurrence:
    """The one time that `event()` is held."""
    starts = datetime(2026, 12, 9, 6, 30, tzinfo=UTC)
    made = Occurrence(
        OccurrenceId(name),
        AnnouncementId(of),
        datetime(2026, 12, 9, 8, 30),  # noqa: DTZ001 - a time on the wall
        starts,
        starts + timedelta(hours=1),
        place="",
        meeting_link="",
        is_cancelled=False,
        sequence=0,
        changed_at=NOON,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def sign_up(user: str = "U1", *, to: str = "o1", number: int = 1, **changes: object) -> SignUp:
    """Somebody who comes."""
    made = SignUp(OccurrenceId(to), MemberId(f"T1:{user}"), Attendance.GOING, number, NOON, NEVER)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def letter(name: str = "l1", user: str = "U1", **changes: object) -> Letter:
    """A reminder that is due at noon."""
    made = Letter(name, MemberId(f"T1:{user}"), LetterKind.REMINDER, "o1", {"minutes": "15"}, NOON)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]
