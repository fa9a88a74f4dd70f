"""Sentences as they stand in a text: found by `sentencex`, mended for abbreviations, dates, lists and wrapped lines."""

from __future__ import annotations

import math
import re

import sentencex

from knowledge.model import Language

BROADEST = 30
"""Characters from which a word counts as several: what has no spaces must not make a passage without an end."""
NARROWEST, WIDEST = 50, 130
"""Characters between which a longest line looks like a page's width rather than like a paragraph or a list."""
SLACK = 6
"""Characters by which a wrapped line may fall short of the width: letters differ in breadth."""
_GOES_ON = re.compile(
    r"(?:^|[\s(„“\"'])(?:"
    r"[Ee]sim|[Kk]s|[Vv]rt|mm|ns|nk|[Hh]uom|klo|n|nro|s|ss|mrd|milj|tri|prof|puh|os|v|eKr|"
    r"[Tt]\.ex|bl\.a|d\.v\.s|resp|ca|kl|kap|[Jj]fr|s\.k|fr\.o\.m|t\.o\.m|p\.g\.a|dvs|nr|inkl|exkl|"
    r"e\.g|i\.e|[Cc]f|vs|Dr|Mr|Mrs|Ms|Prof|No|Fig|Sec|Art|[Aa]pprox|incl|St|pp|p"
    r")\.\s*$"
)
_WORD_ENDS = re.compile(r"(?:(?<=\b(?:maj|del|ord|may|ill|ore)\.\s)|(?<=\b(?:me|no)\.\s))(?=[A-ZÅÄÖ])")
"""Ends after words that the library takes for abbreviations."""
_TIME = re.compile(r"\b(?:klo|kl\.|at)\s+[\d.–-]+\.\s*$")
_DATE = re.compile(r"(?:^|[\s(.–-])(?:[12]?\d|3[01])\.(?:0?[1-9]|1[0-2])\.\s*$")
_NUMBERING = re.compile(r"^[#>*\-\s|]*\d{1,2}\.\s*$")
_SMALL = re.compile(r"[a-zåäö0-9,;)]")
_LINE = re.compile(r"[^\r\n]+")
_ITEM = re.compile(r"\s*(?:[-*+•–—▪◦·]\s|\d{1,2}[.)]\s|[|#>])")


def split_sentences(text: str, language: Language) -> list[str]:
    """The sentences in order, verbatim, each stripped of outer white space; between them stands only white space.

    A table row, a heading and a list item are sentences of their own, and so is a line,
    unless the text is wrapped to a page's width.
    """
    sentences: list[str] = []
    for start, end in _blocks(text):
        block = text[start:end].strip()
        sentences.extend([block] if block.startswith(("|", "#")) else _of_block(block, language))
    return sentences


def weight(text: str) -> int:
    """How many words the text is to count as: those between its spaces, and more where these are without an end."""
    return max(len(text.split()), len(text) // BROADEST)


def pack_sentences(sentences: list[str], most_words: int) -> list[list[str]]:
    """Neighbouring sentences in groups of about equal length and at most so many words; a longer one stands alone."""
    counts = [weight(sentence) for sentence in sentences]
    even = sum(counts) / max(1, math.ceil(sum(counts) / most_words))
    groups: list[list[str]] = []
    words = 0
    for sentence, count in zip(sentences, counts, strict=True):
        if not groups or words + count > most_words or words + count / 2 > even:
            groups.append([])
            words = 0
        groups[-1].append(sentence)
        words += count
    return groups


def _blocks(text: str) -> list[tuple[int, int]]:
    """Where lines that belong together begin and end."""
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    width = max((len(line.group().strip()) for line in lines), default=0)
    blocks: list[tuple[int, int]] = []
    before: re.Match[str] | None = None
    for line in lines:
        if before is not None and _is_wrapped(before, line, width):
            blocks[-1] = (blocks[-1][0], line.end())
        else:
            blocks.append(line.span())
        before = line
    return blocks


def _is_wrapped(before: re.Match[str], line: re.Match[str], width: int) -> bool:
    """Whether a line was broken only because the next one's first word would not have fitted on it."""
    upper, lower = before.group().strip(), line.group().strip()
    next_line = before.string.count("\n", before.end(), line.start()) <= 1
    if not next_line or not NARROWEST <= width <= WIDEST or _ITEM.match(lower) or upper.startswith(("|", "#")):
        return False
    return len(upper) + 1 + len(lower.split(maxsplit=1)[0]) > width - SLACK


def _of_block(block: str, language: Language) -> list[str]:
    code = Language.EN if language is Language.UNKNOWN else language
    pieces: list[str] = []
    for piece in (part for found in sentencex.segment(code.value, block) for part in _WORD_ENDS.split(found)):
        if pieces and _belongs(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()]


def _belongs(before: str, piece: str) -> bool:
    """Whether the border between these pieces is none: an abbreviation, an ordinal or a date was taken for an end."""
    if not piece.strip() or not before.strip():
        return True
    if _GOES_ON.search(before) or _NUMBERING.search(before):
        return True
    if _SMALL.match(piece) and not before.rstrip().endswith(("!", "?", ":")):
        return True
    return bool(_DATE.search(before)) and not _TIME.search(before)
