"""Renders the sample collection's PDF, DOCX and PPTX files from the Markdown texts beside this script.

Run it after a text in `tools/sample_sources` has changed: `python tools/build_sample.py`. The same
texts give the same bytes. reportlab, python-docx and python-pptx are development dependencies.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import docx
import pptx
import reportlab
from docx.document import Document as WordDocument
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, ListFlowable, ListItem, PageTemplate, Paragraph, Table

SOURCES = Path(__file__).parent / "sample_sources"
TARGET = Path(__file__).parent.parent / "bot" / "sandbox" / "sample" / "documents"
ACCENT = colors.HexColor("#1f4e5f")
GREY = colors.HexColor("#7d8d93")
PAGE_WORD = {"fi": "sivu", "sv": "sida", "en": "page"}
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a text: `kind` is title, h2, h3, text, list, note or table; a table's rows hold its cells."""

    kind: str
    lines: tuple[str, ...]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table, row by row; the first row is the heading."""
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in self.lines]


@dataclass(frozen=True, slots=True)
class Text:
    """One source text with its front matter."""

    name: str
    title: str
    publisher: str
    published: date
    language: str
    format: str
    blocks: tuple[Block, ...]

    @property
    def dateline(self) -> str:
        """Publisher and date as a reader of the text's language writes them."""
        day = self.published
        written = f"{day.day}.{day.month}.{day.year}" if self.language != "en" else f"{day.day} {day:%B %Y}"
        return f"{self.publisher}, {written}"


def read_text(path: Path) -> Text:
    """The text in a file. Raises KeyError where its front matter lacks a field."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = dict(line.split(": ", 1) for line in front.strip().splitlines())
    return Text(
        name=path.stem,
        title=meta["title"],
        publisher=meta["publisher"],
        published=date.fromisoformat(meta["date"]),
        language=meta["language"],
        format=meta["format"],
        blocks=tuple(_block(chunk) for chunk in re.split(r"\n\s*\n", body.strip())),
    )


def _block(chunk: str) -> Block:
    """The block that a run of lines without an empty one makes."""
    lines = tuple(chunk.splitlines())
    for mark, kind in (("### ", "h3"), ("## ", "h2"), ("- ", "list"), ("> ", "note")):
        if chunk.startswith(mark):
            return Block(kind, tuple(line.removeprefix(mark) for line in lines))
    if chunk.startswith("|"):
        return Block("table", lines)
    return Block("text", (" ".join(lines),))


def write_pdf(text: Text, path: Path) -> None:
    """Writes the text as A4 pages with a footer that carries title and page number."""
    fonts = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, fonts / file))
    body = ParagraphStyle(
        "body", fontName="Vera", fontSize=9.8, leading=15, spaceAfter=7, allowWidows=0, allowOrphans=0
    )
    bold = ParagraphStyle("bold", body, fontName="Vera-Bold", spaceAfter=4, keepWithNext=1)
    cell = ParagraphStyle("cell", body, fontSize=8.8, leading=12, spaceAfter=0)
    head = ParagraphStyle("head", cell, fontName="Vera-Bold", textColor=colors.white)
    styles = {
        "title": ParagraphStyle("title", bold, fontSize=19, leading=25, textColor=ACCENT),
        "h2": ParagraphStyle("h2", bold, fontSize=13.5, leading=18, spaceBefore=11, textColor=ACCENT),
        "h3": ParagraphStyle("h3", bold, fontSize=10.5, spaceBefore=5),
    }

    def flow(block: Block) -> Flowable:
        if block.kind == "list":
            items = [ListItem(Paragraph(html.escape(line), body), spaceAfter=0) for line in block.lines]
            return ListFlowable(items, bulletType="bullet", start="•", leftIndent=14, spaceAfter=7)
        if block.kind == "table":
            rows = block.rows
            styled = zip([head, *[cell] * len(rows)], rows, strict=False)
            cells = [[Paragraph(html.escape(part), style) for part in row] for style, row in styled]
            rest = len(rows[0]) - 1
            widths = [62 * mm, *[99 * mm / rest] * rest]
            table = Table(cells, colWidths=widths, repeatRows=1, spaceBefore=4, spaceAfter=11)
            line = ("LINEBELOW", (0, 0), (-1, -1), 0.4, GREY)
            table.setStyle([("BACKGROUND", (0, 0), (-1, 0), ACCENT), line, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
            return table
        return Paragraph(html.escape(block.lines[0]), styles.get(block.kind, body))

    def footer(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setDateFormatter(lambda *_: f"D:{text.published:%Y%m%d}120000Z")
        canvas.setFont("Vera", 7.5)
        canvas.setFillColor(GREY)
        canvas.drawString(24 * mm, 12 * mm, text.title)
        canvas.drawRightString(A4[0] - 24 * mm, 12 * mm, f"{PAGE_WORD[text.language]} {template.page}")

    template = BaseDocTemplate(
        str(path),
        pagesize=A4,
        title=text.title,
        author=text.publisher,
        lang=text.language,
        invariant=1,
    )
    blocks = (Block("title", (text.title,)), Block("text", (text.dateline,)), *text.blocks)
    frame = Frame(22 * mm, 24 * mm, A4[0] - 44 * mm, A4[1] - 48 * mm)
    template.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=footer))
    template.build([flow(block) for block in blocks])


def write_docx(text: Text, path: Path) -> None:
    """Writes the text as a Word document with real heading, list and table styles."""
    document = docx.Document()
    _describe(document, text)
    document.add_heading(text.title, 0)
    document.add_paragraph(text.dateline)
    for block in text.blocks:
        if block.kind in ("h2", "h3"):
            document.add_heading(block.lines[0], 1 if block.kind == "h2" else 2)
        elif block.kind == "list":
            for line in block.lines:
                document.add_paragraph(line, style="List Bullet")
        elif block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]), style="Light Grid Accent 1")
            for row in block.rows:
                for target, part in zip(table.add_row().cells, row, strict=True):
                    target.text = part
            document.add_paragraph()
        else:
            document.add_paragraph(block.lines[0])
    document.save(str(path))
    _fix_zip_times(path)


def write_pptx(text: Text, path: Path) -> None:
    """Writes a title slide and one slide per heading; the text's notes become speaker notes."""
    deck = pptx.Presentation()
    _describe(deck, text)
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    _fill(slide.shapes[0].text_frame, text.title, 34)
    _fill(slide.shapes[1].text_frame, text.dateline, 22)
    for block in text.blocks:
        if block.kind == "h2":
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            _fill(slide.shapes[0].text_frame, block.lines[0], 34)
        elif block.kind == "note":
            slide.notes_slide.notes_placeholder.text_frame.text = block.lines[0]
        elif block.kind == "table":
            _replace_body_by_table(slide, block.rows)
        else:
            _fill(slide.shapes[1].text_frame, "\n".join(block.lines), 26)
    deck.save(str(path))
    _fix_zip_times(path)


def _fill(frame: TextFrame, text: str, points: int) -> None:
    """Writes a text of one or more lines in a size that leaves room on the slide."""
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(points)


def _replace_body_by_table(slide: Slide, rows: list[list[str]]) -> None:
    """Puts a table where the slide's empty body stood."""
    body = slide.placeholders[1]
    place = (body.left, body.top, body.width, Inches(0.5 * len(rows)))
    body.element.getparent().remove(body.element)
    table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
    for at, row in enumerate(rows):
        for column, part in enumerate(row):
            _fill(table.cell(at, column).text_frame, part, 18)


def _describe(document: WordDocument | pptx.presentation.Presentation, text: Text) -> None:
    """Writes title, publisher, date and language into an Office file's properties."""
    facts = document.core_properties
    facts.title, facts.author, facts.language = text.title, text.publisher, text.language
    facts.last_modified_by, facts.comments = text.publisher, ""
    facts.created = facts.modified = datetime.combine(text.published, time(12))


def _fix_zip_times(path: Path) -> None:
    """Rewrites an Office file with one fixed time for every part, so that its bytes do not change by run."""
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), content, zipfile.ZIP_DEFLATED)


WRITERS: dict[str, Callable[[Text, Path], None]] = {"pdf": write_pdf, "docx": write_docx, "pptx": write_pptx}


def main() -> None:
    """Renders every source text into the sample collection's folder."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for source in sorted(SOURCES.glob("*.md")):
        text = read_text(source)
        WRITERS[text.format](text, TARGET / f"{text.name}.{text.format}")


if __name__ == "__main__":
    main()
