"""`casebook check`, `build`, `unpack` and `new`: packs, and the books that are made of them."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from casebook.cli.app import BookFile, JsonFlag, app, opened_book
from casebook.cli.output import print_done, print_json, print_lines, raw_stderr
from casebook.errors import CasebookError, Exit
from casebook.vocabulary import Kind

PackFolder = Annotated[Path, typer.Argument(help="The folder of the pack, or a zip file of it.")]


@app.command()
def check(pack: PackFolder, as_json: JsonFlag = False) -> None:
    """Report every error in a pack, by file and line."""
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
        Path | None,
        typer.Option("--output", "-o", help="The book to write; PACK.sqlite if none is named."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file even if it is not a book.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Build a book from a pack.

    A pack with errors is not built; all of them are reported.
    """
    from casebook.pack.build import build_book

    name = Path(os.path.realpath(pack)).name.removesuffix(".zip")
    target = output or Path(f"{name}.sqlite")
    with progress_bar("Building") as progress:
        count = build_book(pack, target, progress=progress, force=force)
    done = {"book": str(target), "entries": count}
    print_done(f"{target}: {_entries(count)}.", done, as_json=as_json)


@app.command()
def unpack(
    folder: Annotated[Path, typer.Argument(help="The folder to make for the pack.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write what can still be read of a damaged book.")
    ] = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Write a book as a pack, to be edited.

    `casebook build` makes a book of it again.
    """
    from casebook.pack.unpacked import write_pack

    with opened_book(book) as opened:
        count = write_pack(opened, folder, force=force)
    done = {"pack": str(folder), "files": count}
    print_done(f"{folder}: {count} files.", done, as_json=as_json)


@app.command()
def new(
    kind: Annotated[
        str, typer.Argument(help=f"What to write: {', '.join(Kind)}, or pack for a new pack.")
    ],
    title: Annotated[
        str, typer.Argument(help="The title of the entry, or of the book that a new pack makes.")
    ],
    pack: Annotated[
        Path, typer.Option(help="The folder of the pack; for a new pack, the folder to make it in.")
    ] = Path(),
    slug: Annotated[
        str | None,
        typer.Option(
            help="The name of the file, without .md; made from the title if none is given."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write a template for an entry, or a new pack.

    Comments in it say what to fill in.
    """
    from casebook.pack import skeleton

    if kind == "pack":
        path = skeleton.write_new_pack(pack, title, slug=slug)
    elif kind in tuple(Kind):
        path = skeleton.write_skeleton(pack, Kind(kind), title, slug=slug)
    else:
        raise CasebookError(f"'{kind}' is not a kind of entry; use {', '.join(Kind)}, or pack.")
    print_done(str(path), {"path": str(path)}, as_json=as_json)


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
