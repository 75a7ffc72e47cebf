"""docs/reliability.md and docs/performance.md name what there is."""

from __future__ import annotations

import ast
import re

from benchmarks.__main__ import PARTS
from tests.conftest import ROOT
from tests.docs.documents import in_code_marks, table_rows

RELIABILITY = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
PERFORMANCE = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")

_COMPARISON = "python -m benchmarks hostile_strings"
"""Stands in the part whose table compares programs."""


def _tests_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    return {node.name for node in ast.walk(tree) if isinstance(node, functions)}


def test_every_row_has_a_test_that_exists() -> None:
    parts = RELIABILITY.split("\n## ")
    rows = [row for part in parts if _COMPARISON not in part for row in table_rows(part)]
    assert len(rows) > 40
    for row in rows:
        assert len(row) == 3, row
        named = in_code_marks(row[2])
        assert named, f"no test shows: {row[0]}"
        for test in named:
            file, _, name = test.partition("::")
            assert name.startswith("test_"), test
            assert name in _tests_in(file), test


def test_every_benchmark_that_is_named_is_one() -> None:
    told = set(re.findall(r"python -m benchmarks (\w+)", PERFORMANCE + RELIABILITY))
    assert told <= set(PARTS)
    assert {"start", "reading", "building", "hostile_strings"} <= told
