"""The parts of a handout, and which of them a reader gets who has not chosen."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from casebook.errors import CasebookError


class Part(StrEnum):
    """A part of a handout; the members stand in the order in which they are printed."""

    NARRATIVE = "narrative"
    """Each case as it is told, with its setting and its citations."""
    EXHIBITS = "exhibits"
    TIMELINE = "timeline"
    QUESTIONS = "questions"
    WORKSHEET = "worksheet"
    """The matrix without ratings, with room for a mark and a reason in each cell."""
    MATRIX = "matrix"
    """The ratings of the book with their evidence, and how each case has fared."""
    TEACHING = "teaching"
    """The teaching notes, for lecturers alone."""
    REFERENCES = "references"

    @property
    def said(self) -> str:
        """The part as a reader is offered it."""
        return {
            Part.NARRATIVE: "the cases, as they are told",
            Part.EXHIBITS: "exhibits",
            Part.TIMELINE: "timelines",
            Part.QUESTIONS: "questions for discussion",
            Part.WORKSHEET: "worksheet: the matrix without ratings",
            Part.MATRIX: "matrix: the ratings with their evidence",
            Part.TEACHING: "teaching notes",
            Part.REFERENCES: "references",
        }[self]


_WITH_ANSWERS = frozenset({Part.MATRIX, Part.TEACHING})
"""The parts that give the book's judgement away."""


def usual_parts(*, for_lecturer: bool) -> frozenset[Part]:
    """What a handout has when nothing is chosen: for a student no ratings."""
    every = frozenset(Part)
    return every if for_lecturer else every - _WITH_ANSWERS


def chosen_parts(asked: Iterable[Part], *, for_lecturer: bool) -> frozenset[Part]:
    """The parts of a handout.

    Args:
        asked: the parts that were chosen; the usual ones where there are none.

    Raises:
        CasebookError: a student's handout cannot have what is asked for.
    """
    chosen = frozenset(asked) or usual_parts(for_lecturer=for_lecturer)
    if Part.TEACHING in chosen and not for_lecturer:
        raise CasebookError(
            "Teaching notes are for lecturers: add --for lecturer, or leave --part teaching out."
        )
    return chosen
