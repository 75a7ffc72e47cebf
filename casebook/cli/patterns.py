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
    VolumeNames,
    app,
    of_volumes,
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
        typer.Argument(help="The cases, by their slugs or titles; by default, all that are rated."),
    ] = None,
    volume: VolumeNames = None,
    framework: FrameworkSlug = None,
    points: Annotated[
        str,
        typer.Option(
            help="Look at these points (their keys, with commas); by default, all that are rated."
        ),
    ] = "",
    outcome: Annotated[
        Outcome, typer.Option(help="Look for what goes with this outcome.")
    ] = Outcome.SUCCESS,
    scores: Annotated[
        str,
        typer.Option(
            metavar="NAME=SCORE",
            help="Count ratings and other outcomes as these scores, from 0 to 1 or either:"
            " partly=0.6,mixed=either.",
        ),
    ] = "",
    consistency: Annotated[
        float,
        typer.Option(
            min=0.5, max=1, help="Let a formula cover combinations of at least this consistency."
        ),
    ] = 1.0,
    form: Annotated[
        PatternsFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or text.",
        ),
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
        cases = of_volumes(opened, slugs, volume, cases_alone=True)
        comparison = rated_comparison(opened, cases or (), framework)
    keys = [key.strip() for key in points.split(",") if key.strip()]
    table = pattern_table(comparison, keys, outcome, calibration)
    threshold = Fraction(consistency).limit_denominator(1000)
    found = PatternsFound(analysis(table, threshold), comparison, outcome, calibration, threshold)
    shown = PatternsFormat.JSON if as_json else form or by_ending(output, PatternsFormat.TEXT)
    if output is None and shown is PatternsFormat.JSON:
        from casebook.renderings.patterns_contract import patterns_json

        print_json(patterns_json(found.patterns))
        return
    width = terminal_width() if output is None else None
    content = patterns_content(found, shown, width=width)
    deliver(content, output, force=force, name=f"patterns.{shown.ending}")
