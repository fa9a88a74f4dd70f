"""Questions brought together by what they mean: each counted once, and no topic told of fewer than three people."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.insights.anonymity import Scrubber
from knowledge.insights.gaps import Gap, GapFinder, Gaps
from knowledge.insights.grouping import MOST_TEXTS, grouped
from knowledge.insights.naming import TopicNames
from knowledge.members.topics import Topics
from knowledge.model import AskedQuestion, Language, MemberId
from knowledge.searching.synonyms import Synonyms, parse_groups
from tests.builders import question
from tests.fakes import SmallEmbedder

GROUPS = parse_groups(["sanelu\tdiktering\tdictation", "tutka\tradar\tradar"], "test")
NOBODY_NAMED = Scrubber([])
EMBEDDER, NAMES = SmallEmbedder(), TopicNames(Synonyms(GROUPS))
FINDER = GapFinder(Topics(EMBEDDER, Synonyms(GROUPS)), EMBEDDER, NAMES)
DICTATION = "Kuinka kauan sanelun äänite säilytetään?"


def _asked(*texts: tuple[str, str]) -> list[AskedQuestion]:
    return [
        dataclasses.replace(question(f"q{place}", text), asker=MemberId(asker and f"T1:{asker}"))
        for place, (asker, text) in enumerate(texts)
    ]


def _told(questions: Sequence[AskedQuestion], scrubber: Scrubber = NOBODY_NAMED) -> Gaps:
    return FINDER.find(questions, scrubber)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "U1", "U2", "U3", "U4"]), st.sampled_from([DICTATION, "Missä tutka on?", " "])),
        max_size=12,
    )
)
@settings(max_examples=40)
def test_every_question_is_in_exactly_one_group(texts: list[tuple[str, str]]) -> None:
    """Whoever asked whatever: the groups hold each question once, and what is told adds up to all of them."""
    questions = _asked(*texts)
    groups = FINDER.groups(questions, NOBODY_NAMED)
    assert sorted(each.id for group in groups for each in group.questions) == sorted(each.id for each in questions)
    gaps = _told(questions)
    assert sum(gap.questions for gap in gaps.topics) + gaps.other == len(questions)
    assert all(gap.people >= 3 for gap in gaps.topics)


@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3), max_size=20))
def test_every_vector_is_in_exactly_one_group(rows: list[list[float]]) -> None:
    """Also where they are the same, opposite, or nothing at all."""
    vectors = np.array(rows, dtype=np.float32).reshape(-1, 3)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    assert sorted(place for group in grouped(unit) for place in group) == list(range(len(rows)))


def test_what_is_too_much_to_compare_stays_alone() -> None:
    """Two thousand texts are compared; the others are in groups of one."""
    same = np.tile(np.array([[1.0, 0.0]], dtype=np.float32), (MOST_TEXTS + 2, 1))
    groups = grouped(same)
    assert [len(group) for group in groups] == [MOST_TEXTS, 1, 1]


def test_two_people_are_too_few() -> None:
    """However often they ask; the third person makes it a topic, named in each language."""
    two = [("U1", DICTATION), ("U2", DICTATION), ("U1", DICTATION)]
    assert _told(_asked(*two)) == Gaps((), 3)
    [gap] = _told(_asked(*two, ("U3", DICTATION))).topics
    assert (gap.questions, gap.people) == (4, 3)
    assert gap.names[Language.FI].startswith("sanelu")
    assert gap.names[Language.SV].startswith("diktering")


def test_unknown_people_make_no_topic() -> None:
    """Whose question was erased may be one person or three."""
    assert _told(_asked(("U1", DICTATION), ("", DICTATION), ("", DICTATION), ("U2", DICTATION))) == Gaps((), 4)


def test_one_persons_word_names_nothing() -> None:
    """What one of three said alone is in no name, be it ever so telling."""
    questions = _asked(("U1", DICTATION), ("U2", DICTATION), ("U3", f"{DICTATION[:-1]} Pihlajamarjassa?"))
    groups = FINDER.groups(questions, NOBODY_NAMED)
    assert [len(group.questions) for group in groups] == [3]
    assert "pihlaja" not in str(groups[0].names).casefold()


def test_a_persons_name_is_no_topic() -> None:
    """Three people ask for the same person."""
    questions = _asked(*((asker, "Riikka Ojala") for asker in ("U1", "U2", "U3")))
    assert _told(questions, Scrubber(["Riikka Ojala"])) == Gaps((), 3)


def test_topics_come_in_order_of_questions() -> None:
    """Those asked most first."""
    radar = [(f"U{number}", "Missä tutka on?") for number in range(1, 5)]
    gaps = _told(_asked(*((f"U{number}", DICTATION) for number in range(1, 4)), *radar))
    assert [gap.questions for gap in gaps.topics] == [4, 3]
    assert gaps.topics[0] == Gap(gaps.topics[0].names, 4, 4)
    assert gaps.topics[0].names[Language.EN].startswith("radar")
