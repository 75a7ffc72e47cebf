"""The formulas that were found, what each depends on, and the evidence that they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.comparison.documents import cell_words
from casebook.comparison.matrix import Comparison
from casebook.document import DocBlock, Set
from casebook.patterns.analysis import FEW_CASES, FormulaKind, FoundFormula, Patterns
from casebook.patterns.document_parts import CaseNames, counted, item, paragraph, said
from casebook.text import Text
from casebook.text_builder import TextBuilder
from casebook.vocabulary import Outcome

MOST_SHOWN = 8
"""Formulas of a kind that are told in full; JSON has all."""
MOST_EVIDENCE = 40
"""Cases whose marks are told with their evidence."""

_WARNING = (
    f"With fewer than {FEW_CASES} complete cases a formula says what these cases have in common, "
    "and hardly anything of others: see how often chance alone would have given one as short."
)

_KINDS = {
    FormulaKind.CONSERVATIVE: "Conservative: nothing is assumed of combinations that do not occur",
    FormulaKind.PARSIMONIOUS: (
        "Parsimonious: combinations that do not occur may come out either way"
    ),
}

_FORMULA = "formula:"


def formula_anchor(number: int) -> str:
    """Where a formula stands in the document, by its place among all."""
    return f"{_FORMULA}{number}"


def formula_number(anchor: str) -> int | None:
    """Which formula stands at an anchor; None where it is that of something else."""
    number = anchor.removeprefix(_FORMULA)
    return int(number) if number != anchor and number.isdecimal() else None


def formula_blocks(found: Patterns, comparison: Comparison, outcome: Outcome) -> Iterator[DocBlock]:
    """All formulas, the conservative ones first."""
    if not found.formulas:
        return
    if found.coverage.complete < FEW_CASES:
        yield DocBlock(Set.WARNING, Text(_WARNING))
    names = CaseNames(comparison)
    for kind in FormulaKind:
        held = [(at, it) for at, it in enumerate(found.formulas) if it.kind is kind]
        if not held:
            continue
        yield DocBlock(Set.HEADING, Text(_KINDS[kind]), level=3, anchor=f"formulas:{kind}")
        if len(held) > 1:
            yield paragraph(f"{len(held)} formulas are equally short; none is more right.")
        for at, formula in held[:MOST_SHOWN]:
            yield from _formula(formula, at, found.table.points, names, outcome)
        if (more := len(held) - MOST_SHOWN) > 0:
            others = ", ".join(it.formula.said(found.table.points) for _, it in held[MOST_SHOWN:])
            yield paragraph(f"And {counted(more, 'other')}: {others}.")
    if not found.all_formulas:
        yield paragraph("The search was stopped: there may be others, and shorter ones.")


def _formula(
    held: FoundFormula, at: int, points: tuple[str, ...], names: CaseNames, outcome: Outcome
) -> Iterator[DocBlock]:
    words = TextBuilder().strong(held.formula.said(points))
    words.add(f" \N{RIGHTWARDS ARROW} {outcome.said}. ")
    words.add(f"Consistency {said(held.relation.of_condition)}, ")
    words.add(f"coverage {said(held.relation.of_outcome)}. By chance: {held.gauge.said}.")
    yield DocBlock(Set.PARAGRAPH, words.text(), anchor=formula_anchor(at))
    for term in held.terms:
        keys = [points[place] for place, _ in term.term.literals]
        told = TextBuilder().strong(term.term.said(points)).add(": ")
        yield item(names.add_all_marks(told, dict.fromkeys(term.cases, keys)).text())
    if held.may_fit:
        told = TextBuilder().add("Incomplete cases of which it may be true: ")
        yield item(names.add_all(told, held.may_fit).text())
    by_case: dict[str, list[str]] = {}
    for mark in held.fragility.marks:
        by_case.setdefault(mark.case, []).append(points[mark.point])
    if by_case:
        told = TextBuilder().add("Any one of these marks the other way breaks it: ")
        yield item(names.add_all_marks(told, by_case).text())
    if held.fragility.cases:
        told = TextBuilder().add("Without any one of these cases it would not be found: ")
        yield item(names.add_all(told, held.fragility.cases).text())
    if not held.fragility.are_cases_known:
        yield item(Text("Whether it depends on a single case was not looked for."))


def evidence_blocks(found: Patterns, comparison: Comparison) -> Iterator[DocBlock]:
    """What the book says for each mark by which a case carries a formula."""
    by_case: dict[str, set[int]] = {}
    for formula in found.formulas:
        for term in formula.terms:
            for slug in term.cases:
                by_case.setdefault(slug, set()).update(place for place, _ in term.term.literals)
    names = CaseNames(comparison)
    for slug in list(by_case)[:MOST_EVIDENCE]:
        yield item(names.add(TextBuilder(), slug).text())
        for place in sorted(by_case[slug]):
            key = found.table.points[place]
            words = TextBuilder().strong(f"{key} ")
            yield item(cell_words(comparison.cell(key, slug), words).text(), 2)
    if (more := len(by_case) - MOST_EVIDENCE) > 0:
        yield item(Text(f"and {counted(more, 'more case')}"))
