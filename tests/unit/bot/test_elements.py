"""Escaping and truncating: nothing that people write acts in Slack, and nothing breaks its limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.elements import (
    bullets,
    escape,
    fallback,
    header,
    is_web_address,
    line,
    paragraph,
    rich,
    shorten,
    small_print,
    tame,
    title,
    words,
)

ATTACKS = ("<!channel>", "<!here|x>", "<@U0ADMIN001>", "<#C1>", "<!subteam^S1>", "<https://evil.example|docs>")
RIGHT_TO_LEFT = "\u202e"


def test_the_three_signs_of_markup_are_escaped_once() -> None:
    """`&` first, or the others' escapes would be escaped again."""
    assert escape("a & b <!channel> &amp;") == "a &amp; b &lt;!channel&gt; &amp;amp;"


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_notification_never_acts(attack: str) -> None:
    """In a message's text every opening bracket is escaped."""
    assert "<" not in fallback(f"Vastaus: {attack}")


@pytest.mark.parametrize("attack", ATTACKS)
def test_blocks_hold_texts_as_they_stand_and_no_markup(attack: str) -> None:
    """Only plain and rich text is used, which Slack does not parse; what looks like a mention is broken besides."""
    for block in (header(attack), paragraph(attack)):
        assert block["text"]["type"] == "plain_text"
        assert "<!" not in block["text"]["text"]
        assert "<@" not in block["text"]["text"]
    assert small_print(attack)["elements"][0]["type"] == "plain_text"
    piece = words(attack)
    assert piece["type"] == "text"
    assert piece["text"].replace("\u2060", "") == attack


def test_text_cannot_turn_the_line_that_it_stands_in() -> None:
    """Marks that change the direction are left out; letters of right-to-left scripts stay."""
    assert tame(f"ohje{RIGHT_TO_LEFT}fdp.exe\u2066") == "ohjefdp.exe"
    assert tame("שלום \u200fעולם") == "שלום \u200fעולם"
    assert RIGHT_TO_LEFT not in fallback(f"a{RIGHT_TO_LEFT}b")


def test_shortening_says_that_something_is_left_out() -> None:
    """With an ellipsis, and never longer than allowed."""
    assert shorten("seitsemän", 9) == "seitsemän"
    assert shorten("seitsemän", 8) == "seitsem…"
    assert shorten("seitse män", 8) == "seitse…"


@given(st.text(alphabet=st.sampled_from("&<>a! \u202e@")), st.integers(min_value=0, max_value=4000))
def test_texts_keep_slacks_limits(text: str, times: int) -> None:
    """Whatever a text is made of, its notification and its blocks fit, and no entity is cut in two."""
    long = text * times
    told = fallback(long)
    assert len(told) <= 3000
    assert told.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").count("&") == 0
    assert len(paragraph(long)["text"]["text"]) <= 3000
    assert len(header(long)["text"]["text"]) <= 150


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=1&c=2", "http://intra.example:8080/x", "https://example.org/ääkköset"],
)
def test_web_addresses_are_linked(url: str) -> None:
    """A title leads to its document."""
    assert title("Opas", url) == {"type": "link", "url": url, "text": "Opas", "style": {"bold": True}}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://user@evil.example/",
        "https://exa mple.org/",
        "https://example.org/\u2028",
        "https://[bad",
        "https://example.org/" + "x" * 3000,
        "slack://open",
    ],
)
def test_nothing_else_is_linked(url: str) -> None:
    """What is no web address, hides its host, or is too long for Slack, stays a title."""
    assert not is_web_address(url)
    assert title("Opas", url) == {"type": "text", "text": "Opas", "style": {"bold": True}}


def test_a_rich_block_is_built_of_its_parts() -> None:
    """Slack's own nesting."""
    assert rich(line(words("a", italic=True)), bullets(line(words("b")))) == {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "a", "style": {"italic": True}}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "b"}]}],
            },
        ],
    }
