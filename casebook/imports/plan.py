"""What an import would write: worked out whole, and checked, before anything is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from casebook.imports.bibliography import Added
from casebook.imports.cells import Remark
from casebook.imports.columns import ColumnMatch
from casebook.imports.drafts import ImportedEntry
from casebook.imports.entry_text import entry_text
from casebook.imports.merging import merged
from casebook.imports.records import Record, WrittenEntries, WrittenEntry
from casebook.pack.files import PackFiles
from casebook.pack.problems import Problem, Problems
from casebook.pack.volumes import Progress, Volumes
from casebook.texts_on_disk import StoredList, StoredTexts


class Status(StrEnum):
    """What an import does with a file."""

    NEW = "new"
    CHANGED = "changed"
    MERGED = "merged"
    """Both the table and a person changed it."""
    SAME = "same"
    KEPT = "kept"
    """It is left as a person made it."""
    GONE = "gone"
    """Its row is gone from the table; the file stays."""
    REFUSED = "refused"
    """The checker would not take it."""

    @property
    def is_written(self) -> bool:
        return self in (Status.NEW, Status.CHANGED, Status.MERGED)


class FileChange(NamedTuple):
    """A file of the pack and what becomes of it.

    Attributes:
        row: of the table; 0 for what no row is about.
        notes: what the person is to know.
    """

    file: str
    status: Status
    row: int = 0
    title: str = ""
    notes: tuple[str, ...] = ()


class FileChanges:
    """What becomes of each file, in the order of the table."""

    def __init__(self) -> None:
        self._stored = StoredList()

    def append(self, change: FileChange) -> None:
        self._stored.append(json.dumps(change))

    def __setitem__(self, number: int, change: FileChange) -> None:
        self._stored[number] = json.dumps(change)

    def __getitem__(self, number: int) -> FileChange:
        return _change(self._stored[number])

    def __iter__(self) -> Iterator[FileChange]:
        return map(_change, self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def _change(stored: str) -> FileChange:
    file, status, row, title, notes = json.loads(stored)
    return FileChange(file, Status(status), row, title, tuple(notes))


class SheetRead(NamedTuple):
    """A sheet of the table, what it was taken for, and its columns."""

    name: str
    role: str
    rows: int
    matches: tuple[ColumnMatch, ...]


@dataclass(slots=True)
class Plan:
    """An import that could be written.

    Attributes:
        table: the name of its file.
        source: the id of the source that stands for the table; empty for references.
        texts: the files to write, by their names in the pack.
        record: what to remember of it.
        problems: what is wrong with the pack as it would be.
        below: the files of the volumes that the pack stands on.
    """

    pack: Path
    table: str
    source: str = ""
    sheets: list[SheetRead] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    changes: FileChanges = field(default_factory=FileChanges)
    sources: list[Added] = field(default_factory=list)
    texts: StoredTexts = field(default_factory=StoredTexts)
    record: Record | None = None
    problems: list[Problem] = field(default_factory=list)
    below: tuple[PackFiles, ...] = ()

    def count(self, *statuses: Status) -> int:
        return sum(change.status in statuses for change in self.changes)


@dataclass(slots=True)
class Weigher:
    """Decides for each draft what becomes of its file."""

    files: PackFiles
    there: Mapping[str, str]
    record: Record
    plan: Plan
    entries: WrittenEntries = field(default_factory=WrittenEntries)
    mine: dict[str, str] = field(default_factory=dict)
    """Files as a person has made them, which stay if the merged text is not good."""

    def weigh(self, draft: ImportedEntry) -> None:
        """Takes a draft."""
        before = self.record.entries.get(draft.slug)
        notes: list[str] = []
        if before is not None and before.kind is not draft.kind:
            notes.append(
                f"it stays a {before.kind}: move the file yourself to make it another kind"
            )
            draft.kind = before.kind
        text = entry_text(draft)
        names = tuple(alias.text for alias in draft.aliases)
        self.entries[draft.slug] = WrittenEntry(draft.kind, draft.row, draft.title, names, text)
        file = self.there.get(draft.slug, draft.file)
        if draft.slug not in self.there:
            if before is not None and self.record.is_whole:
                notes.append("you have removed it; it is not written again")
                self._note(draft, file, Status.KEPT, notes)
            else:
                self._note(draft, file, Status.NEW, notes, text)
            return
        mine = self.files.text(file, Problems())
        if mine is None or before is None:
            self._note(draft, file, Status.KEPT, [*notes, "it cannot be read"])
        elif mine == text:
            self._note(draft, file, Status.SAME, notes)
        elif mine == before.text:
            self._note(draft, file, Status.CHANGED, notes, text)
        else:
            self._merge(draft, file, notes, (before, mine, text))

    def _merge(
        self,
        draft: ImportedEntry,
        file: str,
        notes: list[str],
        texts: tuple[WrittenEntry, str, str],
    ) -> None:
        before, mine, text = texts
        key = _without_rows(self.record.table)
        if [key(line) for line in before.text.split("\n")] == [
            key(line) for line in text.split("\n")
        ] and before.row == draft.row:
            self._note(
                draft, file, Status.KEPT, [*notes, "you have changed it, and the table has not"]
            )
            return
        found = merged(before.text, mine, text, key)
        moved = re.compile(rf"(@{re.escape(self.record.table)}, line ){before.row}(?!\d)")
        whole = moved.sub(rf"\g<1>{draft.row}", found.text)
        notes += [f"your line stays in place of: {line.strip()}" for line in found.given_up]
        if whole == mine:
            self._note(draft, file, Status.KEPT, notes)
            return
        self.mine[file] = mine
        self._note(draft, file, Status.MERGED, notes, whole)

    def _note(
        self, draft: ImportedEntry, file: str, status: Status, notes: Sequence[str], text: str = ""
    ) -> None:
        self.plan.changes.append(FileChange(file, status, draft.row, draft.title, tuple(notes)))
        if status.is_written:
            self.plan.texts[file] = text

    def gone(self, slugs: Sequence[str]) -> None:
        """Notes the entries whose rows are gone from the table."""
        for slug in slugs:
            before = self.record.entries[slug]
            self.entries[slug] = before
            if slug in self.there:
                note = "its row is gone from the table; the file stays"
                self.plan.changes.append(
                    FileChange(self.there[slug], Status.GONE, 0, before.title, (note,))
                )


def _without_rows(table: str) -> Callable[[str], str]:
    """A key of lines that is the same wherever in the table a row stands."""
    cited = re.compile(rf"(@{re.escape(table)}, (?:sec\. \w+, )?line )\d+")
    todo = re.compile(r"(# TODO (?:\w+ )?row )\d+")
    return lambda line: todo.sub(r"\1", cited.sub(r"\1", line))


def check_plan(plan: Plan, files: PackFiles, weigher: Weigher, progress: Progress | None) -> None:
    """Holds the pack as it would be to the checker; what that would not take is not written."""
    problems = checked_problems(plan, files, progress)
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.spot.file, []).append(problem)
    refused = [file for file in plan.texts if file in by_file and "/" in file]
    for number, change in enumerate(plan.changes):
        if change.file not in refused:
            continue
        faults = tuple(problem.message for problem in by_file[change.file])
        plan.texts.pop(change.file)
        if change.file in weigher.mine:
            note = (
                "your file stays as it is: with the table's changes the pack would have errors",
            )
            kept = change._replace(status=Status.KEPT, notes=(*change.notes, *note, *faults))
        else:
            kept = change._replace(status=Status.REFUSED, notes=(*change.notes, *faults))
            slug = change.file.partition("/")[2].removesuffix(".md")
            before = weigher.record.entries.get(slug)
            weigher.entries.pop(slug, None)
            if before is not None:
                weigher.entries[slug] = before
        plan.changes[number] = kept
    plan.problems = [problem for problem in problems if problem.spot.file not in refused]


def checked_problems(plan: Plan, files: PackFiles, progress: Progress | None) -> list[Problem]:
    """What the checker says of the pack as it would be."""
    names = tuple(sorted({*files.names, *plan.texts}))

    def read_bytes(name: str) -> bytes:
        text = plan.texts.get(name)
        return files.read_bytes(name) if text is None else text.encode("utf-8")

    problems = Problems()
    packs = [*plan.below, PackFiles(files.root, names, read_bytes)]
    Volumes(packs, problems).check(progress)
    return problems.in_order()
