"""Patterns among cases in the formats that they are written in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, assert_never

from casebook.comparison.matrix import Comparison
from casebook.exports.formats import PatternsFormat
from casebook.exports.matrix_table import harmless
from casebook.patterns.analysis import FormulaKind, Patterns
from casebook.patterns.rated_cases import contested_words
from casebook.patterns.scores import EITHER, WHOLE, Calibration, PatternCase, SetScore
from casebook.vocabulary import Outcome


class PatternsFound(NamedTuple):
    """What was found, and all choices by which it was found.

    Attributes:
        outcome: the one that was asked about.
        threshold: the least consistency of a combination that a formula covers.
    """

    patterns: Patterns
    comparison: Comparison
    outcome: Outcome
    calibration: Calibration
    threshold: Fraction


def patterns_content(
    found: PatternsFound, form: PatternsFormat, *, width: int | None = None
) -> str:
    """What was found in a format.

    Args:
        width: cells of the terminal that plain text is printed on; None for a file.
    """
    match form:
        case PatternsFormat.TEXT:
            from casebook.patterns.documents import patterns_document
            from casebook.renderings.text import document_lines, prose_width

            document = patterns_document(found.patterns, found.comparison, found.outcome)
            return "\n".join(document_lines(document, prose_width(width))) + "\n"
        case PatternsFormat.JSON:
            from casebook.renderings.json_text import json_text
            from casebook.renderings.patterns_contract import patterns_json

            return json_text(patterns_json(found.patterns))
        case PatternsFormat.CSV:
            return scores_csv(found)
        case PatternsFormat.R:
            return "\n".join(_r_lines(found)) + "\n"
        case PatternsFormat.METHODS:
            return methods_paragraph(found) + "\n"
        case _:
            assert_never(form)


def scores_csv(found: PatternsFound) -> str:
    """The scores, a row a case; an interval is written with two dots: `0..1`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    table = found.patterns.table
    writer.writerow(["case", *(harmless(key) for key in table.points), found.outcome.value])
    for case in table.cases:
        scores = (*case.scores, case.outcome)
        writer.writerow([harmless(case.slug), *(_score(score) for score in scores)])
    return out.getvalue()


def _score(score: SetScore) -> str:
    if score.is_known:
        return _number(score.low)
    return f"{_number(score.low)}..{_number(score.high)}"


def _number(thousandths: int) -> str:
    return f"{thousandths / WHOLE:g}"


def _r_lines(found: PatternsFound) -> Iterator[str]:
    """A script that finds the same formulas, for R with the package QCA (3.25 or later)."""
    table = found.patterns.table
    complete = table.complete
    yield '# Made by Casebook. Run it in R with the package QCA: install.packages("QCA")'
    yield f"# {len(complete)} of {len(table.cases)} cases are complete, and only they are here."
    yield "library(QCA)"
    # Names of its own: a point's key may mean something to R.
    names = [f"P{number}" for number in range(1, len(table.points) + 1)]
    for name, key in zip(names, table.points, strict=True):
        yield f"# {name}: point {_comment(key)}"
    yield "cases <- data.frame("
    for at, name in enumerate(names):
        yield f"  {name} = c({_column([case.scores[at] for case in complete])}),"
    yield f"  OUT = c({_column([case.outcome for case in complete])}),"
    yield f"  row.names = c({', '.join(_quoted(case) for case in complete)})"
    yield ")"
    least = float(found.threshold)
    yield (f'table <- truthTable(cases, outcome = "OUT", incl.cut = {least:g}, show.cases = TRUE)')
    yield "print(table)"
    yield "# Conservative: nothing is assumed of combinations that do not occur."
    yield "print(minimize(table, details = TRUE))"
    yield "# Parsimonious: they may come out either way."
    yield 'print(minimize(table, include = "?", details = TRUE))'
    yield "# Necessary conditions."
    every = " + ".join(names)
    yield f'print(pof("{every}", outcome = "OUT", data = cases, relation = "necessity"))'


def _comment(key: str) -> str:
    return " ".join(key.split())


def _column(scores: list[SetScore]) -> str:
    """Known scores as numbers; one that is known to a side alone as that side."""
    return ", ".join(
        _number(score.low if score.is_known else WHOLE * bool(score.side)) for score in scores
    )


def _quoted(case: PatternCase) -> str:
    words = case.slug.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{words}"'


def methods_paragraph(found: PatternsFound) -> str:
    """What a methods section has to say of the choices that were made."""
    held, table = found.patterns, found.patterns.table
    framework = found.comparison.framework.title
    worth = ", ".join(
        f"{name.replace('_', ' ')} {'either way' if score == EITHER else _score(score)}"
        for name, score in zip(Calibration._fields, found.calibration, strict=True)
        if name != found.outcome.value
    )
    cases = (
        f"Of {len(table.cases)} cases, {len(table.complete)} were known on every one of the "
        f"{len(table.points)} points used ({', '.join(table.points)}) of the framework "
        f"“{framework}” and on the outcome; the outcome was {found.outcome.said}."
    )
    scores = (
        f"Ratings and other outcomes were scored as follows: {worth}; where the sources are "
        "silent nothing was filled in."
    )
    intervals = (
        "Consistency and coverage of single points and of pairs are given as intervals over all "
        "values that the open cells may take."
    )
    minimised = (
        "Formulas were minimised over the complete cases by the method of Quine and McCluskey "
        f"with a least consistency of {float(found.threshold):g} a combination, conservatively and "
        "parsimoniously, and all equally short ones are reported."
    )
    contested = contested_words(found.comparison, table.points)
    sentences = [cases, scores, *filter(None, [contested]), intervals, minimised]
    if held.contradictions:
        sentences.append(
            f"{len(held.contradictions)} combinations are contradictory and were counted as not "
            "leading to the outcome."
        )
    sentences += [
        f"{kind.value.capitalize()}: {formula.formula.said(table.points)} (assignments of the "
        f"outcome to the cases that a formula as short would fit: {formula.gauge.said})."
        for kind in FormulaKind
        for formula in held.formulas
        if formula.kind is kind
    ]
    return " ".join(sentences)
