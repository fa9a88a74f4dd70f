"""PowerPoint files: a page per slide, its title as heading, and everything that is written on it."""

from __future__ import annotations

import io
import zipfile

import pptx
import pytest
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from indexer.failures import ReadFailure
from indexer.reading.document import BlockKind, ReadDocument
from indexer.reading.slides import read_slides

HEAD, TEXT, ITEM, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE
BOX = (Inches(1), Inches(1), Inches(4), Inches(1))


def _slide(deck: Presentation, title: str, *lines: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text_frame.text = title
    slide.placeholders[1].text_frame.text = "\n".join(lines)
    return slide


def _read(deck: Presentation) -> ReadDocument:
    stream = io.BytesIO()
    deck.save(stream)
    return read_slides(stream.getvalue(), "esitys")


def _shown(deck: Presentation) -> list[tuple[int | None, BlockKind, str]]:
    return [(block.page, block.kind, block.text) for block in _read(deck).blocks]


def test_a_page_per_slide() -> None:
    """The title is the heading, several lines are a list, one is a paragraph; marks of other formats are text."""
    deck = pptx.Presentation()
    _slide(deck, "Tavoite", "T&K *lisää*", "1. aikaa")
    _slide(deck, "Tulos", "Aikaa säästyi.")
    assert _shown(deck) == [
        (1, HEAD, "Tavoite"),
        (1, ITEM, "T&K *lisää*"),
        (1, ITEM, "1. aikaa"),
        (2, HEAD, "Tulos"),
        (2, TEXT, "Aikaa säästyi."),
    ]


def test_lines_broken_to_fit_are_joined() -> None:
    """A break before a small letter is for looks; before a capital it begins something new."""
    deck = pptx.Presentation()
    slide = _slide(deck, "Miten\vtästä eteenpäin?", "x")
    slide.placeholders[1].text_frame.text = "Asiakas, joka\vsaa apua\vEn tiennyt kuka auttaa."
    assert _shown(deck)[0][2] == "Miten tästä eteenpäin?"
    assert _shown(deck)[1][2] == "Asiakas, joka saa apua\nEn tiennyt kuka auttaa."


def test_boxes_groups_tables_and_notes() -> None:
    """What lies beside the body is read too; the speaker's notes come last."""
    deck = pptx.Presentation()
    slide = _slide(deck, "Luvut", "Alla.")
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(*BOX).text_frame.text = "Ryhmässä."
    table = slide.shapes.add_table(2, 2, *BOX).table
    for at, text in enumerate(["Nimi", "Arvo", "Aika", "22\nmin"]):
        table.cell(at // 2, at % 2).text = text
    slide.notes_slide.notes_text_frame.text = "Muista mainita hinta."
    assert _shown(deck)[1:] == [
        (1, TEXT, "Alla."),
        (1, TEXT, "Ryhmässä."),
        (1, TABLE, "| Nimi | Arvo |\n| Aika | 22 min |"),
        (1, TEXT, "Muista mainita hinta."),
    ]


def test_hidden_slides_are_counted_and_not_read() -> None:
    """The page number is that of the file, as its author sees it."""
    deck = pptx.Presentation()
    _slide(deck, "Yksi", "Näkyy.")
    _slide(deck, "Kaksi", "Ei näy.").element.set("show", "0")
    _slide(deck, "Kolme", "Näkyy taas.")
    assert [(page, text) for page, _, text in _shown(deck)] == [
        (1, "Yksi"),
        (1, "Näkyy."),
        (3, "Kolme"),
        (3, "Näkyy taas."),
    ]


def test_diagrams_are_read() -> None:
    """The words of a SmartArt diagram lie in a part of their own."""
    deck = pptx.Presentation()
    slide = _slide(deck, "Vaiheet", "Kolme.")
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    points = "".join(f"<a:p><a:r><a:t>{word}</a:t></a:r></a:p>" for word in ("Tarve", "Kokeilu"))
    data = f'<dgm:dataModel xmlns:dgm="{drawing}/diagram" xmlns:a="{drawing}/main">{points}</dgm:dataModel>'
    part = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", slide.part.package, data.encode())
    mark = slide.part.relate_to(part, RELATIONSHIP_TYPE.DIAGRAM_DATA)
    frame = slide.shapes.add_table(1, 1, *BOX)._element  # noqa: SLF001 - python-pptx makes no diagrams
    graphic = frame.find(f".//{{{drawing}/main}}graphicData")
    graphic.set("uri", f"{drawing}/diagram")
    graphic.remove(graphic[0])
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    graphic.append(parse_xml(f'<dgm:relIds xmlns:dgm="{drawing}/diagram" xmlns:r="{relation}" r:dm="{mark}"/>'))
    assert _shown(deck)[1:] == [(1, TEXT, "Kolme."), (1, TEXT, "Tarve"), (1, TEXT, "Kokeilu")]


def test_the_title_slide_names_the_deck() -> None:
    """A program's habit is no title: the first slide's is taken."""
    deck = pptx.Presentation()
    deck.core_properties.title = "PowerPoint-esitys"
    _slide(deck, "Ideasta kokeiluun", "Alku.")
    assert _read(deck).title == "Ideasta kokeiluun"


def test_a_file_that_only_looks_like_one_is_damaged() -> None:
    """An archive whose parts contradict each other is a sentence, not a crash."""
    deck = pptx.Presentation()
    stream = io.BytesIO()
    deck.save(stream)
    broken = io.BytesIO()
    with zipfile.ZipFile(stream) as whole, zipfile.ZipFile(broken, "w") as target:
        for name in whole.namelist():
            target.writestr(name, whole.read(name).replace(b" ContentType=", b" ContenType="))
    with pytest.raises(ReadFailure) as caught:
        read_slides(broken.getvalue(), "esitys")
    assert caught.value.code == "damaged"
