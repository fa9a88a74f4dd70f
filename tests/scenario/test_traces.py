"""What the bot leaves behind: every payload is valid and harmless, and the log holds nobody's words."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.listeners.calendars import WORDS
from bot.listeners.channel_rules import CHANNELS
from bot.listeners.insights import QUESTIONS
from bot.sandbox.seed import PEOPLE
from knowledge.model import Consent
from tests.scenario.bot_process import (
    BROADCAST_QUESTION,
    BROADCAST_TITLE,
    MEMBERS_QUESTION,
    ROOT,
    SWEDISH_QUESTION,
)
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import filled_in
from tests.scenario.people import OFFER, people_in
from tests.scenario.talking import ask_by_command, ask_directly, ask_in_thread, mention
from tests.standin import ADMIN, BOT, COORDINATOR, GENERAL, GUEST, MEMBER, OFFICE, PARTNERS, StandIn

FORM_TYPES = {"limit": int, "inclusive": "1".__eq__, "include_all_metadata": "1".__eq__}
CHECKS = ROOT.parent / "shared" / "slack-check"
BROADCAST_OFFER = "Tarjoan <!channel> & <@U0ADMIN001> ja <https://evil.example|docs> kaikille."
STATUS_IN_ANY_LANGUAGE = ("Asiakirjoja ", "Dokument ", "Documents ")
USE_CASE_QUESTION = "Millä sänkyanturilla varoitetaan, kun asukas on nousemassa vuoteesta?"


@pytest.fixture
def toured(workplace: Workplace) -> Workplace:
    """The workplace, once the bot has sent everything that it can send but the progress of a run."""
    slack = workplace.slack
    ask_directly(slack, MEMBER, USE_CASE_QUESTION)
    ask_directly(slack, MEMBER, SWEDISH_QUESTION)
    ask_in_thread(slack, GUEST, PARTNERS, mention(MEMBERS_QUESTION))
    ask_in_thread(slack, MEMBER, GENERAL, mention(BROADCAST_QUESTION))
    ask_by_command(slack, MEMBER, GENERAL, f"{BROADCAST_QUESTION} &lt;!channel&gt; @here")
    slack.fault("chat.postMessage", error="msg_blocks_too_long")
    ask_directly(slack, MEMBER, MEMBERS_QUESTION)
    for user, text in ((MEMBER, "status"), (ADMIN, "apua"), (ADMIN, "status")):
        slack.command(user, OFFICE, "/solmu", text)
    slack.command(MEMBER, GENERAL, "/kysy", "")
    _tour_network(workplace)
    slack.open_app(ADMIN)
    slack.wait_for(lambda: [call for call in slack.calls("views.publish") if call.arguments["user_id"] == ADMIN])
    slack.wait_for(lambda: [one for one in slack.from_bot(OFFICE) if one.text.startswith(STATUS_IN_ANY_LANGUAGE)])
    _tour_profiles(slack)
    return workplace


def _tour_network(workplace: Workplace) -> None:
    """Everything about people, some of it in hostile words."""
    slack = workplace.slack
    with people_in(workplace.bot.data_dir, offers=f"{BROADCAST_TITLE} {OFFER}"):
        ask_directly(slack, MEMBER, "Kuka tietää kaatumisen ehkäisystä?")
        ask_in_thread(slack, MEMBER, GENERAL, mention("Who knows about fall prevention?"))
        ask_by_command(slack, MEMBER, GENERAL, USE_CASE_QUESTION)
        before = len(slack.from_bot(OFFICE))
        for user, command, text in (
            (COORDINATOR, "/verkosto", "kaatuminen"),
            (COORDINATOR, "/network", "<!channel> quantum computers"),
            (COORDINATOR, "/natverk", ""),
            (COORDINATOR, "/solmu", "network"),
            (COORDINATOR, "/solmu", "network csv"),
            (MEMBER, "/solmu", "network"),
        ):
            slack.command(user, OFFICE if user == COORDINATOR else GENERAL, command, text)
        slack.wait_for(lambda: len(slack.from_bot(OFFICE)) >= before + 5)


def _tour_profiles(slack: StandIn) -> None:
    """A newcomer is welcomed, fills in what acts like markup, is refused once, and looks at every form."""
    user = slack.join()
    slack.wait_for(lambda: slack.from_bot(slack.dm(user)))
    slack.open_app(user)
    slack.wait_for(lambda: user in slack.server.slack.views.homes)
    for organisation, offers in (("", BROADCAST_OFFER), (f"{user} <!here> Oy", BROADCAST_OFFER)):
        _open_modal(slack, user, "profile_edit")
        slack.submit(user, filled_in(*Consent, organisation=organisation, offers=offers))
        slack.close_modal(user)
    slack.wait_for(lambda: "profile_leave" in json.dumps(slack.home(user)))
    slack.click_view(user, "contact_take_on", home=True)
    slack.wait_for(lambda: "contact_hand_over" in json.dumps(slack.home(user)))
    for action in ("profile_edit", "wishes_open", "contact_hand_over"):
        _open_modal(slack, user, action)
        slack.close_modal(user)


def _open_modal(slack: StandIn, user: str, action: str) -> None:
    slack.click_view(user, action, home=True)
    slack.wait_for(lambda: slack.server.slack.views.top(user))


def test_the_log_holds_no_words_names_or_tokens(toured: Workplace) -> None:
    """Of nothing that anybody wrote in the whole life of this workspace."""
    slack = toured.slack
    log = toured.bot.log.read_text()
    assert "takes in questions" in log
    channels = slack.server.slack.workspace.channels
    written = {message.text for channel in channels for message in slack.messages(channel) if message.author != BOT}
    asked = {delivery.payload.get("text", "") for delivery in slack.deliveries() if delivery.kind == "slash_commands"}
    texts = {text.removeprefix(mention("")) for text in written | asked}
    # Words of Solmu's own, which say nothing of whoever wrote them.
    long_ones = {text for text in texts - WORDS - QUESTIONS - {CHANNELS} if len(text) > 7} | {BROADCAST_OFFER}
    assert len(long_ones) > 4
    long_ones |= {text for text in _filled_in(slack) if len(text) > 7}
    names = {name for person in PEOPLE if person.id != BOT for name in (person.name, person.handle)}
    secrets = {slack.config.bot_token, slack.config.app_token, slack.config.signing_secret}
    urls = {
        str(delivery.payload["response_url"]) for delivery in slack.deliveries() if "response_url" in delivery.payload
    }
    assert [found for found in long_ones | names | secrets | urls if found in log] == []


def _filled_in(slack: StandIn) -> set[str]:
    """What anybody wrote into a field of a form: of profiles, events, feedback, questions and answers alike."""
    views = [delivery.payload.get("view") or {} for delivery in slack.deliveries() if delivery.kind == "interactive"]
    blocks = [block for view in views for block in view.get("state", {}).get("values", {}).values()]
    return {str(field["value"]) for block in blocks for field in block.values() if field.get("value")}


def _sent(slack: StandIn) -> list[dict[str, Any]]:
    """Every call, answer under a response_url and answer in an acknowledgement, as lines of the checker."""
    lines = []
    for call in slack.calls():
        if call.arguments == {"delete_original": True}:
            # Of a message that was seen by one person: nothing is shown in its stead.
            continue
        is_answer = call.method == "response_url"
        lines.append(
            _answer(call.arguments) if is_answer else {"method": call.method, "payload": _typed(call.arguments)}
        )
    attempts = [attempt for delivery in slack.deliveries() for attempt in delivery.attempts]
    return lines + [_answer(attempt.answer) for attempt in attempts if attempt.answer]


def _typed(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments with the types that a form takes from them."""
    return {name: FORM_TYPES.get(name, lambda value: value)(value) for name, value in arguments.items()}


def _answer(body: dict[str, Any]) -> dict[str, Any]:
    """An answer to a command or a form as the message or the window that it becomes: what it may hold is the same."""
    if body.get("response_action") == "update":
        return {"method": "views.update", "payload": {"view_id": "V1", "view": body["view"]}}
    if body.get("response_action") == "errors":
        return _plain_message("\n".join(body["errors"].values()))
    assert body["response_type"] == "ephemeral"
    assert not body.get("replace_original")
    message = {name: value for name, value in body.items() if name not in {"response_type", "replace_original"}}
    return {"method": "chat.postMessage", "payload": {"channel": GENERAL} | message}


def _plain_message(text: str) -> dict[str, Any]:
    unfurled = {"unfurl_links": False, "unfurl_media": False}
    return {"method": "chat.postMessage", "payload": {"channel": GENERAL, "text": text} | unfurled}


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkers that can be written to, with what they need."""
    if not CHECKS.is_dir():
        pytest.skip("the checkers are not beside this checkout")
    if shutil.which("npm") is None:
        pytest.skip("the checkers need node and npm")
    copy = tmp_path_factory.mktemp("slack") / "check"
    shutil.copytree(CHECKS, copy, copy_function=shutil.copyfile)
    for folder in (copy, *(path for path in copy.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    if not (copy / "node_modules").is_dir():
        command = ["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"what the checkers need cannot be installed: {done.stderr[-300:]}")
    return copy


def _check(script: Path, file: Path) -> Iterator[str]:
    done = subprocess.run([sys.executable, script, file], capture_output=True, text=True, timeout=120, check=False)
    yield from (line for line in done.stdout.splitlines() if "\tWARN\t" not in line)
    if done.returncode:
        yield done.stderr


def test_every_payload_is_valid_and_harmless(toured: Workplace, checks: Path, tmp_path: Path) -> None:
    """Everything that the bot has sent so far keeps Slack's types and limits, and calls nobody."""
    lines = _sent(toured.slack)
    methods = {line["method"] for line in lines}
    assert methods >= {"chat.postMessage", "views.publish", "assistant.threads.setStatus", "views.open", "views.update"}
    file = tmp_path / "sent.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert list(_check(checks / "validate" / "validate.py", file)) == []


def test_the_checker_sees_what_is_bad(checks: Path) -> None:
    """So that its silence means something."""
    assert list(_check(checks / "validate" / "validate.py", checks / "validate" / "bad.jsonl"))


def test_the_manifest_is_valid(checks: Path) -> None:
    """As Slack's types have it."""
    assert list(_check(checks / "validate" / "manifest_check.py", ROOT / "manifest.yaml")) == ["manifest ok"]
