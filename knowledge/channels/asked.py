"""What was asked lately: by somebody, for their own eyes, and what nobody could be answered, without who asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from knowledge.model import AnswerStatus, AskedQuestion, MemberId
from knowledge.ports import Clock, UnitOfWorkFactory

LOOKED_BACK = timedelta(days=30)
LOOKED_AT = 200
_NAMES_SOMEBODY = re.compile(r"\b[A-ZÅÄÖ][a-zåäö-]+ [A-ZÅÄÖ][a-zåäö-]+|\S@\S|\+?\d[\d -]{6,}\d")
"""Two names in a row, an e-mail address, or a telephone number."""
_BETWEEN_WORDS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question to which nothing was found, as it was put last, and how often it was asked."""

    text: str
    times: int


class Asked:
    """Reads the questions of the last weeks."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def by(self, member: MemberId) -> Sequence[AskedQuestion]:
        """Somebody's own, the newest first; those whose text was not kept are left out.

        So is what was refused: greetings would push questions out, and nobody wants to read their bad day again.
        """
        since = self._clock() - LOOKED_BACK
        with self._uow.reading() as work:
            return [
                each
                for each in work.questions.asked_by(member)
                if each.text and each.status is not AnswerStatus.REFUSED and each.asked_at >= since
            ]

    def unanswered(self, clean: Callable[[str], str]) -> Sequence[Unanswered]:
        """Everybody's, the most asked first; any that seems to name a person, or that `clean` changes, is left out.

        `clean` takes out what tells who somebody is; see `knowledge.insights.anonymity.Scrubber`.
        """
        with self._uow.reading() as work:
            found = work.questions.unanswered(self._clock() - LOOKED_BACK, LOOKED_AT)
        alike: dict[str, list[AskedQuestion]] = {}
        for each in found:
            if each.text and not _NAMES_SOMEBODY.search(each.text) and clean(each.text) == each.text:
                alike.setdefault(_BETWEEN_WORDS.sub(" ", each.text.casefold()).strip(), []).append(each)
        told = [Unanswered(group[0].text, len(group)) for group in alike.values()]
        return sorted(told, key=lambda each: -each.times)
