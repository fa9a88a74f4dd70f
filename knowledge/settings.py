"""Every `SOLMU_` setting, read once at start; an unknown name stops the program with a sentence."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from knowledge.errors import SettingsError
from knowledge.introductions.schedule import OFF, read_schedule
from knowledge.model import Language
from knowledge.model_address import check_address
from knowledge.ports import VectorKind

PREFIX = "SOLMU_"
DOTENV = Path(".env")
OFFICIAL_PUBLISHERS = (
    "ministeri, Ministry, STM, THL, Terveyden ja hyvinvoinnin laitos, Institutet för hälsa och välfärd, Finnish "
    "Institute for Health and Welfare, Fimea, Valvira, Lupa- ja valvontavirasto, Tillstånds- och tillsynsverket, "
    "tietosuojavaltuutet, dataombudsman, Data Protection Ombudsman, Kela, FPA, EU, Euroopan komissio, Europeiska "
    "kommissionen, European Commission"
)

Names = Annotated[frozenset[str], NoDecode]
Phrases = Annotated[frozenset[str], NoDecode]
"""Names of several words: separated by commas alone."""
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode]
GROUPS = r"^(S[A-Z0-9]{2,30}|T[A-Z0-9]+:S[A-Z0-9]{2,30}([,\s]+T[A-Z0-9]+:S[A-Z0-9]{2,30})*)?$"


class Settings(BaseSettings):
    """What an operator can set. Lists are separated by commas or spaces."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=DOTENV, extra="ignore", frozen=True)

    data_dir: Path = Path("solmu-data")
    """Folder for the database (when SQLite), the index generations and the unpacked model."""
    database_url: str = Field("", repr=False)
    """SQLAlchemy URL; empty means SQLite in the data folder."""
    embedding_model: str = "bundled"
    """`bundled`, a folder, or a model's name on a hub."""
    embedding_revision: str = ""
    """Revision of a hub model; empty means its main branch."""
    language: Language = Language.FI
    """Language of answers to questions whose own language cannot be told."""
    official_publishers: Phrases = frozenset(OFFICIAL_PUBLISHERS.split(", "))
    """Publishers that go first where sources disagree; a part of the name is enough."""
    synonyms: str = ""
    """Path of the file of synonyms; empty means the one that comes with Solmu."""
    admins: Names = frozenset()
    """Slack user ids of admins; see SOLMU_ADMIN_GROUP."""
    coordinators: Names = frozenset()
    """Slack user ids of coordinators; see SOLMU_COORDINATOR_GROUP."""
    join_url: str = ""
    """Web page that tells how an organisation joins; empty means that newcomers are told the coordinators' names."""
    rounds: str = OFF
    """When introductions are proposed every week, such as `tue 09:00` in Finnish time; `off` for never."""
    digest: str = OFF
    """When the week's digests are drafted for coordinators, such as `thu 09:00` in Finnish time; `off` for never."""
    reply_days: float = Field(7, gt=0, le=60)
    """How long a proposed introduction waits for both to answer."""
    follow_up_days: float = Field(14, gt=0, le=180)
    """After how long two who were introduced are asked how it went."""
    due_seconds: float = Field(60, gt=0, le=3600)
    """How often is looked whether a round, an expiry or a question after an introduction is due."""
    keep_generations: int = Field(3, ge=2, le=50)
    """How many index generations stay on disk for rollback."""
    max_file_mb: int = Field(100, ge=1)
    """A larger file or page is not read."""
    read_seconds: int = Field(120, ge=1)
    """Time after which reading one document is given up."""
    read_memory_mb: int = Field(2048, ge=256)
    """Address space of the process that reads one document."""
    web_seconds: int = Field(30, ge=1)
    """Time after which fetching a page is given up."""
    web_networks: Networks = ()
    """Private networks (CIDR) from which pages may be fetched all the same: an intranet."""
    web_redirect_hosts: Names = frozenset()
    """Hosts beside the page's own that a redirect may lead to."""
    answer_workers: int = Field(4, ge=1, le=64)
    """How many questions are answered at once."""
    process_name: str = Field("solmu", pattern="^[!-~]{1,40}$")
    """Under which a bot process finds its own unfinished work again; each of several needs its own."""
    http_host: str = "127.0.0.1"
    """Where the signed HTTP endpoint listens."""
    http_port: int = Field(3000, ge=0, le=65535)
    """Port of the signed HTTP endpoint."""
    public_url: str = ""
    """Where the web reaches the bot's HTTP, such as https://solmu.example.org: calendars can be subscribed to there."""
    log_level: str = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""
    offer_hours: float = Field(24, gt=0, le=168)
    """How long a freed seat is kept for whoever waits first, at most."""
    llm_http_hosts: Names = frozenset()
    """Hosts beside loopback and private addresses where a language model may be reached without TLS."""
    llm_base_url: str = ""
    """Address of an OpenAI-compatible server such as `https://models.example.org/v1`; empty means no language model."""
    llm_model: str = Field("", validate_default=True)
    """The name of the model there."""
    llm_api_key: SecretStr = SecretStr("")
    """The key for it, where it wants one."""
    llm_seconds: float = Field(20, gt=0, le=300)
    """Time after which writing an answer is given up and the quotes stand alone."""
    person_hourly: int = Field(60, ge=0)
    """How many questions of one person are answered in an hour; more wait for their turn. 0 for no limit."""
    channel_hourly: int = Field(120, ge=0)
    """The same in one channel, where its coordinators set no number of their own."""
    vectors: VectorKind = VectorKind.FAISS
    """Where passages' vectors are kept: `faiss` in files, `pgvector` in the PostgreSQL database, or `milvus`."""
    vectors_url: str = Field("", repr=False)
    """Address of the Milvus server, such as `https://vectors.example.org:19530`."""
    vectors_token: SecretStr = SecretStr("")
    """What Milvus asks for: an API key, or `user:password`."""
    insights: str = OFF
    """When coordinators get the overview of the week, such as `mon 08:00` in Finnish time; `off` for never."""
    review_years: float = Field(3, gt=0, le=50)
    """From which age on the overview names a cited document as one to look at."""
    coordinator_group: str = Field("", pattern=GROUPS)
    """Slack user group whose people are coordinators too; with several workspaces TEAM:GROUP, one of each."""
    admin_group: str = Field("", pattern=GROUPS)
    """The same for admins."""
    audit_days: int = Field(730, ge=30)
    """How long the audit log keeps an act."""
    workspaces: Names = frozenset()
    """Slack ids (`T…`) of the workspaces that may install Solmu by OAuth."""
    token_keys: SecretStr = SecretStr("")
    """Keys that seal their tokens, the newest first; `python -m bot new-key` makes one."""
    take_over_seconds: float = Field(15, ge=1, le=300)
    """How long a bot process gives no sign of life before another takes over what it left unfinished."""
    drain_seconds: float = Field(20, ge=0, le=600)
    """How long answers in progress may take after SIGTERM; what is not done by then waits for the next start."""
    log_format: Literal["text", "json"] = "text"
    """`text` for people, `json` for programs: one object a line."""
    sentry_dsn: SecretStr = SecretStr("")
    """Address of a Sentry project that failures are reported to; empty means nowhere."""
    operations_host: str = "127.0.0.1"
    """Where health, readiness and figures for Prometheus are served: not to the world."""
    operations_port: int = Field(0, ge=0, le=65535)
    """Port of those; 0 opens none."""

    question_days: float = Field(180, ge=1, le=3650)
    """How long questions are kept, with what their answers cited, and what was asked of the network and replied."""
    feedback_days: float = Field(365, ge=1, le=3650)
    """How long ratings of answers and feedback on events are kept."""
    sign_up_days: float = Field(365, ge=1, le=3650)
    """How long sign-ups are kept after an event."""
    erasure_ledger: str = ""
    """File that tells who was erased, by hashes; no backup replaces it. Empty means one in the data folder."""

    @field_validator("admins", "coordinators", "web_redirect_hosts", "llm_http_hosts", "workspaces", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        return frozenset(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("official_publishers", mode="before")
    @classmethod
    def _phrases(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return frozenset(filter(None, (" ".join(name.split()) for name in value.split(","))))

    @field_validator("web_networks", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        return tuple(ip_network(name) for name in value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def _base(cls, value: str) -> str:
        return cls._address(value).rstrip("/")

    @field_validator("join_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s@]+", value):
            message = "expected a web address that begins with https://"
            raise ValueError(message)
        return value

    @field_validator("rounds", "digest", "insights")
    @classmethod
    def _weekly(cls, value: str) -> str:
        read_schedule(value)
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            message = "expected DEBUG, INFO, WARNING or ERROR"
            raise ValueError(message)
        return value.upper()

    @field_validator("llm_base_url")
    @classmethod
    def _model_address(cls, value: str, info: ValidationInfo) -> str:
        if value:
            check_address(value, info.data.get("llm_http_hosts", frozenset()))
        return value.rstrip("/")

    @field_validator("llm_model")
    @classmethod
    def _model_name(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) is not bool(info.data.get("llm_base_url", value)):
            message = "expected it to be set together with SOLMU_LLM_BASE_URL, or neither of them"
            raise ValueError(message)
        return value

    @property
    def ledger(self) -> Path:
        """The file of erasures in use."""
        return Path(self.erasure_ledger) if self.erasure_ledger else self.data_dir / "erasures.jsonl"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in use."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'solmu.sqlite'}"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment and `.env`; raises SettingsError for an unknown name or a bad value."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted({*environ, *_dotenv_names()} - known):
        if name.startswith(PREFIX):
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known settings are {', '.join(sorted(known))}."
            message = f"{name} is not a setting of Solmu; {hint}"
            raise SettingsError(message)
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{str(first['loc'][0]).upper()}"
        message = f"{name} cannot be used: {first['msg'].removeprefix('Value error, ')}."
        raise SettingsError(message) from error


def _dotenv_names() -> set[str]:
    if not DOTENV.is_file():
        return set()
    lines = DOTENV.read_text(encoding="utf-8").splitlines()
    return {line.split("=", 1)[0].removeprefix("export ").strip() for line in lines if "=" in line}
