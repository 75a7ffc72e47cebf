"""Reads `seminar.yaml`, and holds it to itself and to a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from casebook.book.connection import Book
from casebook.book.edition import ENTRY
from casebook.errors import CasebookError
from casebook.pack.forms import fill, guess
from casebook.pack.problems import PackError, Problems
from casebook.pack.yaml_tree import LONGEST, Node, read_yaml
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line
from casebook.seminar.hidden_entries import hidden_entries, remarks_on_names, tellings
from casebook.seminar.plan_forms import LooseSeminarForm, SeminarForm, StepForm
from casebook.seminar.planned import PlannedCase, Seminar, Step


def read_plan_file(path: Path, book: Book | None, remarks: list[str] | None = None) -> Seminar:
    """The plan in a file; see `casebook.seminar.plan.read_plan`."""
    text = _text_of(path)
    problems = Problems()
    node = read_yaml(text, str(path), problems)
    if node is None:
        raise PackError(problems)
    form, kept = fill(SeminarForm, node, problems)
    if form is None:
        # What is missing has been told; the rest is held to itself and to the book all the same.
        form, kept = fill(LooseSeminarForm, node, Problems())
    if form is None or kept is None:
        raise PackError(problems)
    checks = _Checks(form, kept, node, problems)
    checks.within()
    seminar = _plan(form)
    if book is not None:
        checks.against(book)
        hidden = hidden_entries(book, seminar)
        told = (*remarks_on_names(book, seminar, hidden), *tellings(seminar, hidden))
        for path_of, words in told:
            spot = kept.spot_of(path_of)
            if path_of[0] in ("title", "seminar"):
                problems.add(spot, words)
            elif remarks is not None:
                remarks.append(f"{spot}: {words}")
    if problems:
        raise PackError(problems)
    return seminar


def _text_of(path: Path) -> str:
    name = made_safe_line(str(path))
    try:
        data = read_regular(path, LONGEST + 1)
    except OSError as error:
        raise CasebookError(f"{name} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise CasebookError(f"{name} is not the path of a file.") from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise CasebookError(f"{name} is not UTF-8; save the file as UTF-8.") from None


def _plan(form: SeminarForm) -> Seminar:
    return Seminar(
        slug=form.seminar,
        title=form.title,
        date=form.date,
        framework=form.framework,
        points=tuple(form.points),
        cases=tuple(PlannedCase(case.slug, case.optional, case.hidden) for case in form.cases),
        questions=tuple(form.questions),
        steps=tuple(
            Step(
                step.title,
                step.minutes,
                step.case or "",
                step.point or "",
                _question(step, form.questions),
            )
            for step in form.steps
        ),
        reveal=tuple(form.reveal),
    )


def _question(step: StepForm, questions: Sequence[str]) -> str:
    """The words of the question of a step, which may name it by its number."""
    words = step.question or ""
    if not words.isdecimal():
        return words
    number = _number(words)
    return questions[number - 1] if 1 <= number <= len(questions) else ""


def _number(digits: str) -> int:
    """A number as it is written; one that is too long to be any is cut."""
    return int(digits[:9])


def _plain(node: Node, key: str) -> object:
    whole = node.plain()
    return whole.get(key) if isinstance(whole, dict) else None


def _slugs_written(node: Node) -> list[str]:
    """The slugs of the cases, of those that are wrong otherwise too."""
    cases = _plain(node, "cases")
    slugs = [
        case.get("slug") if isinstance(case, dict) else case
        for case in (cases if isinstance(cases, list) else ())
    ]
    return [slug for slug in slugs if isinstance(slug, str)]


class _Checks:
    """What is wrong with a plan whose form is right.

    Args:
        node: what the form was filled from, which knows the lines.
        written: the same with what is wrong in it, which the form leaves out.
    """

    def __init__(self, form: SeminarForm, node: Node, written: Node, problems: Problems) -> None:
        self.form = form
        self.node = node
        self.problems = problems
        self.written_cases = _slugs_written(written)
        questions = _plain(written, "questions")
        self.written_questions = len(questions) if isinstance(questions, list) else 0

    def tell(self, message: str, *path: int | str) -> None:
        self.problems.add(self.node.spot_of(path), message)

    def within(self) -> None:
        """Holds the plan to itself."""
        form = self.form
        slugs = self.written_cases
        self._once("cases", [case.slug for case in form.cases])
        self._once("points", form.points)
        self._once("reveal", form.reveal)
        for number, step in enumerate(form.steps):
            if step.case and step.case not in slugs:
                self.tell(
                    f"'{step.case}' is not among the cases{guess(step.case, slugs)}",
                    *("steps", number, "case"),
                )
            if step.point and form.points and step.point not in form.points:
                self.tell(
                    f"'{step.point}' is not among the points{guess(step.point, form.points)}",
                    *("steps", number, "point"),
                )
            words = step.question or ""
            if words.isdecimal() and not 1 <= _number(words) <= self.written_questions:
                self.tell(
                    f"there is no question {words}; the plan has {self.written_questions}",
                    *("steps", number, "question"),
                )
        self._reveal()

    def _once(self, name: str, items: Iterable[str]) -> None:
        seen: Counter[str] = Counter()
        for number, item in enumerate(items):
            seen[item] += 1
            if seen[item] == 2:
                self.tell(f"'{item}' occurs twice", name, number)

    def _reveal(self) -> None:
        """Each hidden case is revealed at some time, and no case that was never hidden."""
        form = self.form
        revealed = {part.removeprefix(ENTRY) for part in form.reveal if part.startswith(ENTRY)}
        hidden = {case.slug for case in form.cases if case.hidden}
        # What is wrong with a case has been told of it.
        wrong = set(self.written_cases) - {case.slug for case in form.cases}
        for number, case in enumerate(form.cases):
            if case.hidden and case.slug not in revealed:
                self.tell(
                    f"'{case.slug}' is hidden and never revealed; add {ENTRY}{case.slug} to"
                    " 'reveal'",
                    *("cases", number),
                )
        for number, part in enumerate(form.reveal):
            if part.startswith(ENTRY) and part.removeprefix(ENTRY) not in hidden | wrong:
                self.tell(f"'{part}' is not hidden: no case above says so", "reveal", number)

    def against(self, book: Book) -> None:
        """Holds the plan to a book."""
        from casebook.book.lists import frameworks

        known_slugs = [str(row[0]) for row in book.ask("SELECT slug FROM entry")]
        for number, case in enumerate(self.form.cases):
            if case.slug not in known_slugs:
                near = guess(case.slug, known_slugs)
                self.tell(f"the book has no entry '{case.slug}'{near}", "cases", number)
        known = {framework.slug: framework for framework in frameworks(book)}
        if not self.form.framework:
            return
        framework = known.get(self.form.framework)
        rated = [slug for slug, framework in known.items() if framework.is_assessed]
        if framework is None:
            near = guess(self.form.framework, known) or f"; it has {', '.join(rated)}"
            self.tell(f"the book has no framework '{self.form.framework}'{near}", "framework")
            return
        if not framework.is_assessed:
            self.tell(
                f"no case is held against '{self.form.framework}'; use {', '.join(rated)}",
                "framework",
            )
        keys = [criterion.key for criterion in framework.criteria]
        sub_points = {criterion.key for criterion in framework.criteria if criterion.depth}
        for number, point in enumerate(self.form.points):
            self._known_point(point, keys, "points", number)
        for number, step in enumerate(self.form.steps):
            if step.point and not self.form.points:
                self._known_point(step.point, keys, "steps", number, "point")
                if step.point in sub_points:
                    self.tell(
                        f"'{step.point}' is a sub-point, which is rated only if 'points' names it",
                        *("steps", number, "point"),
                    )

    def _known_point(self, point: str, keys: Sequence[str], *path: int | str) -> None:
        if point not in keys:
            self.tell(f"'{self.form.framework}' has no point '{point}'{guess(point, keys)}", *path)
