"""Who does durable work: of one workspace, or of whichever workspace the work came from."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.asking import Outcome
from bot.questions import Question
from bot.reindexing import ReindexRequest, Shown
from bot.scouting import Settler
from bot.welcoming import Newcomer
from knowledge.adapters.sealing import SealBrokenError
from knowledge.errors import NotFoundError
from knowledge.model import MemberId, team_of

_log = logging.getLogger(__name__)


class Answers(Protocol):
    """See `bot.queueing.Queueing`."""

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Answer, or tell which place in the queue the question has."""
        ...

    def later(self, question: Question) -> tuple[float, Question]:
        """In how many seconds its turn comes, and how it is answered then."""
        ...


class Reindexes(Protocol):
    """See `bot.reindexing.Reindexing`."""

    def request(self, request: ReindexRequest) -> str:
        """Queue a run; returns its id."""
        ...

    def follow(self, run_id: str, request: ReindexRequest, shown: Shown) -> Shown | None:
        """Tell how it goes by now; None where nothing more is to be told."""
        ...


class Greets(Protocol):
    """See `bot.welcoming.Welcoming`."""

    def greet(self, newcomer: Newcomer, *, doubtful: bool) -> bool:
        """Greet; false where it is to be tried later."""
        ...


class Shows(Protocol):
    """See `bot.scouting.Guide`."""

    def show(self, settler: Settler, *, doubtful: bool) -> bool:
        """Show what is near; false where it is to be tried later."""
        ...


@dataclass(frozen=True, slots=True)
class Handlers:
    """Whoever does the work of one workspace."""

    answers: Answers
    reindexes: Reindexes
    greets: Greets
    shows: Shows


HandlersOf = Callable[[str], Handlers]
"""Those of a workspace; raises NotFoundError where Solmu is not installed, SealBrokenError."""


class HandlersEverywhere:
    """Does everything with the handlers of the workspace that it came from; gives up where Solmu was removed."""

    def __init__(self, handlers_of: HandlersOf) -> None:
        self._of = handlers_of

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """See `Answers`."""
        found = self._find(question.team)
        return Outcome.UNDELIVERABLE if found is None else found.answers.answer(question, doubtful=doubtful)

    def later(self, question: Question) -> tuple[float, Question]:
        """See `Answers`; raises as `HandlersOf`."""
        return self._of(question.team).answers.later(question)

    def request(self, request: ReindexRequest) -> str:
        """See `Reindexes`; raises as `HandlersOf`."""
        return self._of(request.team).reindexes.request(request)

    def follow(self, run_id: str, request: ReindexRequest, shown: Shown) -> Shown | None:
        """See `Reindexes`."""
        found = self._find(request.team)
        return None if found is None else found.reindexes.follow(run_id, request, shown)

    def greet(self, newcomer: Newcomer, *, doubtful: bool) -> bool:
        """See `Greets`."""
        found = self._find(newcomer.team)
        return found is None or found.greets.greet(newcomer, doubtful=doubtful)

    def show(self, settler: Settler, *, doubtful: bool) -> bool:
        """See `Shows`."""
        found = self._find(team_of(MemberId(settler.member)))
        return found is None or found.shows.show(settler, doubtful=doubtful)

    def _find(self, team: str) -> Handlers | None:
        try:
            return self._of(team)
        except (NotFoundError, SealBrokenError):
            _log.warning("something is left undone: Solmu is no longer in workspace %s", team)
            return None
