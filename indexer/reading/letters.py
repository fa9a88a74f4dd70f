"""Text in the letters that people type and search with: composed, and without signs that nobody sees."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
"""Control signs, of which databases refuse one, soft hyphens, spaces without width, and halves of letters."""
_NEW_LINE = re.compile("[\x0b\x0c\u2028\u2029]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
"""Letters that printers join."""


def plain_letters(text: str) -> str:
    """The text with letters that are composed, separate and seen; a page's end becomes a line's."""
    parted = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", _NEW_LINE.sub("\n", _UNSEEN.sub("", parted)))
