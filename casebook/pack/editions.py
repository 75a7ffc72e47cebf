"""Builds editions for students: the book without what is for lecturers, and its seals.

Whatever an edition does not hold is left out before its first row is written, so the file
never had it. Each seal is built as the edition that follows when it is broken, and packed with
the digests of the editions it follows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casebook.atomic import write_file
from casebook.book.edition import OUTCOMES
from casebook.edition_tables import EditionRow, PlanRow, SealRow
from casebook.errors import BookError, CasebookError
from casebook.pack.build import RowTaker, book_file, finish_book, refuse_others
from casebook.pack.check import Checker
from casebook.pack.problems import PackError, Problems
from casebook.pack.reader import AdditionDraft, Draft, EntryDraft
from casebook.pack.redaction import Redaction, checked_seals
from casebook.pack.row_writer import RowWriter
from casebook.pack.sealed_entries import seen_words
from casebook.pack.volumes import Progress, Volumes, open_volumes
from casebook.regular_file import read_regular
from casebook.seal_file import (
    ENDING,
    SealHeader,
    digest_of_file,
    packed_seal,
    refuse_other_files,
)
from casebook.seminar.planned import Seminar, plan_json, public_part
from casebook.temporary import temporary_folder


@dataclass(frozen=True, slots=True)
class StudentsBook:
    """What has been built.

    Attributes:
        entries: how many entries it has, sealed ones among them.
        seals: the files that hold what was left out.
        mentions: where sealed entries are still named: file, line and what names them; of a book
            that is built from a book alone, what readers see.
    """

    book: Path
    entries: int
    seals: tuple[Path, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedSeal:
    """A seal to be made: the file that holds it, and what it reveals."""

    path: Path
    parts: tuple[str, ...]


@dataclass(slots=True)
class _Collector:
    """Keeps what has been checked, volume by volume."""

    drafts: list[list[Draft]] = field(default_factory=list)

    def begin(self, _: Checker) -> None:
        self.drafts.append([])

    def entry(self, draft: EntryDraft) -> None:
        self.drafts[-1].append(draft)

    def addition(self, draft: AdditionDraft) -> None:
        self.drafts[-1].append(draft)


class CheckedVolumes:
    """Packs that have been checked whole, of which several editions can be built.

    Raises:
        PackError: a pack has errors.
        CasebookError: there is no pack at one of the paths, or no book to build on.
    """

    def __init__(
        self,
        pack_paths: Sequence[Path],
        *,
        on: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.has_files = bool(pack_paths)
        self.problems = Problems()
        self.volumes = Volumes(open_volumes(pack_paths, self.problems, on=on), self.problems)
        if not self.volumes.can_be_checked:
            raise PackError(self.problems)
        collector = _Collector()
        self.volumes.check(progress, collector)
        if self.problems:
            raise PackError(self.problems)
        self.drafts = collector.drafts

    @property
    def every_draft(self) -> list[Draft]:
        return [draft for drafts in self.drafts for draft in drafts]

    def build(
        self,
        book_path: Path,
        seals: Sequence[str] = (),
        *,
        seminar: Seminar | None = None,
        progress: Progress | None = None,
    ) -> Redaction:
        """Builds an edition for students.

        Args:
            seals: what is sealed in it.
            seminar: that it is for.

        Returns:
            what was left out of it.

        Raises:
            PackError: what is left does not make a book.
            BookError: it cannot be put in its place.
        """
        packs = self.volumes.packs
        redaction = Redaction(packs, self.every_draft, seals)
        with book_file(book_path, self.problems) as file:
            rows = RowWriter(file)
            shown = [
                (redaction.pack(pack), [redaction.draft(draft) for draft in drafts])
                for pack, drafts in zip(packs, self.drafts, strict=True)
            ]
            checked = self.volumes.check_drafts(
                shown, progress, RowTaker(rows), has_outcomes=OUTCOMES not in seals
            )
            rows.add(EditionRow, audience="students")
            for position, part in enumerate(seals):
                rows.add(SealRow, position=position, part=part)
            if seminar is not None:
                public = public_part(seminar, seals, redaction.tells_of_sealed)
                rows.add(PlanRow, plan=plan_json(public))
            finish_book(rows, checked, packs)
        return redaction


def build_for_students(
    pack_paths: Sequence[Path],
    book_path: Path,
    seals: Sequence[str] = (),
    *,
    on: Path | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> StudentsBook:
    """Builds an edition for students and, where anything is sealed, the file that reveals it.

    Args:
        seals: `ratings`, `outcomes`, `entry:SLUG`.
        on: a built book whose volumes come below those of the packs.
        force: replace files that are neither a book nor a seal.

    Raises:
        PackError: a pack has errors; nothing is written.
        CasebookError: there is no pack, what is to be sealed is not there, or a file cannot be
            put in its place.
    """
    seal_path = book_path.with_suffix(ENDING)
    if seal_path == book_path:
        raise CasebookError(
            f"{book_path} is what the seal would be called; give the book another ending, such as"
            " .sqlite."
        )
    refuse_others(book_path, force=force)
    if seals:
        refuse_other_files(seal_path, force=force)
    checked = CheckedVolumes(pack_paths, on=on, progress=progress)
    parts = checked_seals(seals, checked.every_draft)
    planned = [PlannedSeal(seal_path, parts)] if parts else []
    return sealed_books(checked, book_path, planned, progress=progress)


def sealed_books(
    checked: CheckedVolumes,
    book_path: Path,
    planned: Sequence[PlannedSeal],
    *,
    seminar: Seminar | None = None,
    progress: Progress | None = None,
) -> StudentsBook:
    """Builds an edition for students, and its seals in the order in which they are broken.

    Raises:
        PackError: what is left does not make a book.
        BookError: a file cannot be written.
    """
    sealed = [part for seal in planned for part in seal.parts]
    redaction = checked.build(book_path, sealed, seminar=seminar, progress=progress)
    earlier = [digest_of_file(book_path)]
    later: list[tuple[PlannedSeal, bytes]] = []
    with temporary_folder() as folder:
        for number, seal in enumerate(planned):
            sealed = [part for part in sealed if part not in seal.parts]
            path = folder / f"{number}.sqlite"
            checked.build(path, sealed, seminar=seminar, progress=progress)
            later.append((seal, read_regular(path, path.stat().st_size)))
    digests = [hashlib.sha256(book).hexdigest() for _, book in later]
    for number, (seal, book) in enumerate(later):
        header = SealHeader(
            reveals=seal.parts,
            of=(*earlier, *digests[:number]),
            revealed=tuple(digests[number:]),
        )
        try:
            write_file(seal.path, packed_seal(header, book), replace=True)
        except OSError as error:
            raise BookError(f"{seal.path} cannot be written: {error.strerror}.") from None
    return StudentsBook(
        book_path,
        checked.volumes.entries,
        tuple(seal.path for seal in planned),
        tuple(
            f"{mention.spot}: {mention.what} names a sealed entry"
            if checked.has_files
            else f"{seen_words(mention.seen)}."
            for mention in redaction.mentions
        ),
    )
