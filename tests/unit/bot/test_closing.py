"""What stands beneath an answer, and the windows and letters that follow from it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.blocks.closing import ASK_NETWORK, closing_blocks
from bot.blocks.contexts import LONGEST_NEIGHBOUR, context_modal
from bot.blocks.inquiries import inquiry_message, reply_message, taken_in_message
from bot.sandbox.limits import block_problems
from knowledge.inquiries.contexts import Context
from knowledge.model import Answer, AnswerStatus, Citation, DocumentKind, Language, PassageId, QuestionId, Reason
from tests.builders import citation, document, passage
from tests.fakes import NOON
from tests.inquiring import curated_answer, inquiry, inquiry_reply

E1 = QuestionId("message:T1:C1:1.1")
HOSTILE = "<!channel> & <@U1> <https://evil.example|ohje>"


def _answer(*citations: Citation, status: AnswerStatus = AnswerStatus.ANSWERED) -> Answer:
    return Answer(status, Reason.NONE, Language.FI, "Vastaus.", citations)


def _buttons(blocks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    rows = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return [(row["text"]["text"], row["value"]) for row in rows]


def test_each_source_has_a_button_that_names_it() -> None:
    """A single one needs no number."""
    two = closing_blocks(E1, _answer(citation(), citation(passage=PassageId(7))), NOON)
    assert _buttons(two) == [("Näytä lähde 1 yhteydessään", "1"), ("Näytä lähde 2 yhteydessään", "7")]
    assert _buttons(closing_blocks(E1, _answer(citation()), NOON)) == [("Näytä yhteydessään", "1")]


def test_slacks_own_feedback_buttons_carry_the_question() -> None:
    """Both sides, with words for screen readers."""
    [*_, last] = closing_blocks(E1, _answer(citation()), NOON)
    assert last["type"] == "context_actions"
    [element] = last["elements"]
    assert element["type"] == "feedback_buttons"
    assert element["positive_button"]["value"] == f"good:{E1}"
    assert element["negative_button"]["value"] == f"bad:{E1}"
    assert element["negative_button"]["accessibility_label"] == "Vastauksesta ei ollut apua"


def test_only_what_was_not_found_is_put_to_the_network() -> None:
    """And beneath a refusal there is nothing at all."""
    blocks = closing_blocks(E1, _answer(status=AnswerStatus.NOT_FOUND), NOON)
    assert [element["action_id"] for element in blocks[0]["elements"]] == [ASK_NETWORK]
    assert closing_blocks(E1, _answer(status=AnswerStatus.REFUSED), NOON) == []


@pytest.mark.parametrize(
    ("published", "is_superseded", "is_told"),
    [
        (date(2023, 3, 1), False, True),
        (date(2023, 3, 1), True, False),
        (date(2023, 4, 1), False, False),
        (None, False, False),
    ],
    ids=["old", "replaced, which is marked already", "not that old", "nobody knows"],
)
def test_an_old_source_is_marked(published: date | None, *, is_superseded: bool, is_told: bool) -> None:
    """More than three years before today, the 12th of March 2026."""
    old = citation(published=published, is_superseded=is_superseded)
    told = json.dumps(closing_blocks(E1, _answer(citation(), old), NOON), ensure_ascii=False)
    assert ("Lähde 2 on julkaistu yli kolme vuotta sitten" in told) is is_told


def test_a_passage_stands_beside_a_bar_between_its_neighbours() -> None:
    """Title with its page, headings, and as much of the neighbours as a window holds: the nearer part."""
    before = passage("A" * LONGEST_NEIGHBOUR + "lopun sanat")
    pdf = replace(document("guide.pdf"), published=date(2026, 3, 12))
    cited = replace(passage("Itse kohta.", 2), page=4, headings=("Luku 1", "Kohta 2"))
    view = context_modal(Context(pdf, (before,), cited, (), is_outdated=False), Language.FI)
    text = json.dumps(view, ensure_ascii=False)
    assert "https://example.org/guide.pdf#page=4" in text
    assert "Luku 1 › Kohta 2" in text
    assert "lopun sanat" in text
    assert "…A" in text
    assert "on muuttunut" not in text
    changed = context_modal(Context(pdf, (), cited, (), is_outdated=True), Language.FI)
    assert "on muuttunut" in json.dumps(changed, ensure_ascii=False)


def test_a_persons_answer_is_shown_as_theirs() -> None:
    """By name and date, in the reader's language."""
    said = replace(document(kind=DocumentKind.CURATED), publisher="Outi Saarela", published=date(2026, 3, 12))
    text = json.dumps(context_modal(Context(said, (), passage(), (), is_outdated=False), Language.EN))
    assert "Answered by Outi Saarela, Mar 12, 2026" in text


def test_what_people_wrote_calls_nobody() -> None:
    """Question, reply and name are shown as they were written, and act as nothing."""
    asked = inquiry(text=HOSTILE)
    messages = (
        inquiry_message(asked, HOSTILE),
        inquiry_message(asked, "", is_answered=True),
        reply_message(asked, inquiry_reply(text=HOSTILE), HOSTILE, Language.FI),
        taken_in_message(curated_answer(question=HOSTILE, text=HOSTILE), Language.FI, is_author=True),
    )
    for message in messages:
        assert list(block_problems(message.blocks)) == []
        assert "<!" not in message.text
        assert "<!" not in json.dumps(message.blocks)


def test_only_the_author_can_take_an_answer_back() -> None:
    """The asker is told the same without the button."""
    answer = curated_answer()
    assert _buttons(taken_in_message(answer, Language.FI, is_author=True).blocks) == [("Poista vastaukseni", "i1")]
    assert _buttons(taken_in_message(answer, Language.FI, is_author=False).blocks) == []
