"""PDF files, page by page: the text from the printed lines, headings where type sizes and the lines agree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kreuzberg import ExtractionResult

from indexer.reading import failures
from indexer.reading.document import Block, ReadDocument
from indexer.reading.extraction import extract_pdf
from indexer.reading.front_matter import parse_date
from indexer.reading.pdf_furniture import drop_furniture
from indexer.reading.pdf_layout import PdfPage, page_blocks
from indexer.reading.pdf_lines import Joiner, split_lines
from indexer.reading.pdf_structure import PageStructure, landscape_pages, page_structures
from indexer.reading.titles import choose_title

_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
"""An image always stands openly in the file: it is a stream, and streams are never packed into others."""


def read_pdf(content: bytes, stem: str) -> ReadDocument:
    """A PDF file; raises ReadFailure where it needs a password or its pages are pictures."""
    result = extract_pdf(content)
    printed = [split_lines(page["content"]) for page in result.pages or []]
    has_images = bool(_IMAGE.search(content))
    if not any(printed):
        raise failures.picture_only() if has_images else failures.empty()
    blocks = _blocks(result, drop_furniture(printed))
    told = result.metadata
    empty = [number for number, lines in enumerate(printed, 1) if not lines]
    return ReadDocument(
        choose_title(told.get("title") or "", blocks, stem),
        ", ".join(told.get("authors") or []),
        parse_date(told.get("created_at") or told.get("modified_at") or ""),
        tuple(blocks),
        "",
        (_picture_note(empty),) if empty and has_images else (),
    )


def _blocks(result: ExtractionResult, pages: Sequence[Sequence[str]]) -> list[Block]:
    structures = page_structures(result)
    slides = landscape_pages(result)
    joiner = Joiner(pages, {pair: width for each in structures.values() for pair, width in each.widths.items()})
    layouts = [
        PdfPage(number, lines, structures.get(number, PageStructure()), number in slides)
        for number, lines in enumerate(pages, 1)
    ]
    return [block for layout in layouts for block in page_blocks(layout, joiner)]


def _picture_note(pages: Sequence[int]) -> str:
    which = f"Page {pages[0]} holds" if len(pages) == 1 else f"Pages {', '.join(map(str, pages))} hold"
    return f"{which} no text but only pictures, or nothing; run OCR (text recognition) on the PDF if they matter."
