"""The text of one paragraph of a Word file, as a reader sees it: without what is deleted, hidden or computed."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml.etree import _Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same once more, for older programs."""
TEXT_BOX = qn("w:txbxContent")
_UNSEEN = {qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr")} | {_FALLBACK, TEXT_BOX}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT, _RUN, _RUN_STYLE = qn("w:t"), qn("w:r"), qn("w:rPr")
_HIDDEN = qn("w:vanish")
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_ID = qn("w:id")


def paragraph_text(paragraph: _Element) -> str:
    """The text, lines stripped, white space within them single."""
    lines = "".join(_pieces(paragraph)).split("\n")
    return "\n".join(line for line in (" ".join(each.split()) for each in lines) if line)


def note_marks(paragraph: _Element) -> list[tuple[str, str]]:
    """The notes that the paragraph refers to: `footnote` or `endnote`, and the id."""
    return [(_NOTES[each.tag], each.get(_ID, "")) for each in paragraph.iter(*_NOTES)]


def text_boxes(paragraph: _Element) -> Iterator[_Element]:
    """The boxes of text that are anchored in the paragraph, each once."""
    for box in paragraph.iter(TEXT_BOX):
        above = list(box.iterancestors())
        if not any(each.tag == _FALLBACK for each in above) and TEXT_BOX not in {each.tag for each in above}:
            yield box


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _UNSEEN and not (child.tag == _RUN and _is_hidden(child)):
            yield from _pieces(child)


def _is_hidden(run: _Element) -> bool:
    style = run.find(_RUN_STYLE)
    return style is not None and style.find(_HIDDEN) is not None
