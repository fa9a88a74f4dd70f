"""PDFs as printers make them: pages, headings by type size, tables by their rows, hyphens and frames gone."""

from __future__ import annotations

import io
from datetime import date

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from indexer.passages import cut
from indexer.reading.document import BlockKind, ReadDocument
from indexer.reading.pdf import read_pdf

MARGIN = 72
BODY = (
    "Puheentunnistus otettiin kotihoidossa käyttöön syksyllä, ja sitä käytti",
    "aluksi kolme tiimiä. Hoitajat sanelivat kirjaukset puhelimella ja luki-",
    "vat tekstin ennen hyväksymistä. Aikaa säästyi sosiaali- ja terveyspalve-",
    "luissa yhteensä 22 minuuttia vuorossa.",
)
RESULTS = (
    "Kirjaamiseen kuluva aika väheni kotihoidossa, mutta vuodeosastoilla se",
    "pysyi lähes ennallaan. Ero johtuu siitä, että osastoilla ei ole paikkaa,",
    "jossa sanelu onnistuisi rauhassa.",
)
NEXT = (
    "Käyttö laajenee kotihoidon kaikkiin tiimeihin portaittain keväästä alkaen,",
    "ja ruotsinkielinen tunnistus testataan ennen sitä yhdessä naapurin kanssa.",
    "Tuloksista kerrotaan aluevaltuustolle joulukuussa.",
)
CHAPTERS = {"Tiivistelmä": BODY, "Tulokset": RESULTS, "Jatko": NEXT}
ROWS = (("Mittari", "Ennen", "Lopussa"), ("Kirjaamisaika, min", "68", "46"), ("Sanavirheet, %", "14,6", "7,9"))


def _page(canvas: Canvas, number: int, *, heading: str, table: bool = False) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, 800, "Pilotin loppuraportti")
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(MARGIN, 760, heading)
    canvas.setFont("Helvetica", 11)
    for at, line in enumerate(CHAPTERS[heading]):
        canvas.drawString(MARGIN, 730 - 15 * at, line)
    for at, row in enumerate(ROWS if table else ()):
        canvas.setFont("Helvetica-Bold" if at == 0 else "Helvetica", 10)
        for column, text in enumerate(row):
            canvas.drawString(MARGIN + 150 * column, 620 - 20 * at, text)
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(520, 30, f"sivu {number}")
    canvas.showPage()


def _report() -> ReadDocument:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setTitle("Pilotin loppuraportti")
    canvas.setAuthor("Järviranta")
    for number, heading in enumerate(CHAPTERS, 1):
        _page(canvas, number, heading=heading, table=heading == "Tulokset")
    canvas.save()
    return read_pdf(stream.getvalue(), "raportti")


def test_words_and_paragraphs_are_mended() -> None:
    """Hyphens at line ends go, those of compounds stay, and four lines are one paragraph."""
    paragraph = next(block for block in _report().blocks if block.kind is BlockKind.PARAGRAPH)
    assert paragraph.text == (
        "Puheentunnistus otettiin kotihoidossa käyttöön syksyllä, ja sitä käytti aluksi kolme tiimiä. "
        "Hoitajat sanelivat kirjaukset puhelimella ja lukivat tekstin ennen hyväksymistä. "
        "Aikaa säästyi sosiaali- ja terveyspalveluissa yhteensä 22 minuuttia vuorossa."
    )


def test_pages_headings_and_tables() -> None:
    """Each passage is on its page, under its heading; the rows stay together; the frame is gone."""
    drafts = cut(_report())
    assert [(draft.page, draft.headings) for draft in drafts] == [
        (1, ("Tiivistelmä",)),
        (2, ("Tulokset",)),
        (3, ("Jatko",)),
    ]
    assert drafts[1].text.split("\n")[-3:] == [" ".join(row) for row in ROWS]
    assert not any("sivu" in draft.text or "loppuraportti" in draft.text for draft in drafts)


def test_what_the_file_says_of_itself() -> None:
    """Title and author come from the file's own fields, the day from when it was made."""
    read = _report()
    assert (read.title, read.publisher) == ("Pilotin loppuraportti", "Järviranta")
    assert read.published is not None
    assert read.published >= date(2026, 1, 1)


def test_a_slide_begins_with_its_heading() -> None:
    """On a page that is wider than high the first line is the heading, also in small type."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=landscape(A4))
    texts = {
        "Hyödyt ja haitat": "Aikaa säästyy, kun kirjaus tehdään heti käynnin jälkeen.",
        "Seuraavat askeleet": "Koulutus alkaa syyskuussa ja kestää kolme tuntia.",
    }
    for heading, text in texts.items():
        canvas.setFont("Helvetica", 14)
        canvas.drawString(MARGIN, 500, heading)
        canvas.drawString(MARGIN, 440, text)
        canvas.showPage()
    canvas.save()
    drafts = cut(read_pdf(stream.getvalue(), "esitys"))
    assert [(draft.page, draft.headings[-1]) for draft in drafts] == [
        (1, "Hyödyt ja haitat"),
        (2, "Seuraavat askeleet"),
    ]
