"""The quiz as JSON; the names are part of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.quiz.asking import GivenAnswer, Score, Tally
from casebook.renderings.cited_json import citation

Json = dict[str, Any]


def round_json(answers: Iterable[GivenAnswer], score: Score, left: int) -> Json:
    """A round: every answer beside the book's rating, and the score.

    Args:
        left: questions that were not answered.
    """
    return {"answers": [_answer(given) for given in answers], "left": left} | score_json(score)


def score_json(score: Score) -> Json:
    """How many answers were right, in all, by case and by point."""
    return {
        "asked": score.asked,
        "right": score.right,
        "by_case": [_tally(tally) for tally in score.by_case],
        "by_point": [_tally(tally) for tally in score.by_point],
    }


def _answer(given: GivenAnswer) -> Json:
    point = given.point
    return {
        "entry": point.entry.slug,
        "title": point.entry.title,
        "framework": point.framework.slug,
        "criterion": point.criterion.key,
        "point": point.criterion.title,
        "guess": given.rating,
        "reason": given.reason,
        "rating": point.cell.rating,
        "evidence": point.cell.evidence,
        "citations": [citation(cited) for cited in point.cell.citations],
        "right": given.is_right,
        "again": given.is_again,
    }


def _tally(tally: Tally) -> Json:
    return {"name": tally.name, "right": tally.right, "asked": tally.asked}
