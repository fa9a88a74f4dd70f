"""Whether the app may be in the workspace: who permitted it, and whether that was taken back."""

from __future__ import annotations

import secrets

from bot.sandbox.values import TEAM, Config
from bot.sandbox.workspace import ApiError


class Grants:
    """Codes that are exchanged for the bot's token, each once. The token is good from the beginning."""

    def __init__(self, config: Config) -> None:
        """Start with a token that nobody has revoked."""
        self._config = config
        self._codes: dict[str, str] = {}
        self.is_revoked = False

    def permit(self, redirect_uri: str) -> str:
        """Somebody permits what the app asks for; returns the code with which their browser is sent back."""
        code = f"{TEAM}.{secrets.token_hex(12)}"
        self._codes[code] = redirect_uri
        return code

    def exchange(self, code: str, redirect_uri: str, client: tuple[str, str]) -> str:
        """The bot's token; raises ApiError."""
        if client[0] != self._config.client_id:
            raise ApiError("invalid_client_id")
        if client[1] != self._config.client_secret:
            raise ApiError("bad_client_secret")
        expected = self._codes.pop(code, None)
        if expected is None:
            raise ApiError("invalid_code")
        if expected != redirect_uri:
            raise ApiError("bad_redirect_uri")
        self.is_revoked = False
        return self._config.bot_token
