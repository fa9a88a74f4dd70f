"""Mutated files by number: the same seed, format and number give the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from tests.hostile.bytewise import EVERYWHERE, Mutation
from tests.hostile.growing import change_tree
from tests.hostile.marking import IN_MAIL, IN_MARKUP, Bombing, deepen_markdown
from tests.hostile.packing import IN_PACKAGES, PartChange
from tests.hostile.printing import IN_PDF
from tests.hostile.seeds import seeds
from tests.hostile.wording import IN_TEXT

LARGEST = 4_000_000
"""Bytes that a mutant has at most: what is larger is turned away by size alone, which has its own test."""


class Mutants:
    """All mutants of one seed; `canary` is a file that some of them try to read."""

    def __init__(self, seed: int, canary: Path) -> None:
        self._seed = seed
        self.seeds = seeds()
        self._mutations = _mutations(str(canary))

    def make(self, extension: str, number: int) -> bytes:
        """One mutant: a well-formed file after one to three changes, the first of which knows the format."""
        random = Random(f"{self._seed} {extension} {number}")
        content = random.choice(self.seeds[extension])
        known = self._mutations[extension]
        content = _changed(content, random.choice(known), random)
        for _ in range(random.choice((0, 0, 0, 1, 2))):
            content = _changed(content, random.choice(known), random)
        return content[:LARGEST]


def _changed(content: bytes, mutation: Mutation, random: Random) -> bytes:
    try:
        return mutation(content, random)
    except Exception:  # noqa: BLE001 - no archive any more: what knows of parts finds none, each library in its own way
        return random.choice(EVERYWHERE)(content, random)


def _mutations(canary: str) -> Mapping[str, Sequence[Mutation]]:
    bombs, parts = Bombing(canary), PartChange(canary)
    package = (*IN_PACKAGES, *[parts] * (2 * len(IN_PACKAGES)), *EVERYWHERE[:3])
    return {
        ".pdf": (*IN_PDF, *IN_PDF, *EVERYWHERE),
        ".docx": package,
        ".pptx": package,
        ".xlsx": package,
        ".html": (*IN_MARKUP, *[change_tree] * 8, bombs, *IN_TEXT, *EVERYWHERE[:5]),
        ".md": (*[deepen_markdown] * 6, *IN_TEXT, *EVERYWHERE[:5]),
        ".txt": (*IN_TEXT, *EVERYWHERE),
        ".eml": (*IN_MAIL, *IN_MAIL, *IN_TEXT, *IN_MARKUP, *EVERYWHERE[:5]),
    }
