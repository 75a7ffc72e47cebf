"""Links to files of a pack: they name the folder that the file is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.pack.volumes import check_packs
from tests.conftest import write_files
from tests.volume_packs import MORE

GOOD = "](../firms/founder.md)"


def _told(write_pack: Callable[..., Path], tmp_path: Path, changes: dict[str, str]) -> list[str]:
    packs = [write_pack(), write_files(tmp_path / "more", {**MORE, **changes})]
    problems, _ = check_packs(packs)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in problems.in_order()]


@pytest.mark.parametrize("path", ["../regions/founder.md", "founder.md", "../../firms/founder.md"])
def test_a_link_of_an_addition_to_a_wrong_folder_is_told(
    write_pack: Callable[..., Path], tmp_path: Path, path: str
) -> None:
    file = "additions/nosaku.md"
    line = MORE[file][: MORE[file].index(GOOD)].count("\n") + 1
    told = _told(write_pack, tmp_path, {file: MORE[file].replace(GOOD, f"]({path})")})
    wanted = "leads to no file; write ../firms/founder.md"
    assert told == [f"more/{file}:{line}: the link '{path}' {wanted}"]


def test_a_link_of_a_summary_to_a_wrong_folder_is_told(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    file = "firms/founder.md"
    changed = MORE[file].replace("(nosaku.md)", "(../alliances/nosaku.md)")
    told = _told(write_pack, tmp_path, {file: changed})
    assert told == [
        f"more/{file}:4: the link '../alliances/nosaku.md' leads to no file; write nosaku.md"
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (GOOD, "](../firms/founder.md#events)", "a link into an entry"),
        ("(../glossary.yaml#bell)", "(glossary.yaml#bell)", "a link to 'glossary.yaml#bell'"),
    ],
)
def test_a_link_that_cannot_be_followed_is_told(
    write_pack: Callable[..., Path], tmp_path: Path, old: str, new: str, words: str
) -> None:
    file = next(name for name, text in MORE.items() if old in text)
    told = _told(write_pack, tmp_path, {file: MORE[file].replace(old, new)})
    assert len(told) == 1
    assert words in told[0]
