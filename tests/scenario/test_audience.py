"""Who sees what: an answer is made of what everybody who sees it may read."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from bot.sandbox.values import Message
from tests.scenario.bot_process import (
    COORDINATORS_QUESTION,
    COORDINATORS_QUOTE,
    MEMBERS_QUESTION,
    MEMBERS_QUOTE,
    PUBLIC_QUESTION,
    PUBLIC_QUOTE,
)
from tests.scenario.conftest import Workplace
from tests.scenario.talking import (
    ask_by_command,
    ask_directly,
    ask_in_thread,
    mention,
    over_socket,
    shown,
)
from tests.standin import ADMIN, COORDINATOR, GENERAL, GUEST, MEMBER, OFFICE, PARTNERS, QUESTIONS, StandIn

pytestmark = over_socket
CODE = "131052-308T"
"""The Digital and Population Data Services Agency's own example of an identity code."""
NOWHERE = "Paljonko puheenjohtajien laiturimaksu on?"
"""A question on a matter of the network that no source holds."""
CODE_FOUND = "näyttää olevan henkilötunnus"


def test_a_coordinators_source_is_for_coordinators(workplace: Workplace) -> None:
    """They and admins are quoted it where only they see it; a member is not."""
    slack = workplace.slack
    assert COORDINATORS_QUOTE in ask_directly(slack, COORDINATOR, COORDINATORS_QUESTION).text
    assert COORDINATORS_QUOTE in ask_by_command(slack, ADMIN, GENERAL, COORDINATORS_QUESTION).text
    assert "budjetti" not in shown(ask_directly(slack, MEMBER, COORDINATORS_QUESTION))
    assert "31 000" not in shown(ask_by_command(slack, MEMBER, GENERAL, COORDINATORS_QUESTION)).split("Kysyit")[0]


def test_a_member_is_answered_as_if_it_were_not_there(workplace: Workplace) -> None:
    """Word for word as to a question about nothing at all, and the Home tab counts what its reader may read alone."""
    slack = workplace.slack
    secret, nothing = (ask_directly(slack, MEMBER, text) for text in (COORDINATORS_QUESTION, NOWHERE))
    assert _without(secret, COORDINATORS_QUESTION) == _without(nothing, NOWHERE)
    counted = {user: _counted(slack, user) for user in (GUEST, MEMBER, COORDINATOR)}
    assert counted == {GUEST: 1, MEMBER: 4, COORDINATOR: 5}


def _without(answer: Message, question: str) -> str:
    """All that a reply shows, without what was asked and what it is marked with."""
    kept = shown(answer).replace(question, "")
    return re.sub(r'"(value|block_id|action_id|private_metadata)": "[^"]*"', "", kept)


def _counted(slack: StandIn, user: str) -> int:
    slack.open_app(user)

    def told() -> list[str]:
        try:
            return re.findall(r"Asiakirjoja (\d+)", json.dumps(slack.home(user), ensure_ascii=False))
        except KeyError:
            return []

    return int(slack.wait_for(told)[0])


@pytest.mark.parametrize("channel", [QUESTIONS, OFFICE])
def test_a_coordinator_in_a_channel_is_answered_as_a_member(workplace: Workplace, channel: str) -> None:
    """Others read along, or may be let in later."""
    [answer] = ask_in_thread(workplace.slack, COORDINATOR, channel, mention(COORDINATORS_QUESTION))
    assert "31 000" not in shown(answer)
    [answer] = ask_in_thread(workplace.slack, COORDINATOR, channel, mention(MEMBERS_QUESTION))
    assert MEMBERS_QUOTE in answer.text


def test_outsiders_get_public_sources_only(workplace: Workplace) -> None:
    """Wherever a guest asks, and whoever asks in a channel shared with others."""
    slack = workplace.slack
    answers = [
        ask_directly(slack, GUEST, MEMBERS_QUESTION),
        ask_by_command(slack, GUEST, PARTNERS, MEMBERS_QUESTION),
        ask_in_thread(slack, GUEST, PARTNERS, mention(MEMBERS_QUESTION))[0],
        ask_in_thread(slack, MEMBER, PARTNERS, mention(MEMBERS_QUESTION))[0],
        ask_in_thread(slack, COORDINATOR, PARTNERS, mention(COORDINATORS_QUESTION))[0],
    ]
    for answer in answers:
        assert "7 vuorokautta" not in shown(answer)
        assert "tietosuojaohje" not in shown(answer)
        assert "31 000" not in shown(answer)
    assert PUBLIC_QUOTE in ask_directly(slack, GUEST, PUBLIC_QUESTION).text


def _forms(text: str) -> list[bytes]:
    """The text's bytes as they stand, and as they come to stand in base64 from each of three places."""
    plain = text.encode()
    forms = [plain]
    for skipped, first in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"x" * skipped + plain)
        forms.append(encoded[first : (skipped + len(plain)) // 3 * 4])
    return forms


def _holds(folder: Path, log: Path, text: str) -> bool:
    """Whether any file of the data folder but the model's, or the log, holds the text in any form."""
    files = [path for path in folder.rglob("*") if path.is_file() and "models" not in path.parts]
    assert any(path.name.endswith("-wal") for path in files)
    contents = [*map(_content, files), log.read_bytes()]
    return any(form in content for content in contents for form in _forms(text))


def _content(path: Path) -> bytes:
    """What the file holds; a journal may go while the bot works."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def test_an_identity_code_is_refused_and_kept_nowhere(workplace: Workplace) -> None:
    """However it comes in: not in a database, not in what they write ahead, not in the log."""
    slack, bot = workplace.slack, workplace.bot
    answers = [
        ask_directly(slack, MEMBER, f"Mitä potilaalle {CODE} tehdään?"),
        ask_in_thread(slack, MEMBER, QUESTIONS, mention(f"Onko {CODE} teillä?"))[0],
        ask_by_command(slack, MEMBER, GENERAL, f"Kuka on {CODE}?"),
        ask_directly(slack, MEMBER, "Entä 1310 52 – 308t?"),
    ]
    for answer in answers:
        assert CODE_FOUND in answer.text
        assert CODE not in shown(answer)
    assert "personbeteckning" in ask_directly(slack, MEMBER, f"Vad vet ni om patienten {CODE} och hennes vård?").text
    ask_directly(slack, MEMBER, "Entä hippopotamus?")
    assert _holds(bot.data_dir, bot.log, "hippopotamus"), "an ordinary question is kept, so this search finds things"
    # Nothing shorter: a few letters come up by chance.
    for form in (CODE, CODE.lower(), CODE[1:], CODE[:-1], "1310 52 – 308t", "52 – 308t"):
        assert not _holds(bot.data_dir, bot.log, form)
