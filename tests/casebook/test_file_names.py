"""Names out of books and notebooks lead nowhere but into the folder that was named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.file_names import UnsafeNameError, distinct_stems, file_stem, path_within

HOSTILE = ["../../../x", "/etc/x", "..", ".", "", "a/b", "a\\b", "c:x", "x\x00", "\x1b", ".hidden", "x.", "con", "NUL.md", "a" * 200, "é", "-x\n"]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_a_name_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnsafeNameError):
        path_within(tmp_path, "firms", name)


@given(st.text(max_size=30) | st.sampled_from(HOSTILE))
def test_any_name_stays_within_the_folder(name: str) -> None:
    folder = Path("/somewhere/folder")
    try:
        path = path_within(folder, name)
    except UnsafeNameError:
        return
    assert path.parent == folder
    assert path.name == name


@given(st.lists(st.text(max_size=12) | st.sampled_from(["notebook", "con", "a", "A"]), max_size=8))
def test_stems_are_names_and_no_two_alike(texts: list[str]) -> None:
    stems = distinct_stems(texts, "entry", taken="notebook")
    assert len(set(stems)) == len(stems) == len(texts)
    assert "notebook" not in stems
    for stem in stems:
        path_within(Path(), f"{stem}.md")


def test_a_title_becomes_a_stem() -> None:
    assert file_stem("  Ōsaka: A/B ../x ") == "osaka-a-b-x"
    assert file_stem("能作") == ""
    assert file_stem("能作", "entry") == "entry"
    assert file_stem("CON", "entry") == "entry-con"
