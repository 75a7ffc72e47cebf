"""The subcommands. None of them imports the app, and each imports what it needs itself."""

from __future__ import annotations

import contextlib
import gc
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casebook import __version__
from casebook.cli.arguments import Commands
from casebook.cli.output import print_done, print_json, print_lines, raw_stderr, tell
from casebook.errors import CasebookError, Exit
from casebook.vocabulary import Kind, Outcome

if TYPE_CHECKING:
    from casebook.book.connection import Book

app = Commands(
    name="casebook",
    help=(
        "Case studies of small firms, their regions and their alliances abroad. "
        "Without a command it opens the app."
    ),
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Paths:
    """The paths that were given before the command."""

    book: Path | None = None
    notebook: Path | None = None
    has_damaged_notebook: bool = False
    """A notebook was opened that is damaged: the command does not end well, whatever it says."""


_given = Paths()

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON; its names are a contract.")]
BookFile = Annotated[
    Path | None,
    typer.Option("--book", help="Another book than the shipped one. [env: CASEBOOK_BOOK]"),
]
PackFolder = Annotated[Path, typer.Argument(help="The pack's folder, or a zip of it.")]


def run_command(arguments: list[str]) -> int:
    """Runs a subcommand and says its exit code.

    Raises:
        CasebookError: what was asked could not be done.
    """
    code: int = Exit.OK
    _given.has_damaged_notebook = False
    try:
        registered()(args=arguments, prog_name="casebook")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else Exit.OK
    return Exit.NOTEBOOK if code == Exit.OK and _given.has_damaged_notebook else code


def registered() -> typer.Typer:
    """The app with the commands of all modules: each registers its own when it is imported."""
    from casebook.cli import (  # noqa: F401
        compare,
        completion,
        export,
        notes,
        notes_file,
        timeline,
    )

    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        print_lines([f"casebook {__version__}"])
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    book: BookFile = None,
    notebook: Annotated[
        Path | None,
        typer.Option(
            "--notebook", help="Another notebook than the usual one. [env: CASEBOOK_NOTEBOOK]"
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    _given.book, _given.notebook = book, notebook


@contextlib.contextmanager
def opened_book(book: Path | None) -> Iterator[Book]:
    """The book of a command: as its own option says, else as the one before the command.

    What in it could not be read is told on standard error when the command has done with
    it, however that ends. So no command can forget to.
    """
    from casebook import paths
    from casebook.book.connection import open_book

    with open_book(paths.chosen_book(book or _given.book)) as opened:
        try:
            yield opened
        finally:
            for fault in opened.faults:
                tell(fault)


def given_notebook() -> Path | None:
    """The notebook that was named before the command."""
    return _given.notebook


def damaged_notebook_met() -> None:
    """What is shown of a damaged notebook is not all of it, and the exit code says so."""
    _given.has_damaged_notebook = True


def terminal_width() -> int | None:
    """The cells of a line, or None where the output is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def reading_width() -> int:
    """The cells of a line of prose: as wide as reads well, narrower on a narrow terminal."""
    from casebook.renderings.text import READING_WIDTH

    return min(terminal_width() or READING_WIDTH, READING_WIDTH)


@app.command("list")
def list_entries(
    kind: Annotated[
        list[Kind] | None, typer.Option(help="Only this kind; may be repeated.")
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="Only this country, as a code (NZ) or a name.")
    ] = None,
    industry: Annotated[
        list[str] | None,
        typer.Option(help="Only this industry, as an ISIC code (24, C) or part of its name."),
    ] = None,
    outcome: Annotated[list[Outcome] | None, typer.Option(help="Only this outcome.")] = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Lists the entries: cases first, then by title."""
    from casebook.book import entries as book_entries

    with opened_book(book) as opened:
        chosen = book_entries.ShelfFilter(
            kinds=tuple(kind or ()),
            countries=tuple(book_entries.country_codes(opened, country or ())),
            industries=tuple(book_entries.industry_codes(opened, industry or ())),
            outcomes=tuple(outcome or ()),
        )
        entries = book_entries.all_lines(opened, chosen)
    if as_json:
        from casebook.renderings import contract

        print_json([contract.entry_line(entry) for entry in entries])
    else:
        from casebook.renderings import text

        print_lines(text.entry_lines(entries, terminal_width()))


@app.command()
def show(
    slug: Annotated[str, typer.Argument(help="The entry, as `casebook list` names it.")],
    audience: Annotated[
        str, typer.Option("--for", help="'lecturer' adds the teaching notes.", metavar="WHO")
    ] = "student",
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Prints an entry with everything the book says of it."""
    from casebook.book import pages

    for_lecturer = is_for_lecturer(audience)
    with opened_book(book) as opened:
        page = pages.page(opened, slug_in(opened, slug))
    if as_json:
        from casebook.renderings import contract

        print_json(contract.page(page, for_lecturer=for_lecturer))
    else:
        from casebook.document import whole_page
        from casebook.renderings import text

        document = whole_page(page, for_lecturer=for_lecturer)
        print_lines(text.document_lines(document, reading_width()))


def is_for_lecturer(audience: str) -> bool:
    """Reads `--for`.

    Raises:
        CasebookError: it names neither audience.
    """
    if audience not in ("student", "lecturer"):
        raise CasebookError(f"--for is 'student' or 'lecturer', not '{audience}'.")
    return audience == "lecturer"


def slug_in(book: Any, slug: str) -> str:
    """The slug, or a failure that names the nearest ones."""
    from casebook.book import entries as book_entries
    from casebook.errors import NotFoundError

    try:
        book_entries.key_of(book, slug)
    except NotFoundError as error:
        near = book_entries.near_slugs(book, slug)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise NotFoundError(f"{error.message}{hint}") from None
    return slug


@app.command()
def search(
    query: Annotated[
        list[str],
        typer.Argument(help='Words, "phrases", -words to leave out, filters like kind:firm.'),
    ],
    limit: Annotated[int, typer.Option(help="At most so many.", min=1, max=1000)] = 20,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Finds entries and passages; the best first, each with what it was found by."""
    from casebook.search.finder import search as find

    with opened_book(book) as opened:
        answer = find(opened, " ".join(query), limit)
    if as_json:
        from casebook.renderings import contract

        print_json(contract.search(answer))
        return
    from casebook.renderings import text

    for hint in answer.hints:
        print(hint, file=sys.stderr)
    print_lines(text.hit_lines(answer.hits, terminal_width()))
    if not answer.hits:
        closest = ", ".join(hit.title for hit in answer.closest)
        raise CasebookError(f"Nothing was found.{f' The closest: {closest}.' if closest else ''}")


@app.command()
def sources(
    identity: Annotated[str | None, typer.Argument(help="One source, with its paragraphs.")] = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Lists the sources, or prints one with its paragraphs and who rests on them."""
    from casebook.book import sources as of_book
    from casebook.document import source_document
    from casebook.renderings import contract, text

    with opened_book(book) as opened:
        if identity is None:
            found = of_book.sources(opened)
            if as_json:
                print_json([contract.source(source) for source in found])
            else:
                rows = [(one.slug, one.label, one.reference) for one in found]
                print_lines(text.columns(rows, terminal_width()))
            return
        page = of_book.source_page(opened, identity)
    if as_json:
        print_json(contract.source_page(page))
    else:
        print_lines(text.document_lines(source_document(page), reading_width()))


@app.command()
def glossary(book: BookFile = None, as_json: JsonFlag = False) -> None:
    """Prints the glossary."""
    from casebook.book import lists
    from casebook.book.sources import sources_by_slug
    from casebook.document import glossary_document
    from casebook.renderings import contract, text

    with opened_book(book) as opened:
        terms = lists.terms(opened)
        cited = sources_by_slug(opened, (c.source for term in terms for c in term.citations))
    if as_json:
        print_json([contract.term(term) for term in terms])
    else:
        print_lines(text.document_lines(glossary_document(terms, cited), reading_width()))


@app.command()
def check(pack: PackFolder, as_json: JsonFlag = False) -> None:
    """Checks a pack and tells everything that is wrong with it, with file and line."""
    from casebook.pack.check import check_pack

    with progress_bar("Checking") as progress:
        problems, count = check_pack(pack, progress)
    if as_json:
        from casebook.renderings import contract

        print_json(
            {"entries": count, "problems": [contract.problem(p) for p in problems.in_order()]}
        )
    else:
        print_lines(str(problem) for problem in problems.in_order())
        if not problems:
            print_lines([f"{pack}: {_entries(count)}, nothing wrong."])
    if problems:
        raise typer.Exit(Exit.FAILED)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


@app.command()
def build(
    pack: PackFolder,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The book; else PACK.sqlite.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is not a book.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Builds the book of a pack; says all that is wrong where it cannot."""
    from casebook.pack.build import build_book

    name = pack.resolve().name.removesuffix(".zip")
    target = output or Path(f"{name}.sqlite")
    with progress_bar("Building") as progress:
        count = build_book(pack, target, progress=progress, force=force)
    done = {"book": str(target), "entries": count}
    print_done(f"{target}: {_entries(count)}.", done, as_json=as_json)


@app.command()
def unpack(
    folder: Annotated[Path, typer.Argument(help="A new folder for the pack.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write what can be read of a damaged book.")
    ] = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Writes the pack of a book: what people edit, and `build` makes a book of again."""
    from casebook.pack.unpacked import write_pack

    with opened_book(book) as opened:
        count = write_pack(opened, folder, force=force)
    done = {"pack": str(folder), "files": count}
    print_done(f"{folder}: {count} files.", done, as_json=as_json)


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help=f"{', '.join(Kind)}; or 'pack' for a new pack.")],
    title: Annotated[str, typer.Argument(help="The entry's title; of a pack, the book's.")],
    pack: Annotated[
        Path, typer.Option(help="The pack's folder; of a new pack, where to put it.")
    ] = Path(),
    slug: Annotated[str | None, typer.Option(help="The file's name, without .md.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Writes a commented skeleton of an entry into a pack, or a new pack."""
    from casebook.pack import skeleton

    if kind == "pack":
        path = skeleton.write_new_pack(pack, title, slug=slug)
    elif kind in tuple(Kind):
        path = skeleton.write_skeleton(pack, Kind(kind), title, slug=slug)
    else:
        raise CasebookError(f"'{kind}' is no kind; use {', '.join(Kind)} or pack.")
    print_done(str(path), {"path": str(path)}, as_json=as_json)


@app.command()
def doctor(book: BookFile = None, as_json: JsonFlag = False) -> None:
    """Tells versions, where everything lives, and the health of book and terminal."""
    from casebook.cli import doctor as examination

    report = examination.examine(book or _given.book, _given.notebook)
    if as_json:
        print_json(report.as_json())
    else:
        print_lines(report.lines())
    if not report.is_well:
        raise typer.Exit(Exit.FAILED)


class progress_bar:  # noqa: N801  (reads as a function)
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self.bar: Any = None

    def __enter__(self) -> Any:
        gc.enable()
        if not sys.stderr.isatty():
            return None
        from rich.console import Console
        from rich.progress import Progress

        # A bar is drawn with escapes; nothing else gets the stream behind the gate.
        self.bar = Progress(console=Console(file=raw_stderr()), transient=True)
        self.bar.start()
        task = self.bar.add_task(self.verb)

        def advance(done: int, total: int) -> None:
            self.bar.update(task, completed=done, total=total)

        return advance

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
