"""Long texts in messages: parted between sentences, and never more of them than Slack takes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.blocks.answers import consultation_message
from bot.blocks.lengths import WHOLE, in_parts, paragraphs, shorten_to_sentence
from bot.sandbox.limits import block_problems
from knowledge.answering.consulting import Consultation
from knowledge.answering.rendering import render
from knowledge.model import Answer, AnswerStatus, Language, Reason
from tests.builders import citation
from tests.fakes import NOON

SENTENCE = "Hyvinvointialueen sanelupalvelun äänitallenteet säilytetään neljätoista päivää."


def test_a_text_is_parted_between_sentences() -> None:
    """Each part ends with a full stop, none is too long, and together they are the text."""
    text = " ".join([SENTENCE] * 100)
    parts = in_parts(text, Language.FI, 3000)
    assert " ".join(parts) == text
    assert [part.endswith("päivää.") for part in parts] == [True] * 3
    assert max(map(len, parts)) <= 3000


@pytest.mark.parametrize("text", ["", "Lyhyt.", SENTENCE], ids=["empty", "short", "one sentence"])
def test_what_fits_stays_whole(text: str) -> None:
    """In one block, or none."""
    assert in_parts(text, Language.FI, 3000) == [text] * bool(text)


def test_a_sentence_that_is_too_long_is_parted_between_words() -> None:
    """And a word that is too long anywhere."""
    parts = in_parts(f"{'sana ' * 30}{'a' * 130}.", Language.FI, 50)
    assert max(map(len, parts)) <= 50
    assert "".join(parts).replace(" ", "") == "sana" * 30 + "a" * 130 + "."
    assert len(paragraphs("sana " * 2000, Language.FI)) == 4


def test_a_long_quote_ends_with_a_sentence() -> None:
    """With an ellipsis, so that everybody sees that it goes on; one endless sentence is cut."""
    text = " ".join([SENTENCE] * 5)
    assert shorten_to_sentence(text, Language.FI, 200) == f"{SENTENCE} {SENTENCE} …"
    assert shorten_to_sentence(SENTENCE, Language.FI, 200) == SENTENCE
    assert shorten_to_sentence("sana " * 100, Language.FI, 20) == "sana sana sana sana…"


def test_the_longest_answer_fits_into_one_message() -> None:
    """Three of the longest quotes under a long written answer, with the longest addresses that are linked."""
    quote = " ".join([SENTENCE] * 60)
    sources = tuple(citation(quote, url=f"https://example.org/{'a' * 2900}") for _ in range(2))
    written = " ".join([f"{SENTENCE[:-1]} [1]."] * 45)
    answer = Answer(AnswerStatus.ANSWERED, Reason.NONE, Language.FI, "", sources, written=written)
    message = consultation_message(Consultation(render(answer)), {}, NOON)
    assert len(json.dumps(message.blocks, ensure_ascii=False)) <= WHOLE
    assert block_problems(message.blocks) == []
    said = " ".join(block["text"]["text"] for block in message.blocks[: message.spoken_blocks])
    assert said == message.spoken == f"Tästä löytyi 2 lähdettä: {written}"
    assert str(message.blocks).count("äivää. …") == 2


def test_a_written_answer_stands_above_its_quotes() -> None:
    """With the words who wrote it between them; what was streamed is told apart from what comes below."""
    sources = (citation("Lasku lähetetään helmikuussa."),)
    answer = Answer(
        AnswerStatus.ANSWERED, Reason.NONE, Language.FI, "", sources, written="Lasku tulee helmikuussa [1]."
    )
    message = consultation_message(Consultation(render(answer)), {}, NOON)
    assert (message.spoken, message.spoken_blocks) == ("Tästä löytyi yksi lähde: Lasku tulee helmikuussa [1].", 2)
    first, second, third = message.blocks[1:4]
    assert first["text"]["text"] == "Lasku tulee helmikuussa [1]."
    assert second["elements"][0]["text"].startswith("Kielimalli kirjoitti tämän")
    assert third["elements"][0]["elements"][0]["text"] == "Lasku lähetetään helmikuussa."


def test_an_answer_that_was_held_back_says_so() -> None:
    """The quotes stand alone, and the first words are others than those that were streamed."""
    sources = (citation("Lasku lähetetään helmikuussa."),)
    quoted = Answer(AnswerStatus.ANSWERED, Reason.NONE, Language.EN, "", sources)
    message = consultation_message(Consultation(render(replace(quoted, held_back=True))), {}, NOON)
    assert message.blocks[0]["text"]["text"].startswith("I could not write an answer that the sources support.")
    assert message.spoken == message.blocks[0]["text"]["text"]
