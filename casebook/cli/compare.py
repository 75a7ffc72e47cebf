"""`casebook compare`: cases side by side against a framework."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from casebook.cli.exporting import Force, OutputFile, StyleName, chosen_style
from casebook.cli.output import print_json
from casebook.matrix_options import Order, Shown, SubPoints

if TYPE_CHECKING:
    from casebook.comparison import Comparison


class Format(StrEnum):
    """What a matrix can be written as."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"


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
        Format | None,
        typer.Option("--format", help="What to write; by the file's name, else text."),
    ] = None,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
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
    known = Format.JSON if as_json else form or _by_name(output)
    if known is Format.JSON and output is None:
        from casebook.cli import contract

        print_json(contract.comparison(comparison))
        return
    content = matrix_content(comparison, known, style)
    deliver(content, output, force=force, name=f"matrix.{known.value}")


def _by_name(output: Path | None) -> Format:
    """The format that a file's name asks for; text where it asks for none."""
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return Format(suffix) if suffix in tuple(Format) else Format.TEXT


def matrix_content(comparison: Comparison, form: Format, style: str | None) -> str | bytes:
    """A comparison in a format.

    Raises:
        CasebookError: a package that the format needs is missing, or there is no such style.
    """
    match form:
        case Format.TEXT:
            from casebook.cli.matrix_text import comparison_lines

            lines = comparison_lines(comparison, terminal_width(), reading_width())
            return "\n".join(lines) + "\n"
        case Format.JSON:
            from casebook.cli import contract

            value = contract.comparison(comparison)
            return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        case Format.CSV | Format.XLSX:
            from casebook.exports.matrix_table import matrix_csv, matrix_xlsx

            return matrix_csv(comparison) if form is Format.CSV else matrix_xlsx(comparison)
        case _:
            from casebook.exports.matrix import matrix_draft
            from casebook.exports.papers import written
            from casebook.exports.wording import set_in_style

            paper = set_in_style(matrix_draft(comparison), chosen_style(style))
            return written(paper, form.value)


def _order(words: str) -> Order | list[str]:
    """An order by rule, or by hand: names with commas between them."""
    try:
        return Order(words)
    except ValueError:
        return [word.strip() for word in words.split(",")]
