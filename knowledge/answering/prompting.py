"""What a language model is told: the instructions, the passages that were found, and the question, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answering.grounding import Evidence
from knowledge.answering.rendering import TEXTS
from knowledge.model import Language
from knowledge.ports import Message, Role

_FENCES = str.maketrans("<>", "‹›")
"""No material can close the fence around it."""


def prompt(question: str, language: Language, sources: Sequence[Evidence]) -> list[Message]:
    """Instructions in the answer's language, then the fenced sources with their numbers, and the question.

    A source that has nothing to say is left out, and keeps its number.
    """
    material = [
        f'<source n="{number}" title="{_inside(source.title)}">\n{_inside(chr(10).join(source.sentences))}\n</source>'
        for number, source in enumerate(sources, 1)
        if source.sentences
    ]
    material.append(f"<question>\n{_inside(question)}\n</question>")
    return [
        Message(Role.SYSTEM, TEXTS.get("writer.instructions", language)),
        Message(Role.USER, "\n\n".join(material)),
    ]


def _inside(text: str) -> str:
    return text.translate(_FENCES).replace('"', "”")
