"""The real bot as a process of its own, over a small real index, in front of the stand-in."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from knowledge.adapters.bundled_model import unpack_bundled_model
from knowledge.model import (
    Audience,
    Document,
    DocumentId,
    DocumentKind,
    Language,
    PassageDraft,
    Source,
    SourceId,
    SourceKind,
    UseCase,
)
from knowledge.ports import DocumentContent
from knowledge.publishing import Publisher
from knowledge.settings import Settings
from knowledge.wiring import open_knowledge
from tests.standin import ADMIN, COORDINATOR, StandIn

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
READY = "Solmu is ready to answer"
START_SECONDS = 90.0
BROADCAST_TITLE = "<!channel> Huolto-ohje & <https://evil.example|docs> <@U0ADMIN001>"

PUBLIC_QUESTION = "Milloin jäsenmaksu laskutetaan?"
PUBLIC_QUOTE = "Jäsenmaksu laskutetaan tammikuussa, ja sen eräpäivä on 15. helmikuuta."
MEMBERS_QUESTION = "Kuinka kauan sanelun äänitallennetta saa säilyttää?"
MEMBERS_QUOTE = "Äänitallenne saa olla tallessa enintään 7 vuorokautta sanelun päättymisestä."
COORDINATORS_QUESTION = "Paljonko koordinaattorien matkabudjetti on?"
COORDINATORS_QUOTE = "Koordinaattorien matkabudjetti on 31 000 euroa vuonna 2027."
BROADCAST_QUESTION = "Milloin varajärjestelmän huoltoikkuna on?"
SWEDISH_QUESTION = "Inom vilken tid ska en avvikelse rapporteras till nätverket?"
SWEDISH_QUOTE = "En avvikelse ska rapporteras till nätverkets kansli inom tre arbetsdagar."
NOT_FOUND_QUESTION = "Mikä on Mongolian pääkaupungin väkiluku?"

DOCUMENTS = (
    (
        "saannot",
        "Verkoston säännöt",
        Audience.PUBLIC,
        Language.FI,
        "https://example.org/saannot?a=1&b=2",
        f"{PUBLIC_QUOTE} Yhdistykset eivät maksa jäsenmaksua.",
    ),
    (
        "sanelu",
        "Sanelun tietosuojaohje",
        Audience.MEMBERS,
        Language.FI,
        "",
        f"{MEMBERS_QUOTE} Sen jälkeen äänitallenne hävitetään kaikista järjestelmistä.",
    ),
    (
        "budjetti",
        "Toimiston talousarvio",
        Audience.COORDINATORS,
        Language.FI,
        "",
        f"{COORDINATORS_QUOTE} Summasta vähennetään kokouskulut.",
    ),
    (
        "huolto",
        BROADCAST_TITLE,
        Audience.MEMBERS,
        Language.FI,
        "javascript:alert(1)",
        "Varajärjestelmän huoltoikkuna on <!channel> sunnuntaisin kello 3–5 & <@U0MEMBER01> päivystää.",
    ),
    (
        "avvikelse",
        "Anvisning om avvikelser",
        Audience.MEMBERS,
        Language.SV,
        "https://example.org/avvikelser",
        f"{SWEDISH_QUOTE} Rapporterna förvaras i tre år.",
    ),
)
USE_CASE_TEXT = "Sänkyanturi varoittaa yöhoitajaa, kun kaatumisvaarassa oleva asukas on nousemassa vuoteesta."


def build_index(data_dir: Path) -> None:
    """Index the documents above, and one use case, into an empty data folder."""
    unpack_bundled_model(data_dir / "models")
    knowledge = open_knowledge(Settings(data_dir=data_dir), clock=lambda: NOW)
    with knowledge.store() as work:
        for audience in Audience:
            work.sources.add(Source(work.sources.next_id(), SourceKind.FOLDER, f"/{audience}", audience, NOW))
        for key, title, audience, language, url, text in DOCUMENTS:
            work.documents.put(_content(key, title, audience, language, url, text), NOW)
        use_case = UseCase(
            DocumentId("uc"),
            "Kaatumisten ehkäisy",
            "Lumiharjun hyvinvointialue",
            "pilot",
            ("hoito",),
            "kotihoidon palvelupäällikkö, 5. krs",
            "",
        )
        work.documents.put(
            _content("uc", use_case.title, Audience.MEMBERS, Language.FI, "", USE_CASE_TEXT, use_case), NOW
        )
        work.commit()
    Publisher(knowledge.store, knowledge.shelf, knowledge.embedder).publish()
    knowledge.store.dispose()


def copy_index(built: Path, to: Path) -> Path:
    """A data folder of one's own with the same index; the model is shared."""
    shutil.copytree(built, to, ignore=shutil.ignore_patterns("models"))
    (to / "models").symlink_to(built / "models")
    return to


def _source(audience: Audience) -> SourceId:
    return SourceId(f"s{list(Audience).index(audience) + 1}")


def _content(
    key: str,
    title: str,
    audience: Audience,
    language: Language,
    url: str,
    text: str,
    use_case: UseCase | None = None,
) -> DocumentContent:
    kind = DocumentKind.USECASE if use_case else DocumentKind.DOCUMENT
    document = Document(
        DocumentId(key),
        _source(audience),
        key,
        kind,
        title,
        url,
        language,
        audience,
        "Valokehä ry",
        date(2026, 1, 12),
        NOW,
    )
    return DocumentContent(document, "1", key, "1", [PassageDraft(text, 2, (), language)], use_case)


class BotProcess:
    """`python -m bot` with the given environment; use it as a context manager, and as often as wanted."""

    def __init__(self, data_dir: Path, slack: Mapping[str, str], **settings: str) -> None:
        self.data_dir = data_dir
        self.log = data_dir.parent / f"{data_dir.name}.log"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._environment = kept | {
            "OMP_NUM_THREADS": "1",
            "SOLMU_DATA_DIR": str(data_dir),
            "SOLMU_ADMINS": ADMIN,
            "SOLMU_COORDINATORS": COORDINATOR,
            # Tests ask more in an hour than people do.
            "SOLMU_PERSON_HOURLY": "0",
            "SOLMU_CHANNEL_HOURLY": "0",
            **slack,
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start, and wait until it is ready to answer."""
        self.start()
        try:
            self.wait_until(READY)
        except RuntimeError:
            self.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process that was started last; raises RuntimeError before the first."""
        if self._process is None:
            message = "the bot was not started"
            raise RuntimeError(message)
        return self._process

    def start(self) -> None:
        """Start, and do not wait."""
        with self.log.open("ab") as log:
            self._started_at = log.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot"], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def wait_until(self, words: str) -> None:
        """Wait for words in this life's log; raises RuntimeError where the process ends instead."""
        deadline = time.monotonic() + START_SECONDS
        while words not in self.logged():
            if self.process.poll() is not None or time.monotonic() > deadline:
                message = f"the bot did not say {words!r}: {self.logged()}"
                raise RuntimeError(message)
            time.sleep(0.05)

    def logged(self) -> str:
        """What this life logged so far."""
        with self.log.open("rb") as log:
            log.seek(self._started_at)
            return log.read().decode()

    def references(self) -> list[str]:
        """The references of failures in the log."""
        return re.findall(r"reference ([0-9A-F]{6})", self.logged())

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


def bot_command(slack: StandIn, data_dir: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """`python -m bot` as a process whose words are kept; without the rights of root, who may write anywhere."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | slack.environment() | {"SOLMU_DATA_DIR": str(data_dir), "OMP_NUM_THREADS": "1"} | settings
    lowered = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    command = [*lowered, sys.executable, "-m", "bot", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def end_of(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and last words, waited for; one that does not end is killed."""
    try:
        _, words = process.communicate(timeout=START_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        _, words = process.communicate()
    return process.returncode, words
