"""Footnotes of a DOCX, which python-docx does not know: a part of their own in Word's XML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casebook.exports.paper import Footnote, PaperRun, unparted, upright
from casebook.exports.xml_text import escaped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)
"""The lines above footnotes, which Word wants to find among them."""

_OF_SEPARATORS = (
    f'<w:footnotePr xmlns:w="{WORD}"><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
)
_BEFORE_FOOTNOTES = (
    "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr",
    "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown",
    "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol",
    "listSeparator",
)  # fmt: skip
"""The settings behind which Word's schema does not let those of footnotes stand."""


class Footnotes:
    """The footnotes of a document of python-docx; `finish` puts them into it."""

    def __init__(self, document: Any, parse: Callable[[str], Any]) -> None:
        self._document = document
        self._parse = parse
        self._written: list[str] = []

    def reference(self, note: Footnote) -> str:
        """Takes a footnote, and answers the run that stands for it in the text."""
        words = "".join(_run(run) for run in upright(note.runs))
        self._written.append(
            f'<w:footnote w:id="{note.number}"><w:p>'
            '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{words}</w:p></w:footnote>'
        )
        return (
            f'<w:r xmlns:w="{WORD}"><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{note.number}"/></w:r>'
        )

    def finish(self) -> None:
        """Adds the part with the footnotes, their styles and settings; nothing without any."""
        if not self._written:
            return
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        document = self._document
        content = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:footnotes xmlns:w="{WORD}">{_SEPARATORS}{"".join(self._written)}</w:footnotes>'
        )
        part = Part(
            PackURI("/word/footnotes.xml"),
            _CONTENT_TYPE,
            content.encode("utf-8"),
            document.part.package,
        )
        document.part.relate_to(part, _RELATION)
        self._add_styles()
        settings = document.settings.element
        behind = (child for child in settings if child.tag.partition("}")[2] in _BEFORE_FOOTNOTES)
        at = next(behind, None)
        if at is None:
            settings.append(self._parse(_OF_SEPARATORS))
        else:
            at.addprevious(self._parse(_OF_SEPARATORS))

    def _add_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self._document.styles
        words = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        words.base_style = styles["Normal"]
        words.font.size = Pt(9)
        words.paragraph_format.space_after = Pt(2)
        number = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        number.font.superscript = True
        words.element.set(f"{{{WORD}}}styleId", "FootnoteText")
        number.element.set(f"{{{WORD}}}styleId", "FootnoteReference")


def _run(run: PaperRun) -> str:
    looks = ("<w:b/>" if run.strong else "") + ("<w:i/>" if run.emphasis else "")
    words = escaped(unparted(run.words)).replace("\t", " ")
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
