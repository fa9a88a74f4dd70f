"""Errors that end in one sentence for a person; everything else is a defect with a traceback in the log."""

from __future__ import annotations


class SolmuError(Exception):
    """Something a person can act on. `str(error)` is one sentence that says what to do."""


class SettingsError(SolmuError):
    """A setting is unknown, missing or makes no sense."""


class StoreError(SolmuError):
    """The database cannot be used as it is."""


class NewerDatabaseError(StoreError):
    """The database was migrated by a newer Solmu than this one."""


class ModelMismatchError(SolmuError):
    """The index or its vectors were made by another embedding model than the settings name."""


class IndexMissingError(SolmuError):
    """Nothing has been published yet."""


class IndexDamagedError(SolmuError):
    """A generation's files do not match its manifest."""


class NotFoundError(SolmuError):
    """Something named by a person (a source, a generation, a run) does not exist."""


class UngroundedQuoteError(Exception):
    """A citation names a passage that was not retrieved or does not hold the quote: a defect, never shown."""
