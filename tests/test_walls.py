"""The walls of the house stand, by reading the imports and by running them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SHIPPED_BOOK
from tests.imports import circles


def test_the_contracts_of_pyproject_hold() -> None:
    linter = shutil.which("lint-imports", path=Path(sys.executable).parent)
    assert linter
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


WITHOUT_CIRCLES = ("casebook",)


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circles(*WITHOUT_CIRCLES) == []


def _modules_after(code: str) -> set[str]:
    """The packages that are imported after some code has run."""
    return {name.partition(".")[0] for name in _every_module_after(code)}


def _every_module_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CASEBOOK_BOOK": str(SHIPPED_BOOK)},
    )
    return set(done.stderr.splitlines())


_READING = (
    "textual",
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "edtf",
    "markdown_it",
    "yaml",
    "iso3166",
    "docx",
    "jinja2",
    "lxml",
    "pypandoc",
    "rispy",
    "xlsxwriter",
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json"],
        ["show", "nosaku"],
        ["search", "gentain"],
        ["sources", "mitsui2010"],
        ["glossary"],
        ["compare", "nosaku", "renown"],
        ["cite", "nosaku", "--style", "book"],
        ["timeline", "nosaku"],
        ["timeline", "nosaku", "--format", "chart"],
        ["timeline", "nosaku", "--format", "svg"],
        ["timeline", "--all", "--json"],
        ["--help"],
        ["--version"],
    ],
)
def test_reading_commands_import_nothing_heavy(arguments: list[str]) -> None:
    modules = _modules_after(f"from casebook.cli import run\nrun({arguments!r})")
    assert "casebook" in modules
    assert modules.isdisjoint(_READING)


def test_building_does_not_import_the_app() -> None:
    modules = _modules_after("import casebook.pack.build, casebook.pack.unpacked")
    assert "sqlmodel" in modules
    assert "textual" not in modules


def test_plain_dates_do_without_the_parser_for_vague_ones() -> None:
    """It takes milliseconds for each, and books have hundreds of plain ones."""
    code = "from casebook.edtf import bounds_of\nbounds_of('{}')"
    assert _modules_after(code.format("2003-05/2004-02-29")).isdisjoint({"edtf", "pyparsing"})
    assert "edtf" in _modules_after(code.format("2003?"))


def test_the_library_needs_no_sqlmodel_and_no_typer() -> None:
    modules = _modules_after(
        "import tui.front_door, tui.app, tui.screens.library, tui.screens.reader"
    )
    assert "textual" in modules
    assert modules.isdisjoint({"sqlmodel", "sqlalchemy", "pydantic", "typer", "edtf", "yaml"})


MOST_MODULES_AT_START = 74
"""Each takes some 0.05 ms to be found and read; a new one is to be worth it."""


def test_the_first_screen_waits_for_nothing_it_does_not_show() -> None:
    modules = _every_module_after("import tui.front_door, tui.app, tui.screens.library")
    assert "casebook.book.entries" in modules
    waiting = ("notebook", "comparison", "prediction", "timeline", "exports", "document", "search")
    parts = (
        "book.accounts",
        "book.contested",
        "book.account_values",
        "book.rating_values",
        "settings",
        "roles",
    )
    words = ("statement_kinds", "told_relations", "source_grades", "book.entry_parts")
    for name in (*waiting, *parts, *words):
        assert f"casebook.{name}" not in modules, name
    screens = ("screens.notes_controller", "screens.copying", "widgets.tick_list", "host")
    parts_of_library = ("library_place", "seminar_line", "continue_reading")
    for name in (*screens, *(f"screens.{part}" for part in parts_of_library), "book_watch"):
        assert f"tui.{name}" not in modules, name
    own = [name for name in modules if name.partition(".")[0] in ("casebook", "tui")]
    assert len(own) <= MOST_MODULES_AT_START, sorted(own)


def test_the_package_is_without_the_app() -> None:
    """Only the front door may look at `tui`, and only when it is opened."""
    modules = _modules_after("import casebook.cli, casebook.cli.commands")
    assert "tui" not in modules
