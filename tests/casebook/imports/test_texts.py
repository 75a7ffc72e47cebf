"""The texts and the record of an import, which may be of tens of thousands of entries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import CasebookError
from casebook.imports.records import FOLDER, Record, WrittenEntry, read_record, write_record
from casebook.imports.texts import PackedTexts, packed, unpacked
from casebook.vocabulary import Kind


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert unpacked(packed(text)) == text
    texts = PackedTexts()
    texts["a"] = text
    assert dict(texts) == {"a": text}


def _record() -> Record:
    entries = {
        slug: WrittenEntry(
            Kind.FIRM, row, f"Firm {row}", ("a", "b"), packed("It makes }}\n, {" * row)
        )
        for row, slug in enumerate(("alpha", "beta"), 1)
    }
    return Record("t", entries)


def test_a_record_comes_back_line_by_line_and_as_one_piece(tmp_path: Path) -> None:
    write_record(tmp_path, _record())
    assert read_record(tmp_path, "t") == _record()
    path = tmp_path / FOLDER / "t.json"
    # Another program has laid it out anew.
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=1), "utf-8")
    assert read_record(tmp_path, "t") == _record()


@pytest.mark.parametrize("cut", [1, 3, 20, 200])
def test_a_record_that_is_cut_off_is_damaged(tmp_path: Path, cut: int) -> None:
    write_record(tmp_path, _record())
    path = tmp_path / FOLDER / "t.json"
    path.write_bytes(path.read_bytes()[:-cut])
    if cut > 1:
        with pytest.raises(CasebookError, match="is damaged"):
            read_record(tmp_path, "t")


def test_a_record_with_more_behind_its_end_is_damaged(tmp_path: Path) -> None:
    write_record(tmp_path, _record())
    path = tmp_path / FOLDER / "t.json"
    path.write_bytes(path.read_bytes() + b"more\n")
    with pytest.raises(CasebookError, match="is damaged"):
        read_record(tmp_path, "t")
