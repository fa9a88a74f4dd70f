"""The one place that calls the PDF extractor: its settings, and its errors in our words."""

from __future__ import annotations

from kreuzberg import (
    ConcurrencyConfig,
    ExtractionConfig,
    ExtractionResult,
    KreuzbergError,
    PageConfig,
    extract_bytes_sync,
)

from indexer.reading import failures

_PDF = "application/pdf"


def extract_pdf(content: bytes) -> ExtractionResult:
    """The text page by page, the document's structure and its metadata; raises ReadFailure."""
    config = ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        include_document_structure=True,
        output_format="markdown",
        concurrency=ConcurrencyConfig(max_threads=1),
        pages=PageConfig(extract_pages=True),
    )
    try:
        return extract_bytes_sync(content, _PDF, config=config)
    except KreuzbergError as error:
        words = str(error).lower()
        if "password" in words or "encrypt" in words:
            raise failures.encrypted() from error
        if "memory" in words:
            raise MemoryError from error
        raise failures.damaged() from error
