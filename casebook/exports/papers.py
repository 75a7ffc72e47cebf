"""A paper in any of the formats that papers are written in."""

from __future__ import annotations

from typing import assert_never

from casebook.exports.formats import PaperFormat
from casebook.exports.paper import Paper


def written(paper: Paper, form: PaperFormat) -> str | bytes:
    """The content of a file with a paper: text, or the bytes of a document.

    Raises:
        MissingError: a package that the format needs is not installed.
    """
    match form:
        case PaperFormat.HTML:
            from casebook.exports.paper_html import html

            return html(paper)
        case PaperFormat.DOCX:
            from casebook.exports.paper_docx import docx

            return docx(paper)
        case PaperFormat.MD:
            from casebook.exports.paper_markdown import markdown

            return markdown(paper)
        case _:
            assert_never(form)
