"""What was found among some cases, as a document: printed, shown and exported alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebook.comparison.documents import cell_words, listed
from casebook.comparison.matrix import Comparison
from casebook.document import DocBlock, Document, Set
from casebook.patterns.analysis import Patterns, SetCondition
from casebook.patterns.document_parts import CaseNames, counted, item, paragraph, said, table
from casebook.patterns.formula_documents import evidence_blocks, formula_blocks
from casebook.patterns.rated_cases import contested_words
from casebook.patterns.truth_table import RowOutcome, TruthRow
from casebook.text import Text
from casebook.text_builder import TextBuilder
from casebook.vocabulary import Outcome

MOST_PAIRS = 8
"""Pairs of points that are listed; JSON has all."""
MOST_MISSING = 8
MOST_ROWS = 60

_ROW_OUTCOMES = {
    RowOutcome.ALL: "all",
    RowOutcome.NONE: "none",
    RowOutcome.CONTRADICTION: "some: contradiction",
    RowOutcome.UNKNOWN: "not known",
}


def patterns_document(found: Patterns, comparison: Comparison, outcome: Outcome) -> Document:
    """What was found, in the order in which it should be read.

    Args:
        comparison: the one that the patterns were looked for in.
        outcome: the one that was asked about.
    """
    return _PatternsWriter(found, comparison, outcome).document()


class _PatternsWriter:
    """Writes the parts of the document."""

    def __init__(self, found: Patterns, comparison: Comparison, outcome: Outcome) -> None:
        self.found = found
        self.comparison = comparison
        self.outcome = outcome
        self.points = found.table.points
        self.entries = {entry.slug: entry for entry in comparison.entries}
        self.names = CaseNames(comparison)

    def document(self) -> Document:
        title = f"Patterns: {self.comparison.framework.title}"
        asked = (
            f"{len(self.found.table.cases)} cases, {counted(len(self.points), 'point')}; "
            f"the outcome asked about is {self.outcome.said}."
        )
        blocks = [
            DocBlock(Set.TITLE, Text(title), anchor="top"),
            DocBlock(Set.PARAGRAPH, Text(asked)),
            *self._points(),
            *(DocBlock(Set.WARNING, Text(sentence)) for sentence in self.found.cannot),
            *self._section("Coverage", self._coverage()),
            *self._section("Truth table", self._truth_table()),
            *self._section("Contradictions", self._contradictions()),
            *self._section("Necessary and sufficient", self._conditions()),
            *self._section("Formulas", formula_blocks(self.found, self.comparison, self.outcome)),
            *self._section(
                "Evidence for the formulas", evidence_blocks(self.found, self.comparison)
            ),
        ]
        return Document(title, tuple(blocks), self.comparison.sources)

    def _section(self, title: str, blocks: Iterable[DocBlock]) -> list[DocBlock]:
        held = list(blocks)
        anchor = title.lower().replace(" ", "-")
        return [DocBlock(Set.HEADING, Text(title), level=2, anchor=anchor), *held] if held else []

    def _points(self) -> Iterator[DocBlock]:
        names = {row.criterion.key: row.criterion for row in self.comparison.every_row}
        for key in self.points:
            criterion = names[key]
            yield DocBlock(Set.FACT, Text(criterion.title), lead=criterion.key)

    # What is known at all

    def _coverage(self) -> Iterator[DocBlock]:
        held = self.found.coverage
        yield paragraph(
            f"{counted(held.complete, 'case')} of {held.cases} {_is(held.complete)} known on every "
            f"point and on the outcome; the outcome of {held.outcome_known} is known."
        )
        contested = contested_words(self.comparison, self.points)
        if contested:
            yield paragraph(contested)
        yield from table(
            ("Point", "Met", "Not met", "Open", "Tells cases apart"),
            [
                (
                    point.point,
                    str(point.met),
                    str(point.not_met),
                    str(point.open),
                    "yes" if point.is_usable else "no",
                )
                for point in held.points
            ],
            "point",
        )
        for choice in held.better_choices:
            cases = f"{counted(choice.complete, 'case')} would be complete"
            yield paragraph(f"With the points {listed(choice.points)} alone, {cases}.")
        if held.missing:
            yield paragraph("What would have to be found out first, to complete a case each:")
            for missing in held.missing[:MOST_MISSING]:
                lacks = [*missing.points, *(["its outcome"] if missing.outcome else [])]
                name = self.names.add(TextBuilder(), missing.case)
                yield item(name.add(f": {listed(lacks)}").text())
            if (more := len(held.missing) - MOST_MISSING) > 0:
                yield item(Text(f"and {more} more"))

    # What occurs

    def _truth_table(self) -> Iterator[DocBlock]:
        if not self.found.rows:
            yield paragraph("No case is known on every point, so no combination certainly occurs.")
            return
        shown = self.found.rows[:MOST_ROWS]
        yield from table(
            (*self.points, "Have it", "Consistency", "May belong", "Cases"),
            [
                (
                    *("1" if side else "0" for side in row.sides),
                    _ROW_OUTCOMES[row.outcome],
                    said(row.consistency),
                    str(len(row.possible) or "none"),
                    self.names.add_all(TextBuilder(), row.members).text(),
                )
                for row in shown
            ],
            "row",
        )
        words = f"1: met; 0: not met. Have it: whose outcome is {self.outcome.said}."
        if (more := len(self.found.rows) - len(shown)) > 0:
            words += f" {counted(more, 'other combination')} occur; JSON has all."
        yield paragraph(words)

    def _contradictions(self) -> Iterator[DocBlock]:
        for row in self.found.contradictions:
            words = (
                f"{row.term.said(self.points)}: "
                f"{listed([self.names.title(slug) for slug in row.with_outcome])} had the "
                f"outcome, {listed([self.names.title(slug) for slug in row.without_outcome])} "
                "had not, though the ratings are alike."
            )
            yield paragraph(words)
            yield from self._evidence(row)

    def _evidence(self, row: TruthRow) -> Iterator[DocBlock]:
        for slug in (*row.with_outcome, *row.without_outcome):
            entry = self.entries[slug]
            outcome = entry.outcome_said or "not known"
            yield item(self.names.add(TextBuilder(), slug).add(f" (outcome: {outcome})").text())
            for key in self.points:
                words = TextBuilder().strong(f"{key} ")
                yield item(cell_words(self.comparison.cell(key, slug), words).text(), 2)

    # How conditions lie to the outcome

    def _conditions(self) -> Iterator[DocBlock]:
        if not self.found.conditions:
            return
        yield paragraph(
            "~a: the point a is not met; a*b: both points are met; a + b: at least one of them is. "
            "Sufficient: the share of the condition's cases that have the outcome. Necessary: the "
            "share of the outcome's cases that have the condition. An interval covers everything "
            "that the silent cells may turn out to be. Known: of the cases that are known to have "
            "the condition and whose outcome is known, those that have the outcome."
        )
        singles = [held for held in self.found.conditions if held.joined is None]
        pairs = [held for held in self.found.conditions if held.joined is not None]
        yield from table(_CONDITION_COLUMNS, [self._condition(held) for held in singles], "single")
        telling = [held for held in pairs if held.is_telling]
        best = sorted(telling, key=_strength, reverse=True)[:MOST_PAIRS]
        if best:
            says = "says" if len(telling) == 1 else "say"
            cut = "" if len(best) == len(telling) else f", of which these {len(best)} say most"
            yield paragraph(
                f"{len(telling)} of {len(pairs)} pairs {says} more for certain than either of "
                f"their points by itself{cut}:"
            )
            yield from table(_CONDITION_COLUMNS, [self._condition(held) for held in best], "pair")
        elif pairs:
            yield paragraph(
                f"None of {len(pairs)} pairs says more for certain than either of its points."
            )

    def _condition(self, held: SetCondition) -> tuple[str, ...]:
        relation, known = held.relation, held.known
        return (
            held.said(self.points),
            said(relation.of_condition),
            said(relation.of_outcome),
            f"{known.with_outcome} of {known.inside}" if known.inside else "none",
            "open" if held.relevance is None else f"{float(held.relevance):.2f}",
        )


_CONDITION_COLUMNS = ("Condition", "Sufficient", "Necessary", "Known", "Relevance")


def _strength(held: SetCondition) -> tuple[float, float]:
    """Pairs that are certain to be both consistent and of wide coverage come first."""
    lows = [float(bounds.low) if bounds else 0.0 for bounds in held.relation]
    return min(lows), sum(lows)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
