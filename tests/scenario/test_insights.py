"""The week and the question log, asked of the real bot; and the weekly letter, each part of it sent once."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.blocks.insights import insights_message
from bot.delivery import Outgoing
from bot.files import Files, NamedFile
from bot.insights import Sheet
from bot.letters.insights import InsightLetters
from bot.sandbox.slack import utc_now
from bot.sandbox.values import TEAM, Message
from knowledge.insights.activity import EventFigures, InquiryFigures, IntroductionFigures
from knowledge.insights.gaps import Gap, Gaps
from knowledge.insights.overview import WEEKS, Insights, Opinions
from knowledge.insights.periods import Period, up_to_now
from knowledge.insights.stale import StaleDocument, Why
from knowledge.insights.tallies import Tally
from knowledge.insights.wording import heading
from knowledge.model import AnswerStatus, Language, LetterKind, MemberId, member_id
from knowledge.settings import Settings
from knowledge.store import open_store
from tests.builders import letter, question
from tests.scenario.announcing import Mortal, MortalDelivery
from tests.scenario.conftest import Workplace
from tests.scenario.talking import over_socket, shown
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, OFFICE, StandIn

TOPIC = "Kuinka kauan sanelun äänite säilytetään?"
ANGRY_TITLE = "<!channel> Ohje <https://evil.example|docs>"


@pytest.fixture
def asked(workplace: Workplace) -> StandIn:
    """A workspace in which three people asked the same today, and found nothing."""
    store = open_store(Settings(data_dir=workplace.bot.data_dir).database)
    with store() as work:
        for user in ("UONE", "UTWO", "UTHREE"):
            made = question(f"message:{TEAM}:{GENERAL}:{user}", f"{TOPIC} Terveisin Riikka Ojala")
            asker, at = member_id(TEAM, user), utc_now() - timedelta(seconds=1)
            work.questions.add(
                dataclasses.replace(made, asker=asker, status=AnswerStatus.NOT_FOUND, asked_at=at, place=GENERAL)
            )
        work.commit()
    store.dispose()
    return workplace.slack


def _told(slack: StandIn, user: str, text: str, channel: str) -> Message:
    before = len(slack.from_bot(channel))
    attempt = slack.command(user, channel, "/solmu", text)
    assert attempt.acknowledged, attempt.problem
    answer = slack.wait_for(lambda: slack.from_bot(channel)[before:], timeout=60)[0]
    assert answer.seen_by == user
    return answer


def _content(slack: StandIn, message: Message) -> bytes:
    content = slack.server.slack.files.find(message.files[0]["id"]).content
    assert content is not None
    return content


@over_socket
def test_a_coordinator_gets_the_week_in_their_own_messages(asked: StandIn) -> None:
    """A picture and the figures, wherever they ask; where they ask, only they see that it was sent."""
    before = len(asked.from_bot(asked.dm(COORDINATOR)))
    assert _told(asked, COORDINATOR, "katsaus", OFFICE).text == "Lähetin viikkokatsauksen sinulle yksityisviestinä."
    picture, message = asked.from_bot(asked.dm(COORDINATOR))[before:]
    assert _content(asked, picture).startswith(b"\x89PNG")
    assert picture.files[0]["name"] == f"solmun-viikko-{up_to_now(utc_now()).last.isoformat()}.png"
    said = shown(message)
    assert "sanelu" in said
    # Others may have asked about it in this workspace too.
    assert re.search(r"sanelu[^•\n]*?kysymyksiä ([3-9]|\d\d), kysyjiä ([3-9]|\d\d)", said)
    for hidden in ("Riikka", "UONE", "Terveisin", TOPIC):
        assert hidden not in said


@over_socket
def test_the_question_log_comes_as_a_table(asked: StandIn) -> None:
    """Without words unless they are wished for; names are taken out of what three people asked in a channel."""
    for text, has_words in (("kysymykset", False), ("questions texts", True)):
        before = len(asked.from_bot(asked.dm(ADMIN)))
        assert _told(asked, ADMIN, text, OFFICE).text == "Lähetin kysymyslokin sinulle yksityisviestinä."
        [message] = asked.from_bot(asked.dm(ADMIN))[before:]
        table = _content(asked, message).decode("utf-8-sig")
        assert table.startswith("Päivä;Kieli;Aihe;Kysymys;Tulos")
        assert table.count(f"{TOPIC} Terveisin […] […]") == (3 if has_words else 0)
        assert "UONE" not in table


@over_socket
@pytest.mark.parametrize("text", ["insights", "katsaus", "översikt", "questions", "frågor texter"])
def test_members_get_neither(asked: StandIn, text: str) -> None:
    """They are for coordinators and admins, told in the member's language."""
    before = len(asked.calls("files.getUploadURLExternal"))
    attempt = asked.command(MEMBER, GENERAL, "/solmu", text)
    assert "ovat koordinaattoreille ja ylläpitäjille" in attempt.answer["text"]
    assert len(asked.calls("files.getUploadURLExternal")) == before


def _insights() -> Insights:
    period = Period(utc_now().date())
    names = dict.fromkeys((Language.FI, Language.SV, Language.EN), "<!here> sanelu")
    stale = StaleDocument(ANGRY_TITLE, "https://example.org", Why.OLD, 2, period.last.replace(year=2020))
    weeks = tuple((each, Tally(3, 2, 1, 4)) for each in period.with_earlier(WEEKS))
    figures = EventFigures(1, 2, 3, 4, 5), IntroductionFigures(2, 1, 1), IntroductionFigures(9, 5, 2, 1, 1)
    gaps = Gaps((Gap(names, 4, 3),), 2)
    return Insights(period, weeks, gaps, Opinions(2, 1), (stale,), *figures, InquiryFigures(2, 1, 1), ())


class _Sheets:
    """Sheets with a picture that need not be drawn."""

    def of_past(self, period: Period, language: Language) -> Sheet:
        """The same of any week."""
        insights = dataclasses.replace(_insights(), period=period)
        picture = NamedFile(f"viikko-{period.last.isoformat()}.png", b"\x89PNG")
        return Sheet(insights_message(insights, language), picture, heading(insights, language))


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace without a bot process."""
    with StandIn() as standin:
        yield standin


def _write(slack: StandIn, person: MemberId, tries: int) -> Outgoing | None:
    delivery = MortalDelivery(slack, Mortal())
    files = Files(delivery.client, delivery)
    letters = InsightLetters(_Sheets(), delivery, files)
    now = utc_now()
    made = letter(to=person, kind=LetterKind.INSIGHTS, subject="2026-03-15", due_at=now, tries=tries, tried_at=now)
    return letters.writers()[LetterKind.INSIGHTS](made, Language.FI)


def test_the_letters_picture_is_sent_once(slack: StandIn) -> None:
    """Killed between the picture and the message, the next process sends the message alone."""
    coordinator = member_id(TEAM, COORDINATOR)
    first, again = (_write(slack, coordinator, tries) for tries in (0, 1))
    assert first == again
    [picture] = slack.from_bot(slack.dm(COORDINATOR))
    assert picture.files[0]["name"] == "viikko-2026-03-15.png"


@pytest.mark.parametrize("language", [Language.FI, Language.SV, Language.EN])
def test_the_message_calls_nobody_and_links_nowhere(slack: StandIn, language: Language) -> None:
    """Titles and topics are shown as they are; Slack takes the message."""
    message = insights_message(_insights(), language)
    delivery = MortalDelivery(slack, Mortal())
    delivery.post(delivery.open_direct(COORDINATOR), message, f"test:{language}", doubtful=False)
    [posted] = slack.from_bot(slack.dm(COORDINATOR))
    told = str(posted.blocks)
    assert "Ohje" in told
    assert "sanelu" in told
    for mark_up in ("<!channel>", "<!here>", "'type': 'link'", "'type': 'broadcast'"):
        assert mark_up not in told
