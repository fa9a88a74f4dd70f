"""The well-formed files that are mutated: small ones made here, and the sample's documents."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import docx
import openpyxl
import pptx
from reportlab.pdfgen.canvas import Canvas

from tests.integration.trouble_files import pdf, word
from tests.sample import SAMPLE

LINES = (
    "Lumiharjun kokeilun loppuraportti",
    "Kokeilu alkoi 3.2.2026 ja siihen osallistui 14 hoitajaa.",
    "Sanelun äänitallenne säilytetään enintään 7 vuorokautta.",
)
_PAGE = (
    "<!DOCTYPE html><html lang='fi'><head><meta charset='utf-8'><title>{0}</title>"
    "<meta name='author' content='Valokehä ry'><link rel='canonical' href='https://example.org/a'></head>"
    "<body><nav><a href='/'>Alkuun</a></nav><main><h1>{0}</h1><p>{1}</p><ul><li>{2}<ul><li>Toinen</li></ul></li></ul>"
    "<table><tr><th>Vuosi</th><th>Määrä</th></tr><tr><td>2026</td><td>14</td></tr></table></main></body></html>"
)
_MARKDOWN = (
    "---\ntitle: {0}\ndate: 2026-03-12\nauthor: Valokehä ry\n---\n"
    "# {0}\n\n{1}\n\n- {2}\n  - Toinen\n\n|a|b|\n|-|-|\n|1|2|\n"
)
_MAIL = (
    "From: =?utf-8?q?Valokeh=C3=A4?= <toimisto@example.org>\nTo: jasenet@example.org\n"
    "Date: Thu, 12 Mar 2026 12:00:00 +0200\n"
    "Subject: {0}\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=raja\n\n--raja\n"
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{1}\n\n{2}\n--raja\n"
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<p>{1}</p><p>{2}</p>\n--raja--\n"
)


def seeds() -> Mapping[str, Sequence[bytes]]:
    """By extension, the files that are mutated."""
    made = {
        ".pdf": [_open_pdf(), pdf(*LINES), pdf("", LINES[1])],
        ".docx": [word(*LINES), _rich_word()],
        ".pptx": [_deck()],
        ".xlsx": [_workbook()],
        ".html": [_PAGE.format(*LINES).encode()],
        ".md": [_MARKDOWN.format(*LINES).encode()],
        ".txt": ["\n\n".join(LINES).encode(), "\r\n".join(LINES).encode("cp1252"), "\n".join(LINES).encode("utf-16")],
        ".eml": [_MAIL.format(*LINES).encode(), _single_mail()],
    }
    for path in sorted((SAMPLE / "documents").iterdir()):
        made[path.suffix].append(path.read_bytes())
    return made


def _open_pdf() -> bytes:
    """A PDF whose streams are not packed, so that changes meet what stands on the page."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    canvas.setTitle(LINES[0])
    for number in range(3):
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 760, f"{number + 1} {LINES[0]}")
        canvas.setFont("Helvetica", 10)
        for at, line in enumerate(LINES * 4):
            canvas.drawString(72, 720 - 14 * at, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _rich_word() -> bytes:
    file = docx.Document()
    file.core_properties.title = LINES[0]
    file.add_heading(LINES[0], 1)
    file.add_paragraph(LINES[1], style="List Bullet")
    table = file.add_table(2, 2)
    for row in table.rows:
        for cell in row.cells:
            cell.text = LINES[2]
    return _saved(file)


def _deck() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = LINES[0]  # type: ignore[union-attr]
    slide.placeholders[1].text = "\n".join(LINES)  # type: ignore[attr-defined]
    slide.notes_slide.notes_text_frame.text = LINES[2]  # type: ignore[union-attr]
    table = slide.shapes.add_table(2, 2, 0, 0, 900, 900).table
    table.cell(1, 1).text = LINES[1]
    return _saved(deck)


def _workbook() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in range(20):
        sheet.append([f"{line} {row}" for line in LINES] + [row, row / 7, "=A1"])
    workbook.create_sheet("Toinen").append(list(LINES))
    return _saved(workbook)


def _single_mail() -> bytes:
    return f"From: a@example.org\nSubject: {LINES[0]}\nContent-Type: text/plain; charset=utf-8\n\n{LINES[1]}\n".encode()


def _saved(file: object) -> bytes:
    stream = io.BytesIO()
    file.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()
