"""Patterns as JSON: the names are a contract, as those of `contract` are."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.patterns.analysis import FoundFormula, Patterns
from casebook.patterns.ratios import RatioBounds
from casebook.patterns.scores import WHOLE, SetScore
from casebook.renderings.cited_json import Json


def patterns_json(value: Patterns) -> Json:
    """The answer of `patterns`; a score or a ratio is its least and greatest value."""
    points = value.table.points
    return {
        "points": list(points),
        "cases": [
            {
                "entry": case.slug,
                "scores": {
                    key: _scored(score) for key, score in zip(points, case.scores, strict=True)
                },
                "outcome": _scored(case.outcome),
            }
            for case in value.table.cases
        ],
        "coverage": {
            "complete": value.coverage.complete,
            "outcome_known": value.coverage.outcome_known,
            "points": [
                {"point": held.point, "met": held.met, "not_met": held.not_met, "open": held.open}
                for held in value.coverage.points
            ],
            "missing": [
                {"entry": held.case, "points": list(held.points), "outcome": held.outcome}
                for held in value.coverage.missing
            ],
            "better_choices": [
                {"points": list(choice.points), "complete": choice.complete}
                for choice in value.coverage.better_choices
            ],
        },
        "rows": [
            {
                "sides": dict(zip(points, row.sides, strict=True)),
                "members": list(row.members),
                "possible": list(row.possible),
                "with_outcome": list(row.with_outcome),
                "without_outcome": list(row.without_outcome),
                "outcome": row.outcome,
                "consistency": _ratio(row.consistency),
                "pri": None if row.pri is None else float(row.pri),
            }
            for row in value.rows
        ],
        "conditions": [
            {
                "condition": held.said(points),
                "sufficient": _ratio(held.relation.of_condition),
                "necessary": _ratio(held.relation.of_outcome),
                "known": held.known.inside,
                "known_with_outcome": held.known.with_outcome,
                "relevance": None if held.relevance is None else float(held.relevance),
            }
            for held in value.conditions
        ],
        "formulas": [_formula(held, points) for held in value.formulas],
        "all_formulas": value.all_formulas,
        "cannot": list(value.cannot),
    }


def _formula(held: FoundFormula, points: Sequence[str]) -> Json:
    share = held.gauge.share
    return {
        "formula": held.formula.said(points),
        "kind": held.kind,
        "terms": [
            {"term": term.term.said(points), "cases": list(term.cases)} for term in held.terms
        ],
        "consistency": _ratio(held.relation.of_condition),
        "coverage": _ratio(held.relation.of_outcome),
        "may_fit": list(held.may_fit),
        "deals_fitted": held.gauge.fitting if held.gauge.is_exact else None,
        "deals": held.gauge.deals,
        "share_of_deals": None if share is None else float(share),
        "breaking_marks": [
            {"entry": mark.case, "point": points[mark.point]} for mark in held.fragility.marks
        ],
        "needed_cases": list(held.fragility.cases) if held.fragility.are_cases_known else None,
    }


def _scored(score: SetScore) -> list[float]:
    return [score.low / WHOLE, score.high / WHOLE]


def _ratio(bounds: RatioBounds | None) -> list[float] | None:
    return None if bounds is None else [float(bounds.low), float(bounds.high)]
