"""The downloads, made as for a release and run where there is nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from bundle.__main__ import check_of_python
from bundle.contents import export_requirements, modules_left_out, needed_distributions
from casebook import __version__
from casebook.book import entries
from casebook.book.connection import open_book
from tests.conftest import ROOT, SHIPPED_BOOK

MOST_BYTES = 38_000_000
"""What the archive of the folder may have."""


def _make(what: str, output: Path) -> Path:
    command = [sys.executable, "-m", "bundle", what, "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(done.stdout.rpartition(": ")[0])


def _run(program: list[str], home: Path, *arguments: str) -> str:
    """What the program prints, with an environment that has a home and nothing else."""
    needed = {"SYSTEMROOT": r"C:\Windows"} if sys.platform == "win32" else {}
    environment = {"HOME": str(home), "USERPROFILE": str(home), "PYTHONUTF8": "1", **needed}
    done = subprocess.run(
        [*program, *arguments], cwd=home, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout.decode("utf-8")


def _check_program(program: list[str], home: Path) -> None:
    """Holds a program that was downloaded to what a reader, a lecturer and an author do."""
    home.mkdir()
    assert _run(program, home, "--version") == f"casebook {__version__}\n"
    assert "asiro-gentian-alliance" in _run(program, home, "list")
    assert _run(program, home, "search", "gentain").startswith("asiro-gentian-alliance")
    assert _run(program, home, "show", "nosaku").startswith("Nosaku")
    told = _run(program, home, "doctor")
    assert "All is well." in told
    assert "not installed" not in told
    assert str(ROOT) not in told

    references = _run(program, home, "export", "references", "nosaku", "--format", "csl-json")
    assert json.loads(references)[0]["id"] == "mitsui2010"
    for name in ("handout.html", "handout.docx"):
        _run(program, home, "export", "handout", "nosaku", "-o", name)
    _run(program, home, "compare", "nosaku", "renown", "-o", "matrix.xlsx")
    assert zipfile.is_zipfile(home / "handout.docx")
    assert zipfile.is_zipfile(home / "matrix.xlsx")
    assert "BEGIN:VCALENDAR" in _run(program, home, "timeline", "nosaku", "--format", "ics")
    assert "TY  - " in _run(program, home, "export", "references", "nosaku", "--format", "ris")

    _run(program, home, "notes", "add", "nosaku", "Who moved first?")
    assert "Who moved first?" in _run(program, home, "notes", "list")
    _run(program, home, "unpack", "pack")
    built = _run(program, home, "build", "pack/niches", "pack/elsewhere", "-o", "book.sqlite")
    with open_book(SHIPPED_BOOK) as shipped:
        assert f"{len(entries.slugs(shipped))} entries" in built
    assert "_casebook_completion" in _run(program, home, "completion", "bash")
    if sys.platform != "win32":
        _check_app(program, home)


def _check_app(program: list[str], home: Path) -> None:
    from tests.end_to_end.terminal import Terminal

    with Terminal([], home=home, program=program) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.settle()
        terminal.send("/gentain")
        terminal.wait_for("term: gentian")
        terminal.send("\x1b")
        terminal.settle()
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was


@pytest.mark.soak
def test_the_zipapp_needs_nothing_but_python(tmp_path: Path) -> None:
    made = _make("zipapp", tmp_path / "made")
    venv.create(tmp_path / "python", with_pip=False, symlinks=sys.platform != "win32")
    python = tmp_path / "python" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    _check_program([str(python), "-I", "-S", str(made)], tmp_path / "home")


@pytest.mark.soak
def test_the_folder_needs_nothing(tmp_path: Path) -> None:
    archive = _make("folder", tmp_path / "made")
    assert archive.stat().st_size <= MOST_BYTES
    if archive.suffix == ".zip":
        shutil.unpack_archive(archive, tmp_path / "unpacked")
    else:
        shutil.unpack_archive(archive, tmp_path / "unpacked", filter="data")
    folder = tmp_path / "unpacked" / "casebook"
    names = {path.name for path in (folder / "_internal").iterdir()}
    assert not names & set(modules_left_out())
    described = {name.partition("-")[0] for name in names if name.endswith(".dist-info")}
    assert {canonicalize_name(name) for name in described} == needed_distributions()
    shutil.rmtree(tmp_path / "made")
    program = folder / ("casebook.exe" if sys.platform == "win32" else "casebook")
    _check_program([str(program)], tmp_path / "home")


def test_the_zipapp_says_which_python_it_needs() -> None:
    """Its compiled packages are for one version; another one gets a sentence."""
    right = check_of_python()
    exec(compile(right, "check", "exec"), {})
    here = "{}.{}".format(*sys.version_info)
    wrong = right.replace(f"'{here}'", "'3.99'")
    assert wrong != right
    with pytest.raises(
        SystemExit, match=rf"made for Python 3\.99 on .*, and this is Python {here}"
    ):
        exec(compile(wrong, "check", "exec"), {})


def test_the_downloads_hold_all_of_the_exports_but_pandoc() -> None:
    names = {requirement.partition(">")[0] for requirement in export_requirements()}
    assert names >= {"python-docx", "jinja2", "xlsxwriter", "rispy", "icalendar"}
    assert "pypandoc_binary" not in names
    spec = (ROOT / "bundle" / "casebook.spec").read_text(encoding="utf-8")
    modules = {"python-docx": "docx"}
    assert all(f'"{modules.get(name, name)}"' in spec for name in names)


def test_the_folder_leaves_out_what_the_exports_do_not_need() -> None:
    """Servers of classes and browsers, pandoc, and the tools of development."""
    left_out = set(modules_left_out())
    assert left_out >= {"aiohttp", "hypothesis", "mypy", "psycopg", "psycopg_binary", "pypandoc"}
    assert left_out >= {"_pytest", "networkx", "ruff", "setuptools", "textual_serve"}
    assert not left_out & {"casebook", "tui", "docx", "lxml", "linkify_it", "pydantic", "yaml"}
