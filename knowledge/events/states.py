"""Why something cannot be done with an announcement just now."""

from __future__ import annotations

from knowledge.errors import SolmuError
from knowledge.members.profiles import NotAllowedError


class TooLateError(SolmuError):
    """It has come further, or was changed, since whoever asks saw it."""


class ChangedMeanwhileError(TooLateError):
    """Somebody else has changed what was filled in of it since the form was opened."""


class NobodyToApproveError(SolmuError):
    """A channel asks for a second coordinator's approval, and there is no second coordinator."""


class OwnWorkError(NotAllowedError):
    """Somebody would approve what they wrote or changed themselves."""
