"""What was found among some cases, as a document: printed, shown and exported alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casebook.book.exhibit_values import CitedWords, ExhibitRow
from casebook.book.values import EntryLine, EntryRef
from casebook.comparison.documents import cell_words, listed
from casebook.comparison.matrix import Comparison
from casebook.document import DocBlock, Document, Set, table_blocks
from casebook.patterns.analysis import (
    FEW_CASES,
    Condition,
    FormulaKind,
    FoundFormula,
    Patterns,
)
from casebook.patterns.ratios import RatioBounds
from casebook.patterns.truth_table import RowOutcome, TruthRow
from casebook.text import Text
from casebook.text_builder import TextBuilder
from casebook.vocabulary import Outcome

MOST_PAIRS = 8
"""Pairs of points that are listed; JSON and the table of scores have all."""
MOST_MISSING = 8

_WARNING = (
    "With fewer than {few} complete cases a formula says what these cases have in common, and "
    "hardly anything of others: see how many ways to deal the outcome would have been fitted too."
)

_ROW_OUTCOMES = {
    RowOutcome.ALL: "all",
    RowOutcome.NONE: "none",
    RowOutcome.CONTRADICTION: "some: contradiction",
    RowOutcome.UNKNOWN: "not known",
}

_KINDS = {
    FormulaKind.CONSERVATIVE: "Conservative: nothing is assumed of combinations that do not occur",
    FormulaKind.PARSIMONIOUS: (
        "Parsimonious: combinations that do not occur may come out either way"
    ),
}


def patterns_document(found: Patterns, comparison: Comparison, outcome: Outcome) -> Document:
    """What was found, in the order in which it should be read.

    Args:
        comparison: the one that the patterns were looked for in.
        outcome: the one that was asked about.
    """
    return _Writer(found, comparison, outcome).document()


class _Writer:
    """Writes the parts of the document."""

    def __init__(self, found: Patterns, comparison: Comparison, outcome: Outcome) -> None:
        self.found = found
        self.comparison = comparison
        self.outcome = outcome
        self.points = found.table.points
        self.entries = {entry.slug: entry for entry in comparison.entries}

    def document(self) -> Document:
        title = f"Patterns: {self.comparison.framework.title}"
        asked = (
            f"{len(self.found.table.cases)} cases, {len(self.points)} points; the outcome asked "
            f"about is {self.outcome.said}."
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
            *self._section("Formulas", self._formulas()),
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
        words = (
            f"{_count(held.complete, 'case')} of {held.cases} {_is(held.complete)} known on every "
            f"point and on the outcome; the outcome of {held.outcome_known} is known."
        )
        yield _paragraph(words)
        yield from _table(
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
        if held.better_choice:
            yield _paragraph(
                f"With the points {listed(held.better_choice)} alone, "
                f"{_count(held.better_complete, 'case')} would be complete."
            )
        if held.missing:
            yield _paragraph("What would have to be found out first, to complete a case each:")
            for missing in held.missing[:MOST_MISSING]:
                lacks = [*missing.points, *(["its outcome"] if missing.outcome else [])]
                name = self._name(TextBuilder(), missing.case)
                yield _item(name.add(f": {listed(lacks)}").text())
            if (more := len(held.missing) - MOST_MISSING) > 0:
                yield _item(Text(f"and {more} more"))

    # What occurs

    def _truth_table(self) -> Iterator[DocBlock]:
        if not self.found.rows:
            yield _paragraph("No case is known on every point, so no combination certainly occurs.")
            return
        yield from _table(
            (*self.points, "Cases", "May belong", "Have the outcome", "Consistency"),
            [
                (
                    *("1" if side else "0" for side in row.sides),
                    ", ".join(row.members),
                    str(len(row.possible) or "none"),
                    _ROW_OUTCOMES[row.outcome],
                    _said(row.consistency),
                )
                for row in self.found.rows
            ],
            "row",
        )

    def _contradictions(self) -> Iterator[DocBlock]:
        for row in self.found.contradictions:
            words = (
                f"{row.term.said(self.points)}: "
                f"{listed([self.entries[slug].title for slug in row.with_outcome])} had the "
                f"outcome, {listed([self.entries[slug].title for slug in row.without_outcome])} "
                "had not, though the ratings are alike."
            )
            yield _paragraph(words)
            yield from self._evidence(row)

    def _evidence(self, row: TruthRow) -> Iterator[DocBlock]:
        for slug in (*row.with_outcome, *row.without_outcome):
            entry = self.entries[slug]
            outcome = entry.outcome.said if entry.outcome else "not known"
            yield _item(self._name(TextBuilder(), slug).add(f" (outcome: {outcome})").text())
            for key in self.points:
                words = TextBuilder().strong(f"{key} ")
                cell_words(self.comparison.cell(key, slug), words)
                yield DocBlock(Set.ITEM, words.text(), "\N{BULLET}", 2)

    # How conditions lie to the outcome

    def _conditions(self) -> Iterator[DocBlock]:
        if not self.found.conditions:
            return
        yield _paragraph(
            "Sufficient: the share of the condition's cases that have the outcome. Necessary: the "
            "share of the outcome's cases that have the condition. An interval covers everything "
            "that the silent cells may turn out to be."
        )
        singles = [held for held in self.found.conditions if held.joined is None]
        pairs = [held for held in self.found.conditions if held.joined is not None]
        yield from _table(_CONDITION_COLUMNS, [self._condition(held) for held in singles], "one")
        best = sorted(pairs, key=_strength, reverse=True)[:MOST_PAIRS]
        if best:
            yield _paragraph(f"Of {len(pairs)} pairs, the {len(best)} of which most is certain:")
            yield from _table(_CONDITION_COLUMNS, [self._condition(held) for held in best], "two")

    def _condition(self, held: Condition) -> tuple[str, ...]:
        relation = held.relation
        relevance = "not known" if held.relevance is None else f"{float(held.relevance):.2f}"
        return (
            held.said(self.points),
            _said(relation.of_condition),
            _said(relation.of_outcome),
            relevance,
        )

    # Formulas

    def _formulas(self) -> Iterator[DocBlock]:
        if not self.found.formulas:
            return
        if self.found.coverage.complete < FEW_CASES:
            yield DocBlock(Set.WARNING, Text(_WARNING.format(few=FEW_CASES)))
        for kind in FormulaKind:
            held = [formula for formula in self.found.formulas if formula.kind is kind]
            if not held:
                continue
            yield DocBlock(Set.HEADING, Text(_KINDS[kind]), level=3, anchor=f"formulas:{kind}")
            if len(held) > 1:
                yield _paragraph(
                    f"{len(held)} formulas are equally short; none is more right than another."
                )
            for formula in held:
                yield from self._formula(formula)
        if not self.found.all_formulas:
            yield _paragraph("The search was stopped: there may be others, and shorter ones.")

    def _formula(self, held: FoundFormula) -> Iterator[DocBlock]:
        words = TextBuilder().strong(held.formula.said(self.points))
        words.add(f" → {self.outcome.said}. Consistency {_said(held.relation.of_condition)}, ")
        words.add(f"coverage {_said(held.relation.of_outcome)}. By chance: {held.gauge.said}.")
        yield _paragraph(words.text())
        for term in held.terms:
            lead = TextBuilder().strong(term.term.said(self.points)).add(": ")
            yield _item(self._names(lead, term.cases).text())
        if held.may_fit:
            lead = TextBuilder().add("Incomplete cases of which it may be true: ")
            yield _item(self._names(lead, held.may_fit).text())
        marks = [f"{mark.case} {self.points[mark.point]}" for mark in held.fragility.marks]
        if marks:
            yield _item(Text(f"One of these marks the other way breaks it: {listed(marks)}"))
        if held.fragility.cases:
            lead = TextBuilder().add("Without one of these cases it would not be found: ")
            yield _item(self._names(lead, held.fragility.cases).text())

    # Names of cases

    def _name(self, builder: TextBuilder, slug: str) -> TextBuilder:
        entry: EntryLine = self.entries[slug]
        return builder.entry(EntryRef(entry.slug, entry.kind, entry.title))

    def _names(self, builder: TextBuilder, slugs: Sequence[str]) -> TextBuilder:
        for at, slug in enumerate(slugs):
            self._name(builder.add(", " if at else ""), slug)
        return builder


_CONDITION_COLUMNS = ("Condition", "Sufficient", "Necessary", "Relevance as necessary")


def _strength(held: Condition) -> tuple[float, float]:
    """Pairs that are certain to be both consistent and of wide coverage come first."""
    lows = [float(bounds.low) if bounds else 0.0 for bounds in held.relation]
    return min(lows), sum(lows)


def _said(bounds: RatioBounds | None) -> str:
    return bounds.said if bounds else "nothing to go by"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _paragraph(words: str | Text) -> DocBlock:
    return DocBlock(Set.PARAGRAPH, Text(words) if isinstance(words, str) else words)


def _item(words: Text) -> DocBlock:
    return DocBlock(Set.ITEM, words, "\N{BULLET}", 1)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], anchor: str) -> list[DocBlock]:
    held = [ExhibitRow(tuple(CitedWords(cell) for cell in row)) for row in rows]
    return table_blocks(columns, held, [f"{anchor}:{number}" for number in range(1, len(rows) + 1)])
