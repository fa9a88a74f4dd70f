"""Write the tables of `docs/performance.md` anew from what `make bench` and `make peers` measured last.

Between `<!-- bench:begin -->` and `<!-- bench:end -->` stands what `.benchmarks/latest.md` holds, between the `peers`
marks what `.benchmarks/peers.md` holds; the words around them are written by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
MEASURED = {"bench": "latest.md", "peers": "peers.md"}


def with_tables(page: str, measured: dict[str, str]) -> str:
    """The page with each marked place filled; raises ValueError where a mark is missing."""
    for name, tables in measured.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        place = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
        filled = f"{begin}\n\n{tables.strip()}\n\n{end}"
        page, count = place.subn(lambda _, text=filled: text, page)
        if count != 1:
            message = f"expected one place for {name}, found {count}"
            raise ValueError(message)
    return page


def main() -> None:
    """Fill in what there is; say what is missing."""
    folder = ROOT / ".benchmarks"
    found = {
        name: (folder / file).read_text(encoding="utf-8") for name, file in MEASURED.items() if (folder / file).exists()
    }
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    missing = MEASURED.keys() - found.keys()
    sys.stdout.write(f"left as it was: {', '.join(sorted(missing))}\n" if missing else "")


if __name__ == "__main__":
    main()
