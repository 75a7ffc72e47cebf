"""What is shown in a seminar, one thing after another: the steps of its plan as slides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casebook.seminar.planned import Seminar, Step


class Slide(NamedTuple):
    """One thing on the screen.

    Attributes:
        step: the number of the step that it belongs to, from 0.
        title: of the step.
        minutes: that the step takes.
        question: its words; empty for none.
        point: the key of the point that is shown across cases; empty for none.
        cases: the slugs of the cases that are shown.
    """

    step: int
    title: str
    minutes: int
    question: str = ""
    point: str = ""
    cases: tuple[str, ...] = ()


def slides_of(plan: Seminar, points: Sequence[str]) -> tuple[Slide, ...]:
    """The slides of a plan: at least one for each step.

    Args:
        points: the keys of the points that are rated, in their order.
    """
    return tuple(
        slide
        for number, step in enumerate(plan.steps)
        for slide in _of_step(plan, number, step, points)
    )


def _of_step(plan: Seminar, number: int, step: Step, points: Sequence[str]) -> Iterator[Slide]:
    bare = Slide(number, step.title, step.minutes)
    cases = (
        (step.case,)
        if step.case
        else tuple(case.slug for case in plan.cases if not case.hidden and not case.optional)
    )
    if step.question or not (step.case or step.point):
        yield bare._replace(question=step.question, cases=(step.case,) if step.case else ())
    if step.point:
        yield bare._replace(point=step.point, cases=cases)
    elif step.case:
        for key in points:
            yield bare._replace(point=key, cases=cases)
