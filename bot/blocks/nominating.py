"""The window in which a message is proposed as an answer for others."""

from __future__ import annotations

import json

from bot.blocks.elements import TEXTS, Block, paragraph, small_print
from bot.blocks.forms import field, modal, text_input
from knowledge.inquiries.inquiring import LONGEST_QUESTION, LONGEST_REPLY
from knowledge.model import Language

NOMINATE = "nominate_note"
QUESTION, TEXT = "note_question", "note_text"


def nomination_modal(text: str, channel: str, ts: str, author: str, language: Language) -> Block:
    """What the message answers, and its words, of which greetings may be taken away."""
    return modal(
        NOMINATE,
        TEXTS.get("channels.add.title", language),
        [
            paragraph(TEXTS.get("nominate.about", language)),
            field(QUESTION, TEXTS.get("nominate.question", language), text_input("", LONGEST_QUESTION), needed=True),
            field(
                TEXT,
                TEXTS.get("nominate.text", language),
                text_input(text, LONGEST_REPLY, is_long=True),
                hint=TEXTS.get("nominate.hint", language),
                needed=True,
            ),
            small_print(TEXTS.get("nominate.patients", language)),
        ],
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("nominate.submit", language),
        metadata=json.dumps([channel, ts, author]),
    )
