"""Which files are documents, told by the extensions of their names."""

from __future__ import annotations

from knowledge.administering.kinds import READABLE

__all__ = ["READABLE", "UNREADABLE"]

UNREADABLE = frozenset(
    {".doc", ".epub", ".key", ".msg", ".numbers", ".odp", ".ods", ".odt", ".pages", ".ppt", ".rtf", ".xls"},
)
"""Documents of other types: found in a folder, they are reported rather than passed over in silence."""
