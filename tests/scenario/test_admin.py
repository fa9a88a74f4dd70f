"""What admins may do, and what the bot says when it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from knowledge.model import IndexRun, RunCounts, RunState
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE
from tests.scenario.conftest import Workplace
from tests.scenario.talking import ask_by_command, ask_directly, over_socket, settle, shown
from tests.standin import ADMIN, COORDINATOR, EVENTS, GENERAL, MEMBER, OFFICE

pytestmark = over_socket


@contextmanager
def _store(workplace: Workplace) -> Iterator[Store]:
    store = open_store(Settings(data_dir=workplace.bot.data_dir).database)
    try:
        yield store
    finally:
        store.dispose()


def _now() -> datetime:
    return datetime.now(UTC)


def _claim(store: Store) -> IndexRun:
    with store() as work:
        run = work.runs.claim("test", _now(), _now())
        work.commit()
    assert run is not None
    return run


@pytest.mark.parametrize("user", [MEMBER, COORDINATOR])
@pytest.mark.parametrize("text", ["status", "reindex", ""])
def test_others_are_refused_kindly(workplace: Workplace, user: str, text: str) -> None:
    """Only they see it, and nothing happens."""
    answered = len(workplace.slack.calls("response_url"))
    attempt = workplace.slack.command(user, GENERAL, "/solmu", text)
    assert "vain ylläpitäjille" in attempt.answer["text"]
    assert attempt.answer["response_type"] == "ephemeral"
    settle(workplace.slack)
    assert len(workplace.slack.calls("response_url")) == answered
    with _store(workplace) as store, store.reading() as work:
        assert work.runs.latest() is None


def test_an_admin_is_told_what_there_is(workplace: Workplace) -> None:
    """How much is indexed; an unknown word shows the commands."""
    slack = workplace.slack
    assert "Komennot: /solmu status" in slack.command(ADMIN, OFFICE, "/solmu", "apua").answer["text"]
    before = len(slack.from_bot(OFFICE))
    assert slack.command(ADMIN, OFFICE, "/solmu", " Status ").answer == {}
    [told] = slack.wait_for(lambda: slack.from_bot(OFFICE)[before:])
    assert "Asiakirjoja 5" in told.text
    assert told.seen_by == ADMIN
    assert "hakukelpoisia katkelmia 6. Hakemisto on rakennettu 12.3.2026 klo 14.00." in told.text


def test_a_reindexing_is_shown_live_in_one_message(workplace: Workplace) -> None:
    """From waiting over reading to done; asked for twice while it waits, it is shown once."""
    slack = workplace.slack
    direct = slack.dm(ADMIN)
    before = len(slack.from_bot(direct))
    for _ in range(2):
        assert "pyysin lukemaan" in slack.command(ADMIN, OFFICE, "/solmu", "reindex").answer["text"]
    [first] = slack.wait_for(lambda: slack.from_bot(direct)[before:])

    def says(words: str) -> bool:
        return words in slack.from_bot(direct)[before].text

    slack.wait_for(lambda: says("odottaa vuoroaan"))
    with _store(workplace) as store:
        run = _claim(store)
        with store() as work:
            work.runs.progress(run.id, "reading", 3, 12, _now())
            work.commit()
        slack.wait_for(lambda: says("Luen aineistoja.\n█████░"))
        with store() as work:
            work.runs.finish(run.id, RunState.DONE, RunCounts(new=2, unchanged=10), "", _now())
            work.commit()
    slack.wait_for(lambda: says("Aineistot ovat ajan tasalla. Uusia 2"))
    settle(slack)
    assert [message.ts for message in slack.from_bot(direct)[before:]] == [first.ts]
    assert run.requested_by == ADMIN


@contextmanager
def _broken_table(workplace: Workplace) -> Iterator[None]:
    """The table of questions is away for a while, so that every answer fails inside."""
    with closing(sqlite3.connect(workplace.bot.data_dir / "solmu.sqlite", isolation_level=None)) as database:
        database.execute("ALTER TABLE questions RENAME TO questions_away")
        try:
            yield
        finally:
            database.execute("ALTER TABLE questions_away RENAME TO questions")


def test_a_failure_is_told_with_a_reference(workplace: Workplace) -> None:
    """Whoever asked gets a sentence in their language; the log has the traceback under the same reference."""
    slack, bot = workplace.slack, workplace.bot
    with _broken_table(workplace):
        direct = ask_directly(slack, MEMBER, PUBLIC_QUESTION)
        command = ask_by_command(slack, MEMBER, EVENTS, "When is the membership fee invoiced to the members?")
    first, second = bot.references()[-2:]
    assert f"kerro ylläpidolle tunnus {first}" in direct.text
    assert second in command.text
    assert "try again" in command.text.lower()
    assert PUBLIC_QUOTE not in shown(direct)
    assert "Traceback" in bot.logged()
    assert "jäsenmaksu laskutetaan" not in bot.logged()
    assert PUBLIC_QUOTE in ask_directly(slack, MEMBER, PUBLIC_QUESTION).text


def test_an_answer_that_slack_refuses_is_told_too(workplace: Workplace) -> None:
    """Where Slack does not take the message as it is, a sentence with a reference goes in its place."""
    workplace.slack.fault("chat.postMessage", error="msg_blocks_too_long")
    answer = ask_directly(workplace.slack, MEMBER, PUBLIC_QUESTION)
    assert workplace.bot.references()[-1] in answer.text
