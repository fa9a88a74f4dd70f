"""The one place that calls the extraction library: its settings, and its errors in our words."""

from __future__ import annotations

from typing import Any

from kreuzberg import (
    ConcurrencyConfig,
    ExtractionConfig,
    ExtractionResult,
    KreuzbergError,
    PageConfig,
    extract_bytes_sync,
)

from indexer.reading import failures

PAGE_MARK = "SolmuPageMark"
"""A word that no document holds; it goes through Markdown unchanged."""


def extract(content: bytes, mime: str, html_options: Any = None) -> ExtractionResult:
    """Text as Markdown with page marks, pages and metadata; raises ReadFailure."""
    config = ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        include_document_structure=True,
        output_format="markdown",
        concurrency=ConcurrencyConfig(max_threads=1),
        html_options=html_options,
        pages=PageConfig(
            extract_pages=True, insert_page_markers=True, marker_format=f"\n\n{PAGE_MARK}{{page_num}}\n\n"
        ),
    )
    try:
        return extract_bytes_sync(content, mime, config=config)
    except KreuzbergError as error:
        words = str(error).lower()
        if "password" in words or "encrypt" in words:
            raise failures.encrypted() from error
        if "memory" in words:
            raise MemoryError from error
        raise failures.damaged() from error
