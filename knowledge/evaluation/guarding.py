"""What got worse: answers held against those recorded before, and their shares against floors."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.evaluation.own import Asked, Merit, OwnQuestionsError

Shares = Mapping[Merit, Mapping[str, float]]
"""Of the questions of a language the share that has a merit, by merit and language."""


def read_floors(path: Path) -> Shares:
    """The lowest allowed shares, which are raised by hand; raises OwnQuestionsError."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {Merit(merit): {str(code): float(floor) for code, floor in of.items()} for merit, of in read.items()}
    except (OSError, ValueError, AttributeError) as error:
        message = f"{path} holds no floors by merit and language."
        raise OwnQuestionsError(message) from error


def shares(asked: Sequence[Asked]) -> Shares:
    """What was reached; REFUSED of the questions that nothing answers, the others of those that something does."""
    languages = sorted({each.question.language.value for each in asked})
    return {merit: {code: _share(asked, merit, code) for code in languages} for merit in Merit}


def lost(asked: Sequence[Asked], recorded: Mapping[str, frozenset[Merit]]) -> Iterator[str]:
    """A sentence for each question whose answer lacks a merit that it had, and for each that is in one list only."""
    for each in asked:
        question = each.question
        if question.id not in recorded:
            yield f"{question.id} has no record: {question.text}"
        elif missing := recorded[question.id] - each.merits:
            yield f"{question.id} is no longer {', '.join(sorted(missing))}: {question.text}"
    for number in sorted(recorded.keys() - {each.question.id for each in asked}):
        yield f"{number} is recorded, but nobody asks it"


def gained(asked: Sequence[Asked], recorded: Mapping[str, frozenset[Merit]]) -> int:
    """How many questions have a merit that they had not."""
    return sum(bool(each.merits - recorded.get(each.question.id, frozenset())) for each in asked)


def below(reached: Shares, floors: Shares) -> Iterator[str]:
    """A sentence for each share that lies under its floor."""
    for merit, by_language in floors.items():
        for code, floor in by_language.items():
            share = reached[merit].get(code, 0.0)
            if share < floor:
                yield f"{code}: {share:.3f} are {merit}, the floor is {floor}"


def _share(asked: Sequence[Asked], merit: Merit, code: str) -> float:
    of_language = [each for each in asked if each.question.language == code]
    entitled = [each for each in of_language if bool(each.question.document) != (merit is Merit.REFUSED)]
    return statistics.fmean(merit in each.merits for each in entitled) if entitled else 0.0
