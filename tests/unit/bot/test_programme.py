"""Events as the answer to a question, as Slack shows them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.blocks.answers import consultation_message
from bot.blocks.cards import GOING
from knowledge.answering.consulting import Consultation
from knowledge.events.programme import Dated, Programme, Told
from knowledge.events.scenes import Held
from knowledge.events.schedule import closes_at
from knowledge.model import Answer, AnswerStatus, Attendance, Language, Reason, Wording
from tests import builders
from tests.fakes import NOON

HELD = Held(builders.occurrence(), closes_at(builders.event(), builders.occurrence()), {}, 2)
DATED = Dated(builders.announcement(), builders.event(), HELD)


def _message(programme: Programme, language: Language = Language.FI) -> str:
    answer = Answer(AnswerStatus.ANSWERED, Reason.NONE, language, "Seuraavaksi tulossa:")
    sent = consultation_message(Consultation(answer, programme=programme), {}, NOON)
    return json.dumps([sent.text, *sent.blocks], ensure_ascii=False)


@pytest.mark.parametrize(
    ("language", "when"),
    [
        (Language.FI, "keskiviikkona 9.12.2026 klo 8.30–9.30"),
        (Language.SV, "9 december 2026"),
        (Language.EN, "9 December 2026"),
    ],
)
def test_what_is_next_stands_with_its_time_and_buttons(language: Language, when: str) -> None:
    """The title, the time in the reader's language, the place, and the button that says that one comes."""
    message = _message(Programme(Told.NEXT, (DATED,)), language)
    assert when in message
    assert "Tekoälyaamu" in message
    assert "Valimotie 1" in message
    assert f'"action_id": "{GOING}"' in message
    assert '"value": "o1"' in message


def test_what_is_over_has_no_buttons() -> None:
    """Nobody signs up to what was."""
    for told in (Told.LAST, Told.CANCELLED):
        assert GOING not in _message(Programme(told, (DATED,)))
    begun = consultation_message(
        Consultation(
            Answer(AnswerStatus.ANSWERED, Reason.NONE, Language.FI, ""), programme=Programme(Told.OWN, (DATED,))
        ),
        {},
        HELD.occurrence.starts_at + timedelta(minutes=1),
    )
    assert GOING not in json.dumps(begun.blocks)


def test_an_unsure_programme_goes_below_what_the_documents_say() -> None:
    """Where the question may be for the documents, their answer comes first."""
    message = _message(Programme(Told.NEXT, (DATED,), is_sure=False))
    assert (
        message.index("Seuraavaksi tulossa:")
        < message.index("Kysyitkö ehkä tästä tapahtumasta?")
        < message.index("Valimotie")
    )


def test_a_title_cannot_act_in_slack() -> None:
    """A title with mark-up stays text."""
    evil = builders.announcement(wordings=(Wording(Language.FI, "<!channel> <https://evil.example|Solmu>", ""),))
    message = _message(Programme(Told.NEXT, (Dated(evil, builders.event(), HELD),)))
    assert "<!channel>" not in message
    assert '"type": "link"' not in message


def test_a_call_is_told_with_its_deadline() -> None:
    """16.00 in Finland on 15 January is 14.00 UTC."""
    call = builders.announcement(deadline=NOON.replace(year=2027, month=1, day=15, hour=14))
    assert "viimeistään perjantaina 15.1.2027 klo 16.00" in _message(Programme(Told.DEADLINE, notices=(call,)))


def test_ones_own_word_is_told() -> None:
    """Who is signed up sees it."""
    own = Dated(DATED.announcement, DATED.event, HELD, frozenset({Attendance.WAITING}))
    assert "Olet jonossa." in _message(Programme(Told.OWN, (own,)))
