"""`casebook export` and `casebook cite`: handouts, references, ready citations."""

from __future__ import annotations

from typing import Annotated

import typer

from casebook.cli.app import (
    Audience,
    BookFile,
    CaseSlugs,
    Force,
    FrameworkSlug,
    JsonFlag,
    OutputFile,
    StyleName,
    VolumeNames,
    address_of,
    app,
    chosen_style,
    is_for_lecturer,
    no_cases,
    of_volumes,
    opened_book,
    refuse_sealed,
)
from casebook.cli.arguments import Commands
from casebook.cli.output import deliver, print_json, print_lines
from casebook.errors import CasebookError
from casebook.exports.formats import PaperFormat, ReferenceFormat, TableFormat, by_ending
from casebook.exports.handout_parts import Part

export = Commands(
    name="export",
    help="Write handouts, references and tables of cases.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(export)


@export.command()
def handout(
    slugs: CaseSlugs = None,
    volume: VolumeNames = None,
    form: Annotated[
        PaperFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or md.",
        ),
    ] = None,
    audience: Audience = "student",
    framework: FrameworkSlug = None,
    title: Annotated[
        str,
        typer.Option(
            help="Give the handout this title; by default, it has the names of the cases."
        ),
    ] = "",
    question: Annotated[
        list[str] | None,
        typer.Option(help="Add this question for discussion. You can repeat the option."),
    ] = None,
    part: Annotated[
        list[Part] | None,
        typer.Option(
            help="Include this part; the usual parts are then left out. You can repeat the option."
        ),
    ] = None,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
) -> None:
    """Write a handout on some cases.

    A student's copy has the cases with their exhibits, timelines, questions, a worksheet and
    references; a lecturer's copy also has the matrix with its evidence, and the teaching notes.
    """
    from casebook.comparison.matrix import compare
    from casebook.exports.handout import Handout, handout_content
    from casebook.safe_text import made_safe_line

    for_lecturer = is_for_lecturer(audience)
    chosen = form or by_ending(output, PaperFormat.MD)
    if not slugs and not volume:
        raise no_cases()
    with opened_book(book) as opened:
        cases = of_volumes(opened, slugs, volume, cases_alone=True) or []
        asked = Handout(
            compare(opened, cases, framework),
            made_safe_line(title),
            for_lecturer,
            tuple(made_safe_line(words) for words in question or ()),
            tuple(part or ()),
        )
        content = handout_content(opened, asked, chosen, chosen_style(style))
    deliver(content, output, force=force, name=f"handout.{chosen.ending}")


@export.command()
def references(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(
            help="The entries whose sources to write; by default, all sources of the book."
        ),
    ] = None,
    volume: VolumeNames = None,
    form: Annotated[
        ReferenceFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or text.",
        ),
    ] = None,
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
) -> None:
    """Write the sources of some entries as references.

    Without entries, all sources of the book are written.
    """
    from casebook.exports.references import references_of

    chosen = form or by_ending(output, ReferenceFormat.TEXT)
    worded_in = chosen_style(style) if chosen is ReferenceFormat.TEXT else ""
    with opened_book(book) as opened:
        wanted = of_volumes(opened, slugs, volume) or None
        if slugs:
            refuse_sealed(opened, wanted)
        content = references_of(opened, wanted, chosen, worded_in)
    deliver(content, output, force=force, name=f"references.{chosen.ending}")


@export.command("table")
def export_table(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(help="The cases to write; by default, all cases of the book."),
    ] = None,
    volume: VolumeNames = None,
    form: Annotated[
        TableFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or csv.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
) -> None:
    """Write cases as a table, which `casebook import` reads again.

    A workbook has a sheet each for cases, events, assessments and sources; a CSV has the cases.
    """
    from casebook.book import entries
    from casebook.exports.case_workbook import table_content

    chosen = form or by_ending(output, TableFormat.CSV)
    with opened_book(book) as opened:
        named = of_volumes(opened, slugs, volume, cases_alone=True)
        wanted = named or [line.slug for line in entries.all_lines(opened) if line.kind.is_case]
        content = table_content(opened, wanted, chosen)
    deliver(content, output, force=force, name=f"cases.{chosen.ending}")


@app.command()
def cite(
    address: Annotated[
        str,
        typer.Argument(
            metavar="SLUG[#PART]",
            help="An entry; or, on its page, a rating (#FRAMEWORK/POINT), an event (#KEY) or a"
            " passage (#NUMBER).",
        ),
    ],
    style: StyleName = None,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Print a statement with its citation, ready to paste.

    The citation has its locator, and the references follow.
    """
    from casebook.exports import cite as citing

    with opened_book(book) as opened:
        statement = citing.statement_at(opened, address_of(opened, address))
    ready = citing.cited(statement, chosen_style(style))
    if as_json:
        from casebook.renderings import contract

        print_json(contract.ready_citation(ready))
    else:
        if not ready.in_text:
            raise CasebookError("No source is cited for this statement.")
        print_lines(ready.text.splitlines())
