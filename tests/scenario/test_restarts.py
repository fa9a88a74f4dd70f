"""Lives that end: what was taken in is answered once, whenever the process was killed."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from typing import Self

from bot.sandbox.values import Config
from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE, BotProcess, copy_index
from tests.scenario.conftest import Workplace
from tests.scenario.talking import acknowledged, ask_in_thread, event_of, mention, over_socket, settle
from tests.standin import ADMIN, COORDINATOR, EVENTS, GENERAL, MEMBER, QUESTIONS, StandIn

TAKING_IN = "takes in questions"
LIVES = 20
QUESTIONS_PER_LIFE = 6
BETWEEN_QUESTIONS = 0.2
LONGEST_LIFE = 1.2
"""Seconds from when it takes in questions, or in every other life from when it has posted some, until it is killed."""
POSTED = 3
"""So many times, whatever the machine takes for them."""


@over_socket
def test_what_was_under_way_is_answered_once(workplace: Workplace) -> None:
    """Killed before, while and after it posted: the next life posts what is missing, and nothing again."""
    slack, bot = workplace.slack, workplace.bot
    [before] = ask_in_thread(slack, MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    done = event_of(slack, before.thread)

    slack.fault("chat.postMessage", accepted=True, delay=3.0)
    posted = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    slack.wait_for(lambda: slack.from_bot(QUESTIONS, posted))

    slack.fault("users.info", times=2, delay=3.0)
    waiting = slack.post(COORDINATOR, QUESTIONS, mention(PUBLIC_QUESTION))
    acknowledged(slack, event_of(slack, waiting))
    assert slack.command(ADMIN, EVENTS, "/kysy", PUBLIC_QUESTION).acknowledged
    bot.kill()

    missed = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    slack.redeliver(done.id)
    workplace.restart()
    slack.wait_for(lambda: slack.from_bot(QUESTIONS, waiting) and slack.from_bot(QUESTIONS, missed))
    slack.wait_for(lambda: any(message.seen_by == ADMIN for message in slack.from_bot(EVENTS)))
    slack.wait_for(lambda: any(call.arguments.get("ts") == posted for call in slack.calls("conversations.replies")))
    settle(slack)
    for thread in (before.thread, posted, waiting, missed):
        assert [PUBLIC_QUOTE in message.text for message in slack.from_bot(QUESTIONS, thread)] == [True]
    assert len([message for message in slack.from_bot(EVENTS) if message.seen_by == ADMIN]) == 1


@over_socket
def test_a_stop_lets_answers_end(workplace: Workplace) -> None:
    """SIGTERM: nothing more is taken in, what is being answered is posted, and the process ends well."""
    slack, bot = workplace.slack, workplace.bot
    slack.fault("users.info", delay=1.0)
    ts = slack.post(MEMBER, GENERAL, mention(PUBLIC_QUESTION))
    acknowledged(slack, event_of(slack, ts))
    before = len(bot.logged())
    assert bot.stop() == 0
    assert len(slack.from_bot(GENERAL, ts)) == 1
    assert slack.connected() == 0
    assert "Traceback" not in bot.logged()[before:]
    workplace.restart()


class Asker:
    """Somebody who asks in turn in two channels and directly, so many questions for every life of the bot."""

    def __init__(self, slack: StandIn) -> None:
        self._slack = slack
        self._allowed = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run)
        self.asked: list[tuple[str, str]] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def go_on(self) -> None:
        """Ask some more, one after the other."""
        self._allowed.release(QUESTIONS_PER_LIFE)

    def _run(self) -> None:
        places = [QUESTIONS, GENERAL, self._slack.dm(MEMBER)]
        for number in range(LIVES * QUESTIONS_PER_LIFE):
            self._allowed.acquire()
            time.sleep(BETWEEN_QUESTIONS)
            place = places[number % len(places)]
            # Greetings are answered before the model is loaded: short lives, too, get as far as posting.
            text = "moi" if place.startswith("D") else mention("hej")
            self.asked.append((place, self._slack.post(MEMBER, place, text)))


def test_twenty_kills_lose_nothing_and_repeat_nothing(built_index: Path, tmp_path: Path) -> None:
    """Killed at twenty random moments while questions keep coming: in the end each has exactly one answer."""
    moments = random.Random(7)
    data = copy_index(built_index, tmp_path / "data")
    with StandIn(Config(retry_delays=(0.05,) * LIVES)) as slack:
        bot = BotProcess(data, slack.environment())
        with Asker(slack) as asker:
            for life in range(LIVES):
                asker.go_on()
                posted = len(slack.calls("chat.postMessage"))
                bot.start()
                bot.wait_until(TAKING_IN)
                if life % 2:
                    slack.wait_for(lambda before=posted: len(slack.calls("chat.postMessage")) >= before + POSTED)
                time.sleep(moments.uniform(0, LONGEST_LIFE))
                bot.kill()
        answered = sum(bool(slack.from_bot(*each)) for each in asker.asked)
        with bot:
            slack.wait_for(lambda: all(slack.from_bot(*each) for each in asker.asked))
            settle(slack)
            counts = [len(slack.from_bot(*each)) for each in asker.asked]
    assert counts == [1] * LIVES * QUESTIONS_PER_LIFE
    # Kills of idle processes would prove nothing.
    assert LIVES < answered < len(asker.asked)
