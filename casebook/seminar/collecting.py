"""Takes files of answers into a class: what is odd is told and not taken.

Nobody's own notebook is touched: a student's ratings are one row among the class's, never the
lecturer's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.book.connection import Book
from casebook.errors import CasebookError
from casebook.safe_text import made_safe_line
from casebook.seminar.answer_file import AnswerFileError, read_answers
from casebook.seminar.answers import Answers, points_of
from casebook.seminar.class_file import check_class, make_class, only_seminar, opened_class
from casebook.seminar.class_values import ClassCase, ClassPoint
from casebook.seminar.class_words import of_another
from casebook.seminar.planned import Seminar

if TYPE_CHECKING:
    from casebook.seminar.class_store import PlannedClass, SeminarKey, Submissions

MOST_FILES = 10_000


@dataclass(slots=True)
class Collected:
    """What has become of some files of answers.

    Attributes:
        new: that are a student's first for their round.
        replaced: that took the place of earlier answers of the same student and round.
        same: that had been taken before.
        older: in whose place later answers of the same student and round were taken.
        refused: that were not taken, each with its reason.
        students: how many have answered by now, by round.
        notes: what the lecturer may want to know, in sentences.
    """

    new: int = 0
    replaced: int = 0
    same: int = 0
    older: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    students: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files that are named, each once: of a folder all `.json` in it; a `*` is filled in.

    Raises:
        CasebookError: there are too many, or none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(path.glob("*.json")))
        elif "*" in path.name and not path.exists():
            # Not every shell does it.
            found |= dict.fromkeys(sorted(path.parent.glob(path.name)))
        else:
            found[path] = None
    if len(found) > MOST_FILES:
        raise CasebookError(f"These are {len(found)} files; at most {MOST_FILES} are read at once.")
    if not found:
        raise CasebookError("There are no files of answers there.")
    return list(found)


def collect(path: Path, files: Sequence[Path], planned: PlannedClass | None = None) -> Collected:
    """Takes files of answers into a class, which is made where it is not there.

    No class is made where every file is refused.

    Args:
        planned: what the class is to rate; needed for a new one, and written anew in another.

    Raises:
        CasebookError: the class cannot be read or written, or is of another seminar; nothing
            has changed.
    """
    is_new = not path.exists() and not path.is_symlink()
    if is_new and planned is None:
        raise CasebookError(
            f"{path} is a new class. Name the seminar's plan with --seminar seminar.yaml."
        )
    if not is_new:
        check_class(path)
    # Files are read before anything is locked.
    read = [_read(file) for file in files]
    if is_new:
        make_class(path)
    try:
        done = _taken(path, read, planned)
        if is_new and done.refused and not done.students:
            path.unlink(missing_ok=True)
            done.notes.append(f"{path} was not made, because no file was accepted.")
        return done
    except BaseException:
        if is_new:
            path.unlink(missing_ok=True)
        raise


_Read = tuple[str, Answers | AnswerFileError]


def _read(file: Path) -> _Read:
    name = made_safe_line(str(file))
    try:
        return name, read_answers(file)
    except AnswerFileError as error:
        return name, error


def _taken(path: Path, read: Sequence[_Read], planned: PlannedClass | None) -> Collected:
    with opened_class(path, to_write=True) as connection:
        from casebook.seminar import class_store

        seminars = class_store.seminar_ids(connection)
        if not seminars and planned is not None:
            seminar = class_store.make_seminar(connection, planned)
        else:
            seminar = only_seminar(path, seminars)
            if planned is not None:
                _check_same(path, class_store.seminar_key(connection, seminar), planned)
                class_store.change_seminar(connection, seminar, planned)
        key = class_store.seminar_key(connection, seminar)
        found = class_store.submissions(connection, seminar)
        taking = _Taking(key, found)
        for name, answers in read:
            taking.take(name, answers)
        taking.reasons_gone = class_store.reasons_gone(connection, seminar, found)
        class_store.put_submissions(connection, seminar, found)
    taking.add_notes()
    return taking.collected


def _check_same(path: Path, key: SeminarKey, planned: PlannedClass) -> None:
    """Refuses the plan of another seminar.

    Raises:
        CasebookError: it is.
    """
    for what, held, other in (
        ("seminar", key.slug, planned.slug),
        ("book", key.book, planned.book),
        ("framework", key.framework, planned.framework),
    ):
        if held != other:
            raise CasebookError(
                f"{of_another(str(path), what, held, other)} Collect these answers into another"
                " class."
            )


class _Taking:
    """Decides of each file whether it counts."""

    def __init__(self, key: SeminarKey, found: Submissions) -> None:
        self.key = key
        self.found = found
        self.collected = Collected()
        self.files: dict[tuple[str, int], str] = {}
        """From which file each student's answers of a round were taken."""
        self.editions: Counter[str] = Counter()
        self.reasons_gone = 0
        """Reasons of earlier answers that later ones of the same students have not."""

    def take(self, file: str, read: Answers | AnswerFileError) -> None:
        """Takes a file, or notes why not."""
        if isinstance(read, AnswerFileError):
            self.collected.refused.append((file, read.words))
        elif why := self._foreign(read):
            self.collected.refused.append((file, why))
        else:
            self._take(file, read)

    def _foreign(self, answers: Answers) -> str:
        """Why answers are not this class's; empty where they are."""
        key = self.key
        if answers.seminar != key.slug:
            return f"is for the seminar '{answers.seminar}', not for '{key.slug}'"
        if answers.book != key.book:
            return f"is about the book '{answers.book}', not about '{key.book}'"
        if answers.framework != key.framework:
            return f"rates by the framework '{answers.framework}', not by '{key.framework}'"
        for answer in answers.answers:
            if answer.entry not in key.cases:
                return f"rates '{answer.entry}', which is not a case of this seminar"
            if answer.criterion not in key.points:
                return f"rates on the point '{answer.criterion}', which this seminar does not have"
        return ""

    def _take(self, file: str, answers: Answers) -> None:
        from casebook.seminar.class_store import digest_of

        place = answers.student, answers.round
        held, digest = self.found.held.get(place), digest_of(answers)
        if held is None:
            self.collected.new += 1
        else:
            mine, theirs = (held["number"], held["made"]), (answers.number, answers.made)
            if held["digest"] == digest and theirs <= mine:
                self.collected.same += 1
                return
            if theirs < mine:
                self.collected.older += 1
                return
            if theirs == mine:
                other = self.files.get(place, "a file that was collected before")
                self.collected.refused.append((file, f"differs from {other}, and neither is later"))
                return
            self.collected.replaced += 1
        self.files[place] = file
        self.found.changed[place] = answers
        self.found.held[place] = {
            "number": answers.number,
            "made": answers.made,
            "digest": digest,
        }
        if answers.number >= self.found.names.get(answers.student, (0, ""))[0]:
            self.found.names[answers.student] = answers.number, answers.name
        if answers.edition != self.key.edition:
            self.editions[answers.edition] += 1

    def add_notes(self) -> None:
        """Adds how many have answered by now, and what the lecturer may want to look at."""
        rounds = Counter(number for _, number in self.found.held)
        self.collected.students = dict(sorted(rounds.items()))
        for edition, count in sorted(self.editions.items()):
            self.collected.notes.append(
                f"{_files(count)} from the edition '{edition}' of the book; this class has"
                f" '{self.key.edition}'."
            )
        if self.reasons_gone:
            what = "1 reason" if self.reasons_gone == 1 else f"{self.reasons_gone} reasons"
            self.collected.notes.append(
                f"{what} of earlier answers went with them: the later ones rate the same without a"
                " reason."
            )
        names = Counter(name.casefold() for _, name in self.found.names.values() if name)
        for name, count in sorted(names.items()):
            if count > 1:
                called = next(n for _, n in self.found.names.values() if n.casefold() == name)
                self.collected.notes.append(
                    f"{count} students give the name {called}; is it one student with two"
                    " notebooks?"
                )


def _files(count: int) -> str:
    return "1 file is" if count == 1 else f"{count} files are"


def planned_class(book: Book, seminar: Seminar, class_name: str = "") -> PlannedClass:
    """What a class is to rate, with the titles that the book gives.

    Raises:
        NotFoundError: the book has no such framework, or none of some case.
    """
    from casebook.book.lists import framework
    from casebook.book.ratings import entries_of
    from casebook.seminar.class_limits import LONGEST_NAME
    from casebook.seminar.class_store import PlannedClass

    held = framework(book, seminar.framework)
    titles = {line.slug: line.title for line in entries_of(book, [c.slug for c in seminar.cases])}
    names = {criterion.key: criterion.title for criterion in held.criteria}
    return PlannedClass(
        seminar.slug,
        seminar.title,
        seminar.date,
        made_safe_line(class_name)[:LONGEST_NAME],
        book.info.slug,
        book.info.edition,
        held.slug,
        held.title,
        tuple(
            ClassCase(case.slug, titles.get(case.slug, case.slug), case.optional, case.hidden)
            for case in seminar.cases
        ),
        tuple(ClassPoint(key, names.get(key, key)) for key in points_of(book, seminar)),
    )
