"""Beneath answers, through the real bot: passages in context, ratings, and a question's whole way to the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.values import TEAM, Message
from knowledge.errors import NotFoundError
from knowledge.model import Complaint, InquiryState, QuestionId, Verdict, member_id
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.scenario.bot_process import (
    MEMBERS_QUESTION,
    MEMBERS_QUOTE,
    PUBLIC_QUESTION,
    ROOT,
    BotProcess,
    copy_index,
)
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import option
from tests.scenario.talking import ask_by_command, ask_directly, shown
from tests.scenario.test_traces import _check, _sent, checks
from tests.standin import (
    ADMIN,
    COFFEE,
    COORDINATOR,
    ENGLISH,
    GENERAL,
    GUEST,
    MEMBER,
    QUESTIONS,
    SWEDISH_MEMBER,
    StandIn,
)

__all__ = ["checks"]
CODE = "131052-308T"
UNANSWERED = "Mitä potilastietojärjestelmän käyttöönotto maksoi Lumiharjussa?"
IN_SWEDISH = "Vad kostade införandet av patientdatasystemet i Snölunden?"
QUESTION = "Kuinka monta viikkoa sanelun käyttöönotto kestää <!channel>?"
REPLY = "Meillä sanelun käyttöönotto kesti yhdeksän viikkoa, kouluttajia oli kolme."


@pytest.fixture(scope="module")
def working(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A bot that looks five times a second what is due."""
    data = copy_index(built_index, tmp_path_factory.mktemp("knowing") / "data")
    with StandIn() as slack, BotProcess(data, slack.environment(), SOLMU_DUE_SECONDS="0.2") as bot:
        yield Workplace(slack, bot, "socket")


@pytest.fixture(scope="module")
def shelf(working: Workplace) -> Iterator[Store]:
    """The bot's own database."""
    opened = open_store(Settings(data_dir=working.bot.data_dir).database)
    yield opened
    opened.dispose()


def _modal(slack: StandIn, user: str, part: str) -> dict[str, Any]:
    """The window of a person that holds something, waited for."""

    def found() -> dict[str, Any] | None:
        try:
            view = slack.modal(user)
        except LookupError:
            return None
        return dict(view) if part in json.dumps(view, ensure_ascii=False) else None

    return slack.wait_for(found) or {}


def _letter(slack: StandIn, user: str, part: str) -> Message:
    """A direct message to a person that holds something, waited for."""
    return slack.wait_for(lambda: [each for each in slack.from_bot(slack.dm(user)) if part in shown(each)])[0]


def _whispered(slack: StandIn, user: str, channel: str, part: str) -> None:
    slack.wait_for(lambda: [each for each in slack.from_bot(channel) if part in each.text and each.seen_by == user])


def _question_of(answer: Message) -> QuestionId:
    [feedback] = [each for each in answer.blocks if each["type"] == "context_actions"]
    return QuestionId(feedback["elements"][0]["positive_button"]["value"].partition(":")[2])


def _rate(slack: StandIn, user: str, answer: Message, word: str) -> None:
    chosen = {"value": f"{word}:{_question_of(answer)}"}
    assert slack.click(user, answer.channel, answer.ts, "knowing_rate", chosen=chosen).acknowledged


def _rated(store: Store, user: str) -> tuple[Verdict, Complaint, str] | None:
    with store.reading() as work:
        mine = [each for each in work.ratings.all() if each.person == member_id(TEAM, user)]
    return (mine[-1].verdict, mine[-1].complaint, mine[-1].words) if mine else None


def _filled(**values: dict[str, Any]) -> dict[str, Any]:
    return {name: {"value": value} for name, value in values.items()}


def test_a_rating_is_private_and_says_why(working: Workplace, shelf: Store) -> None:
    """A click is kept with the passages behind the answer; the reasons follow; an identity code is refused."""
    slack = working.slack
    answer = ask_directly(slack, MEMBER, PUBLIC_QUESTION)
    _rate(slack, MEMBER, answer, "good")
    _whispered(slack, MEMBER, slack.dm(MEMBER), "Kiitos!")
    assert _rated(shelf, MEMBER) == (Verdict.GOOD, Complaint.NONE, "")
    with shelf.reading() as work:
        given = work.ratings.answer(_question_of(answer))
        [(_, document)] = [work.documents.passages([each])[each] for each in given.passages[:1]]
    assert document.key == "saannot"
    _rate(slack, MEMBER, answer, "bad")
    _modal(slack, MEMBER, "Mikä vastauksessa oli vikana?")
    assert _rated(shelf, MEMBER) == (Verdict.BAD, Complaint.NONE, "")
    reason = {"selected_option": option("outdated")}
    refused = slack.submit(MEMBER, _filled(reason=reason, words={"value": f"Potilas {CODE}"}))
    assert "henkilötunnus" in refused["words"]
    assert slack.submit(MEMBER, _filled(reason=reason, words={"value": "Maksu nousi."})) == {}
    assert _rated(shelf, MEMBER) == (Verdict.BAD, Complaint.OUTDATED, "Maksu nousi.")
    told = _letter(slack, ADMIN, "on vanhentunut. Voisitko")
    assert "Verkoston säännöt" in shown(told)
    assert "Aino" not in shown(told)
    assert "palautteesi on tallessa" in json.dumps(slack.modal(MEMBER), ensure_ascii=False)
    slack.close_modal(MEMBER)


def test_the_answer_to_a_command_is_rated_too(working: Workplace, shelf: Store) -> None:
    """Though no message shows the question."""
    answer = ask_by_command(working.slack, SWEDISH_MEMBER, GENERAL, PUBLIC_QUESTION)
    _rate(working.slack, SWEDISH_MEMBER, answer, "good")
    working.slack.wait_for(lambda: _rated(shelf, SWEDISH_MEMBER) == (Verdict.GOOD, Complaint.NONE, ""))


def test_a_passage_is_shown_in_context_to_who_may_read_it(working: Workplace) -> None:
    """A guest who gets hold of the button is told that the document is not for them."""
    slack = working.slack
    answer = ask_directly(slack, MEMBER, MEMBERS_QUESTION)
    assert slack.click(MEMBER, answer.channel, answer.ts, "knowing_context_1").acknowledged
    view = json.dumps(_modal(slack, MEMBER, MEMBERS_QUOTE), ensure_ascii=False)
    assert "Valokehä ry, 12.1.2026, s. 2" in view
    assert "hävitetään kaikista järjestelmistä" in view
    slack.close_modal(MEMBER)
    assert slack.click(GUEST, answer.channel, answer.ts, "knowing_context_1").acknowledged
    refused = json.dumps(_modal(slack, GUEST, "ei ole sinun luettavissasi"), ensure_ascii=False)
    assert MEMBERS_QUOTE not in refused
    slack.close_modal(GUEST)


def _wish(text: str, channel: str, *, named: bool) -> dict[str, Any]:
    ticked = {"selected_options": [option("yes")] if named else []}
    return _filled(text={"value": text}, channel={"selected_conversation": channel}, named=ticked)


def _begin(slack: StandIn, user: str, question: str) -> Message:
    """Ask what is not found, and open the form."""
    answer = ask_directly(slack, user, question)
    assert slack.click(user, answer.channel, answer.ts, "knowing_ask_network").acknowledged
    return answer


def test_nothing_is_posted_before_consent(working: Workplace) -> None:
    """The form holds the question to be edited; identity codes and closed channels are refused there."""
    slack = working.slack
    _begin(slack, MEMBER, UNANSWERED)
    _modal(slack, MEMBER, UNANSWERED)
    before = len(slack.from_bot(QUESTIONS))
    assert "henkilötunnus" in slack.submit(MEMBER, _wish(f"Onko {CODE} sallittu?", QUESTIONS, named=False))["text"]
    assert "tarvitaan teksti" in slack.submit(MEMBER, _wish("   ", QUESTIONS, named=False))["text"]
    assert "En pääse kirjoittamaan" in slack.submit(MEMBER, _wish("Kuka tietää?", COFFEE, named=False))["channel"]
    slack.close_modal(MEMBER)
    assert len(slack.from_bot(QUESTIONS)) == before


def test_another_persons_question_stays_theirs(working: Workplace) -> None:
    """Whoever else clicks gets a sentence, and no form."""
    slack = working.slack
    answer = ask_directly(slack, MEMBER, UNANSWERED)
    assert slack.click(SWEDISH_MEMBER, answer.channel, answer.ts, "knowing_ask_network").acknowledged
    view = _modal(slack, SWEDISH_MEMBER, "vain se, jota asia koskee")
    assert "submit" not in view
    slack.close_modal(SWEDISH_MEMBER)


def test_a_reply_becomes_knowledge(working: Workplace, shelf: Store) -> None:
    """Posted, replied, accepted, agreed to, approved, indexed: then it is the first source, with name and date."""
    slack = working.slack
    _begin(slack, MEMBER, UNANSWERED)
    _modal(slack, MEMBER, UNANSWERED)
    assert slack.submit(MEMBER, _wish(QUESTION, QUESTIONS, named=True)) == {}
    posted = slack.wait_for(lambda: [each for each in slack.from_bot(QUESTIONS) if "viikkoa sanelun" in each.text])[0]
    assert "Kysyjä: Aino Lehtola" in shown(posted)
    slack.close_modal(MEMBER)
    slack.post(MEMBER, QUESTIONS, "Tarkennan: siis vuonna 2026.", posted.ts)
    slack.post(SWEDISH_MEMBER, QUESTIONS, REPLY, posted.ts)
    told = _letter(slack, MEMBER, "yhdeksän viikkoa")
    assert "Linnea Strand" in shown(told)
    assert "Tarkennan" not in "".join(shown(each) for each in slack.from_bot(slack.dm(MEMBER)))
    assert slack.click(MEMBER, told.channel, told.ts, "knowing_accept").acknowledged
    asked = _letter(slack, SWEDISH_MEMBER, "knowing_agree")
    slack.wait_for(lambda: "Kysyjä sai vastauksen" in shown(_again(slack, posted)))
    assert slack.click(SWEDISH_MEMBER, asked.channel, asked.ts, "knowing_agree").acknowledged
    offered = _letter(slack, COORDINATOR, "knowing_edit")
    _approve(slack, offered)
    _letter(slack, MEMBER, "nyt osa sitä, mitä tiedän")
    thanked = _letter(slack, SWEDISH_MEMBER, "knowing_retract")
    _index(working)
    answer = slack.wait_for(lambda: _if_it_holds(ask_directly(slack, MEMBER, QUESTION), "yhdeksän viikkoa"))
    assert "Vastaajana Linnea Strand" in answer.text
    assert slack.click(SWEDISH_MEMBER, thanked.channel, thanked.ts, "knowing_retract").acknowledged
    slack.wait_for(lambda: _states(shelf) == [InquiryState.CLOSED])
    gone = ask_directly(slack, MEMBER, QUESTION)
    assert "yhdeksän viikkoa" not in shown(gone)


def _again(slack: StandIn, message: Message) -> Message:
    return next(each for each in slack.from_bot(message.channel) if each.ts == message.ts)


def _approve(slack: StandIn, offered: Message) -> None:
    assert slack.click(COORDINATOR, offered.channel, offered.ts, "knowing_edit").acknowledged
    view = _modal(slack, COORDINATOR, "yhdeksän viikkoa")
    assert "Linnea Strand" in json.dumps(view, ensure_ascii=False)
    audience = {"selected_option": option("members")}
    filled = _filled(question={"value": "Kuinka kauan sanelun käyttöönotto kestää?"}, audience=audience)
    assert slack.submit(COORDINATOR, filled) == {}
    slack.close_modal(COORDINATOR)


def _if_it_holds(message: Message, part: str) -> Message | None:
    return message if part in message.text else None


def _heard(store: Store, asker: str, ts: str) -> str:
    """What Solmu knows of a reply to somebody's question."""
    with store.reading() as work:
        [inquiry] = work.inquiries.by(member_id(TEAM, asker))
        try:
            return work.inquiries.reply(inquiry.id, ts).text
        except NotFoundError:
            return ""


def _states(store: Store) -> list[InquiryState]:
    with store.reading() as work:
        return [each.state for each in work.inquiries.by(member_id(TEAM, MEMBER))]


def _index(working: Workplace) -> None:
    """As the indexer does when it is asked to; the test's other sources are nowhere, and stay as they are."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {"SOLMU_DATA_DIR": str(working.bot.data_dir), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "indexer", "sync"]
    subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, timeout=120)


def test_who_refuses_is_not_asked_again(working: Workplace, shelf: Store) -> None:
    """Unnamed in the channel; the replier's no ends it, and no coordinator hears of it."""
    slack = working.slack
    _begin(slack, SWEDISH_MEMBER, IN_SWEDISH)
    _modal(slack, SWEDISH_MEMBER, IN_SWEDISH)
    assert slack.submit(SWEDISH_MEMBER, _wish("Vem vet något om det här?", ENGLISH, named=False)) == {}
    slack.close_modal(SWEDISH_MEMBER)
    posted = slack.wait_for(lambda: [each for each in slack.from_bot(ENGLISH) if "Vem vet" in each.text])[0]
    assert "Linnea" not in shown(posted)
    ts = slack.post(MEMBER, ENGLISH, "Jag vet inte.", posted.ts)
    slack.wait_for(lambda: _heard(shelf, SWEDISH_MEMBER, ts))
    slack.edit(MEMBER, ENGLISH, ts, "Jag vet: ungefär en och en halv miljon.")
    slack.wait_for(lambda: "halv miljon" in _heard(shelf, SWEDISH_MEMBER, ts))
    told = _letter(slack, SWEDISH_MEMBER, "knowing_accept")
    slack.click(SWEDISH_MEMBER, told.channel, told.ts, "knowing_accept")
    asked = _letter(slack, MEMBER, "en och en halv miljon")
    assert slack.click(MEMBER, asked.channel, asked.ts, "knowing_refuse").acknowledged
    asker = member_id(TEAM, SWEDISH_MEMBER)

    def ended() -> bool:
        with shelf.reading() as work:
            return [each.state for each in work.inquiries.by(asker)] == [InquiryState.CLOSED]

    slack.wait_for(ended)
    letters = [shown(each) for each in slack.from_bot(slack.dm(COORDINATOR))]
    assert not [each for each in letters if "halv miljon" in each]


def test_every_payload_is_valid_and_calls_nobody(working: Workplace, checks: Path, tmp_path: Path) -> None:
    """After all that came before, hostile words among it."""
    file = tmp_path / "sent.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in _sent(working.slack)))
    assert list(_check(checks / "validate" / "validate.py", file)) == []
