"""The `casebook` command itself: its Typer app, the options and paths that its commands share."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebook import __version__
from casebook.cli.arguments import Commands
from casebook.cli.output import print_lines, tell
from casebook.errors import CasebookError, Exit
from casebook.safe_text import made_safe_line

if TYPE_CHECKING:
    from casebook.book.connection import Book

app = Commands(
    name="casebook",
    help=(
        "Read and compare case studies of small firms, their regions and their alliances abroad. "
        "Without a command, the app opens."
    ),
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Invocation:
    """What is known of the command that runs: one runs at a time in a process."""

    book: Path | None = None
    notebook: Path | None = None
    pack: Path | None = None
    on: Path | None = None
    """The paths that were given before the command."""
    met_damaged_notebook: bool = False


_running = Invocation()

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON with documented names.")]
BookFile = Annotated[
    Path | None,
    typer.Option("--book", help="Read this book instead of the shipped one. [env: CASEBOOK_BOOK]"),
]
BookBelow = Annotated[
    Path | None,
    typer.Option(
        "--on",
        metavar="BOOK",
        help="The built book whose volumes the pack stands on: a file, or 'casebook' for the"
        " shipped book.",
    ),
]
NotebookFile = Annotated[
    Path | None,
    typer.Option(
        "--notebook",
        help="Use this notebook instead of the usual one. [env: CASEBOOK_NOTEBOOK]",
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file; without it, the result is printed."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]
EntrySlug = Annotated[
    str, typer.Argument(help="The entry, by its slug (see `casebook list`) or its title.")
]
CaseSlugs = Annotated[
    list[str] | None,
    typer.Argument(
        help="The cases, by their slugs (see `casebook list`) or titles; with --volume, all of it."
    ),
]
FrameworkSlug = Annotated[
    str | None,
    typer.Option(help="Compare by this framework; by default, by the first one in the book."),
]
VolumeNames = Annotated[
    list[str] | None,
    typer.Option(
        "--volume",
        help="Take only entries of this volume of the book, by its slug or title. You can repeat"
        " the option.",
    ),
]
Audience = Annotated[
    str,
    typer.Option(
        "--for",
        help="Who will read it: student or lecturer. A lecturer gets the teaching notes too.",
        metavar="WHO",
    ),
]
StyleName = Annotated[
    str | None,
    typer.Option(
        metavar="STYLE",
        help="Word citations in this style: book, apa, chicago, harvard, mla, or a .csl file.",
    ),
]


def _show_version(wanted: bool) -> None:
    if wanted:
        print_lines([f"casebook {__version__}"])
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    book: BookFile = None,
    notebook: NotebookFile = None,
    pack: Annotated[
        Path | None,
        typer.Option(
            help="Read this pack instead of a book: it is built first if it has changed, and the"
            " app edits its files."
        ),
    ] = None,
    on: BookBelow = None,
    tour: Annotated[
        bool, typer.Option("--tour", help="Open the app with the guided tour.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    if tour:
        raise CasebookError("--tour opens the app; leave out the command.")
    _running.book, _running.notebook = book, notebook
    _running.pack, _running.on = pack, on


def run_app(arguments: list[str]) -> int:
    """Runs the command that some arguments call, and says its exit code.

    A command that shows what is left of a damaged notebook does not end well, whatever it says.

    Raises:
        CasebookError: what was asked could not be done.
    """
    code: int = Exit.OK
    _running.met_damaged_notebook = False
    try:
        app(args=arguments, prog_name="casebook")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else Exit.OK
    return Exit.NOTEBOOK if code == Exit.OK and _running.met_damaged_notebook else code


def book_path(option: Path | None) -> Path:
    """Where the book of a command is: as its option says, else the one before the command."""
    from casebook import paths

    if _running.pack is not None or _running.on is not None:
        from casebook.cli.building import built_pack, named_pack

        pack = named_pack(_running.pack)
        return built_pack(pack, option or _running.book, _running.on).book()
    return paths.chosen_book(option or _running.book)


def notebook_path(option: Path | None) -> Path:
    """Where the notebook of a command is: as its option says, else the one before the command."""
    from casebook import paths

    return paths.notebook(option or _running.notebook)


@contextlib.contextmanager
def opened_book(option: Path | None) -> Iterator[Book]:
    """The book of a command, by its option.

    What in it could not be read is told on standard error when the command has done with
    it, however that ends. So no command can forget to.
    """
    from casebook.book.connection import open_book

    with open_book(book_path(option)) as opened:
        try:
            yield opened
        finally:
            for fault in opened.faults:
                tell(fault)


def no_cases() -> typer.BadParameter:
    """What is raised where neither cases nor a volume of them are named."""
    return typer.BadParameter("name the cases, or a volume with --volume", param_hint="SLUGS")


def of_volumes(
    opened: Book, names: list[str] | None, volumes: list[str] | None, *, cases_alone: bool = False
) -> list[str] | None:
    """The named entries that are of some volumes; without names all of those volumes.

    Args:
        names: slugs or titles.
        volumes: none for whatever is named.
        cases_alone: leave out what is no case where none is named.

    Returns:
        slugs; None where neither entries nor volumes are named.

    Raises:
        NotFoundError: the book has no such entry or volume.
        CasebookError: nothing is left.
    """
    slugs = slugs_of(opened, names) if names else None
    if not volumes:
        return slugs
    from casebook.book import entries
    from casebook.book.filters import EntryFilter
    from casebook.book.volumes import volume_slugs
    from casebook.vocabulary import CASES

    named = volume_slugs(opened, volumes)
    kinds = tuple(CASES) if cases_alone and not slugs else ()
    own = entries.slugs(opened, EntryFilter(kinds=kinds, volumes=tuple(named)))
    found = [slug for slug in slugs if slug in own] if slugs else own
    if not found:
        which = "None of these entries is" if slugs else "There are no entries"
        raise CasebookError(f"{which} of the volume {' or '.join(named)}.")
    return found


def refuse_sealed(opened: Book, slugs: Sequence[str] | None) -> None:
    """Says which of the named entries are sealed.

    Raises:
        CasebookError: all of them are, so that there is nothing to show.
    """
    from casebook.book.edition import sealed_said

    named = slugs or ()
    sealed = opened.edition.sealed_among(named)
    if sealed and len(sealed) == len(named):
        raise CasebookError(sealed_said(sealed))
    for slug in sealed:
        tell(sealed_said([slug]))


def damaged_notebook_met() -> None:
    """What is shown of a damaged notebook is not all of it, and the exit code says so."""
    _running.met_damaged_notebook = True


PIPE_WIDTH = 120
"""Cells of a line where the output is no terminal: wide enough for the matrix of five cases."""


def terminal_width() -> int | None:
    """The cells of a line: of the terminal, or in a pipe what COLUMNS says; else None."""
    given = os.environ.get("COLUMNS", "")
    if sys.stdout.isatty() or (given.isdecimal() and given.isascii() and int(given[:6])):
        return shutil.get_terminal_size().columns
    return None


def slug_of(book: Book, name: str, *, tells_all: bool = False) -> str:
    """The slug of the entry that is named on the command line; a guess is told.

    Args:
        tells_all: a name that is no guess and no slug is told, too.

    Raises:
        NotFoundError: no entry is called that, or several are.
    """
    from casebook.book.entries import find_key

    if find_key(book, name) is not None:
        return name
    from casebook.search.naming import entry_named

    found = entry_named(book, name)
    if found.is_guess or tells_all:
        tell(f"'{made_safe_line(name)}' was read as {found.slug}.")
    return found.slug


def slugs_of(book: Book, names: Iterable[str], *, tells_all: bool = False) -> list[str]:
    """The slugs of the entries that are named on the command line; see `slug_of`.

    Raises:
        NotFoundError: no entry is called that, or several are.
    """
    return [slug_of(book, name, tells_all=tells_all) for name in names]


def address_of(book: Book, address: str) -> str:
    """An address (`nosaku#bell`) with the slug of its entry.

    Raises:
        NotFoundError: no entry is called that, or several are.
    """
    name, mark, part = address.partition("#")
    return f"{slug_of(book, name)}{mark}{part}"


def reading_width() -> int:
    """The cells of a line of prose on the output."""
    from casebook.renderings.text import prose_width

    return prose_width(terminal_width())


def is_for_lecturer(audience: str) -> bool:
    """Reads `--for`.

    Raises:
        CasebookError: it names neither audience.
    """
    from casebook.exports import options

    if audience not in tuple(options.Audience):
        raise CasebookError(f"--for is 'student' or 'lecturer', not '{audience}'.")
    return audience == options.Audience.LECTURER


def chosen_style(option: str | None) -> str:
    """The style that is asked for; without one APA, or the book's own where pandoc is missing."""
    from casebook.exports.citation_styles import default_style
    from casebook.exports.options import Style

    if option is not None:
        return option
    found = default_style()
    if found == Style.BOOK:
        tell(
            "citations are in the book's own style; APA and other styles need pandoc, which"
            " pip install 'casebook[export]' installs."
        )
    return found
