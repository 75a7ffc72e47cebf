"""What told order costs a build: the same build with and without working out what follows."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest import mock

from benchmarks.generator import made_entries, write_pack
from benchmarks.measuring import ROOT, Row, cpu_of, in_turns, median, table
from casebook.dates import Bounds, first_day_of, last_day_of, year_of
from casebook.durations import Duration, parse_duration
from casebook.pack.build import build_book
from casebook.told_bounds import tightened
from casebook.told_order import Told
from casebook.told_relations import TimeRelation

EVENTS_OF_ENTRY = 20
_FIRST, _LAST = first_day_of(1900), last_day_of(2000)


def report(events: int = 10_000) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = _write(folder / "pack", events)
        rows = [
            *_builds("the shipped book", ROOT / "data" / "niches", folder, rounds=5),
            *_builds(f"{events:,} events, two statements each", made, folder, rounds=2),
        ]
    for unit in ("days", "years and months"):
        dates, told = problem(2_000, 5_000, in_months=unit != "days")
        spent = median([cpu_of(partial(tightened, dates, told)) for _ in range(7)])
        rows.append(Row(f"2,000 events, 5,000 statements in {unit}, alone", f"{spent:.0f} ms"))
    return table("Told order", rows) + "\nCPU time; the two builds take turns.\n"


def _builds(name: str, pack: Path, folder: Path, rounds: int) -> list[Row]:
    """Builds with and without the bounds that follow."""
    book = folder / "book.sqlite"

    def build() -> float:
        return cpu_of(lambda: build_book(pack, book, force=True))

    def build_without() -> float:
        with mock.patch("casebook.pack.told.tightened", return_value={}):
            return build()

    tasks: dict[str, Callable[[], float]] = {"without": build_without, "with": build}
    times = in_turns(tasks, rounds)
    ratio = median([b / a for a, b in zip(times["without"], times["with"], strict=True)])
    return [
        Row(f"building {name}, without", f"{median(times['without']) / 1000:.2f} s", "1.000"),
        Row(f"building {name}, with", f"{median(times['with']) / 1000:.2f} s", f"{ratio:.3f}"),
    ]


def problem(
    events: int, statements: int, *, in_months: bool = False, together: int = 0
) -> tuple[dict[int, Bounds], list[Told[int]]]:
    """Events of one component, and statements about them that are all true.

    Args:
        in_months: with distances in years and months in place of days.
        together: of so many events in a row nineteen statements in twenty are about two of them.
    """
    chance = random.Random(1)
    days = [chance.randrange(_FIRST, _LAST) for _ in range(events)]
    dates = {}
    for number, day in enumerate(days):
        if chance.random() < 0.4:
            year = year_of(day)
            dates[number] = Bounds.between(
                first_day_of(year - chance.randrange(5)), last_day_of(year + chance.randrange(5))
            )
        else:
            dates[number] = Bounds.between(None, last_day_of(2010))
    told = []
    for number in range(statements):
        first = number % events
        group = together if together and number % 20 else events
        start = first - first % group
        step = 1 if number < events else chance.randrange(1, group)
        second = (start + (first - start + step) % group) % events
        if second == first:
            continue
        relation = TimeRelation.BEFORE if days[first] <= days[second] else TimeRelation.AFTER
        years = abs(days[first] - days[second]) // 366
        least = most = None
        if chance.random() < 0.5:
            least = parse_duration(f"P{years}Y") if in_months else Duration.of_days(years * 365)
        if chance.random() < 0.5:
            months = 12 * years + 15
            most = parse_duration(f"P{months}M") if in_months else Duration.of_days(months * 31)
        told.append(Told(first, relation, second, least, most))
    return dates, told


def _write(folder: Path, events: int) -> Path:
    """A pack of entries that have events and what is told of their order, and nothing else."""
    write_pack(folder, iter(()))
    place = next(made_entries(1)).place
    dates, told = problem(events, 2 * events, in_months=True, together=EVENTS_OF_ENTRY)
    about: dict[int, list[Told[int]]] = {}
    for statement in told:
        about.setdefault(statement.event, []).append(statement)
    for entry in range(0, events, EVENTS_OF_ENTRY):
        lines = ["---", "kind: firm", f"title: Firm {entry}", 'summary: "A firm [@m, para. 1]"']
        lines += [f'setting: {{place: "{place} [@m, para. 1]"}}']
        lines += ['outcome: "open: it is not told [@m, para. 1]"', "events:"]
        for number in range(entry, min(entry + EVENTS_OF_ENTRY, events)):
            low, high = (None if day is None else year_of(day) for day in dates[number].possible)
            lines += [
                f"  - key: e{number}",
                f'    what: "Event {number} [@m, para. 1]"',
                f'    when: {{text: "so", edtf: "[{low or ""}..{high}]"}}',
                "    kind: other",
            ]
            for relation in TimeRelation:
                several = [other for other in about.get(number, ()) if other.relation is relation]
                if several:
                    lines.append(f"    {relation}:")
                lines += [_statement(other) for other in several]
        lines += ["---", "", "It is told [@m, para. 1].", ""]
        path = folder / "firms" / f"firm-{entry}.md"
        path.write_text("\n".join(lines), encoding="utf-8")
    return folder


def _statement(told: Told[int]) -> str:
    other = f"firm-{told.other - told.other % EVENTS_OF_ENTRY}/e{told.other}"
    limits = {"least": told.least, "most": told.most}
    words = ", ".join(f"{key}: {limit.text}" for key, limit in limits.items() if limit)
    by = f', by: {{text: "so far", {words}}}' if words else ""
    return f'      - {{event: {other}, says: "It is told [@m, para. 2]"{by}}}'
