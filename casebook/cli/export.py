"""`casebook export` and `casebook cite`: handouts, references, ready citations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.arguments import Commands
from casebook.cli.commands import (
    BookFile,
    JsonFlag,
    app,
    is_for_lecturer,
    opened_book,
    slug_in,
)
from casebook.cli.delivering import deliver
from casebook.cli.output import print_json, print_lines, tell
from casebook.errors import CasebookError
from casebook.exports.formats import PaperFormat, ReferenceFormat, by_ending

export = Commands(
    name="export",
    help="Writes handouts and references to take along.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(export)

OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", help="A file to write to; else it is printed.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
StyleName = Annotated[
    str | None,
    typer.Option(
        metavar="STYLE",
        help="Citation style: book, apa, chicago, harvard, mla, or a .csl file.",
    ),
]


def chosen_style(style: str | None) -> str:
    """The style that is asked for; without one APA, or the book's own where pandoc is missing."""
    from casebook.exports.citation_styles import Style, default_style

    if style is not None:
        return style
    found = default_style()
    if found == Style.BOOK:
        tell(
            "citations are in the book's own style; pandoc, which"
            " pip install 'casebook[export]' brings along, would set them in APA and others."
        )
    return found


@export.command()
def handout(
    slugs: Annotated[list[str], typer.Argument(help="The cases, as `casebook list` names them.")],
    form: Annotated[
        PaperFormat | None,
        typer.Option("--format", help="What to write; by the file's name, else md."),
    ] = None,
    audience: Annotated[
        str, typer.Option("--for", help="'lecturer' adds the teaching notes.", metavar="WHO")
    ] = "student",
    framework: Annotated[
        str | None, typer.Option(help="The framework; the book's first by default.")
    ] = None,
    title: Annotated[str, typer.Option(help="The title; else the names of the cases.")] = "",
    question: Annotated[
        list[str] | None, typer.Option(help="A question of your own; may be repeated.")
    ] = None,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
) -> None:
    """Writes a handout: cases, timelines, matrix with evidence, questions, references."""
    from casebook.comparison.matrix import compare
    from casebook.csl import damaged_items
    from casebook.exports.citation_styles import set_in_style
    from casebook.exports.handout import Handout, handout_draft
    from casebook.exports.papers import written
    from casebook.safe_text import made_safe_line

    for_lecturer = is_for_lecturer(audience)
    known = form or by_ending(output, PaperFormat.MD)
    with opened_book(book) as opened:
        comparison = compare(opened, slugs, framework)
        asked = Handout(
            comparison,
            made_safe_line(title),
            for_lecturer,
            tuple(made_safe_line(one) for one in question or ()),
        )
        draft = handout_draft(opened, asked)
        for words in damaged_items(draft.sources.values()):
            opened.fault(words)
    content = written(set_in_style(draft, chosen_style(style)), known)
    deliver(content, output, force=force, name=f"handout.{known.ending}")


@export.command()
def references(
    slugs: Annotated[
        list[str] | None, typer.Argument(help="The cases whose sources are wanted; else all.")
    ] = None,
    form: Annotated[
        ReferenceFormat, typer.Option("--format", help="What to write.")
    ] = ReferenceFormat.TEXT,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
) -> None:
    """Writes the sources of some cases, or of the whole book, as references."""
    from casebook.book import pages
    from casebook.book import sources as of_book
    from casebook.csl import damaged_items
    from casebook.exports import references as exports

    with opened_book(book) as opened:
        if slugs:
            found = {}
            for slug in slugs:
                found.update(pages.page(opened, slug_in(opened, slug)).sources)
        else:
            found = {source.slug: source for source in of_book.sources(opened)}
        for words in damaged_items(found.values()):
            opened.fault(words)
    worded_in = chosen_style(style) if form is ReferenceFormat.TEXT else ""
    content = exports.references(list(found.values()), form, worded_in)
    deliver(content, output, force=force, name=f"references.{form.ending}")


@app.command()
def cite(
    address: Annotated[
        str,
        typer.Argument(
            metavar="SLUG[#PART]",
            help="A case; or of its page a reading (#FRAMEWORK/POINT), an event (#KEY) or a"
            " passage (#NUMBER).",
        ),
    ],
    style: StyleName = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Prints a ready citation: the statement, the citation with its locator, the references."""
    from casebook.exports import cite as citing

    slug, _, _ = address.partition("#")
    with opened_book(book) as opened:
        slug_in(opened, slug)
        statement = citing.statement_at(opened, address)
    ready = citing.cited(statement, chosen_style(style))
    if as_json:
        from casebook.renderings import contract

        print_json(contract.ready_citation(ready))
    else:
        if not ready.in_text:
            raise CasebookError("No source is cited there.")
        print_lines(ready.text.splitlines())
