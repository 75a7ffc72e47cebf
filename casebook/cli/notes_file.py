"""`casebook notes` on the file itself: out of it and into it, copies, saving what is damaged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.app import (
    Audience,
    BookFile,
    JsonFlag,
    NotebookFile,
    is_for_lecturer,
    notebook_path,
    opened_book,
    slug_of,
)
from casebook.cli.notes import notes_app, opened_notebook
from casebook.cli.output import print_done, print_json, print_lines, tell
from casebook.errors import CasebookError, Exit, NotFoundError
from casebook.exports.formats import NotebookFormat, by_ending
from casebook.notebook.values import Whose

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.notebook import Notebook
    from casebook.notebook.imports import Backup, ImportCounts


@notes_app.command("export")
def export_notes(
    form: Annotated[
        NotebookFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or md.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Write to this file, or to this folder for an Obsidian vault."
        ),
    ] = None,
    entry: Annotated[str, typer.Option(help="Write only notes on this entry (md).")] = "",
    tag: Annotated[
        str,
        typer.Option(
            help=(
                "Write only notes that have this tag or are on an entry that has it (md, obsidian)."
            )
        ),
    ] = "",
    pandoc: Annotated[
        bool, typer.Option("--pandoc", help="Write citations for pandoc: [@source, para. 9] (md).")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file or folder if it exists.")
    ] = False,
    audience: Audience = "student",
    book: BookFile = None,
    notebook: NotebookFile = None,
) -> None:
    """Write the notebook, or a book as Anki cards.

    The notebook is written as Markdown, as an Obsidian vault or as JSON.
    """
    from casebook.exports.notebook import notebook_text, write_notebook

    for_lecturer = is_for_lecturer(audience)
    chosen = form or by_ending(output, NotebookFormat.MD)
    with opened_book(book) as opened, opened_notebook(notebook) as kept:
        entry = _noted_entry(opened, entry)
        if output is None:
            text = notebook_text(
                kept,
                opened,
                chosen,
                entry=entry,
                tag=tag,
                pandoc=pandoc,
                for_lecturer=for_lecturer,
            )
            print_lines([text.rstrip("\n")])
            return
        told = write_notebook(
            kept,
            opened,
            chosen,
            output,
            force=force,
            entry=entry,
            tag=tag,
            pandoc=pandoc,
            for_lecturer=for_lecturer,
        )
    print_done(told, None, as_json=False)


def _noted_entry(book: Book, entry: str) -> str:
    """The slug of an entry that is named; a notebook may know entries that the book has no more."""
    if not entry:
        return ""
    try:
        return slug_of(book, entry)
    except NotFoundError:
        return entry


@notes_app.command("import")
def import_notes(
    file: Annotated[
        Path,
        typer.Argument(
            help="A notebook as JSON, as `casebook notes export --format json` writes it."
        ),
    ],
    whose: Annotated[
        Whose | None,
        typer.Option(
            help=(
                "Say whose notebook it is. If it is another reader's, their ratings become notes "
                "and their reading is left out. If Casebook cannot tell, it asks."
            )
        ),
    ] = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Merge another notebook into this one.

    Nothing is lost, and nothing is duplicated.
    """
    from casebook.notebook.backup_file import read_file
    from casebook.notebook.imports import Backup, merge

    backup = Backup(read_file(file))
    with opened_notebook(notebook, to_write=True) as opened:
        merged = merge(opened, backup, whose or _asked_whose(opened, backup))
    counts = {
        "added": merged.added,
        "same": merged.same,
        "beside": merged.beside,
        "noted": merged.noted,
        "left_out": merged.left_out,
    }
    print_done(_told(merged), counts, as_json=as_json)


def _asked_whose(notebook: Notebook, backup: Backup) -> Whose | None:
    """Asks on a terminal whose ratings those are, where that is not known."""
    if not backup.owner_is_unknown(notebook) or not sys.stdin.isatty():
        return None
    is_own = typer.confirm(
        "The file has ratings, and was made of another notebook than yours. Are they your own?",
        err=True,
    )
    return Whose.MINE if is_own else Whose.THEIRS


def _told(merged: ImportCounts) -> str:
    told = f"{merged.added} new, {merged.same} were there already"
    if merged.beside:
        told += f", {merged.beside} differed from yours and stand beside it"
    if merged.noted:
        told += f", {merged.noted} ratings of theirs are kept as notes"
    if merged.left_out:
        told += f", {merged.left_out} of what they read, searched for or drafted is left out"
    return f"{told}."


@notes_app.command("rescue")
def rescue_notebook(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Write the recovered notebook to this file.")
    ],
    file: Annotated[
        Path | None, typer.Argument(help="The damaged notebook; by default, the usual one.")
    ] = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Recover a damaged notebook into a new file.

    What cannot be read is reported.
    """
    from casebook.notebook.copies import rescue

    rescued = rescue(file or notebook_path(notebook), output)
    for loss in rescued.losses:
        tell(loss)
    counted = {table: count for table, count in rescued.counts.items() if table != "notebook"}
    notes = counted.get("note", 0)
    words = (
        f"{output}: {notes} {'note' if notes == 1 else 'notes'} and highlights,"
        f" {sum(counted.values()) - notes} other rows."
        f" {'Nothing is lost.' if not rescued.losses else 'What is lost is told above.'}"
    )
    value = {"notebook": str(output), "rows": counted, "losses": list(rescued.losses)}
    print_done(words, value, as_json=as_json)
    if rescued.losses:
        raise typer.Exit(Exit.NOTEBOOK)


@notes_app.command("restore")
def restore_notebook(
    name: Annotated[
        str,
        typer.Argument(help="The day of the copy to bring back; without it the copies are listed."),
    ] = "",
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """List the daily copies, or bring one back."""
    from casebook.notebook.copies import copies, restore

    path = notebook_path(notebook)
    if name:
        aside = restore(path, name)
        kept = f" The notebook that was there is kept as {aside}." if aside else ""
        value = {"restored": name, "kept": str(aside) if aside else None}
        print_done(f"The notebook is as it was on {name}.{kept}", value, as_json=as_json)
        return
    found = copies(path)
    if as_json:
        print_json([{"name": copy.name, "notes": copy.notes, "bytes": copy.size} for copy in found])
        return
    if not found:
        raise CasebookError("There is no copy of the notebook yet; one is made each day.")
    from casebook.renderings.columns import columns

    rows = [
        (
            copy.name,
            "damaged" if copy.notes is None else f"{copy.notes} notes and highlights",
            f"{copy.size // 1024} KiB",
        )
        for copy in found
    ]
    print_lines(columns(rows, None))


@notes_app.command("confirm")
def confirm_note(
    name: Annotated[str, typer.Argument(help="The note, as `casebook notes list` names it.")],
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Move a note to the words that replaced its own.

    That is for notes on words that another edition of the book has changed.
    """
    from casebook.book import pages
    from casebook.book.volumes import has_volume
    from casebook.notebook import notes
    from casebook.notebook.note_json import note_json
    from casebook.notebook.targets import confirmed_target
    from casebook.page_documents import whole_page

    with opened_book(book) as opened, opened_notebook(notebook, to_write=True) as kept:
        note = notes.note(kept, name)
        target = note.target
        if not has_volume(opened, target.book):
            raise CasebookError(
                f"The note is on another book, '{target.book}'; name that with --book."
            )
        page = pages.page(opened, target.entry)
        found = confirmed_target(target, target.book, page, whole_page(page))
        confirmed = notes.move(kept, note, found)
    old = target.quote.exact if target.quote else ""
    new = found.quote.exact if found.quote else ""
    words = f"{confirmed.uid[:8]} was on “{old}” and is now on “{new}”."
    print_done(words, note_json(confirmed), as_json=as_json)
