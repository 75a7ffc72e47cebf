"""A paper as one HTML file: no script, nothing fetched, fit to be printed on A4."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from casebook.document import Set
from casebook.exports.extras import needed
from casebook.exports.paper import (
    Drawing,
    PageBreak,
    Paper,
    PaperBlock,
    PaperPart,
    PaperTable,
    address_parts,
    pieces,
)


class PageSection(NamedTuple):
    """What stands between two page breaks.

    Attributes:
        begins_page: a break stands before it.
        groups: its parts, with the kind of element that each row of them stands in.
    """

    begins_page: bool
    is_wide: bool
    groups: list[tuple[str, list[PaperPart]]]


def html(paper: Paper) -> str:
    """The paper; everything in it is escaped.

    Raises:
        MissingError: Jinja is not installed.
    """
    jinja2 = needed("jinja2", "HTML")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("paper.html.j2")
    return str(
        template.render(
            paper=paper,
            sections=list(_sections(paper.parts)),
            running_head=_css_string(paper.running_head),
            markup=_safe_drawing,
            pieces=pieces,
            address_parts=address_parts,
        )
    )


def _safe_drawing(drawing: Drawing) -> Any:
    """A drawing as it is: Casebook drew it, and escaped the words in it."""
    import markupsafe

    return markupsafe.Markup(drawing.svg)


def _css_string(words: str) -> Any:
    """Words as a string of CSS in which no character can end the string or the style."""
    import markupsafe

    made = "".join(
        char if char.isalnum() or char == " " else f"\\{ord(char):x} "
        for char in " ".join(words.split())
    )
    return markupsafe.Markup(f'"{made}"')


def _sections(parts: tuple[PaperPart, ...]) -> Iterator[PageSection]:
    held: list[PaperPart] = []
    before: PageBreak | None = None
    printed = False
    for part in (*parts, PageBreak()):
        if not isinstance(part, PageBreak):
            held.append(part)
            continue
        if held:
            yield PageSection(printed, before is not None and before.is_wide, _groups(held))
            printed = True
        held, before = [], part


def _groups(parts: list[PaperPart]) -> list[tuple[str, list[PaperPart]]]:
    """Parts that stand in one element: items in a list, facts in a list of definitions."""
    return [(kind, list(group)) for kind, group in groupby(parts, _kind)]


def _kind(part: PaperPart) -> str:
    match part:
        case PaperTable():
            return "table"
        case Drawing():
            return "drawing"
        case PaperBlock(set=Set.ITEM, lead=lead):
            return "numbered" if lead[:1].isdigit() else "bullets"
        case PaperBlock(set=Set.FACT):
            return "facts"
        case _:
            return "block"
