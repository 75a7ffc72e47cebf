"""`casebook compare`: cases side by side against a framework."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from casebook.cli.commands import BookFile, JsonFlag, app, opened_book, print_json, print_lines
from casebook.comparison import Order, Shown, SubPoints


class Format(StrEnum):
    """What a matrix can be written as."""

    TEXT = "text"
    JSON = "json"


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
    form: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.TEXT,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Compares cases point by point, with the evidence for every mark."""
    from casebook.comparison import compare as compared

    with opened_book(book) as opened:
        comparison = compared(
            opened,
            slugs,
            framework,
            shown=Shown.DIFFERENCES if only_differences else show,
            subpoints=sub_points,
        )
    comparison = comparison.with_rows(_order(rows)).with_columns(_order(columns))
    if as_json or form is Format.JSON:
        from casebook.cli import contract

        print_json(contract.comparison(comparison))
    else:
        from casebook.cli.matrix_text import comparison_lines

        print_lines(comparison_lines(comparison))


def _order(words: str) -> Order | list[str]:
    """An order by rule, or by hand: names with commas between them."""
    try:
        return Order(words)
    except ValueError:
        return [word.strip() for word in words.split(",")]
