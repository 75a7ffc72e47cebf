"""A matrix in any of the formats that matrices are written in."""

from __future__ import annotations

from typing import assert_never

from casebook.comparison.matrix import Comparison
from casebook.exports.formats import MatrixFormat, PaperFormat
from casebook.exports.options import CsvLayout


def matrix_content(
    comparison: Comparison,
    form: MatrixFormat,
    style: str,
    *,
    layout: CsvLayout = CsvLayout.CELLS,
    width: int | None = None,
) -> str | bytes:
    """What a file with a matrix holds: text, or the bytes of a workbook or a document.

    Args:
        style: of citations, in the formats that are papers.
        layout: of CSV.
        width: cells of the terminal that plain text is printed on; None for a file.

    Raises:
        MissingError: a package that the format needs is not installed.
        CasebookError: there is no such style.
    """
    match form:
        case MatrixFormat.TEXT:
            from casebook.renderings.matrix_text import comparison_lines
            from casebook.renderings.text import prose_width

            return "\n".join(comparison_lines(comparison, width, prose_width(width))) + "\n"
        case MatrixFormat.JSON:
            from casebook.renderings import contract
            from casebook.renderings.json_text import json_text

            return json_text(contract.comparison(comparison))
        case MatrixFormat.CSV:
            from casebook.exports.matrix_table import matrix_csv, wide_csv

            if layout is CsvLayout.CELLS:
                return matrix_csv(comparison)
            return wide_csv(comparison, "NA" if layout is CsvLayout.WIDE_NA else "")
        case MatrixFormat.XLSX:
            from casebook.exports.matrix_table import matrix_xlsx

            return matrix_xlsx(comparison)
        case MatrixFormat.MD | MatrixFormat.HTML | MatrixFormat.DOCX:
            from casebook.exports.citation_styles import set_in_style
            from casebook.exports.matrix import matrix_draft
            from casebook.exports.papers import written

            return written(set_in_style(matrix_draft(comparison), style), PaperFormat(form.value))
        case _:
            assert_never(form)
