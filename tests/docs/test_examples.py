"""The examples in the documents give what they say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.docs.consoles import LEFT_OUT, Shell, agrees, corrected, run_document, shown_like
from tests.docs.documents import DOCUMENTS, name_of
from tests.systems import needs_posix_shell

WITH_EXAMPLES = [path for path in DOCUMENTS if "```console" in path.read_text(encoding="utf-8")]


@needs_posix_shell
@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=name_of)
def test_examples_print_what_the_document_says(path: Path, tmp_path: Path) -> None:
    wrong = run_document(path, Shell(tmp_path))
    if wrong and os.environ.get("UPDATE_GOLDEN"):
        path.write_text(corrected(path, wrong), encoding="utf-8")
        wrong = [example for example in wrong if example[0].printed.count(LEFT_OUT) > 1]
    told = [
        "\n".join([f"{path.name}:{example.line + 1}: $ {example.command}", *got])
        for example, got in wrong
    ]
    assert not wrong, "look and run with UPDATE_GOLDEN=1:\n" + "\n\n".join(told)


def test_lines_left_out() -> None:
    lines = ["a", "b", "c", "d"]
    for good in (lines, ["a", "…"], ["…", "d"], ["a", "…", "d"], ["…", "b", "…"], ["…"]):
        assert agrees(good, lines), good
    for bad in (["a", "b", "c"], ["b", "…"], ["…", "c"], ["…", "x", "…"], []):
        assert not agrees(bad, lines), bad
    assert shown_like(["x", "…", "y"], lines) == ["a", "…", "d"]
    assert shown_like(["x", "…"], lines) == ["a", "…"]
    assert shown_like(["…", "x", "…"], lines) == ["…", "x", "…"]
