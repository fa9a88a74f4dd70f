"""From the printed lines of a PDF back to text: broken words, broken lines, furniture, rows."""

from __future__ import annotations

import pytest

from indexer.reading.document import Block, BlockKind
from indexer.reading.pdf_furniture import drop_furniture
from indexer.reading.pdf_layout import PdfPage, page_blocks
from indexer.reading.pdf_lines import BROKEN, Joiner, split_lines
from indexer.reading.pdf_structure import PageStructure, squeezed

WIDE = "Tämä rivi on niin leveä kuin sivulla olevat rivit ovat, eikä sille mahdu enää"
SHORT = "Lyhyt rivi."


def _blocks(
    *lines: str, headings: tuple[str, ...] = (), columns: tuple[str, ...] = (), slide: bool = False
) -> list[Block]:
    structure = PageStructure(dict.fromkeys(map(squeezed, headings), 2), set(map(squeezed, columns)))
    return page_blocks(PdfPage(1, lines, structure, slide), Joiner([[*lines, WIDE, WIDE]], {}))


def _shown(*lines: str, **told: tuple[str, ...]) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in _blocks(*lines, **told)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "mended"),
    [
        ("sosiaali" + BROKEN, "palvelut", "sosiaalipalvelut"),
        ("sosiaali" + BROKEN, "ja terveyspalvelut", "sosiaali- ja terveyspalvelut"),
        ("EU" + BROKEN, "asetus", "EU-asetus"),
        ("linja-autolla tai linja" + BROKEN, "autolla", "linja-autolla tai linja-autolla"),
        ("versio 2.0" + BROKEN, "julkaisu", "versio 2.0-julkaisu"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line(first: str, second: str, mended: str) -> None:
    """The hyphen goes, unless it belongs to the word: before `ja`, after capitals, or as elsewhere in the document."""
    pages = [[first, second, "linja-autolla"]]
    assert Joiner(pages, {}).join([first, second]) == mended


def test_lines_broken_for_want_of_room_are_one_paragraph() -> None:
    """A full line goes on; a short one that ends a sentence does not."""
    assert _shown(WIDE, "mitään ja siksi se jatkuu.", "Uusi kappale alkaa.") == [
        (BlockKind.PARAGRAPH, f"{WIDE} mitään ja siksi se jatkuu."),
        (BlockKind.PARAGRAPH, "Uusi kappale alkaa."),
    ]


def test_a_number_or_a_date_at_the_start_of_a_line_goes_on() -> None:
    """`264 000` with a space that does not break did not fit; `18. kesäkuuta` is a date, not an item."""
    before = WIDE[:-8]
    assert len(_blocks(before, "264\u00a0000 euroa vuodessa.")) == 1
    assert len(_blocks(WIDE, "18. kesäkuuta 2025.")) == 1
    assert len(_blocks(SHORT, "18. kesäkuuta alkaa.")) == 2


def test_items_of_a_list() -> None:
    """A bullet on a line of its own belongs to the next line; an item goes on below itself."""
    lines = split_lines("Ota mukaan:\n•\npuhelin, jossa on\nvirtaa\n2) avain\n")
    assert _shown(*lines) == [
        (BlockKind.PARAGRAPH, "Ota mukaan:"),
        (BlockKind.LIST_ITEM, "• puhelin, jossa on virtaa"),
        (BlockKind.LIST_ITEM, "2) avain"),
    ]


def test_headings_stand_alone_also_over_two_lines() -> None:
    """What type sizes suggest is a heading; stress inside a sentence is not."""
    assert _shown(
        "Tavoitteet ja", "mittarit", "Teksti alkaa tästä.", headings=("Tavoitteet ja mittarit", "Teksti alkaa tästä.")
    ) == [(BlockKind.HEADING, "Tavoitteet ja mittarit"), (BlockKind.PARAGRAPH, "Teksti alkaa tästä.")]


def test_rows_with_numbers_are_a_table_with_the_line_that_names_the_columns() -> None:
    """Even where type sizes make a heading of that line."""
    rows = ("Lisenssit 46 200", "Koulutus 22 700")
    assert _shown("Kustannukset", "Erä Euroa", *rows, headings=("Kustannukset", "Erä Euroa")) == [
        (BlockKind.HEADING, "Kustannukset"),
        (BlockKind.TABLE, "Erä Euroa\nLisenssit 46 200\nKoulutus 22 700"),
    ]


def test_text_with_numbers_is_no_table() -> None:
    """Footnote marks and years inside running text make no rows of its lines."""
    lines = (
        "Laki vuodelta 2023,1 jonka nojalla Asetus annettiin",
        "Valtioneuvoston päätös 13 Tekoälyn käytöstä hallinnossa",
    )
    assert {kind for kind, _ in _shown(*lines)} == {BlockKind.PARAGRAPH}


def test_rows_of_words_are_a_table_below_columns_with_gaps() -> None:
    """A table without numbers shows by the gaps of its first line; a heading above text stays a heading."""
    rows = ("Laatiminen Palvelun omistaja", "Neuvonta Tietosuojavastaava")
    named = ("Tehtävä Vastuurooli",)
    assert _shown(*named, *rows, "Kysymyksiin vastaa asiantuntija.", headings=named, columns=named) == [
        (BlockKind.TABLE, "\n".join([*named, *rows])),
        (BlockKind.PARAGRAPH, "Kysymyksiin vastaa asiantuntija."),
    ]
    assert _shown(*named, "Kysymyksiin vastaa asiantuntija.", headings=named, columns=named) == [
        (BlockKind.HEADING, "Tehtävä Vastuurooli"),
        (BlockKind.PARAGRAPH, "Kysymyksiin vastaa asiantuntija."),
    ]


def test_the_first_line_of_a_slide_is_its_heading() -> None:
    """Whatever its type size; an item of a list is none."""
    assert [block.kind for block in _blocks("Kiitos!", slide=True)] == [BlockKind.HEADING]
    assert [block.kind for block in _blocks("• kohta", slide=True)] == [BlockKind.LIST_ITEM]


def _pages(*middles: str, top: str = "Ohje 2026", bottom: str = "sivu {}") -> list[list[str]]:
    numbers = ("yksi", "kaksi", "kolme")
    return [
        [
            top,
            *(f"{word} {page} ylhäällä" for word in numbers),
            text,
            *(f"{word} {page} alhaalla" for word in numbers),
            bottom.format(number),
        ]
        for number, (page, text) in enumerate(zip(("kissa", "koira", "hiiri"), middles, strict=True), 1)
    ]


def test_running_headers_footers_and_page_numbers_go() -> None:
    """What comes back on every page is its frame; the same words in the middle of a page are text."""
    pages = _pages("Ohje 2026", "sivu 2", "x")
    assert drop_furniture(pages) == [lines[1:-1] for lines in pages]


@pytest.mark.parametrize("bottom", ["{}", "- {} -", "{} (3)", "{}/3", "Page {} of 3", "s. {}"])
def test_page_numbers_in_many_forms(bottom: str) -> None:
    """Alone, between dashes, of so many."""
    pages = _pages("x", "y", "z", bottom=bottom)
    assert drop_furniture(pages) == [lines[1:-1] for lines in pages]


def test_numbers_that_do_not_count_pages_stay() -> None:
    """Sums at the foot of pages differ from page to page by more than one."""
    pages = [["Alku", "x", "y", str(number)] for number in (310, 842, 27, 118)]
    assert [lines[-1] for lines in drop_furniture([[f"{at}. osa", *lines[1:]] for at, lines in enumerate(pages)])] == [
        "310",
        "842",
        "27",
        "118",
    ]


def test_one_page_has_no_furniture() -> None:
    """Nothing comes back where there is only one page."""
    assert drop_furniture([["Ohje 2026", "Teksti.", "1"]]) == [["Ohje 2026", "Teksti.", "1"]]
