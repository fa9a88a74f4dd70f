"""The table's rows: what each tells, and why Solmu is behind a peer in it where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OURS = "Solmu"
DEPTH = 10
_RANKING = "its small models, fitted on other questions as well, rank these worse than the peer's plain fusion does."
_SEARCHING = (
    "each of three indexes is asked, the vectors once for every language of the passages; the best passages are then "
    "ranked by their sentences and loaded from SQL, where it is seen who may read them at this moment."
)


@dataclass(frozen=True)
class Row:
    """`reason` holds for Solmu with either engine and says what it does that the peers do not."""

    title: str
    reason: str
    more_is_better: bool = False


ROWS = {
    "ndcg": Row(f"nDCG@{DEPTH}", _RANKING, more_is_better=True),
    "recall": Row(f"recall@{DEPTH}", _RANKING, more_is_better=True),
    "index": Row(
        "index, s beyond embedding",
        "two lexical indexes are made where a peer makes one at most, over lemmas with compound parts and over "
        "4-grams, and the vectors of every sentence are kept; passages and vectors go to SQL by transactions, and the "
        "generation, which can be rolled back, is checked before it counts.",
    ),
    "change": Row(
        "one passage changed, s beyond embedding",
        "a change goes to SQL by transactions and becomes a generation of its own, which is synced to the disk, "
        "checked, and can be rolled back.",
    ),
    "p50": Row("search p50, ms beyond embedding", _SEARCHING),
    "p95": Row("search p95, ms beyond embedding", _SEARCHING),
    "first": Row(
        "very first start to first answer, s",
        "what an installation keeps from then on is made, such as the vectors of the questions that set the model's "
        "languages apart, while a peer finds all it needs ready in a folder.",
    ),
    "start": Row(
        "start to first answer, s",
        "besides loading the model, a start opens the database and sees that its tables are up to date, and opens the "
        "generation and the dictionaries of the lemmas.",
    ),
    "memory": Row(
        "memory, MB",
        "SQL's library, the dictionaries of the lemmas, two lexical indexes and the sentences looked at are held "
        "beside model and vectors.",
    ),
}


def reasons(figures: Mapping[str, Mapping[str, float]]) -> list[str]:
    """For each row in which Solmu, with either engine, is behind a peer: which, behind whom, and why.

    `figures` are those of every engine, by row.
    """
    told = []
    for key, row in ROWS.items():
        behind = [
            f"{name} is behind {', '.join(ahead)}"
            for name in figures[key]
            if name.startswith(OURS) and (ahead := _ahead(row, figures[key], name))
        ]
        if behind:
            told.append(f"{row.title}: {'; '.join(behind)}: {row.reason}")
    return told


def _ahead(row: Row, figures: Mapping[str, float], of: str) -> list[str]:
    sign = 1 if row.more_is_better else -1
    return [name for name in figures if not name.startswith(OURS) and sign * (figures[name] - figures[of]) > 0]
