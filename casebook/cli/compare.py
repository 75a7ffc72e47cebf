"""`casebook compare`: cases side by side against a framework."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from casebook.cli.commands import (
    BookFile,
    JsonFlag,
    app,
    opened_book,
    reading_width,
    terminal_width,
)
from casebook.cli.delivering import deliver
from casebook.cli.export import Force, OutputFile, StyleName, chosen_style
from casebook.cli.output import print_json
from casebook.comparison.options import Order, Shown, SubPoints
from casebook.exports.formats import MatrixFormat, PaperFormat, by_ending

if TYPE_CHECKING:
    from casebook.comparison.matrix import Comparison


@app.command()
def compare(
    slugs: Annotated[list[str], typer.Argument(help="The cases, as `casebook list` names them.")],
    framework: Annotated[
        str | None, typer.Option(help="The framework; the book's first by default.")
    ] = None,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Only points on which cases differ.")
    ] = False,
    show: Annotated[Shown, typer.Option(help="Which points.")] = Shown.ALL,
    sub_points: Annotated[
        SubPoints, typer.Option(help="Which sub-points beside the points.")
    ] = SubPoints.RATED,
    rows: Annotated[
        str, typer.Option(help="Order of points: framework, agreement, met, or keys: c,a,b.")
    ] = "framework",
    columns: Annotated[
        str, typer.Option(help="Order of cases: framework (as given), agreement or met.")
    ] = "framework",
    form: Annotated[
        MatrixFormat | None,
        typer.Option("--format", help="What to write; by the file's name, else text."),
    ] = None,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Compares cases point by point, with the evidence for every mark."""
    from casebook.comparison.matrix import compare as compared

    with opened_book(book) as opened:
        comparison = compared(
            opened,
            slugs,
            framework,
            shown=Shown.DIFFERENCES if only_differences else show,
            subpoints=sub_points,
        )
    comparison = comparison.with_rows(_order(rows)).with_columns(_order(columns))
    known = MatrixFormat.JSON if as_json else form or by_ending(output, MatrixFormat.TEXT)
    if known is MatrixFormat.JSON and output is None:
        from casebook.renderings import contract

        print_json(contract.comparison(comparison))
        return
    content = matrix_content(comparison, known, style)
    deliver(content, output, force=force, name=f"matrix.{known.ending}")


def matrix_content(comparison: Comparison, form: MatrixFormat, style: str | None) -> str | bytes:
    """A comparison in a format.

    Raises:
        CasebookError: a package that the format needs is missing, or there is no such style.
    """
    match form:
        case MatrixFormat.TEXT:
            from casebook.renderings.matrix_text import comparison_lines

            lines = comparison_lines(comparison, terminal_width(), reading_width())
            return "\n".join(lines) + "\n"
        case MatrixFormat.JSON:
            from casebook.renderings import contract

            value = contract.comparison(comparison)
            return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        case MatrixFormat.CSV | MatrixFormat.XLSX:
            from casebook.exports.matrix_table import matrix_csv, matrix_xlsx

            return matrix_csv(comparison) if form is MatrixFormat.CSV else matrix_xlsx(comparison)
        case MatrixFormat.MD | MatrixFormat.HTML | MatrixFormat.DOCX:
            from casebook.exports.citation_styles import set_in_style
            from casebook.exports.matrix import matrix_draft
            from casebook.exports.papers import written

            paper = set_in_style(matrix_draft(comparison), chosen_style(style))
            return written(paper, PaperFormat(form.value))
        case _:
            assert_never(form)


def _order(words: str) -> Order | list[str]:
    """An order by rule, or by hand: names with commas between them."""
    try:
        return Order(words)
    except ValueError:
        return [word.strip() for word in words.split(",")]
