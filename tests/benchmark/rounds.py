"""A round of introductions for many members, and what comes of a year of rounds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from knowledge.introductions.carding import CardMatching
from knowledge.introductions.pairing import pairs_of
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.rounds import taking_part
from knowledge.introductions.rules import Rules, standing
from knowledge.introductions.weighing import weights_of
from knowledge.matching.cards import Cards
from knowledge.model import Language, Member, RoundId
from knowledge.roles import FixedRoles
from knowledge.searching.synonyms import read_synonyms
from knowledge.store import Store, open_store
from tests.benchmark.plan import Plan
from tests.benchmark.report import Result
from tests.builders import member, organisation
from tests.fakes import SetClock, SmallEmbedder
from tests.simulated_year import Year, tally

T = TypeVar("T")
PER_ORGANISATION = 8
DIMENSION = 384
"""That of the bundled model. What a round takes does not depend on what the vectors mean."""
WORDS = [
    "puheentunnistus",
    "kirjaaminen",
    "kotihoito",
    "kaatuminen",
    "sänkyanturi",
    "etähoiva",
    "kuvantaminen",
    "päivystys",
    "ajanvaraus",
    "lääkehoito",
    "tietoallas",
    "tekoälymalli",
    "hoitoisuus",
    "laatu",
    "potilasturvallisuus",
    "pilotti",
    "tuotanto",
    "hankinta",
    "arviointi",
]


def holding_rounds(plan: Plan) -> Result:
    """One round, over a store that holds everybody's vectors already."""
    columns = ("members", "pairs", "whole round", "cards", "scores", "pairing", "reasons")
    rows = [_measured(plan, size) for size in plan.extent.members]
    note = "Seconds, each of one run. Vectors are stored before, as they are whenever a profile is kept."
    return Result("round", "A round of introductions", columns, rows, note)


def living_year(plan: Plan) -> Result:
    """A simulated year of weekly rounds, and what came of it."""
    lived = Year(plan.extent.members[0])
    started = time.perf_counter()
    weeks = list(lived.weeks())
    took = time.perf_counter() - started
    rows = [(name, value) for name, value in (tally(lived, weeks) | {"the whole year, s": took}).items()]
    note = "Invented members who answer, meet, leave and come back by chance; matched by the topics they name."
    return Result("year", f"A simulated year of {len(weeks)} weekly rounds", ("", "figure"), rows, note)


def _measured(plan: Plan, size: int) -> Sequence[float | int]:
    store = open_store(f"sqlite:///{plan.folder / f'members-{size}.sqlite'}")
    matching, clock = CardMatching(Cards(store, SmallEmbedder(DIMENSION), read_synonyms())), SetClock()
    _fill(store, size)
    with store.reading() as work:
        at = standing(work, clock())
    # As when they saved their profiles: what has a vector is never embedded again.
    members = taking_part(at)
    matching.compare(members)
    comparison, cards = _timed(lambda: matching.compare(members))
    table, scores = _timed(lambda: comparison.scores)
    weights = np.where(Rules(at).tables(members)[0], weights_of(members, table, (), clock()), 0.0)
    pairs, pairing = _timed(lambda: pairs_of(weights))
    _, reasons = _timed(lambda: [comparison.ground(*pair) for pair in pairs])
    introductions = Introductions(store, matching, clock, Periods(), FixedRoles())
    held, whole = _timed(lambda: introductions.hold_round(RoundId("2026-W11")))
    store.dispose()
    return [size, len(held), whole, cards, scores, pairing, reasons]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def _fill(store: Store, size: int) -> None:
    dice = random.Random(1)
    with store() as work:
        for number in range(size):
            work.members.put(_member(number, dice))
        work.commit()


def _member(number: int, dice: random.Random) -> Member:
    def sentence() -> str:
        return f"Meillä {' ja '.join(dice.sample(WORDS, 3))} on {dice.choice(WORDS)} {number}."

    home = organisation(f"Järjestö {number // PER_ORGANISATION}")
    texts = [" ".join(sentence() for _ in range(3)) for _ in range(2)]
    topics = tuple(dice.sample(WORDS, 3))
    return member(f"U{number}", of=home, topics=topics, offers=texts[0], seeks=texts[1], languages=(Language.FI,))
