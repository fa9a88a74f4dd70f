"""`python -m knowledge.evaluation.following FILE`: how many questions that lean on another are understood.

One JSON object a line: `lang`, `half`, `earlier` questions and the new `question`; `joined` tells whether it leans on
them. What is made of it must hold the pieces in `holds` and none in `lacks`; `answer_in` is the language wished for.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from knowledge.answering.following import Understood, understood
from knowledge.errors import SolmuError
from knowledge.model import Language
from knowledge.shell import output, sentences_for_errors

app = typer.Typer(add_completion=False)


class FollowUpsError(SolmuError):
    """The follow-ups cannot be read."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question after others, and what a reader takes it to mean."""

    language: Language
    half: str
    earlier: tuple[str, ...]
    question: str
    joined: bool
    holds: tuple[str, ...]
    lacks: tuple[str, ...]
    answer_in: Language


@app.command()
def measure(path: Path, *, missed: Annotated[bool, typer.Option(help="List those that are not.")] = False) -> None:
    """Count the follow-ups that are understood, and the new questions that are left alone."""
    with sentences_for_errors():
        follow_ups = read_follow_ups(path)
    asked, right = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for each in follow_ups:
        found = understood(each.question, each.earlier)
        what = "follow-up" if each.joined else "new question"
        names = [(what, each.half), (what, each.language.value), (what, "all")]
        asked.update(names)
        right.update(names if is_right(each, found) else ())
        if missed and not is_right(each, found):
            output.print(f"{each.earlier[-1]} | {each.question} -> {found.text}", markup=False)
    for name, count in sorted(asked.items()):
        output.print(f"{' '.join(name)}: {right[name]} of {count}")


def read_follow_ups(path: Path) -> list[FollowUp]:
    """Raises FollowUpsError."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [
            FollowUp(
                Language(each["lang"]),
                each["half"],
                tuple(each["earlier"]),
                each["question"],
                each["joined"],
                tuple(each["holds"]),
                tuple(each["lacks"]),
                Language(each["answer_in"]) if each["answer_in"] else Language.UNKNOWN,
            )
            for each in lines
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} holds no follow-ups."
        raise FollowUpsError(message) from error


def is_right(follow_up: FollowUp, found: Understood) -> bool:
    """Whether it is joined where it should be, and then with the right pieces."""
    if not follow_up.joined:
        return not found.follows and found.text == follow_up.question
    text = found.text.casefold()
    is_whole = all(piece in text for piece in follow_up.holds) and not any(piece in text for piece in follow_up.lacks)
    return found.follows and is_whole and found.language is follow_up.answer_in


if __name__ == "__main__":
    app()
