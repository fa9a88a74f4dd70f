"""Coordinators by a user group of Slack: who comes to it may at once, and who leaves it may no more."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from bot.roles import ACTING_SECONDS
from bot.sandbox.seed import COORDINATORS
from bot.sandbox.values import Message
from knowledge.model import Act, AuditEntry, ChannelRule
from knowledge.settings import Settings
from knowledge.store import open_store
from tests.scenario.conftest import Workplace
from tests.scenario.talking import over_socket, settle, shown
from tests.standin import ADMIN, COORDINATOR, GENERAL, GUEST, MEMBER, OFFICE, PARTNERS, StandIn

pytestmark = over_socket


@pytest.fixture(autouse=True)
def _group(workplace: Workplace) -> Iterator[None]:
    yield
    _set(workplace.slack, COORDINATOR)
    workplace.slack.close_modal(MEMBER)


def _set(slack: StandIn, *people: str, is_on: bool = True) -> None:
    """The group's people, of which the bot has heard."""
    slack.set_group(COORDINATORS, *people, is_on=is_on)
    settle(slack)


def _kept(workplace: Workplace) -> tuple[list[AuditEntry], list[ChannelRule]]:
    store = open_store(Settings(data_dir=workplace.bot.data_dir).database)
    with store.reading() as work:
        kept = list(work.audit.latest(100)), list(work.announcements.rules())
    store.dispose()
    return kept


def _window(slack: StandIn, user: str) -> str:
    view = slack.server.slack.views.top(user)
    return json.dumps(view.body, ensure_ascii=False) if view else ""


def _look(slack: StandIn, text: str) -> Message:
    before = len(slack.from_bot(OFFICE))
    assert slack.command(ADMIN, OFFICE, "/solmu", text).acknowledged
    return slack.wait_for(lambda: slack.from_bot(OFFICE)[before:])[0]


def test_whoever_left_the_group_submits_in_vain(workplace: Workplace) -> None:
    """A window that was opened rightly changes nothing after; the reason is told in it, and nothing is written down."""
    slack = workplace.slack
    assert "koordinaattor" in slack.command(MEMBER, GENERAL, "/solmu", "channels").answer["text"]
    _set(slack, COORDINATOR, MEMBER)
    assert slack.command(MEMBER, GENERAL, "/solmu", "channels").acknowledged
    slack.wait_for(lambda: "channel" in _window(slack, MEMBER))
    before = _kept(workplace)
    _set(slack, COORDINATOR)
    told = slack.submit(MEMBER, {"channel": {"value": {"selected_conversation": GENERAL}}})
    assert "Tämän voivat tehdä vain koordinaattorit" in json.dumps(told, ensure_ascii=False)
    assert _kept(workplace) == before


def test_what_the_group_allows_is_done_and_written_down(workplace: Workplace) -> None:
    """The same window, and a line in the audit log that admins can read, with the name of whoever did it."""
    slack = workplace.slack
    _set(slack, COORDINATOR, MEMBER)
    assert slack.command(MEMBER, GENERAL, "/solmu", "channels").acknowledged
    slack.wait_for(lambda: "channel" in _window(slack, MEMBER))
    assert slack.submit(MEMBER, {"channel": {"value": {"selected_conversation": GENERAL}}}) == {}
    acts, rules = _kept(workplace)
    assert [(user, act.act, act.subject) for act in acts[:1] for user in [act.who.partition(":")[2]]] == [
        (MEMBER, Act.CHANNEL_RULE, GENERAL)
    ]
    assert GENERAL in [rule.channel for rule in rules]
    told = shown(_look(slack, "loki"))
    assert "Aino Lehtola" in told
    assert "Kanavan julkaisusääntö" in told
    assert "yksityisviestinä" in _look(slack, "audit csv").text
    tables = [file for each in slack.messages(slack.dm(ADMIN)) for file in each.files]
    contents = [slack.server.slack.files.find(table["id"]).content or b"" for table in tables]
    assert any(f"channel_rule;{GENERAL};done".encode() in content for content in contents)


@pytest.mark.parametrize("user", [MEMBER, COORDINATOR])
def test_only_admins_see_the_audit_log(workplace: Workplace, user: str) -> None:
    """Others are told so, and no more."""
    assert "vain ylläpitäjät" in workplace.slack.command(user, GENERAL, "/solmu", "loki").answer["text"]


def test_a_guest_in_the_group_is_a_guest(workplace: Workplace) -> None:
    """Whoever put them there; and nobody is in a group that is switched off."""
    slack = workplace.slack
    _set(slack, COORDINATOR, GUEST, MEMBER)
    assert "koordinaattor" in slack.command(GUEST, PARTNERS, "/solmu", "channels").answer["text"]
    _set(slack, is_on=False)
    assert "koordinaattor" in slack.command(MEMBER, GENERAL, "/solmu", "channels").answer["text"]


def test_while_slack_does_not_tell_nothing_is_done(workplace: Workplace) -> None:
    """A clear sentence, no guess; and it is true that it helps to try again in a moment."""
    slack = workplace.slack
    # Whoever settles is asked about first; after the refusal Slack is left in peace.
    slack.fault("usergroups.users.list", times=1, error="internal_error")
    _set(slack, COORDINATOR, MEMBER)
    told, deadline = slack.command(MEMBER, GENERAL, "/solmu", "channels").answer, time.monotonic() + 2 * ACTING_SECONDS
    assert "Slack ei juuri nyt kerro" in told["text"]
    while told and time.monotonic() < deadline:
        time.sleep(1)
        told = slack.command(MEMBER, GENERAL, "/solmu", "channels").answer
    assert not told
    slack.wait_for(lambda: "channel" in _window(slack, MEMBER))
