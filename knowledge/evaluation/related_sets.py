"""Sets of use cases of which it is known which are related: catalogues as JSON lines, and groups of their ids."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.errors import SolmuError
from knowledge.language.lemmas import is_known
from knowledge.model import Language

FEWEST_WORDS = 8
"""A description with fewer says nothing that could be compared."""
OFTEN = 4
"""Titles in which a word may stand and still be taken for a name."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*\w")
_NAMING = ("organisation", "country", "bureau", "vendor")


class RelatedSetError(SolmuError):
    """A set of related use cases cannot be read."""


@dataclass(frozen=True, slots=True)
class Case:
    """A use case of a set. `owner` is who has it: those of one owner are never to be found by each other."""

    id: str
    title: str
    owner: str
    text: str
    language: Language
    stage: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seeker:
    """What somebody wrote that they look for, and the use cases that fit."""

    text: str
    language: Language
    fits: frozenset[str]


def read_cases(path: Path) -> list[Case]:
    """The use cases of a file or of every `.jsonl` of a folder, each id once; raises RelatedSetError."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    rows = {row["id"]: row for file in files for row in _rows(file)}
    if not rows:
        message = f"{path} holds no use cases; name a folder with `.jsonl` files, or one of them."
        raise RelatedSetError(message)
    return [_case(row) for row in rows.values() if len(_told(row, "description").split()) >= FEWEST_WORDS]


def without_names(cases: Sequence[Case], path: Path) -> list[Case]:
    """The same without titles, topics, and the names of places, organisations, vendors and systems in the texts.

    What is told apart by a name is found by anybody: what is left must be found by what it is about.
    """
    names = _names(_rows(file) for file in sorted(path.glob("*.jsonl")))

    def masked(match: re.Match[str]) -> str:
        is_name = match.group()[0].isupper() and match.group().casefold() in names
        return "" if is_name else match.group()

    return [replace(case, title="", topics=(), text=" ".join(_WORD.sub(masked, case.text).split())) for case in cases]


def read_groups(path: Path, cases: Sequence[Case]) -> Mapping[str, frozenset[str]]:
    """What is related to each use case: the others of its groups that another owner has. Raises RelatedSetError.

    A line of the file is a name and ids, set apart by a tab and spaces; ids that the cases lack are passed over.
    """
    owner = {case.id: case.owner for case in cases}
    related: defaultdict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(_text(path).splitlines(), 1):
        _, border, ids = line.partition("\t")
        if not border:
            message = f"Line {number} of {path} is not `name<TAB>ids`."
            raise RelatedSetError(message)
        known = [each for each in ids.split() if each in owner]
        for one in known:
            related[one] |= {other for other in known if other != one and not _same_owner(owner[one], owner[other])}
    return {one: frozenset(others) for one, others in related.items() if others}


def read_seekers(path: Path) -> list[Seeker]:
    """One JSON object a line: `lang`, `seeks`, and the ids that `fits`; raises RelatedSetError."""
    return [Seeker(row["seeks"], Language(row["lang"]), frozenset(row["fits"])) for row in _rows(path)]


def _same_owner(one: str, other: str) -> bool:
    return one == other != ""


def _case(row: Mapping[str, Any]) -> Case:
    return Case(
        row["id"],
        _told(row, "title"),
        (_told(row, "bureau") or _told(row, "organisation")).casefold(),
        _told(row, "description"),
        Language(row["lang"]),
        _told(row, "stage"),
        tuple(row.get("topics", ())),
    )


def _names(files: Iterable[Iterable[Mapping[str, Any]]]) -> frozenset[str]:
    """Words with a capital that the dictionary lacks: of owners and places, and those that stand in few titles."""
    names: set[str] = set()
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for row in (row for file in files for row in file):
        names.update(word for field in _NAMING for word in _capitals(_told(row, field)))
        for word in _capitals(_told(row, "title")):
            titles[word].add(row["id"])
    return frozenset(names | {word for word, found in titles.items() if len(found) <= OFTEN})


def _capitals(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if len(word) > 2 and word[0].isupper() and not is_known(word.casefold(), Language.EN):  # noqa: PLR2004 - `EU`
            yield word.casefold()


def _told(row: Mapping[str, Any], field: str) -> str:
    return row.get(field) or ""


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in _text(path).splitlines()]
    except ValueError as error:
        message = f"{path} is not JSON lines."
        raise RelatedSetError(message) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
        raise RelatedSetError(message) from error
