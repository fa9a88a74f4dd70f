"""In which language a question is answered whose own cannot be told."""

from __future__ import annotations

from typing import cast

import pytest

from knowledge.answering.answerer import Answerer
from knowledge.answering.consulting import Consultant
from knowledge.events.finding import Finder
from knowledge.members.directory import Directory
from knowledge.members.listing import Viewer
from knowledge.model import Audience, Language, MemberId
from knowledge.ports import UnitOfWorkFactory
from knowledge.searching.search import Searcher
from tests.fakes import SmallEmbedder

WRITE = {
    Language.FI: "Kirjoita kysymyksesi",
    Language.SV: "Skriv din fråga",
    Language.EN: "Write your question",
}


@pytest.mark.parametrize(
    ("otherwise", "spoken"),
    [(Language.SV, Language.SV), (Language.EN, Language.EN), (Language.UNKNOWN, Language.FI)],
)
def test_a_text_in_no_language_is_answered_in_the_one_told(otherwise: Language, spoken: Language) -> None:
    """A mention of the bot and nothing else; where nobody chose a language it is the default one."""
    answerer = Answerer(
        cast(Searcher, None), SmallEmbedder(), cast(UnitOfWorkFactory, None), default_language=Language.FI
    )
    consultant = Consultant(answerer, cast(Directory, None), cast(Finder, None))
    viewer = Viewer(MemberId("T1:U1"), Audience.MEMBERS, is_private=True)
    answer = consultant.ask("", viewer, otherwise=otherwise).answer
    assert answer.language is spoken
    assert answer.text.startswith(WRITE[spoken])


def test_a_text_in_a_language_is_answered_in_it() -> None:
    """Whatever its asker chose."""
    answerer = Answerer(
        cast(Searcher, None), SmallEmbedder(), cast(UnitOfWorkFactory, None), default_language=Language.FI
    )
    greeting = "What can you do?"
    assert answerer.ask(greeting, audience=Audience.MEMBERS, otherwise=Language.SV).language is Language.EN
