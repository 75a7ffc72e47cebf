"""`casebook import`: tables of cases and lists of references, into a pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.app import BookBelow, JsonFlag, app
from casebook.cli.output import print_json, print_lines
from casebook.errors import Exit
from casebook.paths import book_below
from casebook.vocabulary import Kind


@app.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="A table of cases: a workbook (XLSX) or CSV; or references: BibTeX, BibLaTeX, RIS,"
            " EndNote XML or CSL-JSON, by the ending of the name."
        ),
    ],
    pack: Annotated[Path, typer.Option(help="Import into the pack in this folder.")],
    kind: Annotated[
        Kind,
        typer.Option(
            help="Take the rows for entries of this kind, where a row does not say its own."
        ),
    ] = Kind.FIRM,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADER=COLUMN",
            help=(
                "Say what a column of the table is: 'Firm=title'. With nothing after the =, the "
                "column is not used. You can repeat the option."
            ),
        ),
    ] = None,
    sheet: Annotated[
        str, typer.Option(help="Read the cases from this sheet, where its name does not say so.")
    ] = "",
    on: BookBelow = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the pack; without it nothing is written.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Import cases or references into a pack.

    Without --write it only says what would be written, and what is not clear.
    """
    from casebook.cli.building import progress_bar
    from casebook.imports import report
    from casebook.imports.cases import plan_cases
    from casebook.imports.plan import Status
    from casebook.imports.references import is_references, plan_references
    from casebook.imports.writing import write_plan

    with progress_bar("Importing") as progress:
        below = book_below(on) if on else None
        if is_references(file):
            plan = plan_references(file, pack, on=below)
        else:
            plan = plan_cases(
                file,
                pack,
                kind=kind,
                pairs=column or (),
                sheet=sheet,
                on=below,
                progress=progress,
            )
        if write:
            write_plan(plan)
    if as_json:
        print_json(report.as_json(plan, written=write))
    else:
        print_lines(report.lines(plan, written=write))
    if plan.count(Status.REFUSED):
        raise typer.Exit(Exit.FAILED)
