"""What a class has answered, as JSON. The names are a contract; no student is named."""

from __future__ import annotations

from typing import Any

from casebook.seminar.agreement import RaterAgreement
from casebook.seminar.class_results import CellResult, ClassResults, LineResult
from casebook.seminar.class_words import counts_by_rating

Json = dict[str, Any]


def class_json(shown: ClassResults) -> Json:
    """A class's answers of a round, counted."""
    record = shown.record
    return {
        "seminar": record.slug,
        "title": record.title,
        "date": record.date,
        "class": record.class_name,
        "book": record.book,
        "edition": record.edition,
        "framework": record.framework,
        "round": shown.round,
        "before": shown.before,
        "students": [
            {"round": number, "students": count} for number, count in shown.students.items()
        ],
        "withheld_below": shown.fewest,
        "revealed": shown.comparison is not None,
        "overall": _line(shown.overall),
        "cases": [{"entry": case.key, "title": case.title, **_line(case)} for case in shown.cases],
        "points": [
            {
                "criterion": point.key,
                "title": point.title,
                **_line(point),
                "cells": [_cell(shown.cell(case.key, point.key)) for case in shown.cases],
            }
            for point in shown.points
        ],
    }


def _line(line: LineResult) -> Json:
    return {
        "agreement": _agreement(line.agreement),
        "agreement_before": _agreement(line.before),
        "division": line.division,
    }


def _agreement(found: RaterAgreement | None) -> Json | None:
    return found._asdict() if found is not None else None


def _cell(cell: CellResult) -> Json:
    return {
        "entry": cell.entry,
        "counts": {rating.value: count for rating, count in counts_by_rating(cell.counts).items()}
        if cell.counts is not None
        else None,
        "division": cell.division,
        "shift": cell.shift._asdict() if cell.shift is not None else None,
        "reasons": [
            {"rating": argument.rating.value, "reason": argument.words, "times": argument.times}
            for argument in cell.arguments
        ],
        "book": cell.of_book.rating.value if cell.of_book is not None else None,
    }
