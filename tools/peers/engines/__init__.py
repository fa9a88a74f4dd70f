"""The engines, each in a module that only its own environment can import."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tools.peers.embedders import PeerEmbedder
from tools.peers.workload import Passage

MODULES = {
    "Solmu": ("solmu", "Bundled"),
    "Solmu on torch": ("solmu", "OnTorch"),
    "txtai": ("with_txtai", "Txtai"),
    "LlamaIndex": ("with_llamaindex", "LlamaIndex"),
    "Haystack": ("with_haystack", "Haystack"),
}
"""Module and class by name."""


class Engine(Protocol):
    """An index over passages in a folder of its own. Every change is on the disk when the call returns."""

    def __init__(self, folder: Path, language: str) -> None: ...

    def load_model(self, workload: Path) -> PeerEmbedder | None:
        """The model as this engine runs it in earnest; None where it brings one of its own."""
        ...

    def build(self, passages: Sequence[Passage], embedder: PeerEmbedder) -> None:
        """Index everything."""
        ...

    def open(self, embedder: PeerEmbedder | None) -> None:
        """Open what was built."""
        ...

    def replace(self, passage: Passage) -> None:
        """Index the new version of a passage in place of the old."""
        ...

    def search(self, text: str, count: int) -> list[str]:
        """Ids of the best passages, best first."""
        ...


def make_engine(name: str, folder: Path, language: str) -> Engine:
    """The engine of that name."""
    module, kind = MODULES[name]
    engine: Engine = getattr(importlib.import_module(f"tools.peers.engines.{module}"), kind)(folder, language)
    return engine
