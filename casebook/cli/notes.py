"""`casebook notes`: the reader's notebook as text, and what is added to it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.app import (
    BookFile,
    EntrySlug,
    JsonFlag,
    NotebookFile,
    app,
    damaged_notebook_met,
    notebook_path,
    opened_book,
    slug_of,
    terminal_width,
)
from casebook.cli.arguments import Commands
from casebook.cli.output import print_done, print_json, print_lines, tell
from casebook.errors import CasebookError

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.notebook import Notebook, NoteTarget
    from casebook.notebook.listing import NotebookItem

notes_app = Commands(
    help="List, add, export and import notes, bookmarks and tags.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(notes_app, name="notes")

_MOST_LOSSES_TOLD = 50


@contextlib.contextmanager
def opened_notebook(notebook: Path | None, *, to_write: bool = False) -> Iterator[Notebook]:
    """The notebook of a command; what is wrong with it goes to standard error.

    After something was written, and no copy has been made today, one is made.

    Args:
        to_write: the command is there to write; where it cannot, the failure says why.
    """
    from casebook.notebook import copies, open_notebook

    with open_notebook(notebook_path(notebook)) as opened:
        if opened.trouble and not to_write:
            tell(opened.trouble)
            for loss in opened.losses[:_MOST_LOSSES_TOLD]:
                tell(loss)
            if len(opened.losses) > _MOST_LOSSES_TOLD:
                tell(f"and {len(opened.losses) - _MOST_LOSSES_TOLD} more losses.")
        if opened.is_damaged:
            damaged_notebook_met()
        if opened.copy is not None:
            tell(f"the notebook as it was before: {opened.copy}")
        yield opened
        if opened.has_written:
            try:
                copies.keep_daily(opened)
            except CasebookError as error:
                tell(error.message)


@notes_app.command("list")
def list_notes(
    entry: Annotated[str, typer.Option(help="List only notes on this entry.")] = "",
    tag: Annotated[
        str,
        typer.Option(help="List only notes that have this #tag or are on an entry that has it."),
    ] = "",
    find: Annotated[
        str, typer.Option(help="List only what contains these words; typing errors are forgiven.")
    ] = "",
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """List what the notebook holds, newest first."""
    from casebook.notebook.listing import Order, items, listing
    from casebook.notebook.listing_text import item_json, item_rows, with_tag

    with opened_notebook(notebook) as opened:
        only = None
        if find:
            from casebook.notebook.search import Finder

            only = [hit.key for hit in Finder(opened).find(find)]
        rows = listing(opened, Order.TIME, only=only)
        found = [item for item in items(opened, rows) if item is not None]
        found = [item for item in found if not entry or _is_on(item, entry)]
        if tag:
            found = with_tag(opened, found, tag)
    if as_json:
        print_json([item_json(item) for item in found])
        return
    from casebook.renderings.columns import columns

    print_lines(columns(item_rows(found), terminal_width(), whole=(0, 3)))


def _is_on(item: NotebookItem, entry: str) -> bool:
    """Whether an item is on an entry, which is named by its slug or its title."""
    from casebook.search.folding import fold

    return item.entry == entry or fold(item.title) == fold(entry)


@notes_app.command("add")
def add_note(
    slug: EntrySlug,
    text: Annotated[
        str,
        typer.Argument(
            help="The note, in Markdown; without it, or with -, it is read from standard input."
        ),
    ] = "-",
    on: Annotated[
        str,
        typer.Option(
            help=(
                "Put the note on this place of the page: passage:3, event:KEY, point:FRAMEWORK KEY."
            ),
            metavar="PLACE",
        ),
    ] = "",
    quote: Annotated[
        str, typer.Option(help="Put the note on these words of the page.", metavar="WORDS")
    ] = "",
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Add a note to an entry.

    It may be on some words, an event or a point on the page of the entry.
    """
    from casebook.notebook import notes
    from casebook.notebook.note_json import note_json

    with opened_book(book) as opened, opened_notebook(notebook, to_write=True) as kept:
        target = _target(opened, slug_of(opened, slug), on, quote)
        words = _from_input() if text == "-" else text
        note = notes.add(kept, target, words)
    print_done(f"{note.uid[:8]} on {note.target.title}", note_json(note), as_json=as_json)


def _from_input() -> str:
    if sys.stdin.isatty():
        tell("write the note; ctrl+d on a line of its own ends it.")
    from casebook.notebook.notes import LONGEST_NOTE

    # One more than a note may have, so that what has no end is refused and not waited for.
    return sys.stdin.read(LONGEST_NOTE + 1)


def _target(book: Book, slug: str, on: str, quote: str) -> NoteTarget:
    """What a note is on.

    Raises:
        CasebookError: the page has no such place, or not those words.
    """
    from casebook.book import pages
    from casebook.notebook.whole_entry import target_of_entry

    page = pages.page(book, slug)
    if not on and not quote:
        return target_of_entry(page.entry.volume, page)
    # Most notes are on entries, and what parts of a page need takes as long to import as a
    # page to read.
    from casebook import anchors
    from casebook.notebook.targets import target_at, target_on
    from casebook.page_documents import whole_page
    from casebook.safe_text import made_safe_line

    document = whole_page(page)
    if on.startswith("event:") and " " not in on:
        on = anchors.event(slug, on.removeprefix("event:"))
    if quote:
        target = target_on(page.entry.volume, page, document, quote, on)
        if target is None:
            raise CasebookError("These words are not on the page; copy them from it.")
        return _on_the_page(target)
    at = document.index_of(on)
    if at is None:
        book.edition.refuse_sealed(slug)
        raise CasebookError(
            book.edition.as_far_as_revealed(
                f"The page has no '{made_safe_line(on)}'; `casebook show {slug} --json` has its"
                " passages, events and points."
            )
        )
    target = target_at(page.entry.volume, page, document, at)
    return target if on == "top" else _on_the_page(target)


def _on_the_page(target: NoteTarget) -> NoteTarget:
    """What a note is on, where a place or words were asked for.

    Raises:
        CasebookError: they are a heading.
    """
    if not target.place:
        raise CasebookError(
            "That is a heading. A note can be on a passage, an event or a point; without --on and"
            " --quote it is on the whole entry."
        )
    return target


@notes_app.command("delete")
def delete_note(
    name: Annotated[str, typer.Argument(help="The note, as `casebook notes list` names it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Delete a note or a highlight.

    `casebook notes undo` brings it back.
    """
    from casebook.notebook import notes

    with opened_notebook(notebook, to_write=True) as opened:
        note = notes.note(opened, name)
        words = " ".join(note.text.split())[:60] or "a highlight"
        if not yes:
            if not sys.stdin.isatty():
                raise CasebookError(
                    "Deleting asks first, which takes a terminal; --yes deletes without asking."
                )
            typer.confirm(f"Delete “{words}” on {note.target.title}?", abort=True)
        notes.delete(opened, note)
    print_done(f"Deleted {note.uid[:8]}.", {"deleted": note.uid}, as_json=as_json)


@notes_app.command("bookmark")
def bookmark(
    slug: EntrySlug,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the bookmark.")] = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Bookmark an entry, or remove its bookmark."""
    from casebook.book import entries
    from casebook.notebook import bookmarks

    with opened_book(book) as opened, opened_notebook(notebook, to_write=True) as kept:
        slug = slug_of(opened, slug)
        line = entries.line(opened, slug)
        bookmarks.set_bookmark(kept, line.volume, slug, line.title, wanted=not remove)
    words = f"{line.title}: {'no longer ' if remove else ''}bookmarked."
    print_done(words, {"entry": slug, "bookmarked": not remove}, as_json=as_json)


@notes_app.command("tag")
def tag_entry(
    slug: EntrySlug,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="The tags, with or without #; without any, those of the entry are listed."
        ),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove these tags.")] = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Add, remove or list the tags of an entry."""
    from casebook.book import entries
    from casebook.notebook import bookmarks

    with opened_book(book) as opened, opened_notebook(notebook, to_write=bool(names)) as kept:
        slug = slug_of(opened, slug)
        line = entries.line(opened, slug)
        mine = bookmarks.tags_of(kept, line.volume, slug)
        if names:
            given = [bookmarks.tag_name(name) for name in names]
            wanted = [name for name in mine if name not in given] if remove else [*mine, *given]
            bookmarks.set_tags(kept, line.volume, slug, line.title, wanted)
            mine = bookmarks.tags_of(kept, line.volume, slug)
    words = f"{line.title}: {' '.join(f'#{name}' for name in mine) or 'no tags'}"
    print_done(words, {"entry": slug, "tags": mine}, as_json=as_json)


@notes_app.command("undo")
def undo_last(notebook: NotebookFile = None, as_json: JsonFlag = False) -> None:
    """Undo the last change to the notebook.

    It may have been made in another window, or on another day.
    """
    from casebook.notebook.undo import undo

    with opened_notebook(notebook, to_write=True) as opened:
        undone = undo(opened, of_any_window=True)
    if undone is None:
        raise CasebookError("There is nothing to undo.")
    if not undone.is_done:
        raise CasebookError(f"This has been changed since and was not undone: {undone.words}.")
    print_done(f"Undone: {undone.words}", {"undone": undone.words}, as_json=as_json)
