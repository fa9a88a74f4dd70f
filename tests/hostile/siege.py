"""A real bot behind its signed door, besieged by mutated deliveries while people go on asking it good questions."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from bot.sandbox.happenings import announce_events
from bot.sandbox.membership import introduce_people
from bot.sandbox.values import Config
from bot.shapes import flaw
from knowledge.settings import Settings
from tests.hostile.payloads import MARK, UNSIGNED, Payloads, Request
from tests.hostile.wandering import deliveries
from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE, BotProcess
from tests.scenario.talking import ask_directly
from tests.standin import MEMBER, SWEDISH_MEMBER, StandIn, free_port

AT_ONCE = 4
SLACKS_PATIENCE = 3.0
QUESTION_EVERY = 100
"""Mutants between two good questions."""
LISTED = 25
_PATIENCE = 120.0
_TOLD = re.compile(r"reference [0-9A-F]{6}\nTraceback")
"""An error that whoever waited was told of, with the reference under which the log has it."""
_LAZY = re.compile(r"Failed to run an internal function \((?P<why>[^\n]*)\)")
"""What Bolt says where the slow half of a listener failed."""
_TRACE = re.compile(r"Traceback \(most recent call last\):\n(?:[ ].*\n|\n)*(?P<error>[\w.]+)", re.MULTILINE)
_PLACE = re.compile(r'File "[^"]*/((?:bot|knowledge)/[^"]+)", line (\d+)')


@dataclass
class Damage:
    """What the siege did: the answers, what should not have been, and what it cost."""

    sent: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    templates: int = 0
    questions: int = 0
    told: int = 0
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    longest: float = 0.0
    before_mb: int = 0
    after_mb: int = 0
    peak_mb: int = 0


def besiege(data: Path, count: int, seed: int, first: int = 0) -> Damage:
    """Send so many mutants to a bot over this data folder, which holds an index already."""
    settings = Settings(data_dir=data)
    url = f"http://127.0.0.1:{free_port()}/slack/events"
    with StandIn(Config(bot_url=url)) as slack:
        port = url.split(":")[2].partition("/")[0]
        web = {"SOLMU_HTTP_PORT": port, "SOLMU_PUBLIC_URL": f"http://127.0.0.1:{port}/"}
        # The first start makes the tables; then the sample's people and events come in.
        introduce_people(data, settings.database)
        announce_events(settings.database)
        with BotProcess(data, slack.environment(), **web) as bot:
            return _Siege(slack, bot, seed).lay(range(first, first + count))


class _Siege:
    """One bot, one workspace, one seed."""

    def __init__(self, slack: StandIn, bot: BotProcess, seed: int) -> None:
        self._slack = slack
        self._bot = bot
        self._damage = Damage()
        templates = deliveries(slack)
        self._damage.templates = len(templates)
        self._damage.findings += [
            f"a real delivery is passed over: {flaw(payload)}" for _, payload in templates if flaw(payload)
        ]
        self._payloads = Payloads(seed, templates, slack.config.signing_secret)
        self._asked: list[tuple[str, str]] = []

    def lay(self, numbers: Sequence[int]) -> Damage:
        """Send these mutants, and look at what is left."""
        damage, began = self._damage, time.monotonic()
        self._log_before = len(self._bot.logged())
        damage.before_mb, _ = self._memory()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in range(0, len(numbers), QUESTION_EVERY):
                self._ask()
                list(pool.map(self._send, numbers[start : start + QUESTION_EVERY]))
        damage.seconds = time.monotonic() - began
        self._look_at_questions()
        self._look_at_log()
        damage.after_mb, damage.peak_mb = self._memory()
        return damage

    def _ask(self) -> None:
        user = (MEMBER, SWEDISH_MEMBER)[len(self._asked) % 2]
        channel = self._slack.dm(user)
        self._asked.append((channel, self._slack.post(user, channel, PUBLIC_QUESTION)))

    def _send(self, number: int) -> None:
        request = self._payloads.make(number)
        began = time.monotonic()
        status = self._status(request)
        took = time.monotonic() - began
        damage = self._damage
        damage.sent += 1
        damage.answers[f"{request.kind} {status}"] += 1
        damage.longest = max(damage.longest, took)
        if took > SLACKS_PATIENCE:
            damage.findings.append(f"{number} ({request.kind}, {request.about}): answered after {took:.1f} s")
        if status >= 500 or status == 0 or request.expected not in {0, status}:
            damage.findings.append(
                f"{number} ({request.kind}, {request.about}): answered {status}, expected {request.expected or 'less'}"
            )

    def _status(self, request: Request) -> int:
        """What the bot answers; 0 where it answers nothing."""
        address = urlsplit(self._slack.config.bot_url)
        connection = HTTPConnection(address.hostname or "", address.port, timeout=4 * SLACKS_PATIENCE)
        try:
            connection.request("POST", address.path, request.body, request.headers)
            return connection.getresponse().status
        except (BrokenPipeError, ConnectionResetError):
            # It stopped listening while this was still sending: too large.
            return 413 if len(request.body) > 1_000_000 else 0
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def _look_at_questions(self) -> None:
        """Each good question has one answer, and one more is answered as ever; nobody answered the unsigned ones."""
        damage = self._damage
        damage.questions = len(self._asked)
        try:
            self._slack.wait_for(lambda: all(self._slack.from_bot(*asked) for asked in self._asked), _PATIENCE)
            ask_directly(self._slack, MEMBER, PUBLIC_QUESTION)
        except TimeoutError:
            damage.findings.append("a good question was not answered")
        for channel, ts in self._asked:
            answers = self._slack.from_bot(channel, ts)
            if len(answers) != 1 or PUBLIC_QUOTE not in str(answers[0]):
                damage.findings.append(f"a good question has {len(answers)} answers: {[each.text for each in answers]}")
        if any(UNSIGNED in str(call) for call in self._slack.calls()):
            damage.findings.append("what was not signed was answered")

    def _look_at_log(self) -> None:
        """No errors that nobody foresaw, and no words of what was sent."""
        log = self._bot.logged()[self._log_before :]
        errors: Counter[str] = Counter()
        self._damage.told = len(_TOLD.findall(log))
        for lazy in _LAZY.finditer(log):
            if "does not say what it has to" not in lazy["why"]:
                errors[f"the slow half of a listener: {lazy['why'][:80]}"] += 1
        for trace in _TRACE.finditer(_TOLD.sub("", log)):
            places = _PLACE.findall(trace[0])
            errors[f"{trace['error']} at {':'.join(places[-1]) if places else 'a library'}"] += 1
        self._damage.findings += [f"{count} x {error}" for error, count in errors.most_common()]
        if MARK in log:
            lines = [line for line in log.splitlines() if MARK in line]
            self._damage.findings.append(f"{len(lines)} lines of the log hold words that were sent: {lines[0][:150]}")

    def _memory(self) -> tuple[int, int]:
        """The bot's memory now and at its most, in MB."""
        status = Path(f"/proc/{self._bot.process.pid}/status").read_text(encoding="ascii")
        now, most = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) // 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[index]
        return now, most
