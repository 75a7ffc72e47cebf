"""The results that the R package QCA 3.25.1 prints for published tables."""

from __future__ import annotations

from fractions import Fraction

import pytest

from casebook.patterns.analysis import FormulaKind, analysis
from casebook.patterns.chance import gauge
from casebook.patterns.implicants import Formula
from casebook.patterns.ratios import RatioBounds, relevance_of_necessity, set_relation
from casebook.patterns.scores import PatternTable
from casebook.patterns.truth_table import truth_table
from tests.casebook.patterns.tables import published


def opposite(table: PatternTable) -> PatternTable:
    cases = (case._replace(outcome=case.outcome.negated) for case in table.cases)
    return table._replace(cases=tuple(cases))


def formulas(table: PatternTable, least: str = "1") -> dict[str, list[set[str]]]:
    """The formulas by kind, each as the set of its terms."""
    found = analysis(table, Fraction(least)).formulas
    return {
        kind.value: [
            set(held.formula.said(table.points).split(" + ")) for held in found if held.kind is kind
        ]
        for kind in FormulaKind
    }


def shown(bounds: RatioBounds | None) -> str:
    assert bounds is not None
    assert bounds.is_known
    return f"{float(bounds.low):.3f}"


def measures(table: PatternTable, formula: Formula) -> list[tuple[str, ...]]:
    """Consistency and coverage of each term, then of the whole formula."""
    held = [Formula((term,)) for term in formula.terms]
    rows: list[tuple[str, ...]] = []
    for part in [*held, formula] if len(held) > 1 else [formula]:
        relation = set_relation(
            [(part.membership(case.scores), case.outcome) for case in table.cases]
        )
        words = part.said(table.points)
        rows.append((words, shown(relation.of_condition), shown(relation.of_outcome)))
    return rows


def test_lipset_crisp() -> None:
    table = published("lipset_LC.csv")
    assert formulas(table) == {
        "conservative": [{"DEV*~URB*LIT*STB", "DEV*LIT*IND*STB"}],
        "parsimonious": [{"DEV*STB"}],
    }
    assert formulas(opposite(table)) == {
        "conservative": [{"~DEV*~URB*~IND", "DEV*LIT*IND*~STB"}],
        "parsimonious": [{"~DEV", "~STB"}],
    }
    rows = {"".join("01"[side] for side in row.sides): row for row in truth_table(table)}
    assert {name: row.members for name, row in rows.items()} == {
        "11111": ("BE", "CZ", "NL", "UK"),
        "10101": ("FI", "IE"),
        "10111": ("FR", "SE"),
        "00000": ("GR", "PT", "ES"),
        "00001": ("IT", "RO"),
        "00100": ("HU", "PL"),
        "00101": ("EE",),
        "10110": ("AU",),
        "11110": ("DE",),
    }


def test_lipset_crisp_terms_are_measured() -> None:
    table = published("lipset_LC.csv")
    found = analysis(table).formulas[0]
    assert measures(table, found.formula) == [
        ("DEV*~URB*LIT*STB", "1.000", "0.500"),
        ("DEV*LIT*IND*STB", "1.000", "0.750"),
        ("DEV*~URB*LIT*STB + DEV*LIT*IND*STB", "1.000", "1.000"),
    ]
    assert [term.cases for term in found.terms] == [
        ("FI", "FR", "IE", "SE"),
        ("BE", "CZ", "FR", "NL", "SE", "UK"),
    ]


@pytest.mark.parametrize(
    ("point", "necessary", "relevance", "coverage"),
    [
        ("DEV", "1.000", "0.800", "0.800"),
        ("URB", "0.500", "0.929", "0.800"),
        ("LIT", "1.000", "0.500", "0.615"),
        ("IND", "0.750", "0.833", "0.750"),
        ("STB", "1.000", "0.700", "0.727"),
        ("~DEV", "0.000", "0.556", "0.000"),
        ("~URB", "0.500", "0.357", "0.308"),
        ("~LIT", "0.000", "0.722", "0.000"),
        ("~IND", "0.250", "0.500", "0.200"),
        ("~STB", "0.000", "0.611", "0.000"),
        ("DEV*LIT", "1.000", "0.800", "0.800"),
        ("DEV*STB", "1.000", "1.000", "1.000"),
        ("LIT*STB", "1.000", "0.900", "0.889"),
        ("~URB + IND", "1.000", "0.000", "0.444"),
    ],
)
def test_lipset_crisp_necessity(point: str, necessary: str, relevance: str, coverage: str) -> None:
    table = published("lipset_LC.csv")
    found = {held.said(table.points): held for held in analysis(table).conditions}[point]
    assert found.relevance is not None
    assert (
        shown(found.relation.of_outcome),
        f"{float(found.relevance):.3f}",
        shown(found.relation.of_condition),
    ) == (necessary, relevance, coverage)


def test_lipset_fuzzy() -> None:
    table = published("lipset_LF.csv")
    assert [
        (
            "".join("01"[side] for side in row.sides),
            ",".join(row.members),
            shown(row.consistency),
            f"{float(row.pri or 0):.3f}",
        )
        for row in sorted(
            truth_table(table), key=lambda row: -(row.consistency.low if row.consistency else 0)
        )
    ] == [
        ("11111", "BE,CZ,NL,UK", "0.904", "0.886"),
        ("10101", "FI,IE", "0.804", "0.719"),
        ("10111", "FR,SE", "0.709", "0.634"),
        ("00101", "EE", "0.529", "0.228"),
        ("00100", "HU,PL", "0.521", "0.113"),
        ("11110", "DE", "0.445", "0.050"),
        ("10110", "AU", "0.378", "0.040"),
        ("00001", "IT,RO", "0.278", "0.000"),
        ("00000", "GR,PT,ES", "0.216", "0.000"),
    ]
    conservative, parsimonious = analysis(table, Fraction(8, 10)).formulas
    assert measures(table, conservative.formula) == [
        ("DEV*URB*LIT*IND*STB", "0.904", "0.454"),
        ("DEV*~URB*LIT*~IND*STB", "0.804", "0.265"),
        ("DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB", "0.870", "0.658"),
    ]
    assert measures(table, parsimonious.formula) == [
        ("DEV*~IND", "0.815", "0.284"),
        ("URB*STB", "0.874", "0.520"),
        ("DEV*~IND + URB*STB", "0.850", "0.714"),
    ]


@pytest.mark.parametrize(
    ("point", "necessary", "relevance", "coverage"),
    [
        ("DEV", "0.831", "0.811", "0.775"),
        ("URB", "0.539", "0.899", "0.771"),
        ("LIT", "0.991", "0.509", "0.643"),
        ("IND", "0.669", "0.786", "0.684"),
        ("STB", "0.920", "0.680", "0.707"),
        ("LIT*STB", "0.915", "0.800", "0.793"),
    ],
)
def test_lipset_fuzzy_necessity(point: str, necessary: str, relevance: str, coverage: str) -> None:
    table = published("lipset_LF.csv")
    found = {held.said(table.points): held for held in analysis(table).conditions}[point]
    assert found.relevance is not None
    assert (
        shown(found.relation.of_outcome),
        f"{float(found.relevance):.3f}",
        shown(found.relation.of_condition),
    ) == (necessary, relevance, coverage)


def test_relevance_of_three_points_joined() -> None:
    table = published("lipset_LF.csv")
    places = [table.points.index(key) for key in ("DEV", "URB", "IND")]
    pairs = []
    for case in table.cases:
        scores = [case.scores[place] for place in places]
        pairs.append((max(scores), case.outcome))
    assert f"{float(relevance_of_necessity(pairs) or 0):.3f}" == "0.704"
    assert shown(set_relation(pairs).of_outcome) == "0.903"


def test_krook() -> None:
    table = published("krook_d.women.csv")
    shared = {"WS", "ES*WM", "QU*LP"}
    assert sorted(map(sorted, formulas(table)["parsimonious"])) == sorted(
        map(sorted, [shared | {"~ES*LP"}, shared | {"WM*LP"}])
    )
    shared = {"~ES*~LP", "~WS*~WM*~LP"}
    assert sorted(map(sorted, formulas(opposite(table))["parsimonious"])) == sorted(
        map(
            sorted,
            [shared | {"ES*~QU*~WS"}, shared | {"~QU*~WS*~WM"}, shared | {"~QU*~WM*LP"}],
        )
    )


def test_ragin_and_strand_with_a_point_that_does_not_apply() -> None:
    table = published("ragin_strand_RS.csv")
    assert formulas(table)["conservative"] == [{"P*E*S", "P*E*A*EBA", "E*A*~EBA*S"}]


def test_the_gauge_of_lipset() -> None:
    table = published("lipset_LC.csv")
    rows = [tuple(bool(side) for side in case.sides) for case in table.cases]
    found = gauge(rows, 8, 2)
    assert (found.fitting, found.deals) == (4, 43758)
    assert analysis(table).formulas[-1].gauge == found
