"""Questions to the network in their channels: one message each, whatever goes wrong, and none of who has left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.delivery import Delivery
from bot.inquiring import InquiryPosting
from bot.lookup import Lookup
from bot.naming import Naming
from bot.sandbox.values import TEAM
from knowledge.inquiries.curating import Curation
from knowledge.inquiries.inquiring import Inquiries
from knowledge.model import ChannelId, Inquiry, InquiryId, member_id
from knowledge.roles import FixedRoles
from knowledge.store import Store, open_store
from tests.fakes import SetClock
from tests.inquiring import inquiry
from tests.scenario.talking import shown
from tests.standin import COFFEE, MEMBER, QUESTIONS, SWEDISH_MEMBER, StandIn

ASKER = member_id(TEAM, MEMBER)
I1 = InquiryId("i1")


class Board:
    """Inquiries and who posts them, in the test's own process."""

    def __init__(self, slack: StandIn, store: Store) -> None:
        self.slack, self.store = slack, store
        self.clock = SetClock(slack.server.slack.clock())
        client = WebClient("xoxb-1", base_url=f"{slack.url}/api/")
        client.token = slack.config.bot_token
        self.inquiries, self.curation = Inquiries(store, self.clock), Curation(store, self.clock, FixedRoles())
        naming = Naming(Lookup(client, TEAM, is_slack=False))
        delivery = Delivery(client, lambda _: None)
        self.posting = InquiryPosting(self.inquiries, self.curation, naming, delivery, self.clock)

    def ask(self, channel: str = QUESTIONS) -> Inquiry:
        """Write a question down that is to be posted."""
        made = inquiry(asker=ASKER, channel=ChannelId(channel), made_at=self.clock())
        with self.store() as work:
            work.inquiries.add(made)
            work.commit()
        return made

    def posted(self, channel: str = QUESTIONS) -> list[str]:
        """What stands in the channel by the bot."""
        return [shown(each) for each in self.slack.from_bot(channel)]


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    """A workspace and a database of its own."""
    store = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    with StandIn() as slack:
        yield Board(slack, store)
    store.dispose()


def test_it_is_posted_once_under_the_askers_name(board: Board) -> None:
    """And is known by its message from then on."""
    board.posting.post(board.ask(), doubtful=False)
    [text] = board.posted()
    assert "Kysyjä: Aino Lehtola" in text
    [message] = board.slack.from_bot(QUESTIONS)
    with board.store.reading() as work:
        assert work.inquiries.at(ChannelId(QUESTIONS), message.ts).id == I1
    board.clock.advance(minutes=2)
    board.posting.post_left_over()
    assert len(board.posted()) == 1


def test_what_slack_refused_for_a_while_is_posted_later(board: Board) -> None:
    """Not before a minute has passed, in which the first try may be under way."""
    board.slack.fault("chat.postMessage", error="internal_error", status=503, times=3)
    board.posting.post(board.ask(), doubtful=False)
    assert board.posted() == []
    board.posting.post_left_over()
    assert board.posted() == []
    board.clock.advance(minutes=2)
    board.posting.post_left_over()
    assert len(board.posted()) == 1


def test_a_message_that_arrived_before_a_kill_is_found(board: Board) -> None:
    """Its time was not written down any more: it is not posted again."""
    asked = board.ask()
    board.posting.post(asked, doubtful=False)
    with board.store() as work:
        work.inquiries.put(asked)
        work.commit()
    board.clock.advance(minutes=2)
    board.posting.post_left_over()
    assert len(board.posted()) == 1
    with board.store.reading() as work:
        assert work.inquiries.unposted() == []


def test_what_was_replied_before_the_message_was_noted_is_not_lost(board: Board) -> None:
    """Somebody is quicker than the bot writes down where its message stands, or it was killed meanwhile."""
    asked = board.ask()
    board.posting.post(asked, doubtful=False)
    with board.store() as work:
        work.inquiries.put(asked)
        work.commit()
    [message] = board.slack.from_bot(QUESTIONS)
    ts = board.slack.post(SWEDISH_MEMBER, QUESTIONS, "Yhdeksän viikkoa.", message.ts)
    board.clock.advance(minutes=2)
    board.posting.post_left_over()
    assert board.inquiries.reply(I1, ts)[1].text == "Yhdeksän viikkoa."


def test_a_closed_channel_is_told_to_the_asker(board: Board) -> None:
    """The question is forgotten, so that they can ask it elsewhere."""
    board.posting.post(board.ask(COFFEE), doubtful=False)
    [told] = board.posted(board.slack.dm(MEMBER))
    assert "En valitettavasti saanut kysymystäsi julkaistua" in told
    with board.store.reading() as work:
        assert work.inquiries.by(ASKER) == []


@pytest.mark.parametrize("is_deleted", [False, True])
def test_who_leaves_takes_the_question_out_of_the_channel(board: Board, *, is_deleted: bool) -> None:
    """Words and name are gone; a message that somebody deleted keeps nothing back."""
    board.posting.post(board.ask(), doubtful=False)
    [message] = board.slack.from_bot(QUESTIONS)
    if is_deleted:
        board.slack.fault("chat.update", error="message_not_found")
    board.curation.forget(ASKER)
    board.posting.take_down()
    assert board.curation.withdrawn() == []
    if not is_deleted:
        [text] = board.posted()
        assert "jonka kysyjä on poistunut verkostosta" in text
        assert "Aino" not in text
        assert message.text not in text


def test_who_leaves_while_the_question_is_being_posted_is_not_left_there(board: Board) -> None:
    """It is taken down as soon as it stands."""
    asked = board.ask()
    board.curation.forget(ASKER)
    board.posting.post(asked, doubtful=False)
    [text] = board.posted()
    assert "jonka kysyjä on poistunut verkostosta" in text
    assert "Aino" not in text


@pytest.mark.parametrize("is_posted", [True, False])
def test_what_was_on_its_way_when_its_asker_left_is_looked_for(board: Board, *, is_posted: bool) -> None:
    """Where the bot was killed in between, nobody wrote down whether it stands there; no answer yet is no answer."""
    asked = board.ask()
    if is_posted:
        board.posting.post(asked, doubtful=False)
        with board.store() as work:
            work.inquiries.put(asked)
            work.commit()
    board.curation.forget(ASKER)
    board.posting.take_down()
    assert len(board.curation.withdrawn()) == 1
    board.clock.advance(minutes=11)
    board.slack.fault("conversations.history", error="internal_error", status=503)
    board.posting.take_down()
    assert len(board.curation.withdrawn()) == 1
    board.posting.take_down()
    assert board.curation.withdrawn() == []
    assert ["jonka kysyjä on poistunut" in text for text in board.posted()] == [True] * is_posted


def test_a_message_is_taken_down_once_slack_is_there_again(board: Board) -> None:
    """Until then it is kept in mind where it stands."""
    board.posting.post(board.ask(), doubtful=False)
    board.curation.forget(ASKER)
    board.slack.fault("chat.update", error="internal_error", status=503)
    board.posting.take_down()
    [left] = board.curation.withdrawn()
    assert left.ts
    board.posting.take_down()
    assert board.curation.withdrawn() == []
