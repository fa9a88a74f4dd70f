"""Personal data through the real bot: refused wherever somebody can write, and everybody's own to see and to erase."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.blocks
from bot.blocks.forms import VALUE
from bot.blocks.own_data import ERASE, EXPORT
from bot.listeners.own_data import COMMANDS
from bot.sandbox.values import TEAM
from knowledge.model import MemberId, member_id
from tests.scenario.bot_process import ROOT
from tests.scenario.conftest import Workplace
from tests.scenario.home_tab import fill_in_profile, store_of
from tests.scenario.talking import ask_directly, ask_in_thread, mention, over_socket, settle, shown
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, StandIn

pytestmark = over_socket
CODE = "020202A905L"
"""Of nobody: 020202905 modulo 31 is 19, the character L."""
SURNAME = "Salakkala"
PERSONAL = (f"Miten merkitään {CODE}?", f"72-vuotias potilas Maija {SURNAME}, s. 3.4.1952, diabetes")
REGISTERED = re.compile(r"app\.view\(([\w.]+)\)")


def test_nothing_personal_that_is_written_anywhere_leaves_a_trace(workplace: Workplace) -> None:
    """Each command, message, edit, shortcut and form of the app is fed a code and a patient.

    Neither is then in any table, in durable work's database, in the index, in the log, or in a call to Slack.
    """
    slack = workplace.slack
    told = [_write_everywhere(slack, text) for text in PERSONAL]
    settle(slack)
    slack.wait_for(lambda: all(delivery.over or delivery.acknowledged for delivery in slack.deliveries()))
    for answers, word in zip(told, ("henkilötunnus", "yksittäisestä potilaasta"), strict=True):
        assert [word in answer for answer in answers] == [True] * len(answers)
    for secret in (CODE, SURNAME):
        assert [path.name for path, held in _files(workplace) if secret.encode() in held] == []
        assert [call.method for call in slack.calls() if secret in json.dumps(call.arguments, ensure_ascii=False)] == []


def _write_everywhere(slack: StandIn, text: str) -> list[str]:
    """What the bot answered where it answers in words."""
    answers = [shown(ask_directly(slack, MEMBER, text))]
    answers += [shown(each) for each in ask_in_thread(slack, MEMBER, GENERAL, mention(text))[:1]]
    answers.append(_edited(slack, text))
    manifest = yaml.safe_load((ROOT / "manifest.yaml").read_text())["features"]
    for command in (each["command"] for each in manifest["slash_commands"]):
        for user in (MEMBER, ADMIN):
            assert slack.command(user, GENERAL, command, text).acknowledged, command
    written = slack.post(MEMBER, GENERAL, text)
    for shortcut in manifest["shortcuts"]:
        if shortcut["type"] == "message":
            slack.message_shortcut(MEMBER, shortcut["callback_id"], GENERAL, written)
    for callback in _callbacks():
        for user in (ADMIN, COORDINATOR):
            slack.send_raw("interactive", _submitted(slack, user, callback, text))
    return answers


def _edited(slack: StandIn, text: str) -> str:
    """A harmless question that is changed into this text; the answer changes with it."""
    channel = slack.dm(COORDINATOR)
    ts = slack.post(COORDINATOR, channel, "Kauanko äänitallenne säilytetään?")
    before = shown(slack.wait_for(lambda: slack.from_bot(channel, ts))[0])
    slack.edit(COORDINATOR, channel, ts, text)
    return slack.wait_for(
        lambda: next((now for each in slack.from_bot(channel, ts) if (now := shown(each)) != before), "")
    )


def _callbacks() -> list[str]:
    """The ids of all forms that the app listens to, as its source registers them."""
    found = []
    for path in sorted((ROOT / "bot").glob("*.py")):
        module = importlib.import_module(f"bot.{path.stem}") if REGISTERED.search(path.read_text()) else None
        for name in REGISTERED.findall(path.read_text()):
            found += [str(reduce(getattr, name.split("."), module))]
    assert len(found) >= 15
    return found


def _submitted(slack: StandIn, user: str, callback: str, text: str) -> dict[str, Any]:
    """A submission in which every field that any form of the bot has holds the text."""
    filled = {"type": "plain_text_input", "value": text}
    state = {name: {VALUE: filled} for name in _names_of_fields()}
    trigger = slack.run(_trigger(slack, user))
    return {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": trigger,
        "view": {
            "id": "V0FORGED",
            "type": "modal",
            "callback_id": callback,
            "private_metadata": "fi",
            "state": {"values": state},
            "blocks": [],
        },
    }


async def _trigger(slack: StandIn, user: str) -> str:
    return slack.server.slack.views.new_trigger(user)


def _names_of_fields() -> Iterator[str]:
    """Every word that the blocks' modules name something with, the fields of forms among them."""
    for module in pkgutil.iter_modules(bot.blocks.__path__, "bot.blocks."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if name.isupper() and isinstance(value, str) and value:
                yield value


def _files(workplace: Workplace) -> Iterator[tuple[Path, bytes]]:
    """All that the process wrote: databases with their journals, the index, and the log; not the model."""
    yield workplace.bot.log, workplace.bot.log.read_bytes()
    for path in workplace.bot.data_dir.rglob("*"):
        if path.is_file() and "models" not in path.parts:
            yield path, path.read_bytes()


@pytest.fixture
def newcomer(workplace: Workplace) -> MemberId:
    """Somebody of whom Solmu knows a profile and a question."""
    slack = workplace.slack
    user = slack.join()
    fill_in_profile(slack, user)
    ask_directly(slack, user, "Kauanko äänitallenne säilytetään sanelun jälkeen?")
    return member_id(TEAM, user)


@pytest.mark.parametrize(
    ("command", "word"), [("/tietoni", "Kysymykset"), ("/minauppgifter", "Frågor"), ("/mydata", "Questions")]
)
def test_everybody_sees_their_own(workplace: Workplace, newcomer: MemberId, command: str, word: str) -> None:
    """In the command's language, with a file of everything in their direct messages."""
    slack, user = workplace.slack, newcomer.partition(":")[2]
    assert command in COMMANDS
    _open(slack, user, command)
    assert word in json.dumps(slack.modal(user), ensure_ascii=False)
    slack.click_view(user, EXPORT)
    sent = slack.wait_for(lambda: [each for each in slack.from_bot(slack.dm(user)) if each.files])
    assert sent[0].files


def test_everything_is_erased(workplace: Workplace, newcomer: MemberId) -> None:
    """No table names the person any more, nor does durable work; the ledger has a hash, and the window nothing more."""
    slack, user = workplace.slack, newcomer.partition(":")[2]
    _open(slack, user, "/tietoni")
    assert slack.click_view(user, ERASE).acknowledged
    slack.wait_for(lambda: "Poistin kaiken" in json.dumps(slack.modal(user), ensure_ascii=False))
    settle(slack)
    with store_of(workplace) as store, store.reading() as work:
        assert newcomer not in work.members.have([newcomer])
        assert work.questions.asked_by(newcomer) == []
    held = dict(_files(workplace))
    ledger = next(content for path, content in held.items() if path.name == "erasures.jsonl")
    assert user.encode() not in ledger
    slack.close_modal(user)
    _open(slack, user, "/tietoni")
    assert "ei ole tallentanut sinusta mitään" in json.dumps(slack.modal(user), ensure_ascii=False)


def _open(slack: StandIn, user: str, command: str) -> None:
    assert slack.command(user, GENERAL, command).acknowledged
    slack.wait_for(lambda: slack.server.slack.views.top(user))
