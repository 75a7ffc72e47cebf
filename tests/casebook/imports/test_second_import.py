"""A second import updates what the first one wrote, and leaves what a person has changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import CasebookError
from casebook.imports import writing
from casebook.imports.merging import merged
from casebook.imports.plan import Plan, Status
from tests.casebook.imports.tables import entry, imported, new_pack, planned, told, write_csv

HEADER = ("Title", "Summary", "Size", "Text")
FIRST = [HEADER, ("Alpha", "It makes ropes.", "11 people", "A story."), ("Beta", "Nets.", "", "")]


def _import(tmp_path: Path, rows: Sequence[tuple[str, ...]]) -> Plan:
    return imported(write_csv(tmp_path / "t.csv", rows), tmp_path / "pack")


def _edit(tmp_path: Path, slug: str, old: str, new: str) -> None:
    path = tmp_path / "pack" / "firms" / f"{slug}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _status(plan: Plan, slug: str) -> tuple[Status, tuple[str, ...]]:
    return next(
        (change.status, change.notes)
        for change in plan.changes
        if change.file == f"firms/{slug}.md"
    )


@pytest.fixture(autouse=True)
def first_import(tmp_path: Path) -> None:
    new_pack(tmp_path)
    _import(tmp_path, FIRST)


def test_nothing_changed_nothing_written(tmp_path: Path) -> None:
    plan = _import(tmp_path, FIRST)
    assert not plan.texts
    assert {change.status for change in plan.changes} == {Status.SAME}


def test_a_changed_row_changes_its_entry_alone(tmp_path: Path) -> None:
    rows = [HEADER, ("Alpha", "It makes cables.", "11 people", "A story."), FIRST[2]]
    plan = _import(tmp_path, rows)
    assert set(plan.texts) == {"firms/alpha.md"}
    assert "It makes cables." in entry(tmp_path / "pack", "alpha")


def test_both_changes_of_an_entry_are_kept(tmp_path: Path) -> None:
    _edit(tmp_path, "alpha", "A story.", "A better story.")
    _edit(tmp_path, "alpha", "---\n\n", "questions: [Why so]\n---\n\n")
    plan = _import(
        tmp_path, [HEADER, ("Alpha", "It makes cables.", "11 people", "A story."), FIRST[2]]
    )
    text = entry(tmp_path / "pack", "alpha")
    assert "It makes cables." in text
    assert "A better story." in text
    assert "questions: [Why so]" in text
    assert _status(plan, "alpha") == (Status.MERGED, ())
    # And again: nothing is left to do.
    assert not _import(
        tmp_path, [HEADER, ("Alpha", "It makes cables.", "11 people", "A story."), FIRST[2]]
    ).texts


def test_where_both_changed_a_line_the_person_s_stays_and_that_is_told(tmp_path: Path) -> None:
    _edit(tmp_path, "alpha", "It makes ropes.", "It makes fine ropes.")
    rows = [HEADER, ("Alpha", "It makes cables.", "12 people", "A story."), FIRST[2]]
    plan = _import(tmp_path, rows)
    text = entry(tmp_path / "pack", "alpha")
    assert "It makes fine ropes." in text
    assert "12 people" in text
    status, notes = _status(plan, "alpha")
    assert status is Status.MERGED
    assert "your line stays in place of" in notes[0]
    assert "It makes cables." in notes[0]


def test_a_row_that_moved_is_no_conflict(tmp_path: Path) -> None:
    _edit(tmp_path, "alpha", "It makes ropes.", "It makes fine ropes.")
    plan = _import(tmp_path, [HEADER, ("Aardvark", "First.", "", ""), *FIRST[1:]])
    text = entry(tmp_path / "pack", "alpha")
    assert "It makes fine ropes. [@t-csv, line 3]" in text
    assert "line 2" not in text
    assert _status(plan, "alpha")[1] == ()


def test_a_row_that_is_gone_is_told_and_its_entry_stays(tmp_path: Path) -> None:
    plan = _import(tmp_path, FIRST[:2])
    status, notes = _status(plan, "beta")
    assert status is Status.GONE
    assert notes == ("its row is gone from the table; the file stays",)
    assert "Nets." in entry(tmp_path / "pack", "beta")
    # It comes back as itself.
    assert _status(_import(tmp_path, FIRST), "beta")[0] is Status.SAME


def test_an_entry_that_was_removed_is_not_written_again(tmp_path: Path) -> None:
    (tmp_path / "pack" / "firms" / "beta.md").unlink()
    status, notes = _status(_import(tmp_path, FIRST), "beta")
    assert status is Status.KEPT
    assert notes == ("you have removed it; it is not written again",)
    assert not (tmp_path / "pack" / "firms" / "beta.md").exists()


def test_another_kind_moves_no_file(tmp_path: Path) -> None:
    rows = [(*HEADER, "Kind"), (*FIRST[1], "region"), FIRST[2]]
    plan = _import(tmp_path, rows)
    assert "it stays a firm" in _status(plan, "alpha")[1][0]


def test_an_entry_that_would_not_check_stays_as_the_person_made_it(tmp_path: Path) -> None:
    _edit(tmp_path, "alpha", "It makes ropes. [@t-csv, line 2]", "It makes ropes.")
    before = entry(tmp_path / "pack", "alpha")
    table = write_csv(tmp_path / "t.csv", [HEADER, (*FIRST[1][:2], "99 people", ""), FIRST[2]])
    plan = planned(table, tmp_path / "pack")
    writing.write_plan(plan)
    assert entry(tmp_path / "pack", "alpha") == before
    status, notes = _status(plan, "alpha")
    assert status is Status.KEPT
    assert "your file stays as it is" in notes[-2]


def test_an_import_that_was_cut_short_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        HEADER,
        ("Alpha", "It makes cables.", "11 people", "A story."),
        FIRST[2],
        ("Gamma", "G.", "", ""),
    ]
    with monkeypatch.context() as patch:

        def cut(files: dict[Path, str]) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(writing, "write_files", cut)
        with pytest.raises(CasebookError, match="No space left"):
            _import(tmp_path, rows)
    plan = _import(tmp_path, rows)
    assert _status(plan, "alpha") == (Status.CHANGED, ())
    assert _status(plan, "gamma") == (Status.NEW, ())


@pytest.mark.parametrize(
    "damage", ["", "{}", "[]", '{"format": 1, "entries": {"../x": {}}}', "\0", '{"format": 9}']
)
def test_a_damaged_record_is_one_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "pack" / ".imports" / "t-csv.json"
    path.write_text(damage, encoding="utf-8")
    with pytest.raises(CasebookError, match=r"t-csv\.json"):
        planned(write_csv(tmp_path / "t.csv", FIRST), tmp_path / "pack")


def test_a_folder_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    elsewhere = tmp_path / "elsewhere"
    (pack / "firms").rename(elsewhere)
    (pack / "firms").symlink_to(elsewhere)
    rows = [HEADER, *FIRST[1:], ("Gamma", "G.", "", "")]
    plan = planned(write_csv(tmp_path / "u.csv", rows), pack)
    with pytest.raises(CasebookError, match="is a link"):
        writing.write_plan(plan)
    assert not (elsewhere / "gamma.md").exists()


def test_tables_of_two_names_do_not_touch_one_another(tmp_path: Path) -> None:
    other = write_csv(tmp_path / "other.csv", [HEADER, ("Alpha", "Mine.", "", ""), ("New", "N.")])
    plan = imported(other, tmp_path / "pack")
    assert '"Alpha" is already firms/alpha.md' in told(plan)
    assert "It makes ropes." in entry(tmp_path / "pack", "alpha")


LINES = st.lists(st.sampled_from("abcdef"), max_size=8).map("\n".join)


@given(base=LINES, mine=LINES, theirs=LINES)
def test_a_merge_keeps_what_the_person_has(base: str, mine: str, theirs: str) -> None:
    assert merged(base, base, theirs).text == theirs
    assert merged(base, mine, base).text == mine
    assert merged(base, mine, mine).text == mine
    both = merged(base, mine, theirs)
    added = set(mine.split("\n")) - set(base.split("\n"))
    assert added <= set(both.text.split("\n"))
