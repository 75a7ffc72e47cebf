"""`casebook timeline`: the events of cases as a list, a chart, JSON, or a file to take along."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.app import (
    BookFile,
    Force,
    JsonFlag,
    OutputFile,
    VolumeNames,
    address_of,
    app,
    of_volumes,
    opened_book,
    refuse_sealed,
    terminal_width,
)
from casebook.cli.output import deliver, print_json, tell
from casebook.errors import CasebookError
from casebook.exports.formats import TimelineFormat, by_ending
from casebook.statement_kinds import EventKind

if TYPE_CHECKING:
    from casebook.timeline.chart import Chart


class LanesName(StrEnum):
    """What a lane stands for."""

    PLACE = "place"
    ENTRY = "entry"
    KIND = "kind"


@app.command()
def timeline(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(help="The entries, by their slugs (see `casebook list`) or titles."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show all entries of the book.")
    ] = False,
    lanes: Annotated[
        LanesName | None,
        typer.Option(help="Group the events by place, by entry or by kind of event."),
    ] = None,
    kind: Annotated[
        list[EventKind] | None,
        typer.Option(help="Show only this kind of event. You can repeat the option."),
    ] = None,
    volume: VolumeNames = None,
    place: Annotated[
        list[str] | None,
        typer.Option(
            help="Show only events in this place, as the lanes name it. You can repeat the option."
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="Start at this date: 2003, 2000s, late-1990s, 2003-06."
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="DATE", help="End at this date: 2003, 2000s, late-1990s, 2003-06."
        ),
    ] = None,
    certainly: Annotated[
        bool,
        typer.Option(
            "--certainly", help="Leave out events that may have happened outside these dates."
        ),
    ] = False,
    align: Annotated[
        EventKind | None,
        typer.Option(help="Count the time from each entry's first event of this kind."),
    ] = None,
    milestone: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SLUG#KEY",
            help="With --align, count the time of an entry from this event instead.",
        ),
    ] = None,
    policy: Annotated[
        bool, typer.Option("--policy", help="Add the laws and policies of those years.")
    ] = False,
    form: Annotated[
        TimelineFormat | None,
        typer.Option(
            "--format",
            help="Write this format; by default, the one that the file name ends in, or list.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Print the timeline of some entries.

    For a vague date it says what is certain and what is only possible.
    """
    from casebook.timeline import timeline_of
    from casebook.timeline.chart import EventFilter

    if bool(slugs) is everything and not (volume and not slugs):
        raise typer.BadParameter("Name the entries, or give --all.", param_hint="SLUGS")
    begin = _days(first, "--from")[0] if first else None
    end = _days(last, "--to")[1] if last else None
    if begin is not None and end is not None and begin > end:
        raise CasebookError("--from is later than --to.")
    shown = TimelineFormat.JSON if as_json else form or by_ending(output, TimelineFormat.LIST)
    with opened_book(book) as opened:
        named = of_volumes(opened, None if everything else slugs, volume)
        if slugs:
            refuse_sealed(opened, named)
        chart = timeline_of(opened, named, lanes, align=align)
        milestones = _milestones(chart, [address_of(opened, named) for named in milestone or ()])
        places = _places(chart, place or [])
        chosen = EventFilter(tuple(kind or ()), places, begin, end, certainly)
        chart = chart.arranged(chosen=chosen, align=align, milestones=milestones)
        if output is None and shown is TimelineFormat.JSON:
            from casebook.renderings import charts_contract

            print_json(charts_contract.timeline(chart))
            return
        from casebook.exports.timeline import timeline_file

        width = terminal_width() if output is None else None
        content, left_out = timeline_file(
            chart, shown, opened, by_lane=lanes is not None, policy=policy, width=width
        )
        if left_out:
            tell(
                "a calendar cannot hold what is open-ended or lasts for years:"
                f" {'; '.join(left_out)}."
            )
    deliver(content, output, force=force)


def _milestones(chart: Chart, named: Sequence[str]) -> dict[str, str]:
    """The events named as milestones, by the slug of their entry.

    Raises:
        CasebookError: the timeline has no such event.
    """
    from casebook.book.edition import sealed_said
    from casebook.safe_text import made_safe_line

    known = {(event.entry.slug, event.key) for event in chart.material.events}
    found: dict[str, str] = {}
    for address in named:
        slug, _, key = address.partition("#")
        if (slug, key) not in known:
            keys = ", ".join(sorted(key for entry, key in known if entry == slug))
            if slug in chart.material.sealed:
                raise CasebookError(sealed_said([slug]))
            has = f" {slug} has {keys}." if keys else ""
            raise CasebookError(f"There is no event '{made_safe_line(address)}' here.{has}")
        found[slug] = key
    return found


def _days(words: str, option: str) -> tuple[int, int]:
    from casebook.dates import DateError
    from casebook.periods import period

    try:
        return period(words)
    except DateError as error:
        raise CasebookError(f"{option}: {error}.") from None


def _places(chart: Chart, names: Sequence[str]) -> tuple[str, ...]:
    """Lanes of places, given by their names in any case.

    Raises:
        CasebookError: nothing in the timeline happened in such a lane.
    """
    from casebook.safe_text import made_safe_line
    from casebook.timeline.chart import NO_PLACE

    known = {(event.lane or NO_PLACE).casefold(): event.lane or NO_PLACE for event in chart.events}
    for name in names:
        if name.casefold() not in known:
            has = ", ".join(known.values())
            raise CasebookError(f"No event is in '{made_safe_line(name)}'; the places are {has}.")
    return tuple(known[name.casefold()] for name in names)
