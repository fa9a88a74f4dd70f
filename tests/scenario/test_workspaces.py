"""One bot in several workspaces: installed by OAuth, each with its own token, and none of them in the other's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from knowledge.adapters.sealing import Seal
from knowledge.model import Audience, ChannelId, MemberId
from knowledge.store import open_store
from tests.builders import announcement
from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE, READY, copy_index
from tests.scenario.ecosystem import HOME, SHORE, STRANGE, Ecosystem, opened
from tests.scenario.several import Browser, named, team
from tests.scenario.talking import ask_directly, ask_in_thread, event_of, mention, shown
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, QUESTIONS


@pytest.fixture(scope="module")
def ecosystem(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ecosystem]:
    """Nobody has installed anything yet."""
    with opened(copy_index(built_index, tmp_path_factory.mktemp("several") / "data"), "http") as several:
        yield several


@pytest.fixture(scope="module")
def both(ecosystem: Ecosystem) -> Ecosystem:
    """Two workspaces have installed it."""
    for digit in (HOME, SHORE):
        status, page = ecosystem.install(digit)
        assert (status, "Tervetuloa" in page) == (200, True), page
    return ecosystem


def test_whoever_says_no_is_told_kindly_and_nothing_is_kept(ecosystem: Ecosystem) -> None:
    """In their browser's language."""
    status, page = Browser(ecosystem.port, "sv-FI").get("/slack/oauth_redirect?error=access_denied&state=x")
    assert status == 200
    assert "Solmu lades inte till" in page
    assert ecosystem.installed() == []


def test_a_word_is_good_in_its_own_browser_once_and_in_time(ecosystem: Ecosystem) -> None:
    """Another browser, a second return, a guessed word and a late one are turned away, and can begin anew."""
    browser = Browser(ecosystem.port)
    word = browser.begin()
    assert Browser(ecosystem.port).come_back(ecosystem.permit(SHORE), word)[0] == 400
    browser.cookie = browser.cookie.replace(word, "guessed")
    assert browser.come_back(ecosystem.permit(SHORE), "guessed")[0] == 401
    used = Browser(ecosystem.port)
    word = used.begin()
    cookie = used.cookie
    assert used.come_back("T9VALOKEHA.nonsense", word)[0] == 401
    used.cookie = cookie
    status, page = used.come_back(ecosystem.permit(SHORE), word)
    assert (status, "Yritä uudelleen" in page) == (401, True)
    late = Browser(ecosystem.port)
    word = late.begin()
    with closing(sqlite3.connect(ecosystem.database, isolation_level=None)) as database:
        database.execute("UPDATE oauth_states SET until = '2026-01-01 00:00:00.000000'")
    assert late.come_back(ecosystem.permit(SHORE), word)[0] == 401
    assert ecosystem.installed() == []


def test_a_strange_workspace_gets_a_kind_page_and_its_token_is_given_back(ecosystem: Ecosystem) -> None:
    """Its people would read what the ecosystem's members read; nothing of it is kept."""
    status, page = ecosystem.install(STRANGE, Browser(ecosystem.port, "en"))
    assert (status, "This workspace is not taking part" in page) == (403, True)
    assert ecosystem.workspaces[STRANGE].counts()["auth.revoke"] == 1
    assert team(STRANGE) not in ecosystem.installed()


def test_each_is_answered_in_its_own_place_with_its_own_token(both: Ecosystem) -> None:
    """The same question asked in both at once: one answer in each, and no call of one in the other."""
    home, shore = both.workspaces[HOME], both.workspaces[SHORE]
    before = {digit: slack.counts()["chat.startStream"] for digit, slack in both.workspaces.items()}
    for slack in (home, shore):
        [answer] = ask_in_thread(slack, MEMBER, GENERAL, mention(PUBLIC_QUESTION))
        assert PUBLIC_QUOTE in shown(answer)
    posts = [slack.counts("ok")["chat.postMessage"] + slack.counts("ok")["chat.startStream"] for slack in (home, shore)]
    assert posts == [1, 1], before
    for slack in both.workspaces.values():
        assert slack.counts("invalid_auth") == slack.counts("channel_not_found") == {}
    assert both.workspaces[STRANGE].counts()["chat.postMessage"] == 0


def test_a_role_is_held_in_ones_own_workspace_only(both: Ecosystem) -> None:
    """The admin of one is nobody in the other, where a person of the same name and place is somebody else."""
    home, shore = both.workspaces[HOME], both.workspaces[SHORE]
    for slack, may in ((home, True), (shore, False)):
        attempt = slack.command(ADMIN, GENERAL, "/solmu", "status")
        assert attempt.acknowledged
        assert ("text" in attempt.answer) is not may


def test_the_clerk_writes_where_channel_and_person_are(both: Ecosystem) -> None:
    """News goes to a channel of its author's workspace; that another one is closed is told to its author there."""
    home, shore = both.workspaces[HOME], both.workspaces[SHORE]
    ask_in_thread(shore, MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    author = MemberId(f"{team(SHORE)}:{named(SHORE, COORDINATOR)}")
    channels = tuple(ChannelId(each) for each in (named(SHORE, QUESTIONS), "C9NOWHERE"))
    store = open_store(f"sqlite:///{both.database}")
    with store() as work:
        work.announcements.put(announcement("news", author=author, channels=channels, audience=Audience.PUBLIC))
        work.commit()
    store.dispose()
    shore.wait_for(lambda: any("Tekoälyaamu" in shown(each) for each in shore.from_bot(QUESTIONS)))
    letter = shore.wait_for(lambda: shore.from_bot(shore.dm(COORDINATOR)))[0]
    assert "Tekoälyaamu" in shown(letter)
    told = [shown(each) for channel in (QUESTIONS, home.dm(COORDINATOR)) for each in home.from_bot(channel)]
    assert [each for each in told if "Tekoälyaamu" in each] == []


def test_a_newcomer_is_greeted_in_their_own_workspace(both: Ecosystem) -> None:
    """By name of nobody else's coordinators."""
    home, shore = both.workspaces[HOME], both.workspaces[SHORE]
    newcomer = shore.join()
    greeting = shore.wait_for(lambda: shore.from_bot(shore.dm(newcomer)))[0]
    assert "Solmu" in shown(greeting)
    assert home.counts()["conversations.open"] == 0


def test_after_a_kill_both_are_answered_again(both: Ecosystem) -> None:
    """The tokens are opened with the key; neither they nor the client's secret stand in the database or the log."""
    both.bot.kill()
    both.bot.start()
    both.bot.wait_until(READY)
    for digit in (HOME, SHORE):
        assert PUBLIC_QUOTE in shown(ask_directly(both.workspaces[digit], MEMBER, PUBLIC_QUESTION))
    secrets = [slack.config.bot_token for slack in both.workspaces.values()]
    secrets += [both.workspaces[HOME].config.client_secret, *both.keys]
    files = [path for path in both.bot.data_dir.rglob("*.sqlite*") if path.is_file()]
    assert both.database in files
    for path in (*files, both.bot.log):
        content = path.read_bytes()
        assert [each for each in secrets if each.encode() in content] == []


def test_a_new_key_takes_the_place_of_the_old_one(both: Ecosystem) -> None:
    """`rekey` seals everything with the newest key; a bot that knows both goes on meanwhile."""
    old, new = both.keys
    with closing(sqlite3.connect(both.database)) as database:
        before = dict(database.execute("SELECT team, sealed FROM installations"))
    environment = {"SOLMU_DATA_DIR": str(both.bot.data_dir), "SOLMU_TOKEN_KEYS": f"{new},{old}"}
    told = CliRunner().invoke(app, ["rekey"], env=environment)
    assert (told.exit_code, told.stdout.strip()) == (0, "2 tokens are sealed with the newest key.")
    with closing(sqlite3.connect(both.database)) as database:
        after = dict(database.execute("SELECT team, sealed FROM installations"))
    assert before.keys() == after.keys()
    for digit in (HOME, SHORE):
        token = both.workspaces[digit].config.bot_token
        assert Seal([old]).open(before[team(digit)], team(digit)) == token
        assert Seal([new]).open(after[team(digit)], team(digit)) == token
    assert PUBLIC_QUOTE in shown(ask_directly(both.workspaces[HOME], MEMBER, PUBLIC_QUESTION))


def test_a_workspace_that_removes_solmu_is_forgotten_and_the_other_goes_on(both: Ecosystem) -> None:
    """Its token is erased, what still comes from it is acknowledged and left alone; installed again, it is answered."""
    home, shore = both.workspaces[HOME], both.workspaces[SHORE]
    shore.send_event({"type": "tokens_revoked", "tokens": {"oauth": ["UXXX"], "bot": []}})
    shore.wait_for(lambda: all(one.over for one in shore.deliveries()))
    assert both.installed() == [team(HOME), team(SHORE)]
    shore.send_event({"type": "app_uninstalled"})
    shore.wait_for(lambda: all(one.over for one in shore.deliveries()))
    assert both.installed() == [team(HOME)]
    posted = shore.counts()["chat.postMessage"] + shore.counts()["chat.startStream"]
    ts = shore.post(MEMBER, GENERAL, mention(PUBLIC_QUESTION))
    shore.wait_for(lambda: event_of(shore, ts).acknowledged)
    assert PUBLIC_QUOTE in shown(ask_directly(home, MEMBER, PUBLIC_QUESTION))
    assert shore.from_bot(GENERAL, ts) == []
    assert shore.counts()["chat.postMessage"] + shore.counts()["chat.startStream"] == posted
    assert both.install(SHORE)[0] == 200
    assert PUBLIC_QUOTE in shown(ask_directly(shore, MEMBER, PUBLIC_QUESTION))
    assert both.bot.references() == []
