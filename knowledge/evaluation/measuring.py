"""Running a question set through the real searcher and summing up."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.answering.evidence import evidence
from knowledge.evaluation.collection import Collection, Line
from knowledge.evaluation.metrics import auroc, ndcg, recall, reciprocal_rank, refused_at
from knowledge.evaluation.own import Asked, Merit
from knowledge.model import Audience
from knowledge.searching.search import Searcher

DEPTH = 100
FALSE_REFUSALS = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """What one question brought up."""

    ranked: tuple[str, ...]
    evidence: float
    milliseconds: float


def ask_all(questions: Sequence[Line], searcher: Searcher, asked: Callable[[], None]) -> list[Finding]:
    """Search for every question; `ranked` are document keys, best passage first."""
    findings = []
    for question in questions:
        started = time.perf_counter()
        # Of equal texts a set judges one: merging them would count as a loss what no reader misses.
        found = searcher.find(question.text, audience=Audience.PUBLIC, limit=DEPTH, merge_alike=False)
        took = (time.perf_counter() - started) * 1000
        ranked = tuple(dict.fromkeys(hit.document.key for hit in found.hits))
        findings.append(Finding(ranked, evidence(found), took))
        asked()
    return findings


def summarise(collection: Collection, answered: Sequence[Finding], refused: Sequence[Finding]) -> dict[str, float]:
    """The measures by name; those of refusing only where the set has unanswerable questions."""
    pairs = [
        (finding.ranked, collection.relevant[question.id])
        for question, finding in zip(collection.questions, answered, strict=True)
    ]
    took = sorted(finding.milliseconds for finding in answered)
    result = {
        "ndcg@10": statistics.fmean(ndcg(*pair, 10) for pair in pairs),
        **{f"recall@{depth}": statistics.fmean(recall(*pair, depth) for pair in pairs) for depth in (5, 10, DEPTH)},
        "mrr@10": statistics.fmean(reciprocal_rank(*pair, 10) for pair in pairs),
        "questions": len(pairs),
        "query_ms_p50": _percentile(took, 0.50),
        "query_ms_p95": _percentile(took, 0.95),
    }
    if refused:
        sure = [finding.evidence for finding in answered]
        unsure = [finding.evidence for finding in refused]
        result["auroc"] = auroc(sure, unsure)
        result["refused_at_5_percent_false_refusals"] = refused_at(sure, unsure, FALSE_REFUSALS)
    return result


def quote_shares(asked: Sequence[Asked]) -> dict[str, float]:
    """Shares of the questions that were answered, and whose answer's words stood in a quote and in the first one."""
    merits = (Merit.ANSWERED, Merit.QUOTED, Merit.FIRST)
    return {f"quotes_{merit}": statistics.fmean(merit in each.merits for each in asked) for merit in merits}


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
