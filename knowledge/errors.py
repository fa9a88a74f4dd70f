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


class VectorsError(SolmuError):
    """The server that keeps the vectors cannot be used as it is."""


class NotFoundError(SolmuError):
    """Something named by a person (a source, a generation, a run) does not exist."""


class RolesUnknownError(SolmuError):
    """Nobody can tell now who looks after the network: what only they may do waits."""


class UngroundedQuoteError(Exception):
    """A citation names a passage that was not retrieved or does not hold the quote: a defect, never shown."""


class LanguageModelError(Exception):
    """A language model gave no whole reply: the answer stays the quotes. Never shown; holds nothing of the prompt."""


class ModelUnavailableError(LanguageModelError):
    """Nobody answers at the address, or the server there fails."""


class ModelBusyError(LanguageModelError):
    """The server takes no more requests now, and will not within the time that is left."""


class ModelRejectedError(LanguageModelError):
    """The server does not accept the key, the model's name or the request: somebody must mend the settings."""


class ModelTimedOutError(LanguageModelError):
    """The reply was not whole in time."""


class ModelCutShortError(LanguageModelError):
    """The reply broke off before its end."""


class ModelNonsenseError(LanguageModelError):
    """What came back is not what the protocol says."""
