"""Writes what a plan says, each file whole or not at all."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
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
    files = _Files(plan)
    try:
        if plan.record is not None and files:
            before = read_record(root, plan.record.table).entries
            entries = ChainMap(before, plan.record.entries) if before else plan.record.entries
            write_record(root, Record(plan.record.table, entries, is_whole=False))
        for folder in {path.parent for path in files}:
            if folder.is_symlink():
                # The checker does not follow it, and what it leads to is no part of the pack.
                raise CasebookError(f"{folder} is a link; a pack's folders cannot be links.")
            folder.mkdir(exist_ok=True)
        write_files(files)
        if plan.record is not None:
            write_record(root, plan.record)
    except OSError as error:
        raise CasebookError(
            f"{error.filename or root} cannot be written: {error.strerror}."
        ) from None
    return len(files)


class _Files(Mapping[Path, str]):
    """The files of a plan, shared ones first: an entry may name a place or a source of theirs.

    Paths and texts are made one after another, for there may be tens of thousands.
    """

    def __init__(self, plan: Plan) -> None:
        self.root = plan.pack
        self.texts = plan.texts

    def __iter__(self) -> Iterator[Path]:
        for is_entry in (False, True):
            for name in self.texts:
                if name.endswith(".md") is is_entry:
                    yield path_within(self.root, *name.split("/"))

    def __getitem__(self, path: Path) -> str:
        return self.texts[path.relative_to(self.root).as_posix()]

    def __len__(self) -> int:
        return len(self.texts)
