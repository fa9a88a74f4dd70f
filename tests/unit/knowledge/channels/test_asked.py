"""What nobody could be answered is shown to staff without anybody's name."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Self, cast

import pytest

from knowledge.channels.asked import Asked
from knowledge.insights.anonymity import Scrubber
from knowledge.model import AskedQuestion
from knowledge.ports import UnitOfWorkFactory
from tests.builders import question
from tests.fakes import NOON

SCRUBBER = Scrubber(["Aino Virtanen", "Riikka Kivimäki"])


class Questions:
    """A store of questions that all found no answer."""

    def __init__(self, *texts: str) -> None:
        self.questions = self
        self._texts = texts

    def reading(self) -> Self:
        """Begin."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        del kind, error, trace

    def unanswered(self, since: datetime, limit: int) -> list[AskedQuestion]:
        """All of them."""
        assert since < NOON
        assert len(self._texts) <= limit
        return [question(f"E{number}", text) for number, text in enumerate(self._texts)]


def _shown(*texts: str) -> list[tuple[str, int]]:
    asked = Asked(cast(UnitOfWorkFactory, Questions(*texts)), lambda: NOON)
    return [(each.text, each.times) for each in asked.unanswered(SCRUBBER.clean)]


@pytest.mark.parametrize(
    "text",
    [
        "Matti Meikäläinen ei vastaa, kenelle soitan?",
        "Maija Meikäläinen: saako hän nähdä tulokset?",
        "Saako Maija Meikäläinen nähdä tulokset?",
        "Miksi Virtanen kieltäytyi?",
        "Kysyikö joku jo Virtaselta?",
        "Kivimäen projekti, missä se on?",
        "Voiko aino virtanen auttaa?",
        "Onko <@U123> paikalla?",
    ],
)
def test_a_question_that_names_a_person_is_not_shown(text: str) -> None:
    """Wherever the name stands; also a surname alone, where somebody of the workspace has it."""
    assert _shown(text) == []


def test_products_and_organisations_are_no_persons() -> None:
    """One word with a capital names nobody; the same question twice is told once."""
    assert _shown("Copilot käytössä?", "Kanta ei toimi", "copilot  käytössä", "Milloin HUS aloittaa?") == [
        ("Copilot käytössä?", 2),
        ("Kanta ei toimi", 1),
        ("Milloin HUS aloittaa?", 1),
    ]
