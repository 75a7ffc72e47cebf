"""A paper as DOCX, by python-docx."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from casebook.document import Set
from casebook.exports.extras import needed
from casebook.exports.paper import (
    Drawing,
    PageBreak,
    Paper,
    PaperBlock,
    PaperCell,
    PaperTable,
    Run,
    Runs,
)
from casebook.exports.xml_text import escaped, xml_text
from casebook.vocabulary import Rating

_SHADES = {Rating.MET: "DFEAD6", Rating.PARTLY: "F6E8C8", Rating.NOT_MET: "F3D5CF"}
_FIRST_SHARE = 0.26
"""The part of a table's width that its first column has."""

_CITATION = "625E55"
_LONGEST_PROPERTY = 255
"""Characters of a property of the document, by Word's limits; the title on the page is whole."""

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  (a document property without a zone)
"""Said to be when the file was made, so that the same paper gives the same file."""


def docx(paper: Paper) -> bytes:
    """The paper as the bytes of a file.

    Raises:
        MissingError: python-docx is not installed.
    """
    library = needed("docx", "DOCX")
    document = library.Document()
    writer = _Writer(document)
    writer.set_page(is_wide=paper.is_wide)
    properties = document.core_properties
    properties.title, properties.author = xml_text(paper.title)[:_LONGEST_PROPERTY], ""
    properties.language = xml_text(paper.language)[:_LONGEST_PROPERTY]
    properties.comments, properties.created, properties.modified = "", _EPOCH, _EPOCH
    for part in paper.parts:
        match part:
            case PaperBlock():
                writer.block(part)
            case PaperTable():
                writer.table(part)
            case PageBreak():
                writer.page_break()
            case Drawing():
                continue
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Puts parts into a document of python-docx."""

    def __init__(self, document: Any) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.enum.text import WD_BREAK
        from docx.oxml import parse_xml
        from docx.shared import Mm, Pt, RGBColor

        self.document = document
        self.parse = parse_xml
        self.mm, self.pt, self.color = Mm, Pt, RGBColor
        self.landscape, self.page = WD_ORIENT.LANDSCAPE, WD_BREAK.PAGE
        self.width = 0

    def set_page(self, *, is_wide: bool) -> None:
        """A4, lying where the tables are wide."""
        section = self.document.sections[0]
        short, long = self.mm(210), self.mm(297)
        if is_wide:
            section.orientation = self.landscape
        section.page_width, section.page_height = (long, short) if is_wide else (short, long)
        margin = self.mm(20)
        section.left_margin = section.right_margin = margin
        section.top_margin = section.bottom_margin = margin
        self.width = section.page_width - 2 * margin
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", self.pt(10.5)
        normal.paragraph_format.space_after = self.pt(6)

    def page_break(self) -> None:
        self.document.add_paragraph().add_run().add_break(self.page)

    def block(self, block: PaperBlock) -> None:
        """A heading, a paragraph, an item."""
        document = self.document
        match block.set:
            case Set.TITLE:
                paragraph = document.add_heading(level=0)
            case Set.HEADING:
                paragraph = document.add_heading(level=min(max(block.level - 1, 1), 4))
            case Set.ITEM if block.lead[:1].isdigit():
                # The number is written out: Word's own lists would go on from one to the next.
                paragraph = self._hanging(f"{block.lead}\t", 8)
            case Set.ITEM:
                paragraph = document.add_paragraph(style="List Bullet")
            case Set.FACT:
                paragraph = self._hanging(f"{block.lead}\t", 24)
                paragraph.runs[0].bold = True
                paragraph.paragraph_format.space_after = self.pt(1)
            case Set.QUOTE:
                paragraph = document.add_paragraph(style="Quote")
            case _:
                paragraph = document.add_paragraph()
        if block.anchor.startswith("ref-"):
            self._hang(paragraph, 8)
        self.runs(paragraph, block.runs)
        if block.set is Set.WARNING:
            for run in paragraph.runs:
                run.bold = True
                run.font.color.rgb = self.color(0xA3, 0x34, 0x26)

    def _hanging(self, lead: str, millimetres: int) -> Any:
        paragraph = self.document.add_paragraph()
        self._hang(paragraph, millimetres)
        paragraph.add_run(xml_text(lead))
        return paragraph

    def _hang(self, paragraph: Any, millimetres: int) -> None:
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = self.mm(millimetres), self.mm(-millimetres)
        shape.tab_stops.add_tab_stop(self.mm(millimetres))

    def runs(self, paragraph: Any, runs: Runs) -> None:
        """Words with their looks."""
        for run in runs:
            if not run.words:
                continue
            added = paragraph.add_run(xml_text(run.words))
            added.italic = run.emphasis or None
            added.bold = run.strong or None
            if run.code:
                added.font.name = "Consolas"
            if run.is_citation:
                added.font.color.rgb = self.color.from_string(_CITATION)

    def table(self, table: PaperTable) -> None:
        """A table whose head is repeated on every page and whose rows are not torn apart."""
        if table.caption:
            caption = self.document.add_paragraph(style="Caption")
            caption.paragraph_format.keep_with_next = True
            self.runs(caption, table.caption)
        columns = len(table.heads)
        made = self.document.add_table(rows=0, cols=columns)
        made.style, made.autofit = "Table Grid", False
        first = int(self.width * _FIRST_SHARE) if columns > 1 else self.width
        rest = (self.width - first) // max(columns - 1, 1)
        widths = [first, *([rest] * (columns - 1))]
        # Cell by cell, python-docx looks through the whole row for each thing it sets.
        made._tbl.append(self.parse(_row_xml(table.heads, widths, is_head=True)))
        for row in table.rows:
            made._tbl.append(self.parse(_row_xml(row, widths)))
        self.document.add_paragraph().paragraph_format.space_after = self.pt(2)


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EMU_PER_TWIP = 635


def _row_xml(cells: Iterable[PaperCell], widths: Iterable[int], *, is_head: bool = False) -> str:
    """A row of a table in Word's own XML, not torn apart by a page; a head on every page."""
    looks = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
    made = "".join(
        _cell_xml(cell, width, is_head=is_head) for cell, width in zip(cells, widths, strict=True)
    )
    return f'<w:tr xmlns:w="{_WORD}"><w:trPr>{looks}</w:trPr>{made}</w:tr>'


def _cell_xml(cell: PaperCell, width: int, *, is_head: bool) -> str:
    shade = _SHADES.get(cell.rating) if cell.rating else None
    shading = f'<w:shd w:val="clear" w:fill="{shade}"/>' if shade else ""
    runs = "".join(_run_xml(run, is_bold=is_head or run.strong) for run in cell.runs if run.words)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width // _EMU_PER_TWIP}" w:type="dxa"/>{shading}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="20"/></w:pPr>{runs}</w:p></w:tc>'
    )


def _run_xml(run: Run, *, is_bold: bool) -> str:
    looks = (
        ('<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>' if run.code else "")
        + ("<w:b/>" if is_bold else "")
        + ("<w:i/>" if run.emphasis else "")
        + (f'<w:color w:val="{_CITATION}"/>' if run.is_citation else "")
        + '<w:sz w:val="18"/>'
    )
    words = escaped(run.words).replace("\t", "    ")
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(words.split("\n"))
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'
