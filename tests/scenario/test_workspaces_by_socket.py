"""One bot in several workspaces over Socket Mode: one connection brings what happens in all of them."""

from __future__ import annotations

from pathlib import Path

from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE, READY, copy_index
from tests.scenario.ecosystem import HOME, SHORE, opened
from tests.scenario.talking import ask_directly, ask_in_thread, mention, shown
from tests.standin import ADMIN, GENERAL, MEMBER


def test_one_connection_serves_every_workspace(built_index: Path, tmp_path: Path) -> None:
    """Each is answered by its own token, roles are held in one's own; a kill loses nobody."""
    with opened(copy_index(built_index, tmp_path / "data"), "socket") as several:
        home, shore = (several.workspaces[digit] for digit in (HOME, SHORE))
        for digit in (HOME, SHORE):
            status, page = several.install(digit)
            assert (status, "Tervetuloa" in page) == (200, True), page
        for slack, is_admin in ((home, True), (shore, False)):
            [answer] = ask_in_thread(slack, MEMBER, GENERAL, mention(PUBLIC_QUESTION))
            assert PUBLIC_QUOTE in shown(answer)
            told = slack.command(ADMIN, GENERAL, "/solmu", "status")
            assert told.acknowledged
            assert ("text" in told.answer) is not is_admin
        several.bot.kill()
        several.bot.start()
        several.bot.wait_until(READY)
        for slack in (home, shore):
            assert PUBLIC_QUOTE in shown(ask_directly(slack, MEMBER, PUBLIC_QUESTION))
            assert slack.counts("invalid_auth") == slack.counts("channel_not_found") == {}
        assert shore.connected() == 0
        shore.send_event({"type": "app_uninstalled"})
        shore.wait_for(lambda: all(one.over for one in shore.deliveries()))
        assert len(several.installed()) == 1
        assert PUBLIC_QUOTE in shown(ask_directly(home, MEMBER, PUBLIC_QUESTION))
        assert several.bot.references() == []
