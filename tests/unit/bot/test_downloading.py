"""Files that people share: fetched with the bot's token from Slack alone, and never more than is allowed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.downloading import Downloads
from knowledge.administering.uploads import FileProblem, FileRefusedError
from tests.standin import StandIn

MOST = 20


@pytest.fixture(scope="module")
def slack() -> Iterator[StandIn]:
    """A workspace that hands files out to the bot alone."""
    with StandIn() as running:
        yield running


def _downloads(slack: StandIn, token: str = "") -> Downloads:
    return Downloads(token or slack.config.bot_token, f"{slack.url}/api/", MOST)


def _problem(downloads: Downloads, file: dict[str, object]) -> FileProblem:
    with pytest.raises(FileRefusedError) as refused:
        downloads.fetch(file)
    return refused.value.problem


def test_the_bytes_come_with_the_token(slack: StandIn) -> None:
    """Exactly as they were handed over; one byte too many is refused whatever size was told."""
    assert _downloads(slack).fetch(slack.upload("a.md", b"x" * MOST)) == b"x" * MOST
    told_small = slack.upload("b.md", b"x" * (MOST + 1)) | {"size": 1}
    assert _problem(_downloads(slack), told_small) is FileProblem.SIZE


def test_a_page_to_sign_in_is_no_file(slack: StandIn) -> None:
    """That is what Slack answers to a token without the scope, and with no error."""
    assert _problem(_downloads(slack, "xoxb-other"), slack.upload("a.md", b"x")) is FileProblem.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://files.example.org/a.md",
        "https://slack.com.example.org/a.md",
        "http://files.slack.com/a.md",
        "https://files.slack.com:8443/a.md",
        "https://[files.slack.com/a.md",
        "file:///etc/passwd",
    ],
)
def test_the_token_is_sent_nowhere_else(slack: StandIn, url: str) -> None:
    """A file that is kept elsewhere, or over no TLS, is not asked for at all."""
    assert _problem(_downloads(slack), {"name": "a.md", "url_private_download": url}) is FileProblem.UNREACHABLE
