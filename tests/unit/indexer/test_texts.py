"""Markdown, plain text and e-mail, and what they say of themselves."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from indexer.failures import ReadFailure
from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.formats import read_bytes
from indexer.reading.front_matter import parse_date
from indexer.reading.markdown import markdown_blocks
from indexer.reading.titles import choose_title

HEAD, TEXT, ITEM, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE


def _shown(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in markdown_blocks(text)]


def _mail(body: str = "Hei!\n\nKokous siirtyy.", subtype: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Kokous\tsiirtyy"
    message["From"] = "Valokehän toimisto <toimisto@example.org>"
    message["Date"] = "Thu, 12 Mar 2026 09:00:00 +0200"
    message.set_content(body, subtype=subtype)
    return message


def _read_mail(message: EmailMessage) -> ReadDocument:
    return read_bytes(message.as_bytes(), "viesti.eml")


def test_marks_go_and_words_stay() -> None:
    """Stress, links, code and escapes leave their words; pictures and comments leave nothing."""
    text = "**Liha**voi ja *kursiivi*, [linkki](https://example.org), `koodi_x`, 2\\. a\\*b ![kuva](x.png)<!-- ei -->."
    assert _shown(text) == [(TEXT, "Lihavoi ja kursiivi, linkki, koodi_x, 2. a*b .")]


def test_wrapped_lines_are_joined_and_meant_breaks_kept() -> None:
    """A line end is a space; two spaces or a tag make a line."""
    assert _shown("yksi\nkaksi  \nkolme<br>neljä") == [(TEXT, "yksi kaksi\nkolme\nneljä")]


def test_headings_lists_tables_and_code() -> None:
    """Numbers of a list stay, bullets go; a fence is kept as it is."""
    lists = "3. kolmas\n4. neljäs\n\n- a\n  - b\n"
    table = "| N | A |\n|---|---|\n| x&y | **1** |\n"
    assert _shown(f"Otsikko\n===\n\n{lists}\n{table}\n```\nrivi  1\n```\n") == [
        (HEAD, "Otsikko"),
        (ITEM, "3. kolmas"),
        (ITEM, "4. neljäs"),
        (ITEM, "a"),
        (ITEM, "b"),
        (TABLE, "| N | A |\n| x&y | 1 |"),
        (TEXT, "rivi  1"),
    ]


def test_tables_of_contents_are_left_out() -> None:
    """Links to places in the same text repeat its headings; links elsewhere are text."""
    text = "[[_TOC_]]\n\n- [Alku](#alku)\n- [Muualla](muu.md)\n- [Kohta](#kohta) on tärkeä\n"
    assert _shown(text) == [(ITEM, "Muualla"), (ITEM, "Kohta on tärkeä")]


def test_front_matter_speaks_of_the_document() -> None:
    """Title, publisher, day and address, unquoted; none of it is text."""
    fields = "author: Valokehä ry\ndate: 12.3.2026\nurl: https://example.org/o\ntags:\n  - a"
    content = f'---\ntitle: "Ohje: sanelu"\n{fields}\n---\nTeksti.\n'
    read = read_bytes(content.encode(), "x.md")
    assert (read.title, read.publisher, read.published, read.url) == (
        "Ohje: sanelu",
        "Valokehä ry",
        date(2026, 3, 12),
        "https://example.org/o",
    )
    assert read.blocks == (Block(TEXT, "Teksti."),)


def test_a_line_of_dashes_is_no_front_matter() -> None:
    """A text may begin with a rule; what follows is kept."""
    assert [block.text for block in read_bytes(b"---\n\nTeksti.\n\n---\n\nLoppu.", "x.md").blocks] == [
        "Teksti.",
        "Loppu.",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-12T08:00:00Z", date(2026, 3, 12)),
        ("päivitetty 2.1.2026 klo 8", date(2026, 1, 2)),
        ("31.2.2026", None),
        ("maaliskuussa", None),
        ("120.3.20261", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    """In ISO order or as the Nordic countries write; a day that is none is none."""
    assert parse_date(text) == day


def test_plain_text_is_paragraphs() -> None:
    """What stands between blank lines belongs together, its lines as they are."""
    read = read_bytes("Ensimmäinen\nrivi.\r\n\r\n  \r\nToinen.".encode("cp1252"), "muistio_1.txt")
    assert ([block.text for block in read.blocks], read.title) == (["Ensimmäinen\nrivi.", "Toinen."], "muistio 1")


def test_a_message_is_its_subject_sender_day_and_text() -> None:
    """The subject is the title and the sender the publisher."""
    read = _read_mail(_mail())
    assert (read.title, read.publisher, read.published) == ("Kokous siirtyy", "Valokehän toimisto", date(2026, 3, 12))
    assert [block.text for block in read.blocks] == ["Hei!", "Kokous siirtyy."]


def test_a_message_in_html_is_read_like_a_page() -> None:
    """Its letters come through whatever the message says of its encoding."""
    read = _read_mail(_mail("<p>Hyvää <b>huomenta</b>.</p>", "html"))
    assert [block.text for block in read.blocks] == ["Hyvää huomenta."]


def test_what_a_message_says_of_encodings_may_be_wrong() -> None:
    """A page inside it was turned to another encoding on its way; a name that nobody knows stops nothing."""
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Hyvää työtä.</p></body></html>'
    assert [block.text for block in _read_mail(_mail(page, "html")).blocks] == ["Hyvää työtä."]
    raw = 'Subject: Hei\nContent-Type: text/plain; charset="x-none"\nContent-Transfer-Encoding: 8bit\n\nHyvää työtä.\n'
    assert [block.text for block in read_bytes(raw.encode(), "a.eml").blocks] == ["Hyvää työtä."]


def test_attachments_are_named_and_not_read() -> None:
    """A note says what else there is."""
    message = _mail()
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="asialista.pdf")
    assert _read_mail(message).notes == ("Its attachments were not read: asialista.pdf; save them beside it.",)


@pytest.mark.parametrize("name", ["x.md", "x.txt", "x.html", "x.eml"])
def test_what_holds_no_text_is_refused(name: str) -> None:
    """Blank lines, rules and empty tags are nothing to find."""
    content = {"x.md": b"---\n\n![](x.png)\n", "x.txt": b"\n \n", "x.html": b"<p> </p>", "x.eml": b"Subject: a\n\n\n"}
    with pytest.raises(ReadFailure) as caught:
        read_bytes(content[name], name)
    assert caught.value.code == "empty"


@pytest.mark.parametrize("name", ["kuva.png", "vanha.doc", "nimetön"])
def test_other_types_are_refused_with_the_types_that_are_read(name: str) -> None:
    """The sentence says what to save it as."""
    with pytest.raises(ReadFailure, match=r"are not read; save it as one of .*\.docx, .*\.xlsx\.") as caught:
        read_bytes(b"x", name)
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Ohje sanelusta", "Ohje sanelusta"),
        ("  ", "Ylin"),
        ("Microsoft Word - luonnos 3.docx", "Ylin"),
        ("PowerPoint-esitys", "Ylin"),
        ("Asiakirja1", "Ylin"),
        ("(anonymous)", "Ylin"),
        ("raportti_v2.pdf", "Ylin"),
    ],
)
def test_a_programs_habit_is_no_title(told: str, title: str) -> None:
    """Then the highest heading is taken, wherever it stands."""
    headings = [Block(HEAD, "Alempi", None, 2), Block(HEAD, "Ylin", None, 1), Block(HEAD, "Toinen", None, 1)]
    assert choose_title(told, headings, "tiedosto") == title
