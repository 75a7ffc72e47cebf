"""`casebook seminar`: a seminar from its plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.app import BookFile, JsonFlag, StyleName, app, book_path, chosen_style
from casebook.cli.arguments import Commands
from casebook.cli.output import print_json, print_lines, tell

seminar_app = Commands(
    help="Build the papers and editions of a seminar from its plan.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(seminar_app, name="seminar")

PlanFile = Annotated[
    Path, typer.Argument(help="The plan, as `casebook new seminar` writes it: seminar.yaml.")
]


@seminar_app.callback()
def seminar() -> None:
    """Build the papers and editions of a seminar from its plan."""


@seminar_app.command("build")
def build_from_plan(
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Write everything into this folder.")
    ] = Path("seminar"),
    style: StyleName = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the files of an earlier build in the folder.")
    ] = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Build the students' edition, its seals and all papers of a seminar.

    The folder students has what they get at once, later what they get in the seminar, and
    lecturer what they never get, with a page that says what to hand out when.
    """
    from casebook.cli.building import progress_bar
    from casebook.seminar.building import build_seminar

    bar = progress_bar("Checking the plan")
    with bar:
        built = build_seminar(
            plan, book_path(book), output, chosen_style(style), force=force, begin=bar.begin
        )
    if as_json:
        print_json(
            {
                "folder": str(built.folder),
                "files": list(built.files),
                "remarks": list(built.remarks),
            }
        )
        return
    for remark in built.remarks:
        tell(remark)
    print_lines(f"{built.folder}/{name}" for name in built.files)
