"""`casebook patterns`: what cases of one outcome share, and whether chance would share it too."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

import typer

from casebook.cli.app import (
    BookFile,
    Force,
    FrameworkSlug,
    JsonFlag,
    OutputFile,
    app,
    opened_book,
    terminal_width,
)
from casebook.cli.output import deliver, print_json
from casebook.exports.formats import PatternsFormat, by_ending
from casebook.vocabulary import Outcome


@app.command()
def patterns(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(
            help="The cases, as `casebook list` names them; without any, all that are rated."
        ),
    ] = None,
    framework: FrameworkSlug = None,
    points: Annotated[
        str,
        typer.Option(help="The keys of the points, with commas between; by default all rated."),
    ] = "",
    outcome: Annotated[
        Outcome, typer.Option(help="The outcome that the cases are asked about.")
    ] = Outcome.SUCCESS,
    scores: Annotated[
        str,
        typer.Option(
            metavar="NAME=SCORE",
            help="What ratings and other outcomes are worth, from 0 to 1 or either: "
            "partly=0.6,mixed=either.",
        ),
    ] = "",
    consistency: Annotated[
        float,
        typer.Option(
            min=0.5, max=1, help="The least consistency of a combination that a formula covers."
        ),
    ] = 1.0,
    form: Annotated[
        PatternsFormat | None,
        typer.Option("--format", help="The format; by the ending of the file, or text."),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Look for what cases of one outcome have in common.

    Where the sources are silent nothing is filled in: results are intervals, or name the cases
    that may yet belong. Each formula says how easily chance would have given one as short.
    """
    from casebook.exports.patterns import PatternsFound, patterns_content
    from casebook.patterns.analysis import analysis
    from casebook.patterns.rated_cases import pattern_table, rated_comparison
    from casebook.patterns.scores import read_calibration

    calibration = read_calibration(scores)
    with opened_book(book) as opened:
        comparison = rated_comparison(opened, slugs or (), framework)
    keys = [key.strip() for key in points.split(",") if key.strip()]
    table = pattern_table(comparison, keys, outcome, calibration)
    threshold = Fraction(consistency).limit_denominator(1000)
    found = PatternsFound(analysis(table, threshold), comparison, outcome, calibration, threshold)
    shown = PatternsFormat.JSON if as_json else form or by_ending(output, PatternsFormat.TEXT)
    if output is None and shown is PatternsFormat.JSON:
        from casebook.renderings import contract

        print_json(contract.patterns(found.patterns))
        return
    width = terminal_width() if output is None else None
    content = patterns_content(found, shown, width=width)
    deliver(content, output, force=force, name=f"patterns.{shown.ending}")
