"""`casebook basket`: gathers for an essay, puts it in order and writes the draft."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.app import (
    BookFile,
    Force,
    JsonFlag,
    NotebookFile,
    OutputFile,
    StyleName,
    address_of,
    app,
    chosen_style,
    opened_book,
    terminal_width,
)
from casebook.cli.arguments import Commands
from casebook.cli.notes import opened_notebook
from casebook.cli.output import deliver, print_done, print_json, print_lines, tell
from casebook.errors import CasebookError
from casebook.exports.formats import EssayFormat, by_ending

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.notebook import Notebook
    from casebook.notebook.basket import GatheredItem

basket_app = Commands(
    help="Gather statements, ratings, events and notes for an essay, and write its draft.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(basket_app, name="basket")

ItemName = Annotated[
    str, typer.Argument(metavar="NUMBER", help="The item, as `casebook basket list` numbers it.")
]


@basket_app.command("list")
def list_basket(
    book: BookFile = None, notebook: NotebookFile = None, as_json: JsonFlag = False
) -> None:
    """List what is in the essay basket, in the order of the essay."""
    from casebook.notebook import basket
    from casebook.notebook.backup import basket_json
    from casebook.notebook.basket_places import troubles

    with opened_book(book) as opened, opened_notebook(notebook) as kept:
        found = basket.items(kept)
        told = troubles(found, opened)
    if as_json:
        print_json([basket_json(item) for item in found])
    else:
        from casebook.renderings.columns import columns

        rows = [
            (str(number), item.kind.value, item.target.title or "-", " ".join(item.words.split()))
            for number, item in enumerate(found, 1)
        ]
        print_lines(columns(rows, terminal_width()))
    for words in told:
        tell(words)


@basket_app.command("add")
def add_to_basket(
    addresses: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SLUG[#PART]",
            help="An entry, or on its page a rating (#FRAMEWORK/POINT), an event (#KEY) or a"
            " passage (#NUMBER); or a source, or a paragraph of it (#NUMBER).",
        ),
    ] = None,
    quote: Annotated[
        str,
        typer.Option(help="Add only these words from the page of the entry.", metavar="WORDS"),
    ] = "",
    text: Annotated[
        str,
        typer.Option(
            help=(
                "Add sentences of your own, in Markdown; with -, they are read from standard input."
            ),
            metavar="WORDS",
        ),
    ] = "",
    heading: Annotated[str, typer.Option(help="Add a heading.", metavar="WORDS")] = "",
    note: Annotated[
        str, typer.Option(help="Add a note, as `casebook notes list` names it.", metavar="NAME")
    ] = "",
    after: Annotated[
        str,
        typer.Option(
            help=(
                "Put it after this item, as `casebook basket list` numbers it; by default, it "
                "goes to the end."
            ),
            metavar="NUMBER",
        ),
    ] = "",
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Put something into the essay basket.

    It may be something in the book, a note, a heading or sentences of your own.
    """
    from casebook.notebook import basket
    from casebook.notebook.backup import basket_json

    if sum(map(bool, (addresses, text, heading, note))) != 1:
        raise CasebookError(
            "Name one thing to put into the basket: something in the book, --text, --heading or"
            " --note."
        )
    if quote and len(addresses or ()) != 1:
        raise CasebookError("--quote works only together with one entry.")
    words = f"# {heading}" if heading else sys.stdin.read() if text == "-" else text
    with opened_book(book) as opened, opened_notebook(notebook, to_write=True) as kept:
        behind = basket.item_at(basket.items(kept), after).uid if after else ""
        made: list[GatheredItem] = []
        if words:
            made.append(basket.GatheredItem(basket.add_own(kept, words, after=behind)))
        elif note:
            from casebook.notebook import notes

            made.append(basket.add_note(kept, notes.note(kept, note), after=behind))
        else:
            made = _from_book(opened, kept, addresses or [], quote, behind)
        numbers = {item.uid: at for at, item in enumerate(basket.items(kept), 1)}
    told = [
        f"{numbers[item.uid]} {basket.named(item)}{'' if is_new else ' (it was there already)'}"
        for item, is_new in made
    ]
    print_done("\n".join(told), [basket_json(item) for item, _ in made], as_json=as_json)


def _from_book(
    book: Book, notebook: Notebook, addresses: list[str], quote: str, behind: str
) -> list[GatheredItem]:
    """Puts what stands at some addresses into the basket, in their order."""
    from casebook.exports.addresses import gathered_at
    from casebook.notebook import basket

    targets = [gathered_at(book, _known(book, address), quote) for address in addresses]
    made = []
    for target in targets:
        made.append(basket.add(notebook, target, after=behind))
        behind = made[-1].item.uid if behind else ""
    return made


def _known(book: Book, address: str) -> str:
    """An address with the slug of its entry, or the id of its source."""
    from casebook.book.sources import sources_by_slug

    name = address.partition("#")[0]
    return address if sources_by_slug(book, [name]) else address_of(book, address)


@basket_app.command("move")
def move_item(
    name: ItemName,
    place: Annotated[int, typer.Argument(help="The number that it is to have.", min=1)],
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Move an item of the essay basket to another place."""
    from casebook.notebook import basket

    with opened_notebook(notebook, to_write=True) as kept:
        found = basket.items(kept)
        item = basket.item_at(found, name)
        basket.put_at(kept, item, place - 1)
    number = min(place, len(found))
    print_done(f"{number} {basket.named(item)}", {"moved": item.uid, "to": number}, as_json=as_json)


@basket_app.command("remove")
def remove_items(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NUMBER", help="The items, as `casebook basket list` numbers them."),
    ],
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Remove items from the essay basket.

    `casebook notes undo` brings them back.
    """
    from casebook.notebook import basket

    with opened_notebook(notebook, to_write=True) as kept:
        found = basket.items(kept)
        wanted = list(dict.fromkeys(basket.item_at(found, name) for name in names))
        basket.remove(kept, wanted)
    told = f"Removed: {', '.join(map(basket.named, wanted))}."
    print_done(told, {"removed": [item.uid for item in wanted]}, as_json=as_json)


@basket_app.command("clear")
def clear_basket(
    yes: Annotated[bool, typer.Option("--yes", help="Empty it without asking.")] = False,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Empty the essay basket.

    `casebook notes undo` brings everything back.
    """
    from casebook.notebook import basket

    with opened_notebook(notebook, to_write=True) as kept:
        count = len(basket.items(kept))
        if count and not yes:
            if not sys.stdin.isatty():
                raise CasebookError(
                    "Emptying the basket asks first, which takes a terminal; --yes empties it"
                    " without asking."
                )
            typer.confirm(f"Remove {_items(count)} from the essay basket?", abort=True)
        count = basket.clear(kept)
    print_done(f"Removed: {_items(count)}.", {"removed": count}, as_json=as_json)


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


@basket_app.command("export")
def export_draft(
    form: Annotated[
        EssayFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or md.",
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="Give the draft this title.")] = "",
    style: StyleName = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
) -> None:
    """Write the draft, with footnotes and references."""
    from casebook.exports.essay import essay_content
    from casebook.notebook import basket
    from casebook.notebook.basket_places import troubles

    chosen = form or by_ending(output, EssayFormat.MD)
    with opened_book(book) as opened, opened_notebook(notebook) as kept:
        found = basket.items(kept)
        content = essay_content(opened, found, chosen, chosen_style(style), title=title)
        told = troubles(found, opened)
    deliver(content, output, force=force, name=f"draft.{chosen.ending}")
    for words in told:
        tell(words)
