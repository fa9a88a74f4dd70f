"""Which files are documents, told by the extensions of their names."""

from __future__ import annotations

READABLE = frozenset(
    {".docx", ".eml", ".htm", ".html", ".markdown", ".md", ".pdf", ".pptx", ".txt", ".xlsx"},
)
"""Lower-case extensions, with the dot, of the files that can be read."""
