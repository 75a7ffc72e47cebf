"""`casebook doctor`: whether all is well with the program, its files and the terminal."""

from __future__ import annotations

import typer

from casebook.cli.app import BookFile, JsonFlag, app, book_path, notebook_path
from casebook.cli.output import print_json, print_lines
from casebook.errors import Exit


@app.command()
def doctor(book: BookFile = None, as_json: JsonFlag = False) -> None:
    """Report versions, paths and problems.

    It examines the book, the notebook, the settings and the terminal.
    """
    from casebook.cli.examination import examine

    report = examine(book_path(book), notebook_path(None))
    if as_json:
        print_json(report.as_json())
    else:
        print_lines(report.lines())
    if not report.is_well:
        raise typer.Exit(Exit.FAILED)
