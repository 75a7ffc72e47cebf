"""A paper as one HTML file: no script, nothing fetched, fit to be printed on A4."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from casebook.document import Set
from casebook.exports.extras import needed
from casebook.exports.paper import Drawing, PageBreak, Paper, PaperBlock, PaperPart, PaperTable


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
    return str(template.render(paper=paper, groups=_groups(paper.parts), markup=_safe_drawing))


def _safe_drawing(drawing: Drawing) -> Any:
    """A drawing as it is: Casebook drew it, and escaped the words in it."""
    import markupsafe

    return markupsafe.Markup(drawing.svg)


def _groups(parts: tuple[PaperPart, ...]) -> list[tuple[str, list[PaperPart]]]:
    """Parts that stand in one element: items in a list, facts in a list of definitions."""
    return [(kind, list(group)) for kind, group in groupby(parts, _kind)]


def _kind(part: PaperPart) -> str:
    match part:
        case PaperTable():
            return "table"
        case Drawing():
            return "drawing"
        case PageBreak():
            return "break"
        case PaperBlock(set=Set.ITEM, lead=lead):
            return "numbered" if lead[:1].isdigit() else "bullets"
        case PaperBlock(set=Set.FACT):
            return "facts"
        case _:
            return "block"
