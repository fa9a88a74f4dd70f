"""The composition root: from settings to a working Solmu, shared by the bot, the indexer and the shell."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from threadpoolctl import threadpool_limits

from knowledge.adapters.embedder import open_embedder
from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.served_vectors import ServerHome
from knowledge.adapters.vector_files import FileHome
from knowledge.adapters.vector_homes import VectorHome
from knowledge.answering.answerer import Answerer
from knowledge.answering.consulting import QUOTES_ALONE, Consultant
from knowledge.answering.conversations import Conversations
from knowledge.answering.writing import AnswerWriter, Writer
from knowledge.channels.budgets import Budgets, Limits
from knowledge.errors import SettingsError
from knowledge.events.finding import Finder
from knowledge.events.naming import Naming
from knowledge.events.sign_ups import SignUps
from knowledge.insights.gaps import GapFinder
from knowledge.insights.naming import TopicNames
from knowledge.insights.overview import InsightReader, PersonNames
from knowledge.insights.question_log import QuestionLog
from knowledge.leaving import farewells_of
from knowledge.members.demand import Demands
from knowledge.members.directory import Directory
from knowledge.members.overview import NetworkOverviews
from knowledge.members.profiles import Profiles
from knowledge.members.topics import Topics
from knowledge.personal.telling import PersonalData
from knowledge.ports import Clock, Embedder, IndexShelf, VectorKind
from knowledge.searching.search import Searcher
from knowledge.searching.synonyms import Synonyms, read_synonyms
from knowledge.settings import Settings
from knowledge.store import Store, open_store

INDEX_FOLDER = "index"
"""Where the generations lie inside the data folder."""
UPLOADS_FOLDER = "uploads"
"""Where the files that admins handed over lie inside it."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything a process needs; made once at start and passed on."""

    settings: Settings
    store: Store
    shelf: IndexShelf
    embedder: Embedder
    searcher: Searcher
    answerer: Answerer
    directory: Directory
    overviews: NetworkOverviews
    topics: Topics
    consultant: Consultant
    profiles: Profiles
    synonyms: Synonyms
    clock: Clock
    sign_ups: SignUps
    writer: AnswerWriter
    conversations: Conversations
    budgets: Budgets
    personal: PersonalData


def utc_now() -> datetime:
    """The system clock."""
    return datetime.now(UTC)


def open_knowledge(settings: Settings, *, embedding_threads: int = 1, clock: Clock = utc_now) -> Knowledge:
    """Open the data folder, migrate the database, and tie everything together; raises SolmuError.

    `embedding_threads` is 1 for a process that answers: one thread a question is faster than two.
    """
    _make_writable(settings.data_dir)
    # Numpy's products here take microseconds; a second thread for them waits milliseconds for a core that is busy.
    threadpool_limits(1, user_api="blas")
    store = open_store(settings.database)
    shelf = open_shelf(settings, clock)
    embedder = open_embedder(
        settings.embedding_model, settings.embedding_revision, settings.data_dir, threads=embedding_threads
    )
    return assemble(settings, store, shelf, embedder, clock)


def open_shelf(settings: Settings, clock: Clock) -> GenerationShelf:
    """The generations in the data folder, with vectors where the settings say; raises VectorsError, SettingsError."""
    folder, kept = settings.data_dir / INDEX_FOLDER, settings.keep_generations
    return GenerationShelf(folder, kept, clock, vector_home(settings))


def assemble(settings: Settings, store: Store, shelf: IndexShelf, embedder: Embedder, clock: Clock) -> Knowledge:
    """Tie the use cases to these ports; who measures them puts a stopwatch around each."""
    synonyms = _synonyms(settings)
    searcher = Searcher(store, shelf, embedder, synonyms)
    answerer = Answerer(
        searcher,
        embedder,
        store,
        default_language=settings.language,
        official_publishers=settings.official_publishers,
    )
    topics = Topics(embedder, synonyms)
    directory = Directory(store, searcher, embedder, topics, clock)
    writer = _writer(settings, store, embedder)
    consultant = Consultant(answerer, directory, Finder(store, Naming(synonyms), clock), writer)
    overviews = NetworkOverviews(store, Demands(topics, embedder), embedder, clock)
    sign_ups = SignUps(store, clock, timedelta(hours=settings.offer_hours))
    conversations = Conversations(store, clock)
    budgets = Budgets(store, clock, Limits(settings.person_hourly, settings.channel_hourly))
    farewells = farewells_of(store, settings, clock)
    profiles = Profiles(store, embedder, clock, settings.language, farewells=farewells)
    return Knowledge(
        settings,
        store,
        shelf,
        embedder,
        searcher,
        answerer,
        directory,
        overviews,
        topics,
        consultant,
        profiles,
        synonyms,
        clock,
        sign_ups,
        writer,
        conversations,
        budgets,
        PersonalData(store, clock),
    )


def vector_home(settings: Settings) -> VectorHome:
    """Where the settings want vectors; raises VectorsError, SettingsError."""
    if settings.vectors is VectorKind.FAISS:
        return FileHome()
    # Their clients cost half a second and some hundred megabytes, and are installed only where they are used.
    try:
        if settings.vectors is VectorKind.PGVECTOR:
            from knowledge.adapters.pgvector_server import PgVectorServer  # noqa: PLC0415

            return ServerHome(PgVectorServer(settings.database))
        from knowledge.adapters.milvus_server import MilvusServer  # noqa: PLC0415

        return ServerHome(MilvusServer(settings.vectors_url, settings.vectors_token.get_secret_value()))
    except ImportError as error:
        message = f"SOLMU_VECTORS={settings.vectors} needs more packages; run `pip install 'solmu[scale]'`."
        raise SettingsError(message) from error


def insights_of(knowledge: Knowledge, names: PersonNames) -> InsightReader:
    """Whoever reads the overview of a week; `names` are looked up when texts are looked at."""
    settings, clock = knowledge.settings, knowledge.clock
    return InsightReader(
        knowledge.store, _gap_finder(knowledge), knowledge.overviews, names, clock, settings.review_years
    )


def question_log_of(knowledge: Knowledge, names: PersonNames) -> QuestionLog:
    """Whoever writes the question log."""
    return QuestionLog(knowledge.store, _gap_finder(knowledge), names)


def _gap_finder(knowledge: Knowledge) -> GapFinder:
    return GapFinder(knowledge.topics, knowledge.embedder, TopicNames(knowledge.synonyms))


def _writer(settings: Settings, store: Store, embedder: Embedder) -> AnswerWriter:
    if not settings.llm_base_url:
        return QUOTES_ALONE
    # Half a second and some forty megabytes, which only who has a language model shall pay.
    from knowledge.adapters.openai_model import OpenAIModel  # noqa: PLC0415

    model = OpenAIModel(settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value())
    return Writer(model, embedder, store, seconds=settings.llm_seconds)


def _synonyms(settings: Settings) -> Synonyms:
    return read_synonyms(Path(settings.synonyms)) if settings.synonyms else read_synonyms()


def _make_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The data folder {folder} cannot be made ({error.strerror}); set SOLMU_DATA_DIR to another folder."
        raise SettingsError(message) from error
    if not os.access(folder, os.W_OK | os.X_OK) or os.statvfs(folder).f_flag & os.ST_RDONLY:
        message = f"The data folder {folder} is read-only; make it writable or set SOLMU_DATA_DIR to another folder."
        raise SettingsError(message)
