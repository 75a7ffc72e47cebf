"""The texts and the record of an import, which may be of tens of thousands of entries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import CasebookError
from casebook.imports.records import FOLDER, Record, WrittenEntry, read_record, write_record
from casebook.texts_on_disk import StoredList, StoredQueues, StoredTexts
from casebook.vocabulary import Kind


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    texts = StoredTexts()
    texts["a"] = text
    assert dict(texts) == {"a": text}
    texts["a"] = ""
    assert dict(texts) == {"a": ""}
    del texts["a"]
    assert "a" not in texts
    assert not texts


def test_a_list_and_queues_keep_their_order() -> None:
    texts = StoredList(["a", "\ud800"])
    texts.append("c")
    texts[0] = "b"
    assert (list(texts), len(texts), texts[1]) == (["b", "\ud800", "c"], 3, "\ud800")
    with pytest.raises(IndexError):
        texts[3]
    queues = StoredQueues()
    for name, text in (("x", "1"), ("y", "2"), ("x", "3")):
        queues.append(name, text)
    assert queues.taken("x") == ["1", "3"]
    assert queues.taken("x") == []
    assert list(queues) == ["2"]


MANY = """
import random, resource
from casebook.imports.plan import Plan
from casebook.imports.records import WrittenEntry
from casebook.imports.plan import Weigher
from casebook.vocabulary import Kind
from pathlib import Path
numbers = random.Random(1)
plan = Plan(Path("pack"), "t.csv")
weigher = Weigher(None, {}, None, plan)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for row in range(5_000):
    text = numbers.randbytes(2_000).hex()
    plan.texts[f"firms/firm-{row}.md"] = text
    weigher.entries[f"firm-{row}"] = WrittenEntry(Kind.FIRM, row, "Firm", (), text)
assert weigher.entries["firm-4999"].text == plan.texts["firms/firm-4999.md"] == text
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is told in other units")
def test_the_texts_of_an_import_are_not_held_in_memory() -> None:
    run = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=True)
    kib_of_texts = 5_000 * 4
    assert int(run.stdout) < kib_of_texts / 2


def test_a_full_disk_is_one_sentence() -> None:
    texts = StoredTexts()
    texts._file._connection.execute("PRAGMA max_page_count = 10")
    with pytest.raises(
        CasebookError, match="does not take what has to be kept for a while: the disk"
    ):
        texts["a"] = "words " * 100_000


def _record() -> Record:
    entries = {
        slug: WrittenEntry(Kind.FIRM, row, f"Firm {row}", ("a", "b"), "It makes }}\n, {" * row)
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
