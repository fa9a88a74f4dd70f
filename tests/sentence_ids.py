"""Which sentences of the catalogues the source names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator


def patterns_of(name: ast.expr) -> Iterator[str]:
    """The ids of sentences that the first argument of `TEXTS.get` may name, as regular expressions."""
    match name:
        case ast.Constant(value=str(value)):
            yield re.escape(value)
        case ast.IfExp(body=body, orelse=other):
            yield from patterns_of(body)
            yield from patterns_of(other)
        case ast.JoinedStr(values=values):
            yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in values)
