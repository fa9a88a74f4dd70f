"""Whether everything is set up, each told in one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checking_here import check_here
from bot.checking_slack import check_app, check_slack
from bot.checking_workspaces import check_workspaces
from bot.connection import open_client
from bot.findings import Finding
from bot.settings import Transport, load_slack_settings
from knowledge.errors import SolmuError
from knowledge.ports import Clock
from knowledge.settings import load_settings
from knowledge.wiring import utc_now


def checks(clock: Clock = utc_now) -> Iterator[Finding]:
    """Each check in turn, as its result is known; one that needs another's success is left out."""
    slack = None
    try:
        slack = load_slack_settings()
    except SolmuError as error:
        yield Finding("Slack settings", is_good=False, sentence=str(error))
    else:
        if not slack.is_installed_by_oauth:
            yield from check_slack(slack, open_client(slack), clock)
        elif slack.transport is Transport.SOCKET:
            yield check_app(slack, open_client(slack))
    try:
        settings = load_settings()
    except SolmuError as error:
        yield Finding("settings", is_good=False, sentence=str(error))
    else:
        if slack and slack.is_installed_by_oauth:
            yield check_workspaces(settings, slack, clock)
        yield from check_here(settings, clock)
