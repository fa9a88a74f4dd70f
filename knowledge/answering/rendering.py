"""An answer as plain text in the question's language: what the shell prints and a notification shows."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from babel.dates import format_date

from knowledge.answering.versions import age_difference
from knowledge.model import Answer, Citation, Document, DocumentKind, Language, Reason, UseCase
from knowledge.texts import Texts

TEXTS = Texts(Path(__file__).parents[1] / "locales")


def answer_text(language: Language, reason: Reason, citations: Sequence[Citation], use_cases: Sequence[UseCase]) -> str:
    """Opening sentence, numbered quotes with their sources, and use cases; for a refusal its sentence alone."""
    if reason not in {Reason.NONE, Reason.UNSURE}:
        return TEXTS.get(f"reason.{reason.value}", language)
    return _body(opening(language, reason, len(citations)), language, citations, use_cases)


def render(answer: Answer) -> Answer:
    """The answer with its text as its other parts have it."""
    text = _body(answer_opening(answer), answer.language, answer.citations, answer.use_cases)
    return dataclasses.replace(answer, text=text)


def _body(above: str, language: Language, citations: Sequence[Citation], use_cases: Sequence[UseCase]) -> str:
    lines = [above]
    for number, citation in enumerate(citations, 1):
        lines += ["", f"[{number}] ”{citation.quote}”", f"    {source_line(citation, language)}"]
        replaced = (" ".join(part for part in each if part) for each in citation.earlier)
        lines += [f"    {replaces_words(language)} {each}" for each in replaced]
        if citation.successor is not None:
            lines.append(f"    {replaced_words(language)} {' '.join(part for part in citation.successor if part)}")
    note = note_on_sources(citations, language)
    lines += ["", note] if note else []
    if use_cases:
        lines += ["", use_cases_heading(language)]
        lines += [f"– {use_case_line(use_case, language)}" for use_case in use_cases]
    return "\n".join(lines)


def answer_opening(answer: Answer) -> str:
    """What stands above the quotes: what was written and by whom, or the opening sentence."""
    if answer.written:
        return f"{answer.written}\n\n{note_on_writing(answer.language)}"
    if answer.held_back:
        return TEXTS.get("answer.held_back", answer.language)
    return opening(answer.language, answer.reason, len(answer.citations))


def note_on_writing(language: Language) -> str:
    """Who wrote what stands above the quotes."""
    return TEXTS.get("answer.written", language)


def opening(language: Language, reason: Reason, citations: int) -> str:
    """The sentence above the quotes."""
    if reason is Reason.UNSURE:
        return TEXTS.get("reason.unsure", language)
    return TEXTS.get("answer.opening.one" if citations == 1 else "answer.opening.many", language, count=citations)


def note_on_sources(citations: Sequence[Citation], language: Language) -> str:
    """What to mind where two versions of one document are cited, or sources disagree; otherwise empty."""
    notes = [TEXTS.get("answer.versions", language)] if any(each.is_superseded for each in citations) else []
    for (number, first), (other, second) in combinations(enumerate(citations, 1), 2):
        if second.document in first.contradicts:
            standing = _standing(first, second)
            notes.append(TEXTS.get(f"answer.conflict.{standing}", language, first=number, second=other))
    return " ".join(notes)


def _standing(first: Citation, second: Citation) -> str:
    """Why the first of two sources that disagree is to be preferred."""
    age = age_difference(first.published, second.published)
    if first.is_official and not second.is_official:
        return {1: "official_newer", -1: "official_older"}.get(age, "official")
    return "newer" if age > 0 else "even"


def source_line(citation: Citation, language: Language) -> str:
    """Title, publisher, date and page of a citation, and its language where it is not the reader's."""
    return ", ".join(part for part in (citation.title, source_details(citation, language)) if part)


def source_details(citation: Citation, language: Language) -> str:
    """All of the source's line but the title."""
    line = document_details(citation, citation.page, language)
    is_earlier = citation.is_superseded or citation.successor is not None
    earlier = TEXTS.get("source.superseded", language) if is_earlier else ""
    mark = ", ".join(part for part in (earlier, language_mark(citation, language)) if part)
    return f"{line} ({mark})" if mark and line else mark or line


def replaced_words(language: Language) -> str:
    """What stands before the title of the version that replaces a cited one."""
    return TEXTS.get("source.replaced", language)


def replaces_words(language: Language) -> str:
    """What stands before the title of an earlier version, to which a reader is led."""
    return TEXTS.get("source.replaces", language)


def document_details(document: Document | Citation, page: int | None, language: Language) -> str:
    """Who published a document or said it, when, and the page."""
    parts = [_publisher(document, language)]
    if document.published is not None:
        parts.append(format_date(document.published, format="medium", locale=language.value))
    if page is not None:
        parts.append(TEXTS.get("source.page", language, page=page))
    return ", ".join(part for part in parts if part)


def _publisher(document: Document | Citation, language: Language) -> str:
    """Who published it, or who said it."""
    if document.kind is not DocumentKind.CURATED:
        return document.publisher
    if document.publisher:
        return TEXTS.get("source.person", language, person=document.publisher)
    return TEXTS.get("source.member", language)


def language_mark(citation: Citation, language: Language) -> str:
    """`ruotsiksi` and the like where the quote is in another language than the answer; otherwise empty."""
    foreign = citation.language is not language and citation.language.value != "und"
    return TEXTS.get(f"language.{citation.language.value}", language) if foreign else ""


def use_cases_heading(language: Language) -> str:
    """The line above the use cases."""
    return TEXTS.get("usecases.heading", language)


def use_case_line(use_case: UseCase, language: Language) -> str:
    """Title, organisation and stage of a use case."""
    stage = stage_name(use_case.stage, language)
    return f"{use_case.title} – {use_case.organisation}" + (f" ({stage})" if stage else "")


def stage_name(stage: str, language: Language) -> str:
    """A known stage in the reader's language, any other as it stands."""
    known = {"idea", "pilot", "production", "ended"}
    return TEXTS.get(f"stage.{stage}", language) if stage in known else stage
