"""Why something cannot be done with an announcement just now."""

from __future__ import annotations

from knowledge.errors import SolmuError


class TooLateError(SolmuError):
    """It has come further, or was changed, since whoever asks saw it."""


class NobodyToApproveError(SolmuError):
    """A channel asks for a second coordinator's approval, and there is no second coordinator."""
