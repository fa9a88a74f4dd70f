"""Tables as people read them on a terminal, as Markdown for the documentation, and as JSON for programs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

import numpy as np
from rich.table import Table

LIBRARIES = ("torch", "onnxruntime", "sentence-transformers", "faiss-cpu", "bm25s", "numpy", "SQLAlchemy")
INSTRUCTIONS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")
"""What decides how fast small integers are multiplied."""

Cell = float | int | str


@dataclass(frozen=True)
class Result:
    """A topic's figures: a row per case, a column per measure, and what one should know to read them."""

    part: str
    title: str
    columns: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    note: str = ""
    command: str = ""
    """What makes it, where that is not `make bench` with its part."""

    def table(self) -> Table:
        """For the terminal."""
        table = Table(*self.columns, title=self.title, caption=self.note, title_justify="left", caption_justify="left")
        for row in self.rows:
            table.add_row(*map(shown, row))
        return table

    def markdown(self) -> str:
        """For the documentation, with the command that makes it."""
        lines = [self.columns, ["---"] * len(self.columns), *([shown(cell) for cell in row] for row in self.rows)]
        body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        note = f"\n\n{self.note}" if self.note else ""
        command = self.command or f"make bench PARTS={self.part}"
        return f"### {self.title}\n\n`{command}`\n\n{body}{note}\n"


def shown(cell: Cell) -> str:
    """Three figures that count; whole numbers with their thousands apart."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) or cell >= 100:
        return f"{cell:,.0f}"
    return f"{cell:.3g}" if cell < 1 else f"{cell:.1f}"


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    middle, high = np.percentile(np.asarray(values), [50, 95])
    return float(middle), float(high)


def machine() -> Mapping[str, str]:
    """What the figures depend on."""
    processor = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    facts = dict(line.split(":", 1) for line in processor.splitlines() if ":" in line)
    told = {name.strip(): value.strip() for name, value in facts.items()}
    flags = set(told.get("flags", told.get("Features", "")).split())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{told.get('model name', platform.machine())}, {os.cpu_count()} cores",
        "instructions": ", ".join(name for name in INSTRUCTIONS if name in flags) or "none of those looked for",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
    }


def write(folder: Path, results: Sequence[Result], facts: Mapping[str, str]) -> None:
    """`latest.json` and `latest.md` in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"machine": facts, "results": [asdict(result) for result in results]}
    (folder / "latest.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    listed = "\n".join(f"- {name}: {value}" for name, value in facts.items())
    text = "\n".join([listed, "", *(result.markdown() for result in results)])
    (folder / "latest.md").write_text(text, encoding="utf-8")
