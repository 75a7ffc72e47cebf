"""`casebook completion`, and the answers that a shell asks for while a command is typed.

The scripts and their protocol are Typer's. What stands here is which words a parameter takes:
slugs of the chosen book, styles, and so on. It is looked up when a shell asks, so that no other
command pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casebook.cli.app import JsonFlag, app
from casebook.cli.front import SHELL_ASKS
from casebook.cli.output import print_json, print_lines
from casebook.errors import CasebookError

if TYPE_CHECKING:
    from casebook.book.connection import Book

_HARMLESS = re.compile(r"\w[\w.:-]*")
"""zsh evaluates the words that it is offered, and a book's words are other people's."""


class Shell(StrEnum):
    """The shells that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@app.command()
def completion(
    shell: Annotated[Shell, typer.Argument(help="The shell that the script is for.")],
    as_json: JsonFlag = False,
) -> None:
    """Print a completion script for a shell.

    With it the tab key completes commands, options, slugs and names of styles.
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    script = get_completion_script(prog_name="casebook", complete_var=SHELL_ASKS, shell=shell)
    if as_json:
        print_json({"shell": shell, "script": script})
    else:
        print_lines([script])


def answer_shell(program: typer.Typer) -> int:
    """Answers what a shell asks in the variables of its script, and says the exit code.

    Args:
        program: with all its commands.
    """
    from typer.completion import completion_init  # type: ignore[attr-defined]
    from typer.main import get_command

    completion_init()
    command = get_command(program)
    offer_words(command)
    try:
        command.main(args=[], prog_name="casebook", complete_var=SHELL_ASKS)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def offer_words(command: Any) -> None:
    """Tells a command, and those below it, which words each of its parameters takes."""
    for parameter in command.params:
        words = words_for(parameter)
        if words is not None:
            # Typer takes such a function where a parameter is declared, too; there every
            # command would pay for it at its start.
            parameter._custom_shell_complete = words
    for below in getattr(command, "commands", {}).values():
        offer_words(below)


Completer = Callable[[Any, Any, str], list[str]]
"""Gets the context, the parameter and the begun word, as Click has it."""


def words_for(parameter: Any) -> Completer | None:
    """What completes a parameter; None leaves it to its type, as for a choice or a number."""
    if parameter.type.name in ("path", "file", "directory"):
        return _left_to_the_shell
    if parameter.param_type_name == "argument" and parameter.name in _ARGUMENTS:
        return _completer(_ARGUMENTS[parameter.name])
    if parameter.param_type_name == "option" and parameter.name in _OPTIONS:
        return _completer(_OPTIONS[parameter.name])
    return None


def _left_to_the_shell(context: Any, parameter: Any, begun: str) -> list[str]:
    """Nothing: without words of ours the shell completes names of files, and better."""
    return []


def _completer(words: Callable[[Book], Iterable[str]]) -> Completer:
    def complete(context: Any, parameter: Any, begun: str) -> list[str]:
        there = context.params.get(parameter.name)
        given = there if isinstance(there, list | tuple) else ()
        try:
            with _book(context) as book:
                return [
                    word
                    for word in words(book)
                    if word.startswith(begun) and word not in given and _HARMLESS.fullmatch(word)
                ]
        except CasebookError:
            # Nobody wants a complaint about the book in the middle of a line.
            return []

    return complete


def _book(context: Any) -> Book:
    """The book that the command line names so far."""
    from casebook import paths
    from casebook.book.connection import open_book

    given = context.params.get("book") or context.find_root().params.get("book")
    return open_book(paths.chosen_book(Path(given) if given else None))


def _entries(book: Book) -> list[str]:
    from casebook.book.entries import slugs

    return slugs(book)


def _sources(book: Book) -> Iterator[str]:
    from casebook.book.sources import sources

    return (source.slug for source in sources(book))


def _frameworks(book: Book) -> Iterator[str]:
    from casebook.book.lists import frameworks

    return (framework.slug for framework in frameworks(book))


def _countries(book: Book) -> Iterator[str]:
    from casebook.book.filters import facets

    return (value.value for value in facets(book)["countries"])


def _industries(book: Book) -> Iterator[str]:
    from casebook.book.filters import facets

    return (value.value for value in facets(book)["industries"])


def _volumes(book: Book) -> Iterator[str]:
    from casebook.book.volumes import volumes

    return (volume.slug for volume in volumes(book))


def _places(book: Book) -> Iterable[str]:
    from casebook.book.places import coordinates_by_slug

    return coordinates_by_slug(book)


def _styles(_: Book) -> Iterable[str]:
    from casebook.exports.options import Style

    return list(Style)


def _grades(_: Book) -> Iterable[str]:
    return ("A", "AB", "B", "BC", "C")


def _kinds(_: Book) -> Iterable[str]:
    from casebook.vocabulary import Kind

    return [*Kind, "source", "framework", "term", "pack", "workbook", "seminar"]


def _points(book: Book) -> list[str]:
    from casebook.book.lists import frameworks

    keys = (point.key for framework in frameworks(book) for point in framework.criteria)
    return list(dict.fromkeys(keys))


def _seals(book: Book) -> list[str]:
    from casebook.book.edition import ENTRY, OUTCOMES, RATINGS

    return [RATINGS, OUTCOMES, *(f"{ENTRY}{slug}" for slug in _entries(book))]


def _audiences_of_books(_: Book) -> list[str]:
    return ["students"]


def _audiences(_: Book) -> Iterable[str]:
    from casebook.exports.options import Audience

    return list(Audience)


_ARGUMENTS: dict[str, Callable[[Book], Iterable[str]]] = {
    "slug": _entries,
    "slugs": _entries,
    "address": _entries,
    "addresses": _entries,
    "identity": _sources,
    "kind": _kinds,
    "entry": _entries,
    "point": _points,
}
_OPTIONS: dict[str, Callable[[Book], Iterable[str]]] = {
    "entry": _entries,
    "framework": _frameworks,
    "country": _countries,
    "industry": _industries,
    "style": _styles,
    "around": _places,
    "volume": _volumes,
    "audience": _audiences,
    "only": _grades,
    "has": _grades,
    "readers": _audiences_of_books,
    "seal": _seals,
    "cases": _entries,
}
