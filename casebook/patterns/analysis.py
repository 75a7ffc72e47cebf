"""All that can be asked of one comparison: coverage, truth table, relations, formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from casebook.errors import CasebookError
from casebook.patterns.chance import Gauge, gauge
from casebook.patterns.fragility import Fragility, breaking_marks, deciding_cases
from casebook.patterns.implicants import Formula, Formulas, Product, conservative, parsimonious
from casebook.patterns.ratios import (
    RatioBounds,
    SetRelation,
    both,
    either,
    relevance_of_necessity,
    set_relation,
)
from casebook.patterns.scores import PatternCase, PatternTable, SetScore
from casebook.patterns.truth_table import RowOutcome, TruthRow, sorted_rows, truth_table

MOST_POINTS = 12
FEW_CASES = 10
"""Below so many complete cases a formula is printed with a warning."""


class PointCoverage(NamedTuple):
    """How much is known of a point.

    Attributes:
        met, not_met: cases on either side.
        open: those that are silent, or count either way.
    """

    point: str
    met: int
    not_met: int
    open: int

    @property
    def is_usable(self) -> bool:
        """True if it tells some of the cases apart."""
        return bool(self.met and self.not_met)


class MissingCell(NamedTuple):
    """What would have to be found out of a case before it is complete.

    Attributes:
        points: the keys of the open points.
        outcome: true if its outcome is not known either.
    """

    case: str
    points: tuple[str, ...]
    outcome: bool


class BetterChoice(NamedTuple):
    """A few points, and how many cases are complete with them alone."""

    points: tuple[str, ...]
    complete: int


class Coverage(NamedTuple):
    """How much is known at all.

    Attributes:
        by_open: how many cases have how many open points, the fewest first.
        missing: of each incomplete case, those that lack least first.
        better_choices: three points, and two, with which the most cases are complete, where
            that is more than with these.
    """

    cases: int
    complete: int
    outcome_known: int
    points: tuple[PointCoverage, ...]
    by_open: tuple[tuple[int, int], ...]
    missing: tuple[MissingCell, ...]
    better_choices: tuple[BetterChoice, ...] = ()


class Joined(StrEnum):
    """How two points make one condition."""

    AND = "and"
    OR = "or"


class KnownCases(NamedTuple):
    """What is known of the cases of a condition.

    Attributes:
        inside: cases that certainly have the condition and whose outcome is known.
        with_outcome: those of them that have the outcome.
        outside: cases that certainly do not have the condition.
    """

    inside: int
    with_outcome: int
    outside: int


class SetCondition(NamedTuple):
    """A point or its opposite, or two of them joined, and how it lies to the outcome.

    Attributes:
        parts: the place of a point, and whether it is met.
        relevance: how little trivial it is as a necessary condition; None where not known.
        is_telling: of a pair, whether more is certain of it than of either part by itself, and
            cases are known on both sides of it.
    """

    parts: tuple[tuple[int, bool], ...]
    joined: Joined | None
    relation: SetRelation
    relevance: Fraction | None
    known: KnownCases
    is_telling: bool = True

    def said(self, points: Sequence[str]) -> str:
        """As it is printed: `a*~b`, `a + b`."""
        sign = " + " if self.joined is Joined.OR else "*"
        return sign.join(f"{'' if met else '~'}{points[place]}" for place, met in self.parts)


class FormulaKind(StrEnum):
    """What a formula assumes of combinations that do not occur."""

    CONSERVATIVE = "conservative"
    """Nothing: it is true of the observed rows alone."""
    PARSIMONIOUS = "parsimonious"
    """That they may come out whichever way makes the formula shorter."""


class CarriedTerm(NamedTuple):
    """A term of a formula and the complete cases of which it is true."""

    term: Product
    cases: tuple[str, ...]


class FoundFormula(NamedTuple):
    """A minimal formula.

    Attributes:
        relation: to the outcome, over the complete cases.
        may_fit: the incomplete cases of which it may be true.
        gauge: how easily chance would have given one as short.
    """

    formula: Formula
    kind: FormulaKind
    terms: tuple[CarriedTerm, ...]
    relation: SetRelation
    may_fit: tuple[str, ...]
    gauge: Gauge
    fragility: Fragility


class Patterns(NamedTuple):
    """What was found; each list is empty where `cannot` says why.

    Attributes:
        contradictions: rows in which cases that are alike came out differently.
        formulas: conservative ones first; all that are equally small.
        all_formulas: False if the search for ties was stopped.
        cannot: sentences on what cannot be asked of these cases, and why.
    """

    table: PatternTable
    coverage: Coverage
    rows: tuple[TruthRow, ...] = ()
    conditions: tuple[SetCondition, ...] = ()
    formulas: tuple[FoundFormula, ...] = ()
    all_formulas: bool = True
    cannot: tuple[str, ...] = ()

    @property
    def contradictions(self) -> tuple[TruthRow, ...]:
        """The rows in which cases that are alike on every point came out differently."""
        return tuple(row for row in self.rows if row.outcome is RowOutcome.CONTRADICTION)


class Progress(NamedTuple):
    """How far a long analysis has come.

    Attributes:
        words: what is being done.
        done: how much of it, of `whole`.
    """

    words: str
    done: int
    whole: int

    @property
    def said(self) -> str:
        """As it is shown: `Pairs of points: 40 of 240`."""
        return f"{self.words}: {self.done} of {self.whole}"


def _untold(_progress: Progress) -> None:
    """Progress that nobody looks at."""


def stages(
    table: PatternTable,
    least_consistency: Fraction = Fraction(1),
    is_interrupted: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = _untold,
) -> Iterator[Patterns]:
    """The analysis, as it comes to be known: coverage and truth table, relations, formulas.

    Args:
        least_consistency: of a row that a formula covers, from 0 to 1.
        is_interrupted: asked often; when true, what is known so far is the last.
        tell: told often how far it has come.

    Raises:
        CasebookError: there are too many points, or none, or fewer than two cases.
    """
    _check(table)
    found = Patterns(table, _coverage(table), truth_table(table), cannot=_cannot(table))
    yield found
    conditions = []
    whole = 2 * len(table.points) ** 2
    for condition in _conditions(table):
        if is_interrupted():
            return
        conditions.append(condition)
        tell(Progress("Conditions", min(len(conditions), whole), whole))
    found = found._replace(conditions=tuple(conditions))
    yield found
    formulas: list[FoundFormula] = []
    for kind in FormulaKind:
        tell(Progress("Formulas", len(formulas), len(formulas) + 1))
        search = _FormulaSearch(table, kind, least_consistency)
        found = found._replace(all_formulas=found.all_formulas and search.smallest.are_all)
        formulas += search.found(is_interrupted, tell)
        if is_interrupted():
            return
    yield found._replace(formulas=tuple(formulas))


def analysis(table: PatternTable, least_consistency: Fraction = Fraction(1)) -> Patterns:
    """The whole analysis.

    Raises:
        CasebookError: as `stages` does.
    """
    *_, last = stages(table, least_consistency)
    return last


def _check(table: PatternTable) -> None:
    if len(table.cases) < 2:
        raise CasebookError("A pattern needs at least two cases.")
    if not table.points:
        raise CasebookError("A pattern needs at least one point.")
    if len(table.points) > MOST_POINTS:
        raise CasebookError(
            f"Choose at most {MOST_POINTS} points; {len(table.points)} are chosen. With more, "
            "nearly every case is a combination of its own."
        )


def _cannot(table: PatternTable) -> tuple[str, ...]:
    """What cannot be asked of these cases, in sentences."""
    sides = [case.outcome.side for case in table.cases]
    found = []
    if True not in sides and False not in sides:
        found.append("No case has an outcome that is known, so nothing can be said of it.")
    elif True not in sides:
        found.append("No case is known to have this outcome, so no formula can lead to it.")
    elif False not in sides:
        found.append(
            "Every case with a known outcome has this one: no point can tell it from another."
        )
    complete = {case.outcome.side for case in table.complete}
    if not complete:
        found.append(
            "No case is known on all of these points and on the outcome, so there is no formula."
        )
    elif len(complete) == 1 and not found:
        found.append(
            "The cases that are known on all of these points and on the outcome came out alike, so "
            "there is no formula: it would have nothing to tell apart."
        )
    return tuple(found)


def _coverage(table: PatternTable) -> Coverage:
    points = []
    for place, key in enumerate(table.points):
        sides = Counter(case.sides[place] for case in table.cases)
        points.append(PointCoverage(key, sides[True], sides[False], sides[None]))
    missing = [
        MissingCell(
            case.slug,
            tuple(key for key, side in zip(table.points, case.sides, strict=True) if side is None),
            case.outcome.side is None,
        )
        for case in table.cases
        if not case.is_complete
    ]
    missing.sort(key=lambda cell: (len(cell.points) + cell.outcome, cell.outcome))
    complete = len(table.complete)
    return Coverage(
        len(table.cases),
        complete,
        sum(case.outcome.side is not None for case in table.cases),
        tuple(points),
        tuple(sorted(Counter(case.sides.count(None) for case in table.cases).items())),
        tuple(missing),
        tuple(it for it in _better_choices(table, points) if it.complete > complete),
    )


def _better_choices(table: PatternTable, points: Sequence[PointCoverage]) -> list[BetterChoice]:
    """Three usable points, and two, with which the most cases are complete.

    Only choices of which complete cases have come out both ways: of others nothing can be told
    apart. Two points are named where they complete more cases than three.
    """
    usable = [place for place, point in enumerate(points) if point.is_usable]
    known = [case for case in table.cases if case.outcome.side is not None]
    sides = [case.sides for case in known]
    outcomes = [case.outcome.side for case in known]
    best: list[BetterChoice] = []
    for size in (3, 2):
        most = best[-1].complete if best else 0
        chosen: tuple[int, ...] = ()
        for places in combinations(usable, size) if size < len(points) else ():
            complete = [
                outcome
                for held, outcome in zip(sides, outcomes, strict=True)
                if all(held[at] is not None for at in places)
            ]
            if len(complete) > most and len(set(complete)) > 1:
                chosen, most = places, len(complete)
        if chosen:
            best.append(BetterChoice(tuple(table.points[at] for at in chosen), most))
    return best


def _conditions(table: PatternTable) -> Iterator[SetCondition]:
    """Each point and its opposite, and each pair of them, of the points that are known at all."""
    outcomes = [case.outcome for case in table.cases]
    columns: dict[tuple[int, bool], list[SetScore]] = {}
    for place in range(len(table.points)):
        scores = [case.scores[place] for case in table.cases]
        if any(score.side is not None for score in scores):
            columns[place, True] = scores
            columns[place, False] = [score.negated for score in scores]
    singles: dict[tuple[int, bool], SetCondition] = {}
    for part, scores in columns.items():
        singles[part] = _condition((part,), None, scores, outcomes)
        yield singles[part]
    for first, second in combinations(columns, 2):
        if first[0] == second[0]:
            continue
        held = list(zip(columns[first], columns[second], strict=True))
        for joined, join in ((Joined.AND, both), (Joined.OR, either)):
            scores = [join(pair) for pair in held]
            pair = _condition((first, second), joined, scores, outcomes)
            yield pair._replace(is_telling=_is_telling(pair, (singles[first], singles[second])))


def _is_telling(pair: SetCondition, parts: Sequence[SetCondition]) -> bool:
    """Whether more is certain of a pair than of its parts.

    Two points of which both must be met narrow a condition down, and are worth it if more of
    its cases have the outcome; two of which one is enough widen it, and are worth it if more of
    the outcome's cases have it.
    """
    if not (pair.known.inside and pair.known.outside):
        return False
    side = 0 if pair.joined is Joined.AND else 1
    return _least(pair.relation[side]) > max(_least(part.relation[side]) for part in parts)


def _least(bounds: RatioBounds | None) -> Fraction:
    return bounds.low if bounds else Fraction(0)


def _condition(
    parts: tuple[tuple[int, bool], ...],
    joined: Joined | None,
    scores: Sequence[SetScore],
    outcomes: Sequence[SetScore],
) -> SetCondition:
    pairs = list(zip(scores, outcomes, strict=True))
    inside = [y.side for x, y in pairs if x.side and y.side is not None]
    outside = sum(x.side is False for x in scores)
    known = KnownCases(len(inside), sum(inside), outside)
    return SetCondition(parts, joined, set_relation(pairs), relevance_of_necessity(pairs), known)


MOST_REMOVALS = 60
"""Cases without which the formulas are looked for anew; each costs a search."""


class _FormulaSearch:
    """The smallest formulas of a kind over the complete cases of a table."""

    def __init__(self, table: PatternTable, kind: FormulaKind, least: Fraction) -> None:
        self.table = table
        self.complete = table.complete
        self.kind = kind
        self.least = least
        self.smallest = self._minimal(self.complete)
        deciding = deciding_cases(table)
        self.tries_removals = self.smallest.are_all and len(deciding) <= MOST_REMOVALS
        self.deciding = deciding if self.tries_removals else ()
        self.gauges: dict[int, Gauge] = {}

    def _minimal(self, cases: Sequence[PatternCase]) -> Formulas:
        """The smallest formulas over some complete cases."""
        known = self.table._replace(cases=tuple(cases))
        rows = sorted_rows(truth_table(known), self.least)
        if not rows.positive or not rows.negative:
            return Formulas(())
        if self.kind is FormulaKind.CONSERVATIVE:
            return conservative(rows.positive)
        return parsimonious(rows.positive, rows.negative)

    def found(
        self, is_interrupted: Callable[[], bool], tell: Callable[[Progress], None]
    ) -> Iterator[FoundFormula]:
        """The formulas with all that is told of them; ends early when interrupted."""
        if not self.smallest.found:
            return
        needed: dict[Formula, list[str]] = {formula: [] for formula in self.smallest.found}
        for number, slug in enumerate(self.deciding):
            if is_interrupted():
                return
            tell(Progress("Formulas without a case", number, len(self.deciding)))
            still = set(self._minimal([it for it in self.complete if it.slug != slug]).found)
            for formula, cases in needed.items():
                if formula not in still:
                    cases.append(slug)
        for formula, cases in needed.items():
            if is_interrupted():
                return
            yield self._told(formula, tuple(cases))

    def _told(self, formula: Formula, needed: tuple[str, ...]) -> FoundFormula:
        complete = self.complete
        pairs = [(formula.membership(case.scores), case.outcome) for case in complete]
        return FoundFormula(
            formula,
            self.kind,
            tuple(
                CarriedTerm(term, tuple(case.slug for case in complete if term.holds(case.sides)))
                for term in formula.terms
            ),
            set_relation(pairs),
            tuple(
                case.slug
                for case in self.table.cases
                if not case.is_complete and formula.holds(case.sides) is not False
            ),
            self._gauge(formula.length),
            Fragility(breaking_marks(formula, self.table), needed, self.tries_removals),
        )

    def _gauge(self, length: int) -> Gauge:
        if length not in self.gauges:
            complete = self.complete
            rows = [tuple(bool(side) for side in case.sides) for case in complete]
            with_outcome = sum(bool(case.outcome.side) for case in complete)
            self.gauges[length] = gauge(rows, with_outcome, length)
        return self.gauges[length]
