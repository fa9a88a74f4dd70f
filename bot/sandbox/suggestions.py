"""Questions that the page offers to whoever tries Solmu: two in each language."""

from __future__ import annotations

from bot.sandbox.values import Payload

SUGGESTIONS: tuple[Payload, ...] = (
    {"lang": "fi", "question": "Kuinka kauan sanelun äänitallennetta saa säilyttää?"},
    {"lang": "fi", "question": "Montako jäsentä verkostossa oli vuoden 2025 lopussa?"},
    {"lang": "sv", "question": "Inom vilken tid ska en avvikelse rapporteras till nätverket?"},
    {"lang": "sv", "question": "Hur mycket försökspengar kan ett litet försök få?"},
    {"lang": "en", "question": "Should the fracture tool be used for children?"},
    {"lang": "en", "question": "How many incident reports did members send in 2025?"},
)
