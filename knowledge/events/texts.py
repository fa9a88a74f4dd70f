"""The words of events outside Slack, in knowledge's own catalogues."""

from __future__ import annotations

from pathlib import Path

from knowledge.texts import Texts

TEXTS = Texts(Path(__file__).parents[1] / "locales")
