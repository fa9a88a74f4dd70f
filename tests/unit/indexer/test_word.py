"""Word files: what a reader sees of them, in order, and nothing else."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.word import read_word

HEAD, TEXT, ITEM, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE


def _read(document: Document) -> ReadDocument:
    stream = io.BytesIO()
    document.save(stream)
    return read_word(stream.getvalue(), "ohje_2026-v2")


def _shown(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in _read(document).blocks]


def _append(document: Document, xml: str) -> None:
    """Put a piece of WordprocessingML at the end of the text."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml.replace("<w:", "<w:", 1)))


def _paragraph(inner: str) -> str:
    return f"<w:p {nsdecls('w')}>{inner}</w:p>"


def test_signs_that_other_formats_use_are_text() -> None:
    """Ampersands, brackets, stars and bars come through; a tab is a space, a line break a line."""
    document = docx.Document()
    document.add_paragraph("T&K-toiminta <luonnos> *ja* a_b_c | 5 # # 2. \\ [x](y)")
    document.add_paragraph("sarkain\ttässä\nuusi rivi")
    assert _shown(document) == [
        (TEXT, "T&K-toiminta <luonnos> *ja* a_b_c | 5 # # 2. \\ [x](y)"),
        (TEXT, "sarkain tässä\nuusi rivi"),
    ]


def test_headings_have_ranks_below_the_title() -> None:
    """The title is the outermost; a style of one's own counts by its outline level."""
    document = docx.Document()
    document.add_heading("Opas", 0)
    document.add_heading("Luku", 1)
    document.add_heading("Kohta", 2)
    style = document.styles.add_style("Oma otsikko", 1)
    style.base_style = document.styles["Heading 3"]
    document.add_paragraph("Oma", style="Oma otsikko")
    assert [(block.text, block.level) for block in _read(document).blocks] == [
        ("Opas", 1),
        ("Luku", 2),
        ("Kohta", 3),
        ("Oma", 4),
    ]


def test_lists_and_tables() -> None:
    """Items are items by their style, a table is rows of cells, a frame of one cell is the text in it."""
    document = docx.Document()
    document.add_paragraph("Ota mukaan:")
    document.add_paragraph("puhelin", style="List Bullet")
    document.add_paragraph("avain", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Nimi", "Arvo & yksikkö", "Aika", "22\nmin"], strict=True):  # noqa: SLF001
        cell.text = text
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "Huomaa tämä."
    assert _shown(document) == [
        (TEXT, "Ota mukaan:"),
        (ITEM, "puhelin"),
        (ITEM, "avain"),
        (TABLE, "| Nimi | Arvo & yksikkö |\n| Aika | 22 min |"),
        (TEXT, "Huomaa tämä."),
    ]


def test_merged_cells_are_read_once() -> None:
    """A cell over two columns or two rows does not repeat its text."""
    document = docx.Document()
    table = document.add_table(2, 3)
    for number, cell in enumerate(table._cells):  # noqa: SLF001
        cell.text = str(number)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "leveä"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "korkea"
    assert _shown(document) == [(TABLE, "| leveä | korkea |\n| 3 | 4 |  |")]


def test_changes_are_read_as_accepted() -> None:
    """Inserted words are read, deleted and hidden ones and field codes are not."""
    document = docx.Document()
    _append(
        document,
        _paragraph(
            "<w:r><w:t>Aika on </w:t></w:r>"
            '<w:del w:id="1"><w:r><w:delText>kolme</w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t>seitsemän</w:t></w:r></w:ins>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>salaa</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r>"
            "<w:r><w:t> vuoro</w:t></w:r><w:r><w:softHyphen/><w:t>kautta</w:t></w:r>"
            "<w:r><w:noBreakHyphen/><w:t>n.</w:t></w:r>"
        ),
    )
    assert _shown(document) == [(TEXT, "Aika on seitsemän vuorokautta-n.")]


def test_contents_headers_and_footers_are_left_out() -> None:
    """A table of contents is no text, and what stands on every page is its frame."""
    document = docx.Document()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Johdanto 3", style="TOC 1")
    document.sections[0].header.paragraphs[0].text = "LUOTTAMUKSELLINEN"
    document.sections[0].footer.paragraphs[0].text = "Sivu 1"
    document.add_paragraph("Teksti alkaa.")
    assert _shown(document) == [(TEXT, "Teksti alkaa.")]


def test_text_in_controls_and_boxes_is_read_once() -> None:
    """A form's fields are text; so is a text box, whose copy for old programs is not."""
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Laatikossa.</w:t></w:r></w:p></w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    _append(
        document,
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Kentässä.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    _append(document, _paragraph(f"<w:r><w:t>Vieressä.</w:t>{alternate}</w:r>"))
    assert _shown(document) == [(TEXT, "Kentässä."), (TEXT, "Vieressä."), (TEXT, "Laatikossa.")]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    """A footnote lies in a part of its own and is read where it belongs."""
    document = docx.Document()
    _append(document, _paragraph('<w:r><w:t>Väite.</w:t><w:footnoteReference w:id="2"/></w:r>'))
    document.add_paragraph("Jatko.")
    stream = io.BytesIO()
    document.save(stream)
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Lähde.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    read = read_word(_with_part(stream.getvalue(), "footnotes", notes), "x")
    assert [block.text for block in read.blocks] == ["Väite.", "Lähde.", "Jatko."]


def _with_part(content: bytes, name: str, xml: str) -> bytes:
    """The file with one more part that its text refers to."""
    stream = io.BytesIO()
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            if entry == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rId99" Type="{kind}" Target="{name}.xml"/></Relationships>'
                text = text.replace(b"</Relationships>", relation.encode())
            new.writestr(entry, text)
        new.writestr(f"word/{name}.xml", xml)
    return stream.getvalue()


def test_what_the_file_says_of_itself() -> None:
    """Title, author and day come from the properties; a program's habit is no title and no author."""
    document = docx.Document()
    document.add_heading("Sanelun ohje", 0)
    told = document.core_properties
    told.title, told.author, told.modified = "Ohje sanelusta", "Valokehä ry", datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    read = _read(document)
    assert (read.title, read.publisher, read.published) == ("Ohje sanelusta", "Valokehä ry", date(2026, 3, 12))
    told.title, told.author = "Microsoft Word - luonnos.docx", "python-docx"
    read = _read(document)
    assert (read.title, read.publisher) == ("Sanelun ohje", "")
    assert read.blocks[0] == Block(HEAD, "Sanelun ohje", None, 1)


def test_a_file_without_title_and_headings_is_called_by_its_name() -> None:
    """Underscores and hyphens of the name become spaces."""
    document = docx.Document()
    document.add_paragraph("Teksti.")
    assert _read(document).title == "ohje 2026 v2"
