"""Text that was looked at once, and is held against what the program says now."""

from __future__ import annotations

import os

from tests.conftest import ROOT


def holds_golden(name: str, text: str) -> None:
    """Holds a text against that of `tests/golden`; `UPDATE_GOLDEN=1` writes it anew."""
    path = ROOT / "tests" / "golden" / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(f"{text.rstrip()}\n", encoding="utf-8")
    assert path.exists(), f"look at the text and run with UPDATE_GOLDEN=1:\n{text}"
    assert text.rstrip() == path.read_text(encoding="utf-8").rstrip()
