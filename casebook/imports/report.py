"""Says in words, or as JSON, what an import would write or has written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from casebook.imports.cells import Effect, Remark, quoted
from casebook.imports.plan import FileChange, Plan, Status

_MOST_LISTED = 60
"""Files of one status that are listed; more are counted."""


def lines(plan: Plan, *, written: bool) -> Iterator[str]:
    """The report of a plan."""
    yield from _sheets(plan)
    yield from _files(plan, written=written)
    yield from _not_added(plan)
    if plan.remarks:
        yield ""
        yield f"To look at ({len(plan.remarks)}):"
        yield from _remarks(plan.remarks)
    if plan.problems:
        yield ""
        yield "Errors in the pack that this import did not cause:"
        yield from (f"  {problem}" for problem in plan.problems[:_MOST_LISTED])
        if len(plan.problems) > _MOST_LISTED:
            yield f"  and {len(plan.problems) - _MOST_LISTED} more; `casebook check` lists them"
    yield ""
    yield _end(plan, written=written)


def _sheets(plan: Plan) -> Iterator[str]:
    for sheet in plan.sheets:
        rows = "1 row" if sheet.rows == 1 else f"{sheet.rows} rows"
        name = f"{plan.table}, sheet {sheet.name}" if sheet.name else plan.table
        yield f"{name}: {rows}, read as {sheet.role.lower()}"
        used = [match for match in sheet.matches if match.column]
        width = max((len(match.header) for match in used), default=0)
        for match in used:
            how = "" if match.how == "name" else f" ({match.how})"
            yield f"  {match.letter:<2} {match.header:<{width}}  {match.column}{how}"
        unused = [f"{match.letter} {match.header}" for match in sheet.matches if not match.column]
        if unused:
            yield f"  not used: {', '.join(unused)}"


def _files(plan: Plan, *, written: bool) -> Iterator[str]:
    shared = [name for name in plan.texts if "/" not in name]
    if not plan.changes and not shared:
        return
    if plan.sheets:
        yield ""
    yield "Written:" if written else "Would be written:"
    for name in sorted(shared):
        yield f"  added to  {name}"
    for source in plan.sources:
        if source.is_new:
            asked = f" (was {source.asked})" if source.asked not in ("", source.key) else ""
            yield f"  source    {source.key}{asked}  {source.title}"
    for status in Status:
        listed = [change for change in plan.changes if change.status is status]
        told = [change for change in listed if change.notes]
        plain = [change for change in listed if not change.notes]
        if status is Status.SAME and plain:
            yield f"  {status:<9} {len(plain)} files"
            plain = []
        for change in [*told, *plain[:_MOST_LISTED]]:
            yield _line(change)
            yield from (f"            {note}" for note in change.notes)
        if len(plain) > _MOST_LISTED:
            yield f"  {status:<9} {len(plain) - _MOST_LISTED} more files"


def _not_added(plan: Plan) -> Iterator[str]:
    """The sources that are not added, and those that lost something."""
    told = [
        source
        for source in plan.sources
        if source.why and not source.why.startswith("gets the key ")
    ]
    if told and not plan.sheets:
        yield ""
        yield "Sources to look at:"
        yield from (f"  {source.asked or quoted(source.title)} {source.why}" for source in told)


def _remarks(remarks: Sequence[Remark]) -> Iterator[str]:
    """Remarks in their order; what was read in the same way is told once a column."""
    alike: dict[Remark, int] = {}
    for remark in remarks:
        key = _alike(remark)
        alike[key] = alike.get(key, 0) + 1
    told: set[Remark] = set()
    for remark in remarks:
        key = _alike(remark)
        if key not in told:
            told.add(key)
            more = alike[key] - 1
            yield f"  {remark}" + (f" and in {more} more rows" if more else "")


def _alike(remark: Remark) -> Remark:
    return remark._replace(row=0) if remark.effect is Effect.READ and remark.column else remark


def _line(change: FileChange) -> str:
    row = f"row {change.row}" if change.row else ""
    return f"  {change.status:<9} {change.file}  {row}  {change.title}".rstrip()


def _end(plan: Plan, *, written: bool) -> str:
    count = len(plan.texts)
    files = "1 file" if count == 1 else f"{count} files"
    if written:
        return f"{files} written to {plan.pack}."
    if not count:
        return "There is nothing to write."
    return f"Nothing is written yet. With --write, {files} would be."


def as_json(plan: Plan, *, written: bool) -> dict[str, Any]:
    """The same for programs."""
    return {
        "table": plan.table,
        "pack": str(plan.pack),
        "source": plan.source or None,
        "written": written,
        "sheets": [
            {
                "name": sheet.name,
                "read_as": sheet.role.lower(),
                "rows": sheet.rows,
                "columns": [
                    {
                        "header": match.header,
                        "letter": match.letter,
                        "column": match.column or None,
                        "how": match.how,
                    }
                    for match in sheet.matches
                ],
            }
            for sheet in plan.sheets
        ],
        "files": [
            {
                "file": change.file,
                "status": change.status.value,
                "row": change.row or None,
                "title": change.title,
                "notes": list(change.notes),
            }
            for change in plan.changes
        ],
        "sources": [
            {
                "asked": source.asked or None,
                "key": source.key or None,
                "title": source.title,
                "added": source.is_new,
                "why": source.why,
            }
            for source in plan.sources
        ],
        "shared": sorted(name for name in plan.texts if "/" not in name),
        "remarks": [_remark(remark) for remark in plan.remarks],
        "problems": [str(problem) for problem in plan.problems],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "sheet": remark.sheet,
        "row": remark.row or None,
        "column": remark.column or None,
        "letter": remark.letter or None,
        "read": remark.words,
        "why": remark.why,
        "effect": remark.effect.value,
    }
