"""docs/seminar.md: its plan is one, and its tables are what the program takes."""

from __future__ import annotations

import re
from pathlib import Path

from casebook.book.connection import open_book
from casebook.pack.redaction import JUDGED
from casebook.seminar.plan import read_plan
from casebook.seminar.plan_forms import SeminarForm
from tests.conftest import ROOT, SHIPPED_BOOK
from tests.docs.documents import section, table_rows

TEXT = (ROOT / "docs" / "seminar.md").read_text(encoding="utf-8")


def _names(rows: list[list[str]]) -> set[str]:
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row[0])}


def test_the_plan_in_the_document_checks_clean(tmp_path: Path) -> None:
    (plan,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "seminar.yaml"
    path.write_text(plan, encoding="utf-8")
    with open_book(SHIPPED_BOOK) as book:
        seminar = read_plan(path, book)
    assert seminar.minutes == 55
    assert seminar.steps[1].question == "Who held the rights?"


def test_every_key_of_a_plan_is_described() -> None:
    rows = table_rows(section(TEXT, "## The plan"))
    assert _names(rows) == set(SeminarForm.model_fields)


def test_every_seal_is_described() -> None:
    rows = table_rows(section(TEXT, "### Seals"))
    assert _names(rows) == {*JUDGED.values(), "entry:SLUG"}
