"""Letters about seats: one is kept for somebody, given to them, or has gone on to the next."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, fallback, paragraph
from bot.blocks.signing import about, change_buttons, headline, offer_end
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.events.admission import Said, SignUpRefusedError, Visitor
from knowledge.events.seats import letter_id
from knowledge.events.sign_ups import SignUps
from knowledge.model import Attendance, Audience, Language, Letter, LetterKind, OccurrenceId
from knowledge.ports import Clock

_STILL_SO = {
    LetterKind.OFFERED: Attendance.OFFERED,
    LetterKind.PROMOTED: Attendance.GOING,
    LetterKind.OFFER_OVER: Attendance.MAYBE,
}
"""What somebody's word is as long as a letter is true."""


class SeatLetters:
    """Puts them into words, as things stand by then."""

    def __init__(self, sign_ups: SignUps, clock: Clock) -> None:
        self._sign_ups = sign_ups
        self._clock = clock

    def writers(self) -> Writers:
        """For each kind of letter about seats."""
        return dict.fromkeys(_STILL_SO, self.write)

    def write(self, letter: Letter, language: Language) -> Outgoing | None:
        """The message; None where what it tells is not so any more."""
        said = self._standing(letter)
        if said is None:
            return None
        text = TEXTS.get(f"signup.letter.{letter.kind.value}", language, until=offer_end(said, language))
        blocks = [paragraph(text), about(said.table, language), change_buttons(said, language)]
        return Outgoing(fallback(f"{text} {headline(said.table, language)}"), blocks)

    def _standing(self, letter: Letter) -> Said | None:
        try:
            # What they said is theirs to know, whatever they may see by now.
            said = self._sign_ups.standing(OccurrenceId(letter.subject), Visitor(letter.to, Audience.PUBLIC))
        except SignUpRefusedError:
            return None
        is_so = said.sign_up.attendance is _STILL_SO[letter.kind] and letter_id(said.sign_up, letter.kind) == letter.id
        is_ahead = said.table.is_held and said.table.occurrence.starts_at > self._clock()
        return said if is_so and is_ahead else None
