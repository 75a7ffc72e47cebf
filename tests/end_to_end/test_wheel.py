"""The wheel, installed somewhere and run from somewhere else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.systems import bare_environment


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the unpacked wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder)]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = installed.parent / "home"
    home.mkdir(exist_ok=True)
    environment = bare_environment(home, PYTHONPATH=str(installed))
    return subprocess.run(
        [sys.executable, "-m", "casebook", *arguments],
        cwd=home, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip


def test_the_wheel_carries_the_book(installed: Path) -> None:
    listed = _run(installed, "list", "--kind", "alliance")
    assert listed.returncode == 0, listed.stderr
    assert "asiro-gentian-alliance" in listed.stdout
    told = _run(installed, "doctor").stdout
    assert str(installed / "casebook" / "data" / "cases.sqlite") in told


def test_the_wheel_carries_all_that_the_program_reads(installed: Path) -> None:
    """Everything beside the modules: style sheets, the schema, the ISIC table."""
    for package in ("casebook", "tui"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert (installed / path.relative_to(ROOT)).exists(), path
    assert not list(installed.rglob("test_*.py"))


def test_the_wheel_makes_and_builds_a_pack_of_ones_own(installed: Path, tmp_path: Path) -> None:
    made = _run(installed, "new", "pack", "My cases", "--pack", str(tmp_path))
    assert made.returncode == 0, made.stderr
    pack = str(tmp_path / "my-cases")
    assert _run(installed, "new", "firm", "A shop", "--pack", pack).returncode == 0
    checked = _run(installed, "check", pack)
    assert checked.returncode == 0, checked.stdout
    book = str(tmp_path / "my.sqlite")
    assert _run(installed, "build", pack, "-o", book).returncode == 0
    assert _run(installed, "list", "--book", book).stdout.startswith("a-shop")
