"""The parts of documents that the program writes: tables between two marks.

`<!-- keys -->` begins one and `<!-- /keys -->` ends it; `UPDATE_GOLDEN=1` writes it anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |" for cells in lines
    )


def check_written(document: Path, name: str, wanted: str) -> None:
    """Holds the part of a document that bears a name against what the program says.

    Raises:
        AssertionError: they differ, and `UPDATE_GOLDEN` is not set.
    """
    text = document.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    assert begin in text, f"{document.name} has no part {begin.strip()}"
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.DOTALL)
    part = f"{begin}\n{wanted}\n\n{end}"
    if os.environ.get("UPDATE_GOLDEN"):
        assert "PYTEST_XDIST_WORKER" not in os.environ, "workers overwrite each other; without -n"
        document.write_text(pattern.sub(lambda _: part, text), encoding="utf-8")
    else:
        assert part in text, f"`make docs` writes it anew; {name} in {document.name} is\n{wanted}"
