"""`casebook compare`: cases side by side against a framework."""

from __future__ import annotations

from typing import Annotated

import typer

from casebook.cli.app import (
    BookFile,
    CaseSlugs,
    Force,
    FrameworkSlug,
    JsonFlag,
    OutputFile,
    StyleName,
    VolumeNames,
    app,
    chosen_style,
    no_cases,
    of_volumes,
    opened_book,
    terminal_width,
)
from casebook.cli.output import deliver, print_json
from casebook.comparison.options import MatrixOrder, Shown, SubPoints
from casebook.errors import CasebookError
from casebook.exports.formats import MatrixFormat, by_ending


@app.command()
def compare(
    slugs: CaseSlugs = None,
    volume: VolumeNames = None,
    framework: FrameworkSlug = None,
    only_differences: Annotated[
        bool,
        typer.Option(
            "--only-differences",
            help=(
                "Show only the points on which the cases differ. This is short for --show "
                "differences."
            ),
        ),
    ] = False,
    show: Annotated[Shown, typer.Option(help="Show these points.")] = Shown.ALL,
    sub_points: Annotated[
        SubPoints, typer.Option(help="Show these sub-points with them.")
    ] = SubPoints.RATED,
    rows: Annotated[
        str,
        typer.Option(
            help=(
                "Order the points by framework, agreement or met, or list their keys in the order "
                "you want (c,a,b)."
            )
        ),
    ] = "framework",
    columns: Annotated[
        str,
        typer.Option(
            help=(
                "Order the cases by framework (as you named them), agreement or met, or list "
                "their slugs in the order you want."
            )
        ),
    ] = "framework",
    form: Annotated[
        MatrixFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or text.",
        ),
    ] = None,
    wide: Annotated[
        bool,
        typer.Option(
            "--wide", help="Write CSV with one row for each case and one column for each point."
        ),
    ] = False,
    na: Annotated[
        bool, typer.Option("--na", help="With --wide, write NA where the sources are silent.")
    ] = False,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Compare cases point by point, with the evidence."""
    from casebook.comparison.matrix import compare as compared

    if not slugs and not volume:
        raise no_cases()
    with opened_book(book) as opened:
        comparison = compared(
            opened,
            of_volumes(opened, slugs, volume, cases_alone=True) or [],
            framework,
            shown=Shown.DIFFERENCES if only_differences else show,
            subpoints=sub_points,
        )
    comparison = comparison.with_rows(_order(rows)).with_columns(_order(columns))
    usual = MatrixFormat.CSV if wide else MatrixFormat.TEXT
    chosen = MatrixFormat.JSON if as_json else form or by_ending(output, usual)
    if wide and chosen is not MatrixFormat.CSV:
        raise CasebookError("--wide writes CSV; leave out the other format.")
    if na and not wide:
        raise CasebookError("--na works only together with --wide.")
    if chosen is MatrixFormat.JSON and output is None:
        from casebook.renderings import contract

        print_json(contract.comparison(comparison))
        return
    from casebook.exports.matrices import matrix_content
    from casebook.exports.options import CsvLayout

    layout = CsvLayout.WIDE if wide else CsvLayout.CELLS
    if na:
        layout = CsvLayout.WIDE_NA
    worded_in = chosen_style(style) if chosen.is_paper else ""
    width = terminal_width() if output is None else None
    matrix = matrix_content(comparison, chosen, worded_in, layout=layout, width=width)
    deliver(matrix, output, force=force, name=f"matrix.{chosen.ending}")


def _order(words: str) -> MatrixOrder | list[str]:
    """An order by rule, or by hand: names with commas between them."""
    try:
        return MatrixOrder(words)
    except ValueError:
        return [word.strip() for word in words.split(",")]
