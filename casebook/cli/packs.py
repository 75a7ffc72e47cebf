"""`casebook check`, `build`, `unpack` and `new`: packs, and the books that are made of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.app import BookBelow, BookFile, Force, JsonFlag, app, opened_book, slugs_of
from casebook.cli.building import progress_bar
from casebook.cli.output import print_done, print_json, print_lines, tell
from casebook.errors import CasebookError, Exit
from casebook.paths import book_below
from casebook.vocabulary import Kind

if TYPE_CHECKING:
    from casebook.book.values import EntryRef

WORKBOOK = "workbook"
ADDITION = "addition"
SEMINAR = "seminar"

PackFolders = Annotated[
    list[Path],
    typer.Argument(
        help="The folder of a pack, or a zip file of it; of several, each may use those before it.",
    ),
]
Checked = Annotated[
    list[Path],
    typer.Argument(
        help="The folder of a pack, or a zip file of it; of several, each may use those before it."
        " Or the plan of a seminar, a file such as seminar.yaml.",
    ),
]
BuiltPacks = Annotated[
    list[Path] | None,
    typer.Argument(
        help="The folder of a pack, or a zip file of it; of several, each may use those before it."
        " With --for students and --on, none need be named.",
    ),
]


@app.command()
def check(
    packs: Checked,
    on: BookBelow = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again when a file changes; ctrl+c ends it.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Report every error in a pack or in the plan of a seminar, by file and line."""
    if watch:
        if as_json:
            raise CasebookError("--watch prints lines for a person; leave out --json.")
        _check_again_and_again(packs, on)
    elif _check_once(packs, on, as_json=as_json):
        raise typer.Exit(Exit.FAILED)


def _check_again_and_again(packs: list[Path], on: Path | None) -> None:
    """Checks at once and after each change, until it is interrupted."""
    from casebook.pack.watching import changed, state_of

    try:
        state = state_of(packs)
        _check_once(packs, on)
        while True:
            print_lines([f"Waiting for a change in {_listed(packs)}; ctrl+c ends it."])
            state = changed(packs, state)
            print_lines([""])
            try:
                _check_once(packs, on)
            except CasebookError as error:
                # An editor may just be about to put a file back.
                print_lines([error.message])
    except KeyboardInterrupt:
        print_lines([""])


def _listed(packs: list[Path]) -> str:
    return " and ".join(str(pack) for pack in packs)


def _check_once(packs: list[Path], on: Path | None, *, as_json: bool = False) -> bool:
    """Tells what is wrong with packs, and whether anything is."""
    if len(packs) == 1 and packs[0].suffix in (".yaml", ".yml"):
        return _check_plan(packs[0], on, as_json=as_json)
    from casebook.pack.volumes import check_packs

    with progress_bar("Checking") as progress:
        problems, count = check_packs(packs, progress, on=book_below(on) if on else None)
    if as_json:
        from casebook.renderings import contract

        print_json(
            {"entries": count, "problems": [contract.problem(p) for p in problems.in_order()]}
        )
    else:
        print_lines(str(problem) for problem in problems.in_order())
        if not problems:
            print_lines([f"{_listed(packs)}: {_entries(count)}, nothing wrong."])
    return bool(problems)


def _check_plan(path: Path, on: Path | None, *, as_json: bool) -> bool:
    """Tells what is wrong with the plan of a seminar, and whether anything is."""
    from casebook.pack.problems import PackError, Problem
    from casebook.seminar.plan import read_plan

    found: list[Problem] = []
    remarks: list[str] = []
    cases = 0
    with opened_book(book_below(on) if on else None) as opened:
        try:
            cases = len(read_plan(path, opened, remarks).cases)
        except PackError as error:
            found = error.problems
    if as_json:
        from casebook.renderings import contract

        problems = [contract.problem(p) for p in found]
        print_json({"entries": cases, "problems": problems, "remarks": remarks})
    else:
        print_lines(str(problem) for problem in found)
        if not found:
            print_lines(remarks)
            print_lines([f"{path}: {cases} cases, nothing wrong."])
    return bool(found)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


@app.command()
def build(
    packs: BuiltPacks = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write the book to this file; by default, to PACK.sqlite, after the last pack.",
        ),
    ] = None,
    on: BookBelow = None,
    readers: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="WHO",
            help="students: leave the teaching notes, answers and board plans out of the file.",
        ),
    ] = None,
    seal: Annotated[
        list[str] | None,
        typer.Option(
            "--seal",
            metavar="PARTS",
            help="With --for students, leave this out too, and write it to a .seal file beside the"
            " book, for `casebook reveal`: ratings, outcomes, or an entry as entry:SLUG; several"
            " with commas between them. You can repeat the option.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file even if it is not a book.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Build a book from a pack, or from several.

    A pack with errors is not built; all of them are reported.
    """
    from casebook.pack.build import build_volumes

    packs = packs or []
    if not packs and (on is None or output is None or readers is None):
        raise typer.BadParameter("name a pack", param_hint="PACKS")
    name = Path(os.path.realpath(packs[-1])).name.removesuffix(".zip") if packs else ""
    target = output or Path(f"{name}.sqlite")
    below = book_below(on) if on else None
    if readers is not None or seal:
        parts = [part.strip() for some in seal or () for part in some.split(",") if part.strip()]
        _build_for(readers, packs, target, parts, below, force=force, as_json=as_json)
        return
    with progress_bar("Building") as progress:
        count = build_volumes(packs, target, on=below, progress=progress, force=force)
    done = {"book": str(target), "entries": count}
    print_done(f"{target}: {_entries(count)}.", done, as_json=as_json)


def _build_for(
    readers: str | None,
    packs: list[Path],
    target: Path,
    parts: list[str],
    below: Path | None,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Builds an edition for students, and tells what is still said of what is sealed."""
    from casebook.pack.editions import build_for_students

    if readers is None:
        raise CasebookError("--seal goes with --for students.")
    if readers != "students":
        raise CasebookError(f"--for is 'students', not '{readers}'.")
    with progress_bar("Building") as progress:
        built = build_for_students(packs, target, parts, on=below, progress=progress, force=force)
    if as_json:
        print_json(
            {
                "book": str(built.book),
                "entries": built.entries,
                "seals": [str(path) for path in built.seals],
                "mentions": list(built.mentions),
            }
        )
        return
    for mention in built.mentions:
        tell(mention)
    print_lines([f"{built.book}: {_entries(built.entries)}, for students."])
    print_lines(f"{path}: what is sealed; `casebook reveal` opens it." for path in built.seals)


@app.command()
def reveal(
    seal: Annotated[Path, typer.Argument(help="The .seal file that your lecturer handed out.")],
    book: Annotated[
        Path | None,
        typer.Option(
            "--book",
            help="The students' edition; by default, the one beside the file that it belongs to.",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Reveal what is sealed in a students' edition.

    The book then holds what it would have held without the seal. Notes and ratings stay.
    """
    from casebook.seal_file import reveal as reveal_seal

    done = reveal_seal(seal, book)
    what = ", ".join(done.reveals)
    words = f"now holds {what}" if done.is_new else f"held {what} already; nothing has changed"
    told = {"book": str(done.book), "reveals": list(done.reveals), "is_new": done.is_new}
    print_done(f"{done.book} {words}.", told, as_json=as_json)


@app.command()
def unpack(
    folder: Annotated[Path, typer.Argument(help="The folder to create for the pack.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write what can still be read of a damaged book.")
    ] = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Write a book as a pack, to be edited.

    `casebook build` makes a book of it again. A book of several volumes becomes a folder for each.
    """
    from casebook.pack.unpacked import write_pack

    with opened_book(book) as opened:
        count = write_pack(opened, folder, force=force)
    done = {"pack": str(folder), "files": count}
    print_done(f"{folder}: {count} files.", done, as_json=as_json)


_PARTS = ("source", "framework", "term")


@app.command()
def new(
    kind: Annotated[
        str,
        typer.Argument(
            help=f"What to write: {', '.join(Kind)}; {', '.join(_PARTS)}; addition for what a pack"
            " adds to an entry of a volume below; pack for a new pack, workbook for a table of"
            " cases to fill in and import, or seminar for the plan of one."
        ),
    ],
    title: Annotated[
        str | None,
        typer.Argument(
            help="The title of the entry, framework, source or seminar, the term, the title of the"
            " book that a new pack makes, or the slug of the entry to add to; a workbook has none."
        ),
    ] = None,
    pack: Annotated[
        Path,
        typer.Option(help="Use this folder of a pack; for a new pack, create it in this folder."),
    ] = Path(),
    slug: Annotated[
        str | None,
        typer.Option(
            help=(
                "Use this name for the file (without its ending), this slug for the term, or this"
                " citation key for the source; by default, it is made from the title."
            )
        ),
    ] = None,
    doi: Annotated[
        str | None, typer.Option(help="Give the new source this DOI. Nothing is looked up.")
    ] = None,
    references: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help=(
                "Add the references in this file as sources: BibTeX or BibLaTeX (.bib), RIS "
                "(.ris), CSL-JSON (.json) or EndNote (.xml)."
            ),
        ),
    ] = None,
    cases: Annotated[
        str | None,
        typer.Option(
            metavar="CASES",
            help="The cases of a new seminar, by slug or title, with commas between them.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write the workbook or the seminar to this file; by default, to cases.xlsx or"
            " seminar.yaml.",
        ),
    ] = None,
    on: BookBelow = None,
    book: BookFile = None,
    force: Force = False,
    as_json: JsonFlag = False,
) -> None:
    """Write a template for an entry, source, framework, term, workbook or seminar, or a new pack.

    Comments in it say what to fill in.
    """
    from casebook.pack import additions, skeleton

    if kind != "source" and (doi or references):
        raise CasebookError("--doi and --from are for a new source.")
    if on and kind not in ("pack", ADDITION, WORKBOOK, "source"):
        raise CasebookError("--on is for a new pack, addition, workbook or source.")
    if kind != SEMINAR and (cases or book):
        raise CasebookError("--cases and --book are for a new seminar.")
    if kind == WORKBOOK:
        from casebook.exports.files import write_export
        from casebook.imports.template import template

        # Places and points are those of the pack, where one is named.
        below = book_below(on) if on else None
        target = output or Path("cases.xlsx")
        write_export(target, template(None if pack == Path() else pack, below), force=force)
        print_done(str(target), {"path": str(target)}, as_json=as_json)
        return
    if kind == "source":
        _new_sources(pack, title or "", slug or "", doi, references, on, as_json=as_json)
        return
    if kind not in ("pack", ADDITION, SEMINAR, *_PARTS, *Kind):
        raise CasebookError(
            f"'{kind}' is not a kind of entry; use {', '.join(Kind)}, {', '.join(_PARTS)},"
            " addition, pack, workbook or seminar."
        )
    words = " ".join((title or "").split())
    if kind == ADDITION and not words:
        raise CasebookError(
            "A new addition needs the slug of an entry: casebook new addition SLUG."
        )
    if not words:
        raise CasebookError(f'A new {kind} needs a title: casebook new {kind} "TITLE".')
    if kind == SEMINAR:
        path, taken = _new_seminar(words, cases or "", book, output, slug or "", force=force)
        listed = [{"slug": ref.slug, "kind": ref.kind.value, "title": ref.title} for ref in taken]
        lines = (f"{ref.slug}: {ref.title} ({ref.kind.value})" for ref in taken)
        done = {"path": str(path), "cases": listed}
        print_done("\n".join((str(path), *lines)), done, as_json=as_json)
        return
    if kind == "pack":
        path = skeleton.write_new_pack(pack, words, slug=slug, on=on)
    elif kind == "framework":
        path = additions.add_framework(pack, words, slug=slug or "")
    elif kind == "term":
        path = additions.add_term(pack, words, slug=slug or "")
    elif kind == ADDITION:
        path = skeleton.write_addition(pack, words, on=on)
    else:
        path = skeleton.write_skeleton(pack, Kind(kind), words, slug=slug)
    print_done(str(path), {"path": str(path)}, as_json=as_json)


def _new_seminar(
    title: str, cases: str, book: Path | None, output: Path | None, slug: str, *, force: bool
) -> tuple[Path, list[EntryRef]]:
    """Writes the plan of a seminar, and says where it stands and which cases it has."""
    named = [name.strip() for name in cases.split(",") if name.strip()]
    if not named:
        raise CasebookError("A new seminar needs --cases SLUG,SLUG; `casebook list` has them.")
    from casebook.book.entries import refs
    from casebook.seminar.plan import PLAN
    from casebook.seminar.skeleton import write_new_seminar

    with opened_book(book) as opened:
        chosen = slugs_of(opened, named, tells_all=True)
        target = output or Path(PLAN)
        path = write_new_seminar(target, title, chosen, opened, slug=slug, force=force)
        known = refs(opened, chosen)
        return path, [known[case] for case in dict.fromkeys(chosen)]


def _new_sources(
    pack: Path,
    title: str,
    key: str,
    doi: str | None,
    references: Path | None,
    on: Path | None,
    *,
    as_json: bool,
) -> None:
    """Adds sources, and says by which keys they are cited."""
    if (doi is None) == (references is None):
        raise CasebookError("A new source needs --doi DOI or --from FILE, such as refs.bib.")
    from casebook.imports.references import plan_doi, plan_references
    from casebook.imports.writing import write_plan
    from casebook.pack.sources import FILE

    below = book_below(on) if on else None
    if references is not None:
        if key or title:
            raise CasebookError("With --from, titles and keys are those of the file.")
        plan = plan_references(references, pack, on=below)
    else:
        plan = plan_doi(doi or "", pack, title=" ".join(title.split()), key=key, on=below)
    write_plan(plan)
    path = pack / FILE
    added = [source for source in plan.sources if source.is_new]
    known = [source.key for source in plan.sources if source.key and not source.is_new]
    left_out = [source for source in plan.sources if not source.key]
    if as_json:
        told = {
            "path": str(path),
            "keys": [source.key for source in added],
            "known": known,
            "left_out": [{"title": source.title, "why": source.why} for source in left_out],
        }
        print_json(told)
        return
    print_lines(str(remark) for remark in plan.remarks)
    print_lines(f"{path}: @{source.key}" for source in added)
    print_lines(f"{path} has @{there} already." for there in known)
    print_lines(f"{source.asked or source.title or 'An item'} {source.why}." for source in left_out)
