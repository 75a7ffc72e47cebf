"""Writes what a plan says, each file whole or not at all."""

from __future__ import annotations

from pathlib import Path

from casebook.atomic import write_files
from casebook.errors import CasebookError
from casebook.file_names import path_within
from casebook.imports.plan import Plan
from casebook.imports.records import Record, read_record, write_record


def write_plan(plan: Plan) -> int:
    """Writes the files of a plan and says how many there were.

    What is to be remembered is written before and after: an import that is cut short is
    finished by the next one.

    Raises:
        CasebookError: a file cannot be written.
    """
    root = plan.pack
    paths = {path_within(root, *name.split("/")): text for name, text in plan.texts.items()}
    try:
        if plan.record is not None and paths:
            before = read_record(root, plan.record.table).entries
            entries = {**plan.record.entries, **before}
            write_record(root, Record(plan.record.table, entries, is_whole=False))
        for folder in {path.parent for path in paths}:
            if folder.is_symlink():
                # The checker does not follow it, and what it leads to is no part of the pack.
                raise CasebookError(f"{folder} is a link; a pack's folders are folders of its own.")
            folder.mkdir(exist_ok=True)
        write_files(_in_order(paths))
        if plan.record is not None:
            write_record(root, plan.record)
    except OSError as error:
        raise CasebookError(
            f"{error.filename or root} cannot be written: {error.strerror}."
        ) from None
    return len(paths)


def _in_order(paths: dict[Path, str]) -> dict[Path, str]:
    """Shared files first: an entry may name a place or a source of theirs."""
    return dict(sorted(paths.items(), key=lambda pair: (pair[0].suffix == ".md", pair[0])))
