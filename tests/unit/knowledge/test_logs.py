"""Lines of the log, and reports to Sentry: found by their reference, and without anything that anybody wrote."""

from __future__ import annotations

import gzip
import json
import logging
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from bot.failures import note_failure
from knowledge.errors import SettingsError
from knowledge.logs import formatter
from knowledge.references import ReferringPool, current_reference, reference_of, referring
from knowledge.sentry import SentryReports

SECRET = "Matti Meikäläinen, 131052-308T"


def _record(message: str = "question %s waits", *arguments: object, failed: bool = False) -> logging.LogRecord:
    try:
        int(SECRET)
    except ValueError:
        trace = sys.exc_info() if failed else None
    return logging.LogRecord("bot.asking", logging.ERROR, __file__, 1, message, arguments or ("q1",), trace)


def test_a_question_has_one_reference() -> None:
    """Six signs, the same at every try; another question has another."""
    assert reference_of("message:T1:C1:1.2") == reference_of("message:T1:C1:1.2")
    assert reference_of("message:T1:C1:1.2") != reference_of("message:T1:C1:1.3")
    assert len(reference_of("message:T1:C1:1.2")) == len(reference_of()) == 6


def test_what_people_are_told_is_what_the_log_says(caplog: pytest.LogCaptureFixture) -> None:
    """A failure while a question is answered goes by the question's reference; any other gets one of its own."""
    with referring("ABC123"):
        assert note_failure("it failed") == "ABC123"
    assert note_failure("it failed") not in {"", "ABC123"}
    assert caplog.records[0].getMessage() == "it failed, reference ABC123"


def test_work_handed_on_keeps_its_reference() -> None:
    """What a listener leaves to be done later is found under the same reference; a thread keeps none for the next."""
    with ReferringPool(1) as pool:
        with referring("ABC123"):
            first = pool.submit(current_reference)
        assert (first.result(), pool.submit(current_reference).result()) == ("ABC123", "")


def test_lines_for_programs_are_objects() -> None:
    """Time, level, logger, message, process, and the reference where there is one; a traceback is one field."""
    line = formatter("json", "solmu-1")
    with referring("ABC123"):
        told = json.loads(line.format(_record(failed=True)))
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "bot.asking", "question q1 waits")
    assert (told["process"], told["reference"]) == ("solmu-1", "ABC123")
    assert "test_logs.py" in told["traceback"]
    assert "reference" not in json.loads(line.format(_record()))


def test_lines_for_people_show_the_reference() -> None:
    """In brackets, after the logger."""
    with referring("ABC123"):
        assert formatter("text", "").format(_record()).endswith("ERROR bot.asking [ABC123] question q1 waits")
    assert formatter("text", "").format(_record()).endswith("ERROR bot.asking question q1 waits")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("token", ["xoxb-1-2-abcDEF", "xapp-1-A0-5-ab12", "xoxe.xoxp-1-Mi0y"])
def test_a_token_is_struck_out(form: str, token: str) -> None:
    """Wherever it came from: whoever reads the log could use it."""
    line = formatter(form, "").format(_record("Slack said %s", token))
    assert token not in line
    assert "-…" in line


class Sentry(BaseHTTPRequestHandler):
    """Keeps the bodies that come."""

    bodies: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        """Take one envelope."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.bodies.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def dsn() -> Iterator[str]:
    """The address of a Sentry on loopback."""
    Sentry.bodies.clear()
    with HTTPServer(("127.0.0.1", 0), Sentry) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://key@127.0.0.1:{server.server_port}/1"
        server.shutdown()
        thread.join()


def test_a_report_tells_where_and_under_which_reference(dsn: str) -> None:
    """Types, places in the code and the reference arrive; words, values, source lines and the machine's name do not."""
    reports = SentryReports(dsn, "solmu-1")
    with referring("ABC123"):
        reports.handle(_record("a question by %s failed", SECRET, failed=True))
    reports.close()
    [body] = Sentry.bodies
    event: dict[str, Any] = next(
        told for told in map(json.loads, filter(None, body.splitlines())) if "exception" in told
    )
    [error] = event["exception"]["values"]
    assert (event["tags"], event["server_name"], event["logger"]) == ({"reference": "ABC123"}, "solmu-1", "bot.asking")
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"][-1]["function"] == "_record"
    assert set(error["stacktrace"]["frames"][-1]) <= {"filename", "function", "lineno", "module", "in_app"}
    for word in ("Matti", "Meik", "131052"):
        assert word not in body.decode()
    assert not {"breadcrumbs", "request", "user", "extra", "modules"} & {name for name in event if event[name]}


def test_what_is_no_failure_is_not_reported(dsn: str) -> None:
    """Sentry hears of errors only."""
    reports = SentryReports(dsn, "solmu-1")
    logger = logging.getLogger("tests.sentry")
    logger.addHandler(reports)
    logger.warning("Slack is not available")
    logger.removeHandler(reports)
    reports.close()
    assert Sentry.bodies == []


def test_an_address_that_is_none_is_told() -> None:
    """With what to do."""
    with pytest.raises(SettingsError, match="SOLMU_SENTRY_DSN"):
        SentryReports("nowhere", "solmu-1")
