"""Questions in one language and passages in another: models put the texts of a language beside each other.

The same question asked in Finnish and in English has two vectors, and what sets them apart is in good part the same for
every question: the distance between the means of many questions in both. Moved by it, an English question lies where a
Finnish one would.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language

PARALLEL = Path(__file__).parent / "parallel_questions.tsv"
LANGUAGES = (Language.FI, Language.SV, Language.EN)
"""The columns of the file."""
SHARE = 0.75
"""How much of the distance a question is moved: the whole of it fits the file's own questions too well."""


@cache
def parallel_questions() -> Mapping[Language, tuple[str, ...]]:
    """The same questions in each language, in the same order."""
    lines = PARALLEL.read_text(encoding="utf-8").splitlines()
    columns = zip(*(line.split("\t") for line in lines), strict=True)
    return dict(zip(LANGUAGES, columns, strict=True))


def moved(
    vector: NDArray[np.float32], asked_in: Language, means: Mapping[Language, NDArray[np.float32]]
) -> Mapping[Language, NDArray[np.float32]]:
    """The question's vector as it would be in every other language; `means` are those of the parallel questions."""
    if asked_in not in means:
        return {}
    return {
        language: _unit(vector + SHARE * (mean - means[asked_in]))
        for language, mean in means.items()
        if language is not asked_in
    }


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit
