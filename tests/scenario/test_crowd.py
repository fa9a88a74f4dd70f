"""Five hundred people click on one card with fifty seats: through the real bot, over Socket Mode and signed HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.model import Attendance, Audience, OccurrenceId
from knowledge.settings import Settings
from knowledge.store import open_store
from tests.builders import event
from tests.scenario.announcing import announce, copies
from tests.scenario.bot_process import BotProcess, copy_index
from tests.scenario.conftest import standin_config
from tests.scenario.crowds import admit_crowd, click_together
from tests.scenario.talking import shown
from tests.standin import EVENTS, StandIn

CROWD, SEATS = 500, 50
CHANGES_AT_ONCE, SECONDS_A_CHANGE = 3, 3.0


@pytest.mark.parametrize("transport", ["socket", "http"])
def test_a_crowd_at_the_door(transport: str, built_index: Path, tmp_path: Path) -> None:
    """Never one too many, the list in the order of what was written down, and the card changed now and then only.

    Slack would wait three seconds for each; a machine that tests are run on may be too busy for that.
    """
    data = copy_index(built_index, tmp_path / "data")
    config = replace(standin_config(transport), ack_seconds=60.0)
    port = {"SOLMU_HTTP_PORT": config.bot_url.split(":")[2].split("/")[0]} if config.bot_url else {}
    store = open_store(Settings(data_dir=data).database)
    with StandIn(config) as slack, BotProcess(data, slack.environment(), **port):
        crowd = admit_crowd(slack, CROWD)
        announce(store, "e1", EVENTS, of=event("e1", capacity=SEATS), audience=Audience.MEMBERS)
        card = slack.wait_for(lambda: copies(slack, "e1", EVENTS))[0]
        changed_before = len(slack.calls("chat.update"))
        attempts = click_together(slack, crowd, card, "event_going")
        assert all(attempt.acknowledged for attempt in attempts)
        with store.reading() as work:
            said = work.sign_ups.of(OccurrenceId("e1-1"))
        numbers = {
            attendance: [each.number for each in said if each.attendance is attendance] for attendance in Attendance
        }
        assert numbers[Attendance.GOING] == list(range(1, SEATS + 1))
        assert numbers[Attendance.WAITING] == list(range(SEATS + 1, CROWD + 1))
        slack.wait_for(lambda: f"{SEATS}/{SEATS} · 450 jonossa" in shown(copies(slack, "e1", EVENTS)[0]))
        seconds = max(attempt.sent_at + attempt.took for attempt in attempts) - attempts[0].sent_at
        changes = len(slack.calls("chat.update")) - changed_before
        assert changes <= CHANGES_AT_ONCE + seconds / SECONDS_A_CHANGE
        whispers = slack.wait_for(lambda: _whispers(slack), timeout=60)
        places = {each.seen_by: shown(each) for each in whispers}
        for each in said:
            told = f"sijalla {each.number - SEATS}." if each.number > SEATS else "Olet ilmoittautunut"
            assert told in places[each.person.rpartition(":")[2]]
    store.dispose()


def _whispers(slack: StandIn) -> list[object]:
    found = [message for message in slack.from_bot(EVENTS) if message.seen_by]
    return found if len(found) == CROWD else []
