"""A paper in any of the formats that papers are written in."""

from __future__ import annotations

from casebook.exports.paper import Paper


def written(paper: Paper, form: str) -> str | bytes:
    """The paper as `md`, `html` or `docx`.

    Raises:
        MissingError: a package that the format needs is not installed.
    """
    match form:
        case "html":
            from casebook.exports.as_html import html

            return html(paper)
        case "docx":
            from casebook.exports.as_docx import docx

            return docx(paper)
        case _:
            from casebook.exports.as_markdown import markdown

            return markdown(paper)
