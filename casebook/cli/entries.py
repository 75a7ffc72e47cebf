"""`casebook list`, `show`, `search`, `sources` and `glossary`: what the book says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.app import (
    Audience,
    BookFile,
    EntrySlug,
    JsonFlag,
    NotebookFile,
    VolumeNames,
    app,
    is_for_lecturer,
    opened_book,
    reading_width,
    slug_of,
    terminal_width,
)
from casebook.cli.output import print_json, print_lines
from casebook.errors import CasebookError, NotFoundError
from casebook.vocabulary import ContestedPart, Kind, Outcome


@app.command("list")
def list_entries(
    kind: Annotated[
        list[Kind] | None,
        typer.Option(help="List only entries of this kind. You can repeat the option."),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(
            help=(
                "List only entries in this country, by its code (NZ) or name. You can repeat the "
                "option."
            )
        ),
    ] = None,
    industry: Annotated[
        list[str] | None,
        typer.Option(
            help=(
                "List only entries of this industry, by its ISIC code (24, C) or part of its "
                "name. You can repeat the option."
            )
        ),
    ] = None,
    outcome: Annotated[
        list[Outcome] | None,
        typer.Option(help="List only cases with this outcome. You can repeat the option."),
    ] = None,
    contested: Annotated[
        list[ContestedPart] | None,
        typer.Option(help="List only entries whose sources disagree on this. You can repeat it."),
    ] = None,
    is_read: Annotated[
        bool | None,
        typer.Option("--read/--unread", help="Only what you have read, or have not."),
    ] = None,
    volume: VolumeNames = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GRADES",
            help="List only entries all of whose sources are of these grades: A, or AB for A and"
            " B. You can repeat the option.",
        ),
    ] = None,
    has: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GRADES",
            help="List only entries with at least one source of these grades: A, or AB for A or B."
            " You can repeat the option.",
        ),
    ] = None,
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """List the entries, cases first."""
    from casebook.book import entries as book_entries
    from casebook.book import filters
    from casebook.book.volumes import volume_slugs, volume_slugs_of

    with opened_book(book) as opened:
        chosen = filters.EntryFilter(
            kinds=tuple(kind or ()),
            countries=tuple(filters.country_codes(opened, country or ())),
            industries=tuple(filters.industry_codes(opened, industry or ())),
            outcomes=tuple(outcome or ()),
            volumes=tuple(volume_slugs(opened, volume or ())),
            only=tuple(map(filters.grade_choice, only or ())),
            has=tuple(map(filters.grade_choice, has or ())),
            contested=tuple(contested or ()),
        )
        if chosen.outcomes:
            opened.edition.require_outcomes()
        entries = book_entries.all_lines(opened, chosen, is_brief=not as_json)
        if is_read is not None:
            read = _read_entries(volume_slugs_of(opened), notebook)
            entries = [entry for entry in entries if (entry.slug in read) is is_read]
    if as_json:
        from casebook.renderings import contract

        print_json([contract.entry_line(entry) for entry in entries])
    else:
        from casebook.renderings.columns import entry_lines

        print_lines(entry_lines(entries, terminal_width()))


def _read_entries(books: tuple[str, ...], notebook: Path | None) -> frozenset[str]:
    """The entries of a book that are marked as read in the notebook."""
    from casebook.cli.notes import opened_notebook
    from casebook.notebook import history

    with opened_notebook(notebook) as kept:
        return history.read_entries(kept, *books)


@app.command()
def show(
    slug: EntrySlug,
    audience: Audience = "student",
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Print everything the book says of an entry."""
    from casebook.book import pages

    for_lecturer = is_for_lecturer(audience)
    with opened_book(book) as opened:
        if for_lecturer:
            opened.edition.require_teaching_notes()
        try:
            page = pages.page(opened, slug)
        except NotFoundError:
            # Only a name that is no slug is looked for among the titles.
            page = pages.page(opened, slug_of(opened, slug))
    if as_json:
        from casebook.renderings import contract

        print_json(contract.page(page, for_lecturer=for_lecturer))
    else:
        from casebook.page_documents import whole_page
        from casebook.renderings import text

        document = whole_page(page, for_lecturer=for_lecturer)
        print_lines(text.document_lines(document, reading_width()))


@app.command()
def search(
    query: Annotated[
        list[str],
        typer.Argument(
            help=(
                'What to search for: words, "phrases", -words that must not occur, and filters '
                "such as kind:firm."
            )
        ),
    ],
    limit: Annotated[
        int, typer.Option(help="Print at most this many results.", min=1, max=1000)
    ] = 20,
    volume: VolumeNames = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Find entries and passages, best matches first.

    Each is printed with what matched.
    """
    from casebook.book.filters import EntryFilter
    from casebook.book.volumes import volume_slugs
    from casebook.search.finder import search as find

    with opened_book(book) as opened:
        chosen = EntryFilter(volumes=tuple(volume_slugs(opened, volume or ())))
        answer = find(opened, " ".join(query), limit, chosen=chosen)
    if as_json:
        from casebook.renderings import contract

        print_json(contract.search(answer))
        return
    from casebook.renderings.columns import hit_lines
    from casebook.search.hits import nothing_found

    for hint in answer.hints:
        print(hint, file=sys.stderr)
    print_lines(hit_lines(answer.hits, terminal_width()))
    if not answer.hits:
        closest = " or ".join(hit.title for hit in answer.closest)
        meant = f" Did you mean {closest}?" if closest else ""
        raise CasebookError(f"{nothing_found(answer.query)}{meant}")


@app.command()
def sources(
    identity: Annotated[
        str | None,
        typer.Argument(help="The source to print, by its id or its label (Mitsui 2010)."),
    ] = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """List the sources, or print one of them.

    A source is printed with its paragraphs and the entries that cite them.
    """
    from casebook.book import sources as of_book
    from casebook.renderings import contract, text
    from casebook.renderings.columns import columns
    from casebook.search.naming import source_named
    from casebook.source_documents import source_document

    with opened_book(book) as opened:
        if identity is None:
            found = of_book.sources(opened)
            if as_json:
                print_json([contract.source(source) for source in found])
            else:
                rows = [(source.slug, source.label, source.reference) for source in found]
                print_lines(columns(rows, terminal_width()))
            return
        page = of_book.source_page(opened, source_named(opened, identity))
    if as_json:
        print_json(contract.source_page(page))
    else:
        print_lines(text.document_lines(source_document(page), reading_width()))


@app.command()
def glossary(book: BookFile = None, as_json: JsonFlag = False) -> None:
    """Print the glossary."""
    from casebook.book import lists
    from casebook.book.sources import sources_by_slug
    from casebook.renderings import contract, text
    from casebook.source_documents import glossary_document

    with opened_book(book) as opened:
        terms = lists.terms(opened)
        cited = sources_by_slug(opened, (c.source for term in terms for c in term.citations))
    if as_json:
        print_json([contract.term(term) for term in terms])
    else:
        print_lines(text.document_lines(glossary_document(terms, cited), reading_width()))
