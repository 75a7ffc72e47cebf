"""`casebook notes reading`: the reading list."""

from __future__ import annotations

from typing import Annotated

import typer

from casebook.cli.app import (
    BookFile,
    JsonFlag,
    NotebookFile,
    opened_book,
    slugs_of,
    terminal_width,
)
from casebook.cli.notes import notes_app, opened_notebook
from casebook.cli.output import print_json, print_lines


@notes_app.command("reading")
def reading(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(
            help="The entries to add, by their slugs or titles; without any, the list is printed."
        ),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the named entries from the list.")
    ] = False,
    first: Annotated[
        bool, typer.Option("--first", help="Put the named entries first, in this order.")
    ] = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Print the reading list, or add entries to it.

    An entry that has been read is ticked.
    """
    from casebook.book import entries
    from casebook.book.volumes import volume_slugs_of
    from casebook.notebook import reading_list

    with (
        opened_book(book) as opened,
        opened_notebook(notebook, to_write=bool(slugs)) as kept,
    ):
        lines = [
            entries.line(opened, slug) for slug in dict.fromkeys(slugs_of(opened, slugs or ()))
        ]
        books = volume_slugs_of(opened)
        for line in lines:
            if remove or not reading_list.is_listed(kept, line.volume, line.slug):
                reading_list.set_listed(kept, line.volume, line.slug, line.title, wanted=not remove)
        if lines and first and not remove:
            reading_list.put_in_order(kept, books, [line.slug for line in lines])
        found = reading_list.reading_list(kept, *books)
    if as_json:
        print_json(
            [
                {
                    "entry": listed.entry,
                    "title": listed.title,
                    "read": listed.is_read,
                    "share": listed.share,
                }
                for listed in found
            ]
        )
        return
    from casebook.renderings.columns import columns

    rows = [
        (
            "[x]" if listed.is_read else "[ ]",
            listed.entry,
            listed.title,
            f"{listed.share:.0%}" if 0 < listed.share < 1 else "",
        )
        for listed in found
    ]
    print_lines(columns(rows, terminal_width()))
