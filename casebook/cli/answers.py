"""`casebook answers`: a student's ratings for a seminar, and the file that hands them in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.app import (
    PIPE_WIDTH,
    BookFile,
    EntrySlug,
    Force,
    JsonFlag,
    NotebookFile,
    OutputFile,
    app,
    opened_book,
    refuse_sealed,
    slug_of,
    terminal_width,
)
from casebook.cli.arguments import Commands
from casebook.cli.notes import opened_notebook
from casebook.cli.output import deliver, print_done, print_json, print_lines, tell
from casebook.errors import CasebookError, Exit
from casebook.safe_text import made_safe_line
from casebook.vocabulary import Rating

answers_app = Commands(
    help="Rate the cases of a seminar, and hand in your ratings as a file.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(answers_app, name="answers")

PlanFile = Annotated[
    Path | None,
    typer.Option(
        "--seminar",
        metavar="FILE",
        help="Take the seminar from this plan, a file such as seminar.yaml; by default, from the"
        " book, if it was made for a seminar.",
    ),
]


@answers_app.command("rate")
def rate_case(
    entry: EntrySlug,
    point: Annotated[str, typer.Argument(help="The point, by its key in the framework.")],
    rating: Annotated[Rating, typer.Argument(help="Your rating.")],
    because: Annotated[str, typer.Option(help="Give this reason.", metavar="WORDS")] = "",
    framework: Annotated[
        str | None,
        typer.Option(help="Rate by this framework; by default, by that of the seminar."),
    ] = None,
    seminar: PlanFile = None,
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Rate a case on a point before the book's rating is shown, as P does in the app.

    A later rating replaces an earlier one. The book's rating is not shown.
    """
    from casebook.notebook.backup import prediction_json
    from casebook.rating_signs import signed_rating
    from casebook.seminar.answers import Answer, rate, reason_given, refuse_foreign
    from casebook.seminar.meant import seminar_of

    with opened_book(book) as opened, opened_notebook(notebook, to_write=True) as kept:
        slug = slug_of(opened, entry)
        refuse_sealed(opened, [slug])
        by = framework
        if by is None or seminar is not None:
            plan = seminar_of(opened, seminar)
            by = by or plan.framework
            refuse_foreign(opened, plan, by, slug, point)
        answer = Answer(slug, point, rating, because)
        before = reason_given(opened, kept, by, slug, point)
        (rated,) = rate(opened, kept, by, [answer])
    said = f"{rated.title}, {rated.criterion}: {signed_rating(rated.rating)}"
    print_done(said, prediction_json(rated), as_json=as_json)
    if before and not rated.reason:
        tell(f"Your earlier reason went with your earlier rating: {made_safe_line(before)}")


@answers_app.command("export")
def export_answers(
    name: Annotated[
        str | None,
        typer.Option(help="Hand them in under this name; by default, under the one given before."),
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Hand them in without a name.")
    ] = False,
    number: Annotated[
        int | None,
        typer.Option(
            "--round",
            help="Hand them in for this round; 2 is usually after the discussion. By default, 1 the"
            " first time, and 2 once you have handed in.",
            min=1,
        ),
    ] = None,
    seminar: PlanFile = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
) -> None:
    """Write your ratings and reasons for a seminar into one small file.

    It has nothing else of your notebook: no notes, no searches, nothing of what you read. A
    random identifier in it lets a later file of yours replace the earlier one.
    """
    from casebook.seminar.answers import (
        FILE_NAME,
        answers_text,
        last_handed_in,
        name_to_give,
        usual_round,
        write_answers,
    )
    from casebook.seminar.meant import seminar_of

    if output is not None and not force and output.exists():
        # Before it is counted, and so that the reader need not answer in vain.
        raise CasebookError(f"{output} already exists; use --force to replace it.")
    with opened_book(book) as opened, opened_notebook(notebook, to_write=True) as kept:
        plan = seminar_of(opened, seminar)
        given = name_to_give(kept, opened.info.slug, plan.slug, name, is_anonymous=anonymous)
        last = last_handed_in(kept, opened.info.slug, plan.slug)
        answers = write_answers(
            opened, kept, plan, name=given, number_of_round=number or usual_round(last)
        )
    deliver(answers_text(answers), output, force=force, name=FILE_NAME)
    if output is not None or (number is None and last is not None):
        who = f"under the name {answers.name}" if answers.name else "without a name"
        count = len(answers.answers)
        noun = "rating" if count == 1 else "ratings"
        is_again = last is not None and answers.round <= last.round
        replaced = " They replace what you handed in for it before." if is_again else ""
        tell(f"{count} {noun} for round {answers.round}, {who}.{replaced}")


@answers_app.command("show")
def show_answers(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files of answers, or folders in which they are; by default, answers.json in this"
            " folder, or else in the home folder, where the app writes it."
        ),
    ] = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Show what a file of answers says: who hands in, for which round, and each rating.

    Nothing is changed, and nothing is read of a notebook.
    """
    from casebook.renderings.text import document_lines
    from casebook.seminar.answer_documents import answers_document
    from casebook.seminar.answer_file import AnswerFileError, read_answers
    from casebook.seminar.answers import answers_json
    from casebook.seminar.collecting import files_of

    read = []
    refused = False
    for path in files_of(files or [_usual_file()]):
        try:
            read.append((path.absolute(), read_answers(path)))
        except AnswerFileError as error:
            tell(f"{made_safe_line(str(path))} {error.words}.")
            refused = True
    if as_json:
        print_json([{"file": str(path), **answers_json(answers)} for path, answers in read])
    elif read:
        with opened_book(book) as opened:
            width = terminal_width() or PIPE_WIDTH
            for number, (path, answers) in enumerate(read):
                print_lines([""] if number else [])
                print_lines(document_lines(answers_document(answers, path, opened), width))
    if refused:
        raise typer.Exit(Exit.FAILED)


def _usual_file() -> Path:
    """The file of answers that is meant where none is named.

    Raises:
        CasebookError: there is none.
    """
    from casebook.seminar.answers import FILE_NAME

    here, at_home = Path(FILE_NAME), Path.home() / FILE_NAME
    found = next((path for path in (here, at_home) if path.exists()), None)
    if found is None:
        raise CasebookError(
            f"There is no {FILE_NAME} here or in {at_home.parent}. `casebook answers export -o"
            f" {FILE_NAME}` writes one, and so does the app when you hand in."
        )
    return found
