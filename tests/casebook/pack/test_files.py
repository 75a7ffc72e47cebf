"""Folders and zips are read without trusting them."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.errors import CasebookError
from casebook.pack.files import LARGEST_FILE
from casebook.pack.volumes import check_pack
from tests.systems import needs_links, needs_names_of_bytes


def _told(pack: Path) -> list[str]:
    problems, _ = check_pack(pack)
    return [str(problem) for problem in problems.in_order()]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_links_pipes_and_giants_are_refused(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = write_pack()
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (pack / "firms" / "link.md").symlink_to(secret)
    os.mkfifo(pack / "firms" / "pipe.md")
    with open(pack / "firms" / "giant.md", "wb") as giant:
        giant.truncate(5 * 1024**3)
    told = _told(pack)
    assert any("firms/link.md: cannot be read: a link" in line for line in told)
    assert any("firms/pipe.md: cannot be read: not a regular file" in line for line in told)
    assert any("firms/giant.md: cannot be read: larger than" in line for line in told)


@needs_links
def test_a_linked_folder_is_not_followed(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    pack = write_pack()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_text("nonsense", encoding="utf-8")
    (pack / "alliances").symlink_to(outside)
    assert _told(pack) == []


def test_a_zip_of_a_pack_is_a_pack(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    pack = write_pack()
    for top in ("", "pack/"):
        path = tmp_path / f"a{len(top)}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in pack.rglob("*"):
                if file.is_file():
                    archive.write(file, top + file.relative_to(pack).as_posix())
        assert _told(path) == []


def _zip(path: Path, members: dict[str, bytes], links: dict[str, str] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        for name, target in (links or {}).items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
    return path


@pytest.mark.parametrize(
    "name",
    ["../../etc/x.md", "/etc/x.md", "firms/../x.md", "C:\\x.md", "firms\\x.md", "firms//x.md"],
)
def test_names_that_leave_the_zip_are_refused(name: str, tmp_path: Path) -> None:
    told = _told(_zip(tmp_path / "a.zip", {"book.yaml": b"slug: a", name: b"x"}))
    assert any("unsafe" in line for line in told), told


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    told = _told(_zip(tmp_path / "a.zip", {"book.yaml": b""}, {"firms/x.md": "/etc/passwd"}))
    assert any("firms/x.md: this name in the zip is unsafe" in line for line in told)


def test_a_bomb_in_a_zip_is_cut_short(tmp_path: Path) -> None:
    bomb = _zip(tmp_path / "a.zip", {"book.yaml": b"", "firms/x.md": b"\0" * (LARGEST_FILE * 3)})
    assert any("firms/x.md: larger than" in line for line in _told(bomb))


@pytest.mark.parametrize("damage", [b"PK\x03\x04nonsense", b"", b"text"])
def test_what_is_no_pack_says_so(damage: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(damage)
    with pytest.raises(CasebookError):
        check_pack(path)
    with pytest.raises(CasebookError):
        check_pack(tmp_path / "missing")


def test_every_truncated_zip_is_refused_or_read(tmp_path: Path) -> None:
    whole = _zip(tmp_path / "a.zip", {"book.yaml": b"slug: a", "firms/x.md": b"x" * 500})
    data = whole.read_bytes()
    for length in range(0, len(data), 7):
        path = tmp_path / "b.zip"
        path.write_bytes(data[:length])
        try:
            check_pack(path)
        except CasebookError as error:
            assert error.message


def test_a_zip_that_grows_without_end_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.pack.files.LARGEST_PACK", 50_000)
    members = {f"firms/a{number}.md": b"\0" * 10_000 for number in range(10)}
    with pytest.raises(CasebookError, match="more than 50000 bytes when unpacked"):
        check_pack(_zip(tmp_path / "a.zip", {"book.yaml": b"", **members}))


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of any bytes")
@needs_names_of_bytes
def test_a_name_that_is_no_text_is_told_safely(write_pack: Callable[..., Path]) -> None:
    pack = write_pack()
    with open(os.fsencode(pack / "firms") + b"/\xff\x1b[31m.md", "wb") as file:
        file.write(b"x")
    told = _told(pack)
    assert len(told) == 1
    assert "a file's name is made of small letters" in told[0]
    assert "\x1b" not in told[0]
    told[0].encode("utf-8")
