"""Joins the lines of a PDF page: words broken at a line's end, and lines broken only for want of room."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from indexer.reading.pdf_structure import squeezed

BROKEN = "\x02"
"""What the extractor leaves where it took a hyphen from the end of a line."""
SLACK = 4
"""Characters by which a full line and the next word may fall short of the width: letters differ in breadth."""
NEARLY = 0.85
"""Share of the document's width from which a paragraph's own width is believed: rows of a table are narrower."""
_ENDS = re.compile(r"[.!?:;]['\"”’»)\]]*$")
_ITEM = re.compile(r"(?:[•‣◦▪■●○–—·*]|-)\s+\S|o\s+[A-ZÅÄÖ]|(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
_FOOTNOTE_MARK = re.compile(r"\d{1,2}")
_SMALL_START = re.compile(r"['\"”(]?[a-zåäöéüæø]")
_LETTERS = re.compile(r"[^\W\d_]+$")
_ORDINAL = re.compile(r"\d{1,2}\.\s[a-zåäö]")
"""`18. kesäkuuta` begins like an item of a list and is none."""
_CONJUNCTION = re.compile(r"(?:ja|tai|eli|sekä|että|och|eller|samt|and|or|to)\b")
_WORD = re.compile(r"[\w-]+")


def split_lines(content: str) -> list[str]:
    """A page's lines as printed, a broken word's first half ending in BROKEN; bullets joined to what they mark."""
    lines: list[str] = []
    for line in content.replace(BROKEN, f"{BROKEN}\n").splitlines():
        text = " ".join(line.split(" ")).strip(" \t\xa0")
        if not text:
            continue
        if lines and re.fullmatch(r"[•‣◦▪■●○·]", lines[-1]):
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(text)
    return lines


def is_item(line: str) -> bool:
    """Whether the line begins with a bullet or a number of a list."""
    return bool(_ITEM.match(line))


def ends_sentence(line: str) -> bool:
    """Whether the line closes a sentence, or announces a list."""
    return bool(_ENDS.search(line))


class Joiner:
    """Knows how wide the document's lines are and which words with a hyphen it uses elsewhere.

    `widths` tells of pairs of lines, squeezed, how wide the paragraph is that holds both.
    """

    def __init__(self, pages: Sequence[Sequence[str]], widths: Mapping[tuple[str, str], int]) -> None:
        self._widths = widths
        self._words = Counter(word for lines in pages for line in lines for word in _WORD.findall(line.lower()))
        lengths = sorted(len(line) for lines in pages for line in lines)
        self._width = lengths[len(lengths) * 19 // 20] if lengths else 0

    def goes_on(self, before: str, line: str) -> bool:
        """Whether the line continues the one before: it is a broken word, begins small, or would have had no room."""
        if before.endswith(BROKEN) or _is_footnote_mark(before, line):
            return True
        is_full = self._is_full(before, line)
        if is_item(line):
            return is_full and not ends_sentence(before) and bool(_ORDINAL.match(line))
        if _SMALL_START.match(line) and not ends_sentence(before):
            return True
        return is_full

    def _is_full(self, before: str, line: str) -> bool:
        """Whether the next line's first word would not have fitted on the one before."""
        told = self._widths.get((squeezed(before), squeezed(line)), self._width)
        width = min(told, self._width) if told >= NEARLY * self._width else self._width
        # A space that does not break holds words together.
        first = line.split(" ", 1)[0]
        return len(before) + 1 + len(first) > width - SLACK

    def join(self, lines: Iterable[str]) -> str:
        """The lines as one, broken words mended."""
        return self._joined(list(lines))

    def _joined(self, lines: Sequence[str]) -> str:
        text = lines[0] if lines else ""
        for before, line in pairwise(lines):
            if before.endswith(BROKEN):
                text = text.removesuffix(BROKEN) + self._between(text.removesuffix(BROKEN), line) + line
            elif _is_footnote_mark(before, line) or _is_open_code(text):
                text += line
            else:
                text = f"{text} {line}"
        return text.removesuffix(BROKEN)

    def _between(self, left: str, right: str) -> str:
        """What stood between the halves of a broken word: nothing, or a hyphen that belongs there."""
        first, second = (_WORD.findall(left.lower()) or [""])[-1], (_WORD.findall(right.lower()) or [""])[0]
        if _CONJUNCTION.match(right):
            return "- "
        if self._words[f"{first}-{second}"]:
            return "-"
        if self._words[f"{first}{second}"]:
            return ""
        last = left.rsplit(maxsplit=1)[-1] if left.split() else ""
        plain = _LETTERS.search(last) and not last.isupper() and not re.search(r"[./@\d]", last)
        return "" if plain else "-"


def _is_footnote_mark(before: str, line: str) -> bool:
    """Whether the line is a raised number torn from the end of the one before."""
    return bool(_FOOTNOTE_MARK.fullmatch(line)) and bool(re.search(r"[a-zåäö][,.;”\"]?$", before))


def _is_open_code(text: str) -> bool:
    """Whether the line ends in the middle of something like `M-25-21`."""
    return bool(re.search(r"\w-\d+-$", text))
