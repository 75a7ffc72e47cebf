"""`casebook seminar present`: a seminar on a projector."""

from __future__ import annotations

from typing import Annotated

import typer

from casebook.cli.app import BookFile, NotebookFile, book_path, notebook_path, opened_book
from casebook.cli.seminar import PlanFile, seminar_app


@seminar_app.command("present")
def present_plan(
    plan: PlanFile,
    shown_class: Annotated[
        str,
        typer.Option(
            "--class",
            metavar="CLASS",
            help="Show how this class has rated each row: its file, or the address of its server,"
            " in quotes with --slug and --class behind it where you hold several.",
        ),
    ] = "",
    restart: Annotated[
        bool,
        typer.Option(
            "--restart",
            help="Forget the place and what was revealed: begin at the first step, with nothing"
            " revealed.",
        ),
    ] = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
) -> None:
    """Show a seminar on a projector, one question or row at a time.

    The arrow keys go through the plan, = reveals the book's ratings of a row, v shows their
    evidence, and % how the class has rated it. The place and what is revealed are kept until
    the next time; --restart begins anew.
    """
    from casebook.cli.opening import open_app_at_seminar
    from casebook.seminar.plan import read_plan

    with opened_book(book) as opened:
        read = read_plan(plan, opened)
    place = None
    if shown_class:
        from casebook.seminar.class_places import ClassPlace, server_typed

        place = server_typed(shown_class) or ClassPlace(shown_class)
        place.check_seminar(read.slug)
    raise typer.Exit(
        open_app_at_seminar(
            read, place, book_path(book), notebook_path(notebook), begins_anew=restart
        )
    )
