"""A paper as DOCX, by python-docx."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rich.cells import cell_len

from casebook.document import Set
from casebook.exports.archives import without_dates
from casebook.exports.extras import needed
from casebook.exports.paper import (
    Drawing,
    PageBreak,
    Paper,
    PaperBlock,
    PaperCell,
    PaperRun,
    PaperTable,
    Runs,
    plain,
    unparted,
    upright,
)
from casebook.exports.paper_docx_footnotes import WORD as _WORD
from casebook.exports.paper_docx_footnotes import Footnotes
from casebook.exports.xml_text import escaped, quoted, xml_text
from casebook.vocabulary import CONTESTED, BookRating, Rating

_SHADES: dict[BookRating, str] = {
    Rating.MET: "DFEAD6",
    Rating.PARTLY: "F6E8C8",
    Rating.NOT_MET: "F3D5CF",
    CONTESTED: "E3DDF0",
}
_WORKSHEET_FIRST = 0.22
"""The part of a worksheet's width that its first column has."""

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
    writer.set_up(paper.running_head)
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
                writer.page_break(is_wide=part.is_wide)
            case Drawing():
                continue
    writer.footnotes.finish()
    out = io.BytesIO()
    document.save(out)
    return without_dates(out.getvalue())


class _Writer:
    """Puts parts into a document of python-docx."""

    def __init__(self, document: Any) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.oxml import parse_xml
        from docx.shared import Mm, Pt, RGBColor

        self.document = document
        self.parse = parse_xml
        self.mm, self.pt, self.color = Mm, Pt, RGBColor
        self.orientations = (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
        self.width = 0
        self.is_wide = False
        self.is_empty = True
        self.breaks_page = False
        self.footnotes = Footnotes(document, parse_xml)

    def set_up(self, running_head: str) -> None:
        """A4 with a running head and page numbers, and the looks of its words."""
        section = self.document.sections[0]
        self._set_page(section, is_wide=False)
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        head.add_run(xml_text(running_head))
        for piece in ("PAGE", " / ", "NUMPAGES"):
            if piece.isupper():
                foot._p.append(self.parse(_field_xml(piece)))
            else:
                foot.add_run(piece)
        foot.alignment = 2
        for paragraph in (head, foot):
            paragraph.style.font.size = self.pt(8.5)
            paragraph.style.font.color.rgb = self.color.from_string(_CITATION)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", self.pt(10.5)
        normal.element.rPr.rFonts.set(f"{{{_WORD}}}eastAsia", "Yu Gothic")
        normal.paragraph_format.space_after = self.pt(6)

    def _set_page(self, section: Any, *, is_wide: bool) -> None:
        short, long = self.mm(210), self.mm(297)
        section.orientation = self.orientations[is_wide]
        section.page_width, section.page_height = (long, short) if is_wide else (short, long)
        margin = self.mm(20)
        section.left_margin = section.right_margin = margin
        section.top_margin = section.bottom_margin = margin
        self.width = section.page_width - 2 * margin
        self.is_wide = is_wide

    def page_break(self, *, is_wide: bool) -> None:
        """Begins a page, lying on its long side or not; never one that stays empty."""
        if self.is_empty:
            self._set_page(self.document.sections[0], is_wide=is_wide)
        elif is_wide != self.is_wide:
            self._set_page(self.document.add_section(), is_wide=is_wide)
            self._end_section_with_words()
        else:
            self.breaks_page = True

    def _end_section_with_words(self) -> None:
        """Has the last paragraph of the section before end it.

        python-docx adds an empty one for that, which may fill a page of its own.
        """
        *_, last, added, _ = self.document.element.body
        if last.tag == added.tag:
            last.get_or_add_pPr().append(added.pPr.sectPr)
            added.getparent().remove(added)

    def block(self, block: PaperBlock) -> None:
        """A heading, a paragraph, an item."""
        document, self.is_empty = self.document, False
        match block.set:
            case Set.TITLE:
                paragraph = document.add_heading(level=0)
            case Set.HEADING:
                paragraph = document.add_heading(level=min(max(block.level - 1, 1), 5))
            case Set.ITEM if block.lead[:1].isdigit():
                # The number is written out: Word's own lists would go on from one to the next.
                paragraph = self._hanging(f"{block.lead}\t", 8)
            case Set.ITEM:
                paragraph = document.add_paragraph(style="List Bullet")
                if block.level > 1:
                    paragraph.paragraph_format.left_indent = self.mm(6 * block.level)
            case Set.FACT:
                paragraph = self._hanging(f"{block.lead}\t", 24)
                paragraph.runs[0].bold = True
                paragraph.paragraph_format.space_after = self.pt(1)
            case Set.QUOTE:
                paragraph = document.add_paragraph(style="Quote")
            case _:
                paragraph = document.add_paragraph()
        if self.breaks_page:
            paragraph.paragraph_format.page_break_before = True
            self.breaks_page = False
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
        for run in upright(runs):
            if run.footnote is not None:
                paragraph._p.append(self.parse(self.footnotes.reference(run.footnote)))
                continue
            if not run.words:
                continue
            added = paragraph.add_run(xml_text(unparted(run.words)))
            added.italic = run.emphasis or None
            added.bold = run.strong or None
            if run.code:
                added.font.name = "Consolas"
            if run.is_citation:
                added.font.color.rgb = self.color.from_string(_CITATION)

    def table(self, table: PaperTable) -> None:
        """A table whose head is repeated on every page and whose rows are not torn apart."""
        if table.caption or self.breaks_page:
            caption = self.document.add_paragraph(style="Caption")
            caption.paragraph_format.keep_with_next = True
            caption.paragraph_format.page_break_before = self.breaks_page or None
            self.breaks_page = False
            self.runs(caption, table.caption)
        columns = len(table.heads)
        made = self.document.add_table(rows=0, cols=columns)
        made.style, made.autofit = "Table Grid", False
        self.is_empty = False
        widths = [int(share * self.width) for share in column_shares(table)]
        for name in ("tblCaption", "tblDescription"):
            words = quoted(plain(table.caption) or _told_by_heads(table))
            made._tbl.tblPr.append(self.parse(f'<w:{name} xmlns:w="{_WORD}" w:val={words}/>'))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        # Cell by cell, python-docx looks through the whole row for each thing it sets.
        made._tbl.append(self.parse(_row_xml(table.heads, widths, is_head=True, stays=True)))
        for number, row in enumerate(table.rows):
            # Of the first rows and the last, none is left alone on a page.
            is_last = number == len(table.rows) - 1
            stays = not is_last and (table.is_short or number in (0, len(table.rows) - 2))
            xml = _row_xml(row, widths, is_worksheet=table.is_worksheet, stays=stays)
            made._tbl.append(self.parse(xml))
        self.document.add_paragraph().paragraph_format.space_after = self.pt(2)


_EMU_PER_TWIP = 635
_ROOM_TO_WRITE = 805
"""The height of a row of a worksheet, in twips: 14.2 mm."""

_LONGEST_WORD = 24
"""Letters of the longest word that a column is widened for."""


def column_shares(table: PaperTable) -> list[float]:
    """The part of a table's width that each of its columns has, by what stands in it.

    No column is narrower than its longest word. Beyond that a long text gets more than a short
    one, but less than in proportion: it can have more lines.
    """
    columns = len(table.heads)
    if table.is_worksheet and columns > 1:
        rest = (1 - _WORKSHEET_FIRST) / (columns - 1)
        return [_WORKSHEET_FIRST, *[rest] * (columns - 1)]
    wanted = []
    for at in range(columns):
        texts = [row[at].plain for row in (table.heads, *table.rows)]
        words = max((cell_len(word) for text in texts for word in text.split()), default=1)
        mean = sum(map(cell_len, texts)) / len(texts)
        wanted.append(max(min(words, _LONGEST_WORD) + 2, 4 * mean**0.5))
    return [share / sum(wanted) for share in wanted]


def _told_by_heads(table: PaperTable) -> str:
    return "Table: " + ", ".join(filter(None, (cell.plain for cell in table.heads)))


def _field_xml(name: str) -> str:
    return f'<w:fldSimple xmlns:w="{_WORD}" w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _row_xml(
    cells: Iterable[PaperCell],
    widths: Iterable[int],
    *,
    is_head: bool = False,
    is_worksheet: bool = False,
    stays: bool = False,
) -> str:
    """A row of a table in Word's own XML, not torn apart by a page; a head on every page.

    Args:
        stays: on the page of the next row.
    """
    looks = "<w:cantSplit/>"
    if is_worksheet:
        looks += f'<w:trHeight w:val="{_ROOM_TO_WRITE}" w:hRule="atLeast"/>'
    looks += "<w:tblHeader/>" if is_head else ""
    made = "".join(
        _cell_xml(cell, width, is_head=is_head, stays=stays)
        for cell, width in zip(cells, widths, strict=True)
    )
    return f'<w:tr xmlns:w="{_WORD}"><w:trPr>{looks}</w:trPr>{made}</w:tr>'


def _cell_xml(cell: PaperCell, width: int, *, is_head: bool, stays: bool) -> str:
    shade = _SHADES.get(cell.rating) if cell.rating else None
    keep = "<w:keepNext/>" if stays else ""
    shading = f'<w:shd w:val="clear" w:fill="{shade}"/>' if shade else ""
    runs = "".join(
        _run_xml(run, is_bold=is_head or run.strong) for run in upright(cell.runs) if run.words
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width // _EMU_PER_TWIP}" w:type="dxa"/>{shading}</w:tcPr>'
        f'<w:p><w:pPr>{keep}<w:spacing w:after="20"/></w:pPr>{runs}</w:p></w:tc>'
    )


def _run_xml(run: PaperRun, *, is_bold: bool) -> str:
    looks = (
        ('<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>' if run.code else "")
        + ("<w:b/>" if is_bold else "")
        + ("<w:i/>" if run.emphasis else "")
        + (f'<w:color w:val="{_CITATION}"/>' if run.is_citation else "")
        + '<w:sz w:val="18"/>'
    )
    words = escaped(unparted(run.words)).replace("\t", "    ")
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(words.split("\n"))
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'
