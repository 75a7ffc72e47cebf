"""`casebook map`: where the cases are, as a drawing, a list, JSON or a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.app import (
    BookFile,
    Force,
    JsonFlag,
    OutputFile,
    VolumeNames,
    app,
    of_volumes,
    opened_book,
    refuse_sealed,
    terminal_width,
)
from casebook.cli.output import deliver, print_json
from casebook.errors import CasebookError
from casebook.exports.formats import MapFormat, by_ending

if TYPE_CHECKING:
    from casebook.book.values import Coordinates
    from casebook.places.world_map import WorldMap


@app.command("map")
def print_map(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(help="The entries, by their slugs or titles; by default, the whole book."),
    ] = None,
    volume: VolumeNames = None,
    around: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Draw the region around this place of the map."),
    ] = None,
    degrees: Annotated[
        float,
        typer.Option(
            min=6,
            max=140,
            help="With --around, show this many degrees of latitude from top to bottom.",
        ),
    ] = 20.0,
    form: Annotated[
        MapFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or chart.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Print a map of the places of some entries.

    The route of an alliance goes from event to event; it is dashed where their order is not known.
    """
    from casebook.exports.map import map_content
    from casebook.places.world_map import world_map

    shown = MapFormat.JSON if as_json else form or by_ending(output, MapFormat.CHART)
    with opened_book(book) as opened:
        named = of_volumes(opened, slugs, volume)
        if slugs:
            refuse_sealed(opened, named)
        value = world_map(opened, named or None)
    if output is None and shown is MapFormat.JSON:
        from casebook.renderings import charts_contract

        print_json(charts_contract.world_map(value))
        return
    middle = _coordinates(value, around) if around else None
    width = terminal_width() if output is None else None
    content = map_content(value, shown, width=width, around=middle, degrees=degrees)
    deliver(content, output, force=force)


def _coordinates(value: WorldMap, name: str) -> Coordinates:
    """Where a place of the map is.

    Raises:
        CasebookError: the map has no such place.
    """
    from casebook.safe_text import made_safe_line

    for point in value.points:
        if point.at and name.casefold() in (point.place.slug, point.place.name.casefold()):
            return point.at
    known = ", ".join(sorted(point.place.slug for point in value.points))
    has = f" It has {known}." if known else ""
    raise CasebookError(f"There is no place '{made_safe_line(name)}' on this map.{has}")
