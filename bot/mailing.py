"""Private messages: written down with what caused them, and each sent once, whatever was killed in between."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError, UnfitMessageError
from bot.failures import note_failure
from bot.marks import looked_for_since
from bot.metrics import LETTERS_GIVEN_UP
from bot.pacing import Pace
from knowledge.errors import NotFoundError
from knowledge.model import Language, Letter, LetterKind, MemberId
from knowledge.ports import Clock, UnitOfWorkFactory

Writer = Callable[[Letter, Language], Outgoing | None]
"""Puts a letter into words when it is sent; None where it is no longer true, and so not sent."""
Writers = Mapping[LetterKind, Writer]
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
"""Until what could not be sent is tried again; twice as long each time."""
MOST_TRIES = 100
"""About a day."""
KEPT = timedelta(days=60)
"""How long is remembered what was sent, so that nothing is told twice."""
OPENED_AT_ONCE, SECONDS_AN_OPENING = 20, 1.3
"""Slack lets 50 conversations a minute be opened."""
SECONDS_A_LETTER = 1.0
"""Slack takes a message a second in one conversation."""
_log = logging.getLogger(__name__)


class NotNowError(Exception):
    """What a writer raises who does not want the letter to be sent before a moment, such as the end of a night."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until}")
        self.until = until


class Mailing:
    """Sends letters. To be used by one thread of one process at a time."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        delivery: Delivery,
        writers: Writers,
        language_of: Callable[[MemberId], Language],
        clock: Clock,
        pause: Callable[[float], object],
    ) -> None:
        self._uow = uow
        self._delivery = delivery
        self._writers = writers
        self._language_of = language_of
        self._clock = clock
        self._pause = pause
        self._openings = Pace(OPENED_AT_ONCE, SECONDS_AN_OPENING)
        self._places: dict[MemberId, Place] = {}
        self._paces: dict[MemberId, Pace] = {}

    def send_next(self) -> bool:
        """Send the letter that waits longest; false where none is due."""
        letter = self._begin()
        if letter is None:
            return False
        try:
            self._send(letter)
        except NotNowError as error:
            self._put(replace(letter, due_at=error.until))
        except SlackUnavailableError:
            _log.warning("Slack is not available; letter %s waits", letter.kind)
            self._put_off(letter)
        except NotFoundError:
            _log.info("a letter %s is about something that is gone", letter.kind)
            self._close(letter)
        except UndeliverableError as error:
            self._give_up(letter, error)
        except Exception:  # noqa: BLE001 - the other letters go on
            note_failure(f"a letter {letter.kind} cannot be written")
            self._put_off(letter)
        return True

    def forget(self) -> None:
        """Erase what was sent long ago."""
        with self._uow() as work:
            work.letters.forget(self._clock() - KEPT)
            work.commit()

    def _begin(self) -> Letter | None:
        """The next letter as it was, written down as begun."""
        now = self._clock()
        with self._uow.reading() as work:
            if not work.letters.due(now, 1):
                return None
        with self._uow() as work:
            found = next(iter(work.letters.due(now, 1)), None)
            if found is not None:
                begun_at = found.tried_at if found.tries else now
                work.letters.put(replace(found, tries=found.tries + 1, tried_at=begun_at))
                work.commit()
                return replace(found, tried_at=begun_at)
        return None

    def _send(self, letter: Letter) -> None:
        message = self._writers[letter.kind](letter, self._language_of(letter.to))
        if message is not None:
            place = replace(self._place(letter.to), since=looked_for_since(letter.tried_at))
            self._keep_to(self._paces.setdefault(letter.to, Pace(1, SECONDS_A_LETTER)))
            # Tried before, it may have arrived with nobody left to hear so.
            self._delivery.post(place, message, f"letter:{letter.id}", doubtful=letter.tries > 0)
        self._close(letter)

    def _place(self, person: MemberId) -> Place:
        if person not in self._places:
            self._keep_to(self._openings)
            self._places[person] = self._delivery.open_direct(person)
        return self._places[person]

    def _keep_to(self, pace: Pace) -> None:
        seconds = pace.wait()
        if seconds:
            self._pause(seconds)
        pace.take()

    def _close(self, letter: Letter) -> None:
        self._put(replace(letter, tries=letter.tries + 1, sent_at=self._clock()))

    def _put_off(self, letter: Letter) -> None:
        if letter.tries >= MOST_TRIES:
            _log.error("a letter %s is given up: it could not be sent for too long", letter.kind)
            LETTERS_GIVEN_UP.inc()
            self._close(letter)
            return
        wait = min(FIRST_WAIT * 2 ** min(letter.tries, 10), LONGEST_WAIT)
        self._put(replace(letter, tries=letter.tries + 1, due_at=self._clock() + wait))

    def _give_up(self, letter: Letter, error: UndeliverableError) -> None:
        """Nothing can be done about somebody who left."""
        self._places.pop(letter.to, None)
        LETTERS_GIVEN_UP.inc()
        if isinstance(error, UnfitMessageError):
            note_failure(f"a letter {letter.kind} does not fit into a message")
        else:
            _log.warning("a letter %s cannot be delivered: Slack says %s", letter.kind, error)
        self._close(letter)

    def _put(self, letter: Letter) -> None:
        with self._uow() as work:
            work.letters.put(letter)
            work.commit()
