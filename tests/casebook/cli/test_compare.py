"""`casebook compare` as people run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from rich.cells import cell_len

from tests.conftest import Ran

Casebook = Callable[..., Ran]
FOUR = ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"]


def test_the_json_is_the_contract(casebook: Casebook) -> None:
    value = json.loads(casebook("compare", *FOUR, "--json").out)
    assert {"framework", "entries", "rows"} <= set(value)
    assert value["framework"] == "success-checklist"
    assert [entry["slug"] for entry in value["entries"]] == FOUR
    ratings = set()
    for row in value["rows"]:
        assert {"criterion", "cells"} <= set(row)
        assert [cell["entry"] for cell in row["cells"]] == FOUR
        for cell in row["cells"]:
            assert {"entry", "rating", "evidence", "citations"} <= set(cell)
            assert all(set(one) == {"source", "locator"} for one in cell["citations"])
            ratings.add(cell["rating"])
    assert ratings <= {"met", "partly", "not met", "silent"}
    assert json.loads(casebook("compare", *FOUR, "--format", "json").out) == value


def test_the_text_has_marks_settings_evidence_and_findings(casebook: Casebook) -> None:
    ran = casebook("compare", *FOUR)
    assert (ran.code, ran.err) == (0, "")
    for words in (
        "Success checklist: 4 cases, 11 points",
        "Place", "Industry", "Size", "Years", "Outcome",
        "a Vision and strategy          ● met",
        "· silent",
        "- Asiro gentian alliance: met. The growers decided strategically",
        "[Mitsui 2010 ¶61-62]",
        "- Silent on Renown",
        "Known to differ",
        "Cannot be compared: fewer than two are rated",
    ):  # fmt: skip
        assert words in ran.out, words


def test_only_differences(first_volume: Path, casebook: Casebook) -> None:
    value = json.loads(
        casebook("--book", first_volume, "compare", *FOUR, "--only-differences", "--json").out
    )
    assert [row["criterion"] for row in value["rows"]] == ["a", "d", "g"]
    assert all(row["differs"] for row in value["rows"])


def test_orders_and_another_framework(casebook: Casebook) -> None:
    ran = casebook(
        "compare", *FOUR, "--framework", "alliance-conditions", "--rows", "c,b",
        "--columns", "met", "--json",
    )  # fmt: skip
    value = json.loads(ran.out)
    assert [row["criterion"] for row in value["rows"]] == ["c", "b", "a", "d", "e"]
    assert value["entries"][0]["slug"] == "asiro-gentian-alliance"


def test_a_matrix_of_many_cases_fits_the_terminal() -> None:
    from casebook.book.connection import open_book
    from casebook.book.entries import all_lines
    from casebook.book.filters import EntryFilter
    from casebook.comparison.matrix import compare
    from casebook.renderings.matrix_text import matrix_lines
    from casebook.vocabulary import Kind
    from tests.conftest import SHIPPED_BOOK

    with open_book(SHIPPED_BOOK) as book:
        slugs = [entry.slug for entry in all_lines(book, EntryFilter(kinds=(Kind.FIRM,)))]
        comparison = compare(book, slugs)
    for width in (40, 80, 121):
        lines = list(matrix_lines(comparison, width))
        assert max(map(cell_len, lines)) <= width
        flat = " ".join(" ".join(lines).split())
        assert flat.count("a Vision") == flat.count("Place") > 0


def test_what_is_wrong_is_said(casebook: Casebook) -> None:
    ran = casebook("compare", "nosaki", "renown")
    assert (ran.code, ran.out) == (1, "")
    assert "Did you mean nosaku" in ran.err
    assert casebook("compare").code == 2
    assert (
        "this book has success-checklist" in casebook("compare", "nosaku", "--framework", "x").err
    )


def test_a_framework_by_a_part_of_its_name(casebook: Casebook) -> None:
    whole = casebook("compare", *FOUR, "--framework", "alliance-conditions").out
    assert casebook("compare", *FOUR, "--framework", "conditions").out == whole
    assert "this book has" in casebook("compare", *FOUR, "--framework", "alliance").err
