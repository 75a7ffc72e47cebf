"""Everything that a seminar needs, built from its plan: `casebook seminar build`.

What students get is made of the edition that they get, so that it cannot say more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from casebook.atomic import new_folder
from casebook.book.connection import Book, open_book
from casebook.book.edition import ENTRY
from casebook.book.entries import refs
from casebook.comparison.matrix import Comparison, compare
from casebook.comparison.options import SubPoints
from casebook.errors import AlreadyThereError, CasebookError
from casebook.exports.cards import anki_text
from casebook.exports.citation_styles import set_in_style
from casebook.exports.extras import MissingError
from casebook.exports.files import write_export
from casebook.exports.formats import PaperFormat, ReferenceFormat
from casebook.exports.handout import Handout, handout_content
from casebook.exports.handout_parts import Part
from casebook.exports.papers import written
from casebook.exports.references import references_of
from casebook.file_names import path_within
from casebook.pack.editions import CheckedVolumes, PlannedSeal, sealed_books
from casebook.pack.sealed_entries import seen_words
from casebook.pack.volumes import Progress
from casebook.regular_file import copy_regular
from casebook.seal_file import reveal
from casebook.seminar.built_files import LIST, clear_away, list_text, listed_files
from casebook.seminar.for_students import READ_ME, read_me
from casebook.seminar.hidden_entries import hidden_entries, still_seen
from casebook.seminar.plan import read_plan
from casebook.seminar.plan_page import HandedOut, part_words, plan_page, reveal_steps
from casebook.seminar.planned import Seminar, public_part, told_too_early
from casebook.temporary import temporary_folder

STUDENTS, LECTURER, LATER = "students", "lecturer", "later"
"""The folders: what students get at once, what they never get, and what they get in the seminar."""
_FOLDERS = (STUDENTS, LATER, LECTURER)

_FORMS = (PaperFormat.HTML, PaperFormat.DOCX)


Begin = Callable[[str], Progress | None]
"""Hears which part of the work begins, and says what is to hear how far it has come."""


def _unheard(_: str) -> None:
    """Nobody waits to hear what is being done."""


class BuiltSeminar(NamedTuple):
    """What has been written.

    Attributes:
        files: below the folder, in order.
        remarks: where hidden cases are still named, and what could not be written.
    """

    folder: Path
    files: tuple[str, ...]
    remarks: tuple[str, ...]


def build_seminar(
    plan_path: Path,
    book_path: Path,
    folder: Path,
    style: str,
    *,
    force: bool = False,
    begin: Begin = _unheard,
) -> BuiltSeminar:
    """Builds the editions and papers of a seminar into a folder.

    The same plan and book give the same bytes.

    Args:
        book_path: a whole book.
        style: of the citations in papers.
        force: replace the files of an earlier build in a folder that is there; those that are
            not of this one are removed.

    Raises:
        PackError: something is wrong with the plan.
        AlreadyThereError: the folder is there, and `force` is not given.
        CasebookError: the book is no whole one, or something cannot be written.
    """
    with open_book(book_path) as book:
        book.edition.require_everything()
        remarks: list[str] = []
        seminar = read_plan(plan_path, book, remarks)
    try:
        if force and folder.is_dir():
            earlier = listed_files(folder / LECTURER / LIST, _FOLDERS)
            replaced = _Builder(seminar, book_path, folder, style, remarks, begin).build()
            cleared = clear_away(folder, earlier, replaced.files, _FOLDERS)
            return replaced._replace(remarks=(*replaced.remarks, *cleared))
        with new_folder(folder) as made:
            built = _Builder(seminar, book_path, made, style, remarks, begin).build()
        return built._replace(folder=folder)
    except FileExistsError:
        above = next((path for path in folder.parents if path.exists()), folder.parent)
        if not above.is_dir():
            raise CasebookError(f"{above} is not a folder.") from None
        raise AlreadyThereError(
            f"{folder} already exists; use --force to replace its files."
        ) from None
    except OSError as error:
        raise CasebookError(f"{folder} cannot be written: {error.strerror}.") from None


class _Builder:
    """Writes the files of one seminar."""

    def __init__(
        self,
        seminar: Seminar,
        book_path: Path,
        folder: Path,
        style: str,
        remarks: Sequence[str],
        begin: Begin,
    ) -> None:
        self.seminar = seminar
        self.book_path = book_path
        self.folder = folder
        self.style = style
        self.files: list[str] = []
        self.remarks = list(remarks)
        self.begin = begin
        self.handed_out: list[HandedOut] = []

    def build(self) -> BuiltSeminar:
        for name in (STUDENTS, LECTURER, LATER):
            if name != LATER or self.seminar.reveal:
                os.makedirs(self.folder / name, exist_ok=True)
        edition = self._editions()
        self.begin("Writing the papers")
        with open_book(edition) as book:
            self._for_students(book)
        self._revealed(edition)
        with open_book(self.book_path) as book:
            self._for_lecturer(book)
        listed = self._place(LECTURER, LIST)
        write_export(listed, list_text(self.files), force=True)
        return BuiltSeminar(self.folder, tuple(sorted(self.files)), tuple(self.remarks))

    def _editions(self) -> Path:
        """Builds the students' edition and its seals; says where the edition is."""
        seminar = self.seminar
        edition = self._place(STUDENTS, f"{seminar.slug}.sqlite")
        planned = [
            PlannedSeal(self._place(LATER, _seal_name(number, part)), (part,))
            for number, part in enumerate(seminar.reveal, 1)
        ]
        checked = CheckedVolumes([], on=self.book_path, progress=self.begin("Checking the book"))
        heard = self.begin("Building the students' book and its seals")
        built = sealed_books(checked, edition, planned, seminar=seminar, progress=heard)
        told = self._told_of_plan()
        self.remarks += [words for words in built.mentions if words not in told]
        first = self._place(STUDENTS, READ_ME)
        write_export(first, read_me(seminar.title, edition.name), force=True)
        self._hand_out([edition], "the book for students")
        self._hand_out([first], "how to open the book, rate the cases and hand in")
        return edition

    def _told_of_plan(self) -> set[str]:
        """What names a hidden case, and has been told of the plan already."""
        with open_book(self.book_path) as book:
            seen = still_seen(book, hidden_entries(book, self.seminar))
        return {f"{seen_words(words)}." for found in seen.values() for words in found}

    def _for_students(self, book: Book) -> None:
        # The public part of the plan, as the edition carries it.
        seminar = book.seminar or public_part(self.seminar)
        shown = [case.slug for case in seminar.cases]
        reader = (Part.NARRATIVE, Part.EXHIBITS, Part.TIMELINE, Part.QUESTIONS, Part.WORKSHEET)
        compared = self._comparison(book, shown) if shown else None
        if compared is not None:
            for name, title, parts, what in (
                ("reader", seminar.title, (*reader, Part.REFERENCES), "the cases to be read"),
                (
                    "worksheet",
                    f"{seminar.title}: worksheet",
                    (Part.WORKSHEET,),
                    "the worksheet alone",
                ),
            ):
                handout = Handout(compared, title, False, seminar.questions, parts)
                self._hand_out(self._papers(STUDENTS, name, self._handout(book, handout)), what)
        deck = self._place(STUDENTS, "cards.txt")
        write_export(deck, anki_text(book, slugs=shown, deck=seminar.title), force=True)
        self._hand_out([deck], "questions and terms as cards for Anki (File, Import)")
        self._references(book, STUDENTS, shown)

    def _revealed(self, edition: Path) -> None:
        """The papers of each hidden case, for those who read it there, beside its seal.

        They are made of the edition in which the seals have been broken so far: what is revealed
        later is not in them.
        """
        steps = reveal_steps(self.seminar)
        with open_book(self.book_path) as book:
            titles = self._titles(book)
        with temporary_folder() as folder:
            revealed = folder / edition.name
            copy_regular(edition, revealed)
            for number, part in enumerate(self.seminar.reveal, 1):
                seal = self._place(LATER, _seal_name(number, part), is_new=False)
                reveal(seal, revealed)
                files = [seal]
                if part.startswith(ENTRY):
                    slug = part.removeprefix(ENTRY)
                    with open_book(revealed) as book:
                        files += self._hidden_case(book, slug, titles[slug], f"{number}-{slug}")
                what = part_words(part, titles)
                if early := told_too_early(self.seminar, part):
                    what += f". Look through it first: its narrative may tell {early}, which is"
                    what += " revealed after it"
                self._hand_out(files, what, steps[part])

    def _hidden_case(self, book: Book, slug: str, title: str, name: str) -> list[Path]:
        """A hidden case on paper, and a worksheet for it."""
        compared = self._comparison(book, [slug])
        parts = (Part.NARRATIVE, Part.EXHIBITS, Part.TIMELINE, Part.REFERENCES)
        case = Handout(compared, title, parts=parts)
        sheet = Handout(compared, f"{title}: worksheet", parts=(Part.WORKSHEET,))
        return [
            *self._papers(LATER, name, self._handout(book, case)),
            *self._papers(LATER, f"{name}-worksheet", self._handout(book, sheet)),
        ]

    def _for_lecturer(self, book: Book) -> None:
        seminar = self.seminar
        slugs = [case.slug for case in seminar.cases]
        copy = Handout(
            self._comparison(book, slugs), seminar.title, True, seminar.questions, tuple(Part)
        )
        self._papers(LECTURER, "lecturers-copy", self._handout(book, copy))
        self._references(book, LECTURER, slugs)
        page = plan_page(seminar, self.handed_out, self._titles(book), book.info.language or "en")
        paper = set_in_style(page, self.style)
        self._papers(LECTURER, "what-to-hand-out-when", lambda form: written(paper, form))

    def _comparison(self, book: Book, slugs: Sequence[str]) -> Comparison:
        """The cases by the points of the seminar."""
        compared = compare(book, slugs, self.seminar.framework, subpoints=SubPoints.ALL)
        wanted = self.seminar.rated_points(compared.framework.criteria)
        rows = tuple(row for row in compared.every_row if row.criterion.key in wanted)
        return replace(compared, rows=rows, every_row=rows)

    def _handout(self, book: Book, handout: Handout) -> Callable[[PaperFormat], str | bytes]:
        return lambda form: handout_content(book, handout, form, self.style)

    def _papers(
        self, below: str, name: str, content: Callable[[PaperFormat], str | bytes]
    ) -> list[Path]:
        """Writes a paper in each of its formats, as far as what they need is installed."""
        found = []
        for form in _FORMS:
            try:
                data = content(form)
            except MissingError as error:
                self.remarks.append(error.message)
                continue
            path = self._place(below, f"{name}.{form.ending}")
            write_export(path, data, force=True)
            found.append(path)
        self.remarks = list(dict.fromkeys(self.remarks))
        return found

    def _references(self, book: Book, below: str, slugs: Sequence[str]) -> None:
        path = self._place(below, "references.bib")
        write_export(
            path, references_of(book, slugs, ReferenceFormat.BIBTEX, self.style), force=True
        )
        if below == STUDENTS:
            self._hand_out([path], "the references, for Zotero and other programs")

    def _place(self, below: str, name: str, *, is_new: bool = True) -> Path:
        if is_new:
            self.files.append(f"{below}/{name}")
        return path_within(self.folder, below, name)

    def _hand_out(self, files: Iterable[Path], what: str, before: int | None = None) -> None:
        names = tuple(f"{path.parent.name}/{path.name}" for path in files)
        self.handed_out.append(HandedOut(names, what, before))

    def _titles(self, book: Book) -> dict[str, str]:
        found = refs(book, [case.slug for case in self.seminar.cases])
        return {slug: ref.title for slug, ref in found.items()}


def _seal_name(number: int, part: str) -> str:
    return f"{number}-{part.replace(':', '-')}.seal"
