"""By which rules texts become terms: an index made by other rules would be searched in vain."""

from __future__ import annotations

import hashlib
import inspect
from functools import cache
from importlib.metadata import version

from knowledge.language import analysis, lemmas, stop_words


@cache
def term_rules() -> str:
    """A mark that changes with the code and the dictionaries that make the terms."""
    code = "".join(inspect.getsource(module) for module in (analysis, lemmas, stop_words))
    return hashlib.sha256(f"{version('simplemma')}\n{code}".encode()).hexdigest()[:16]
