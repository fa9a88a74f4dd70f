"""A reply in pieces becomes sentences with their sources, each as soon as it is sure to have ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.answering.replies import WrittenSentence, sentences_of
from knowledge.model import Language


def _read(text: str, language: Language = Language.FI, size: int = 3) -> list[tuple[str, tuple[int, ...]]]:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return [(each.text, each.sources) for each in sentences_of(pieces, language)]


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        ("Se alkoi [1]. Se päättyi [2].", [("Se alkoi.", (1,)), ("Se päättyi.", (2,))]),
        ("Se alkoi. [1] Se päättyi. [2]", [("Se alkoi.", (1,)), ("Se päättyi.", (2,))]),
        ("Se alkoi [1, 2]. Se päättyi [1][3].", [("Se alkoi.", (1, 2)), ("Se päättyi.", (1, 3))]),
        ("Se alkoi 31. lokakuuta klo 8.30 [1].", [("Se alkoi 31. lokakuuta klo 8.30.", (1,))]),
        ("Se alkoi [1]", [("Se alkoi", (1,))]),
        ("Se alkoi\n\nSe päättyi [1].", [("Se alkoi", ()), ("Se päättyi.", (1,))]),
        ("- **Se** alkoi [1].\n- Se `päättyi` [1].", [("Se alkoi.", (1,)), ("Se päättyi.", (1,))]),
        ("Katso [ohje](https://a.example) [1].", [("Katso ohje.", (1,))]),
        ("<think>Mietin [9]. Lisää.</think>\nSe alkoi [1].", [("Se alkoi.", (1,))]),
        ("<think>Mietin vain.", []),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_and_their_sources(reply: str, sentences: list[tuple[str, tuple[int, ...]]], size: int) -> None:
    """Marks before or behind the full stop belong to their sentence, however the reply was cut into pieces."""
    assert _read(reply, size=size) == sentences


def test_a_sentence_comes_when_the_next_has_begun() -> None:
    """Not before: `31.` may go on with `lokakuuta`; and not much later."""
    taken: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("Se alkoi [1]. ", "Se ", "päättyi ", "[1]. "):
            taken.append(piece)
            yield piece

    sentences = sentences_of(pieces(), Language.FI)
    assert next(sentences) == WrittenSentence("Se alkoi.", (1,))
    assert taken == ["Se alkoi [1]. ", "Se "]
