"""A reader's ratings held against the book's."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.comparison.documents import judgement_document
from casebook.comparison.prediction import ReaderRating, cohens_kappa, judgement_of
from casebook.document import Set
from casebook.vocabulary import Rating
from tests.casebook.comparison.test_matrix import made

M, P, N, S = Rating.MET, Rating.PARTLY, Rating.NOT_MET, Rating.SILENT


def _pairs(table: list[list[int]]) -> list[tuple[int, int]]:
    """The pairs of a table of counts: rows the one rater, columns the other."""
    cells = itertools.product(range(len(table)), repeat=2)
    return [(first, second) for first, second in cells for _ in range(table[first][second])]


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # J. Cohen (1960), table 1 in counts of 200: diagnoses by two judges.
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.49),
        # Wikipedia, "Cohen's kappa": 50 proposals, 20 and 15 alike.
        ([[20, 5], [10, 15]], 0.40),
        # The same article's pair with equal agreement and unequal chance.
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        ([[10, 0], [0, 10]], 1.0),
        ([[0, 10], [10, 0]], -1.0),
        ([[5, 5], [5, 5]], 0.0),
    ],
)
def test_kappa_on_published_tables(table: list[list[int]], kappa: float) -> None:
    assert cohens_kappa(_pairs(table)) == pytest.approx(kappa, abs=0.005)


def test_kappa_where_it_cannot_be_computed() -> None:
    assert cohens_kappa([]) is None
    assert cohens_kappa([("a", "a")] * 3) is None


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1))
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[str, str]]) -> None:
    kappa = cohens_kappa(pairs)
    other = cohens_kappa([(b, a) for a, b in pairs])
    if kappa is None:
        assert other is None
        assert len({rating for pair in pairs for rating in pair}) == 1
    else:
        assert kappa == pytest.approx(other)
        assert -1 <= kappa <= 1 + 1e-12
        assert (kappa == pytest.approx(1)) == all(a == b for a, b in pairs)


def _answers(*given: tuple[str, str, Rating]) -> dict[tuple[str, str], ReaderRating]:
    return {(entry, key): ReaderRating(entry, key, rating, "why") for entry, key, rating in given}


def test_answers_are_held_against_the_cells_they_are_about() -> None:
    comparison = made("mp.n", "mmm.")
    answers = _answers(
        ("case0", "a", M), ("case0", "c", M), ("case1", "d", S), ("case1", "b", P),
        ("elsewhere", "a", M),
    )  # fmt: skip
    found = judgement_of(comparison, answers)
    assert [(judged.answer.key, judged.agrees) for judged in found.judged_cells] == [
        (("case0", "a"), True),
        (("case1", "b"), False),
        (("case0", "c"), False),
        (("case1", "d"), True),
    ]
    assert (found.overall.alike, found.overall.cells) == (2, 4)
    assert (found.where_told.alike, found.where_told.cells) == (1, 2)
    assert found.overall.said_in_full.startswith("2 of 4 agree (50%), kappa ")


def test_no_answers_are_no_agreement() -> None:
    found = judgement_of(made("mp"), {})
    assert found.overall.share is None
    assert found.overall.said == "nothing to compare"


def test_the_judgement_to_read() -> None:
    comparison = made("mp.n")
    found = judgement_of(comparison, _answers(("case0", "a", M), ("case0", "c", N)))
    document = judgement_document(comparison, found)
    words = [block.text.plain for block in document.blocks]
    assert "1 of 2 agree (50%), kappa 0.33" in words
    assert (
        "Case 0, c Point 2: you ✗ not met, the book · silent.\nYou: why\nThe book: The sources say nothing."
        in words
    )
    assert "Case 0, a Point 0: both ● met.\nYou: why\nThe book: " in words
    headings = [block.text.plain for block in document.blocks if block.set is Set.HEADING]
    assert headings == ["Rated differently", "Rated the same"]
