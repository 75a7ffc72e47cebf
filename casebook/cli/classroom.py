"""`casebook class`: a class's answers, collected, counted, shown and written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.answers import PlanFile
from casebook.cli.app import (
    PIPE_WIDTH,
    BookFile,
    Force,
    JsonFlag,
    NotebookFile,
    OutputFile,
    StyleName,
    app,
    chosen_style,
    opened_book,
    terminal_width,
)
from casebook.cli.arguments import Commands
from casebook.cli.output import deliver, print_done, print_json, print_lines, tell
from casebook.errors import CasebookError, Exit
from casebook.exports.formats import ClassFormat, by_ending
from casebook.seminar.class_places import ClassPlace as Place

if TYPE_CHECKING:
    from casebook.seminar.class_results import ClassResults
    from casebook.seminar.class_values import ClassRecord

class_app = Commands(
    help="Collect the answers of a class, show where it is divided, and write the minutes.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(class_app, name="class")

ClassFile = Annotated[
    Path, typer.Argument(metavar="CLASS", help="The file of the class, such as class.sqlite.")
]
ClassPlace = Annotated[
    str,
    typer.Argument(
        metavar="CLASS",
        help="The file of the class, such as class.sqlite, or the address of its server:"
        " postgresql://ROLE@HOST/DATABASE.",
    ),
]
SeminarSlug = Annotated[
    str,
    typer.Option("--slug", help="The slug of the seminar, where you hold several on a server."),
]
ClassName = Annotated[
    str | None,
    typer.Option("--class", help="The class, where you hold the seminar with several."),
]
RoundNumber = Annotated[
    int | None,
    typer.Option("--round", help="Show this round; by default, the last that was answered.", min=1),
]
Withhold = Annotated[
    int,
    typer.Option(
        "--withhold",
        metavar="N",
        help="Leave out every tally of fewer than N students, with its reasons.",
        min=0,
    ),
]
InOrder = Annotated[
    bool,
    typer.Option(
        "--in-order",
        help="Show the points in the order of the plan; by default, the most divided come first.",
    ),
]


@class_app.command("collect")
def collect_answers(
    path: ClassFile,
    files: Annotated[
        list[Path],
        typer.Argument(help="The students' files of answers, or folders in which they are."),
    ],
    seminar: PlanFile = None,
    class_name: Annotated[
        str, typer.Option("--name", help="Give a new class this name.", metavar="NAME")
    ] = "",
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Take students' answers into a class, which is made if it is not there.

    A student's later answers replace the earlier ones of the same round. What has
    errors is reported and left out. Your own notebook is not touched.
    """
    from casebook.seminar.collecting import collect, files_of, planned_class
    from casebook.seminar.meant import seminar_of

    named = files_of(files)
    planned = None
    if seminar is not None or not path.exists():
        with opened_book(book) as opened:
            plan = seminar_of(opened, seminar, is_checked=True)
            planned = planned_class(opened, plan, class_name)
    done = collect(path, named, planned)
    for file, why in done.refused:
        tell(f"{file} {why}.")
    for note in done.notes:
        tell(note)
    counts = {
        "new": done.new,
        "replaced": done.replaced,
        "same": done.same,
        "older": done.older,
    }
    every = {**counts, "refused": len(done.refused)}
    told = ", ".join(f"{count} {name}" for name, count in every.items() if count)
    by_round = ", ".join(f"{n} in round {number}" for number, n in done.students.items())
    report = {
        **counts,
        "refused": [{"file": file, "why": why} for file, why in done.refused],
        "students": [{"round": number, "students": n} for number, n in done.students.items()],
        "notes": done.notes,
    }
    count = "1 file" if len(named) == 1 else f"{len(named)} files"
    print_done(f"{count}: {told}. Students: {by_round or 'none'}.", report, as_json=as_json)
    if done.refused:
        raise typer.Exit(Exit.FAILED)


@class_app.command("show")
def show_class(
    place: ClassPlace,
    number: RoundNumber = None,
    withhold: Withhold = 0,
    in_order: InOrder = False,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Show what a class has answered: distributions, agreement, reasons without names.

    The book's ratings stand beside them once `casebook class reveal` has been given.
    """
    record = Place(place, seminar, class_name).read()
    shown = _results(record, book, number, withhold, in_order=in_order)
    if as_json:
        from casebook.renderings.class_contract import class_json

        print_json(class_json(shown))
        return
    from casebook.renderings.text import document_lines
    from casebook.seminar.class_documents import class_document

    print_lines(document_lines(class_document(shown), terminal_width() or PIPE_WIDTH))


@class_app.command("students")
def list_students(
    place: ClassPlace,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    as_json: JsonFlag = False,
) -> None:
    """List who has handed in answers, with the number of their ratings by round."""
    record = Place(place, seminar, class_name).read()
    if as_json:
        print_json(
            [
                {
                    "student": student.id,
                    "name": student.name,
                    "rounds": [{"round": n, "ratings": count} for n, count in student.rounds],
                }
                for student in record.students
            ]
        )
        return
    from casebook.renderings.columns import columns

    every = sorted(record.students, key=lambda student: (not student.name, student.name.casefold()))
    rows = [
        (
            student.name or "-",
            *(str(dict(student.rounds).get(number, "-")) for number in record.rounds),
            student.id[:8],
        )
        for student in every
    ]
    heads = ("Name", *(f"Round {number}" for number in record.rounds), "Identifier")
    print_lines(columns([heads, *rows] if rows else [], terminal_width()))


@class_app.command("reveal")
def reveal_book(
    place: ClassPlace,
    item: Annotated[
        str,
        typer.Argument(
            help="What to reveal: the book's ratings, or entry:SLUG, a hidden case; on a server"
            " also outcomes, or the tally of the class."
        ),
    ] = "ratings",
    hide: Annotated[bool, typer.Option("--hide", help="Hide it again.")] = False,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    as_json: JsonFlag = False,
) -> None:
    """Show the book's ratings beside the class's, or a hidden case, from now on.

    Students on a server may see from now on what is revealed there.
    """
    from casebook.book.edition import RATINGS

    Place(place, seminar, class_name).set_revealed(item, wanted=not hide)
    what = "The book's ratings are" if item == RATINGS else f"Of the class, {item} is"
    words = "hidden" if hide else "shown"
    print_done(f"{what} {words}.", {"item": item, "revealed": not hide}, as_json=as_json)


@class_app.command("export")
def export_class(
    place: ClassPlace,
    form: Annotated[
        ClassFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or docx.",
        ),
    ] = None,
    wide: Annotated[
        bool,
        typer.Option(
            "--wide",
            help="Write CSV with one row for each student and round, one column for each cell.",
        ),
    ] = False,
    number: RoundNumber = None,
    withhold: Withhold = 0,
    in_order: InOrder = False,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
) -> None:
    """Write the minutes of a seminar, or a class's answers as a table.

    No format has a student's name.
    """
    from casebook.exports.classes import class_content

    usual = ClassFormat.CSV if wide else ClassFormat.DOCX
    chosen = form or by_ending(output, usual)
    if wide and chosen is not ClassFormat.CSV:
        raise CasebookError("--wide writes CSV; leave out the other format.")
    record = Place(place, seminar, class_name).read()
    shown = _results(record, book, number, withhold, in_order=in_order)
    worded_in = chosen_style(style) if chosen.is_paper else ""
    content = class_content(shown, chosen, worded_in, is_wide=wide, number=number)
    deliver(content, output, force=force, name=f"minutes.{chosen.ending}")


@class_app.command("open")
def open_class(
    place: ClassPlace,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    book: BookFile = None,
    notebook: NotebookFile = None,
) -> None:
    """Open the app at what a class has answered; of a server, as the answers come in."""
    from casebook.cli.app import book_path, notebook_path
    from casebook.cli.opening import open_app_at_class

    shown = Place(place, seminar, class_name)
    shown.check()
    raise typer.Exit(open_app_at_class(shown, book_path(book), notebook_path(notebook)))


def _results(
    record: ClassRecord, book: Path | None, number: int | None, withhold: int, *, in_order: bool
) -> ClassResults:
    """A class's answers, with the book's readings once they are revealed."""
    from casebook.book.edition import RATINGS
    from casebook.seminar.class_results import results, revealed_readings

    comparison = None
    if RATINGS in record.reveals:
        with opened_book(book) as opened:
            comparison = revealed_readings(opened, record)
    return results(record, number, fewest=withhold, comparison=comparison, in_order=in_order)
