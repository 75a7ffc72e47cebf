"""A seminar as its lecturer plans it, and the same as values for JSON.

A students' edition carries the public part of it; `casebook.seminar.plan` reads `seminar.yaml`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from casebook.book.edition import ENTRY, OUTCOMES, RATINGS
from casebook.stored_json import StoredJsonError, decoded

if TYPE_CHECKING:
    from casebook.book.page_values import CriterionLine


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case of a seminar.

    Attributes:
        optional: to be read by those who want to.
        hidden: a "B" case, which is sealed until it is revealed.
    """

    slug: str
    optional: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a seminar's time.

    Attributes:
        case: the slug of the case that it is about; empty for none.
        point: the key of the point that is discussed; empty for none.
        question: the words of the question that is asked; empty for none.
    """

    title: str
    minutes: int
    case: str = ""
    point: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Seminar:
    """The plan of a seminar.

    Attributes:
        slug: its name, by which answers know it.
        date: in ISO 8601, `2026-12-04`.
        framework: the slug of the framework that the cases are rated by.
        points: the keys of its points that the plan names; empty for all but the sub-points.
            What is rated, `rated_points` says.
        reveal: what is sealed, in the order in which it is revealed: `ratings`, `outcomes`,
            `entry:SLUG`.
    """

    slug: str
    title: str
    date: str
    framework: str
    points: tuple[str, ...] = ()
    cases: tuple[PlannedCase, ...] = ()
    questions: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    reveal: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """How long its steps take together."""
        return sum(step.minutes for step in self.steps)

    def rated_points(self, criteria: Iterable[CriterionLine]) -> tuple[str, ...]:
        """The keys of the points that are rated: those of the plan, else all but the sub-points.

        The app asks for these, files of answers and servers take these, and minutes count these.

        Args:
            criteria: the points of the framework, in order.
        """
        criteria = tuple(criteria)
        if not self.points:
            return tuple(each.key for each in criteria if not each.depth)
        known = {each.key for each in criteria}
        return tuple(key for key in self.points if key in known)


def public_part(
    seminar: Seminar,
    sealed: Collection[str] | None = None,
    tells: Callable[[str], bool] = lambda _: False,
) -> Seminar:
    """A plan without what is hidden, as a students' edition carries it.

    Questions that are asked of hidden cases alone are left out, and words that tell of one.

    Args:
        sealed: what is not revealed yet; None for everything that ever is.
        tells: whether words tell of what is not revealed yet.
    """
    hidden = {
        case.slug
        for case in seminar.cases
        if case.hidden and (sealed is None or f"{ENTRY}{case.slug}" in sealed)
    }
    of_hidden = questions_of_hidden(seminar, hidden)
    return replace(
        seminar,
        cases=tuple(case for case in seminar.cases if case.slug not in hidden),
        questions=tuple(
            asked for asked in seminar.questions if asked not in of_hidden and not tells(asked)
        ),
        steps=tuple(
            replace(step, question="") if tells(step.question) else step
            for step in seminar.steps
            if step.case not in hidden and not tells(step.title)
        ),
        reveal=tuple(part for part in seminar.reveal if part.removeprefix(ENTRY) not in hidden),
    )


def questions_of_hidden(seminar: Seminar, hidden: Collection[str]) -> set[str]:
    """The questions that are asked in steps about hidden cases, and in no other step."""
    within = {step.question for step in seminar.steps if step.case in hidden}
    return within - {step.question for step in seminar.steps if step.case not in hidden} - {""}


def told_too_early(seminar: Seminar, part: str) -> str:
    """What the narrative of a hidden case may tell before it is revealed; empty for nothing.

    Args:
        part: that reveals the case, `entry:SLUG`.
    """
    if not part.startswith(ENTRY) or part not in seminar.reveal:
        return ""
    later = seminar.reveal[seminar.reveal.index(part) + 1 :]
    words = {OUTCOMES: "how the case has fared", RATINGS: "why the book rates it as it does"}
    return " and ".join(words[name] for name in (OUTCOMES, RATINGS) if name in later)


def plan_values(seminar: Seminar) -> dict[str, Any]:
    """A plan as values for JSON."""
    return asdict(seminar)


def plan_of_values(values: Mapping[str, Any]) -> Seminar:
    """The plan that `plan_values` gave; what does not fit is left out, for it may be anybody's."""
    return Seminar(
        slug=_words(values.get("slug")),
        title=_words(values.get("title")),
        date=_words(values.get("date")),
        framework=_words(values.get("framework")),
        points=_list_of_words(values.get("points")),
        cases=tuple(
            PlannedCase(
                _words(case.get("slug")),
                case.get("optional") is True,
                case.get("hidden") is True,
            )
            for case in _mappings(values.get("cases"))
            if _words(case.get("slug"))
        ),
        questions=_list_of_words(values.get("questions")),
        steps=tuple(
            Step(
                _words(step.get("title")),
                _minutes(step.get("minutes")),
                _words(step.get("case")),
                _words(step.get("point")),
                _words(step.get("question")),
            )
            for step in _mappings(values.get("steps"))
        ),
        reveal=_list_of_words(values.get("reveal")),
    )


def plan_json(seminar: Seminar) -> str:
    """A plan as a book stores it."""
    return json.dumps(plan_values(seminar), ensure_ascii=False, separators=(",", ":"))


def plan_of_json(stored: str) -> Seminar | None:
    """The plan that `plan_json` gave; None where it is none."""
    try:
        values = decoded(stored)
    except StoredJsonError:
        return None
    plan = plan_of_values(values) if isinstance(values, dict) else None
    return plan if plan and plan.slug else None


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _minutes(value: object) -> int:
    return value if type(value) is int and value > 0 else 0


def _list_of_words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(item for item in value if isinstance(item, str) and item)


def _mappings(value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, list | tuple):
        return []
    return [item for item in value if isinstance(item, dict)]
