"""More questions than are answered in an hour: each waits for its turn, is told so, and is answered once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox.values import TEAM, Config
from knowledge.model import QuestionId, QueueSlot, member_id
from knowledge.settings import Settings
from knowledge.store import open_store
from tests.scenario.bot_process import MEMBERS_QUESTION, MEMBERS_QUOTE, PUBLIC_QUESTION, BotProcess, copy_index
from tests.scenario.talking import acknowledged, ask_directly, settle, shown
from tests.standin import GENERAL, MEMBER, QUICK_RETRIES, StandIn

SOON = timedelta(seconds=12)
"""After which the first of the hour's questions is an hour old."""


def spend(data: Path, until: datetime) -> None:
    """Somebody asked two questions, an hour before that moment."""
    store = open_store(Settings(data_dir=data).database)
    with store() as work:
        for number in range(2):
            asked_at = until - timedelta(hours=1)
            work.turns.add(QueueSlot(QuestionId(f"earlier{number}"), member_id(TEAM, MEMBER), "", asked_at))
        work.commit()
    store.dispose()


def test_a_question_beyond_the_hours_limit_waits_visibly_and_is_answered(built_index: Path, tmp_path: Path) -> None:
    """As it reads then, even if the bot is killed meanwhile; a command's answer comes as a direct message by then."""
    data = copy_index(built_index, tmp_path / "data")
    limits = {"SOLMU_PERSON_HOURLY": "2"}
    with StandIn(Config(retry_delays=QUICK_RETRIES)) as slack, BotProcess(data, slack.environment(), **limits) as bot:
        due_at = datetime.now(UTC) + SOON
        spend(data, due_at)
        told = ask_directly(slack, MEMBER, PUBLIC_QUESTION)
        assert "Jonotusnumerosi on 1." in told.text
        dm = slack.dm(MEMBER)
        slack.edit(MEMBER, dm, told.thread, MEMBERS_QUESTION)
        acknowledged(slack, slack.events()[-1])
        slack.command(MEMBER, GENERAL, "/kysy", PUBLIC_QUESTION)
        slack.wait_for(lambda: [each for each in slack.from_bot(GENERAL) if "Jonotusnumerosi on" in each.text])
        bot.kill()
        bot.start()
        answer = slack.wait_for(lambda: [each for each in slack.messages(dm) if MEMBERS_QUOTE in shown(each)], 60)
        slack.wait_for(lambda: [each for each in slack.messages(dm) if f"Kysyit: {PUBLIC_QUESTION}" in shown(each)], 60)
        settle(slack)
        assert [each.ts for each in slack.from_bot(dm, told.thread)] == [told.ts, answer[0].ts]
    assert slack.server.slack.clock() >= due_at
