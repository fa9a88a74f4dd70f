"""Sentences as they stand in a text: found by `sentencex`, mended for Finnish and Swedish abbreviations and dates."""

from __future__ import annotations

import re

import sentencex

from knowledge.model import Language

_ABBREVIATION = re.compile(
    r"(?:^|[\s(„“\"'])(?:"
    r"esim|ks|vrt|mm|ym|yms|jne|ns|nk|huom|klo|n|nro|s|ss|mrd|milj|tri|prof|puh|os|v|ts|tms|eKr|jKr|"
    r"t\.ex|bl\.a|d\.v\.s|m\.m|m\.fl|o\.s\.v|osv|resp|ca|kl|kap|jfr|s\.k|fr\.o\.m|t\.o\.m|p\.g\.a|dvs|nr|inkl|exkl|"
    r"e\.g|i\.e|cf|vs|Dr|Mr|Mrs|Ms|Prof|No|Fig|Sec|Art|approx|incl|ca|St|pp|p"
    r")\.\s*$"
)
_NUMBER = re.compile(r"(?:^|[\s(])\d{1,2}\.(?:\d{1,2}\.)?\s*$")
_CONTINUES = re.compile(r"[a-zåäö0-9,;)]")
_LINES = re.compile(r"[^\n]*\n+|[^\n]+$")


def split_sentences(text: str, language: Language) -> list[str]:
    """The sentences in order, each stripped of outer white space; a line never continues on the next one."""
    sentences: list[str] = []
    for line in _LINES.findall(text):
        stripped = line.strip()
        if stripped.startswith("|"):
            sentences.append(stripped)
        elif stripped:
            sentences.extend(_of_line(stripped, language))
    return sentences


def pack_sentences(sentences: list[str], most_words: int) -> list[list[str]]:
    """Neighbouring sentences in groups of at most so many words; a longer sentence stands alone."""
    groups: list[list[str]] = []
    words = 0
    for sentence in sentences:
        count = len(sentence.split())
        if not groups or words + count > most_words:
            groups.append([])
            words = 0
        groups[-1].append(sentence)
        words += count
    return groups


def _of_line(line: str, language: Language) -> list[str]:
    code = Language.EN if language is Language.UNKNOWN else language
    pieces: list[str] = []
    for piece in sentencex.segment(code.value, line):
        if pieces and _belongs(pieces[-1], piece):
            pieces[-1] += piece
        elif piece.strip():
            pieces.append(piece)
    return [piece.strip() for piece in pieces]


def _belongs(before: str, piece: str) -> bool:
    """Whether the border between these pieces is none: an abbreviation, an ordinal or a date was taken for an end."""
    if not piece.strip():
        return True
    if _ABBREVIATION.search(before) or _NUMBER.search(before):
        return True
    return bool(_CONTINUES.match(piece)) and not before.rstrip().endswith(("!", "?", ":"))
