"""docs/commands.md says what the commands say of themselves, and what they print."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import typer.main

from casebook.cli import run
from casebook.cli.commands import app
from casebook.cli.front import MODULES_OF, MODULES_OF_SUBCOMMANDS
from casebook.errors import Exit
from tests.conftest import ROOT, SHIPPED_BOOK
from tests.docs.documents import section, table_rows
from tests.docs.shapes import faults, keys_of, read_shapes, unseen
from tests.docs.written import check_written, table

DOCUMENT = ROOT / "docs" / "commands.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")


def all_commands() -> dict[str, click.Command]:
    """Every command by the words that call it, `casebook` itself among them."""
    found: dict[str, click.Command] = {}

    def add(command: Any, name: str) -> None:
        found[name] = command
        for word, below in getattr(command, "commands", {}).items():
            add(below, f"{name} {word}")

    add(typer.main.get_command(app), "casebook")
    return found


COMMANDS = all_commands()


def test_every_module_of_the_command_line_is_known() -> None:
    """A module whose commands only its own tests would import is no part of the program."""
    script = (
        "import importlib, pkgutil, casebook.cli.commands\n"
        "from casebook.cli.app import app\n"
        "def count(group): return len(group.registered_commands) + sum(\n"
        "    count(below.typer_instance) for below in group.registered_groups)\n"
        "before = count(app)\n"
        "for module in pkgutil.iter_modules(casebook.cli.__path__, 'casebook.cli.'):\n"
        "    importlib.import_module(module.name)\n"
        "print(before, count(app))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    known, found = done.stdout.split()
    assert known == found


def test_each_command_is_looked_for_in_its_modules() -> None:
    """What is typed imports the modules of that command alone, so each has to be named."""
    commands: dict[str, object] = vars(typer.main.get_command(app))["commands"]
    assert set(MODULES_OF) == set(commands)
    for name, modules in MODULES_OF.items():
        script = (
            "from importlib import import_module\nfrom typer.main import get_command\n"
            f"for module in {modules!r}: import_module(f'casebook.cli.{{module}}')\n"
            "from casebook.cli.app import app\n"
            f"command = get_command(app).commands[{name!r}]\n"
            "print(','.join(sorted(getattr(command, 'commands', {}))))"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True
        )
        assert done.stdout.strip() == ",".join(sorted(getattr(commands[name], "commands", {})))


def test_each_subcommand_that_needs_fewer_modules_is_in_them() -> None:
    """They are imported alone; a subcommand that is not named here has all of its command."""
    for (name, subcommand), modules in MODULES_OF_SUBCOMMANDS.items():
        assert set(modules) < set(MODULES_OF[name])
        command = [sys.executable, "-m", "casebook", name, subcommand, "--help"]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
        assert (ran.returncode, ran.stderr) == (0, ""), subcommand


@pytest.mark.parametrize(
    "words", [["list"], ["--book", "list", "show"], ["--notebook=list", "glossary"]], ids=" ".join
)
def test_the_command_is_found_behind_options(words: list[str]) -> None:
    from casebook.cli.front import _commands_in

    assert _commands_in(words) == (words[-1], "")


def _written_options(command: click.Command) -> str:
    rows = []
    for parameter in command.params:
        names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
        if parameter.param_type_name == "argument":
            names = f"`{(parameter.name or '').upper()}`"
        words = getattr(parameter, "help", None) or ""
        choices = [
            f"`{getattr(parameter, 'value', parameter)}`"
            for parameter in getattr(parameter.type, "choices", ())
        ]
        if choices:
            words += f" One of {', '.join(choices)}."
        if parameter.default not in (None, False, (), [], "") and not callable(parameter.default):
            words += f" By default `{getattr(parameter.default, 'value', parameter.default)}`."
        rows.append((names, words.replace("[env: ", "[variable ")))
    return table(("Argument or option", "What it says"), rows) if rows else "It takes none."


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described(name: str) -> None:
    mark = f"options {name}"
    if os.environ.get("UPDATE_GOLDEN") and f"<!-- {mark} -->" not in DOCUMENT.read_text("utf-8"):
        words = (COMMANDS[name].help or "").strip()
        part = f"\n### `{name}`\n\n{words}\n\n<!-- {mark} -->\n<!-- /{mark} -->\n"
        with open(DOCUMENT, "a", encoding="utf-8") as file:
            file.write(part)
    text = DOCUMENT.read_text(encoding="utf-8")
    assert f"### `{name}`" in text, f"docs/commands.md lacks {name}; `make docs` adds it"
    check_written(DOCUMENT, mark, _written_options(COMMANDS[name]))


def test_no_command_is_described_that_is_not_there() -> None:
    assert sorted(re.findall(r"^### `(casebook[^`]*)`$", TEXT, re.MULTILINE)) == sorted(COMMANDS)


def test_the_exit_codes_are_those_of_the_program() -> None:
    told = [row[0] for row in table_rows(section(TEXT, "## Exit codes"))]
    assert {int(code) for code in told if code.isdigit()} == {*map(int, Exit), 130}


def test_the_variables_are_those_of_the_program() -> None:
    told = {
        name
        for row in table_rows(section(TEXT, "## Which book, which notebook"))
        for name in re.findall(r"[A-Z_]{4,}", row[0])
    }
    read: set[str] = set()
    for path in [*ROOT.glob("casebook/**/*.py"), *ROOT.glob("tui/**/*.py")]:
        read |= set(
            re.findall(r'(?:environ\.get\(|_VARIABLE = )"([A-Z_]+)"', path.read_text("utf-8"))
        )
    reported = {"TERM", "COLORTERM", "COMPUTERNAME"}
    """`doctor` tells them, or the system sets them; nothing that a reader sets is among them."""
    assert read - reported <= told


# The JSON

SHAPES = read_shapes(TEXT)

CALLS: dict[str, list[list[str]]] = {
    "list": [["list"], ["list", "--book", "DISAGREEING"]],
    "show": [
        ["show", slug, "--for", "lecturer"]
        for slug in ("nosaku", "asiro-gentian-alliance", "uniqlo", "charter-for-smes", "hamamatsu",
                     "red-rindo-breeding-company", "charmyfood", "jetro")
    ]
    + [["show", "nosaku"]]
    + [["show", "nosaku", "--book", book] for book in ("VOLUMES", "CONTESTED")]
    + [
        ["show", "growers", "--book", "CONTESTED"],
        ["show", "nosaku", "--book", "DISAGREEING"],
        ["show", "nosaku", "--book", "SEALED"],
    ],
    "search": [["search", "gentian"], ["search", "zzqqxx"], ["search", "gentain colour:red"]],
    "cite": [["cite", "nosaku"]],
    "sources": [["sources"]],
    "source": [["sources", "mitsui2010"], ["sources", "kyodo2012"], ["sources", "jetro2008"]],
    "glossary": [["glossary"]],
    "timeline": [
        ["timeline", "asiro-gentian-alliance", "nosaku"],
        ["timeline", "nosaku", "--book", "CONTESTED"],
    ],
    "map": [
        ["map"],
        ["map", "asiro-gentian-alliance"],
        ["map", "nosaku", "--book", "CONTESTED"],
    ],
    "patterns": [
        ["patterns", "--scores", "partly=0.25,mixed=0.25"],
        ["patterns", "--points", "b,c", "--scores", "partly=0.6,mixed=0.6"],
    ],
    "compare": [
        ["compare", "asiro-gentian-alliance", "nosaku", "renown"],
        ["compare", "nosaku", "founder", "--book", "VOLUMES"],
        ["compare", "nosaku", "founder", "--book", "DISAGREEING"],
        ["compare", "nosaku", "founder", "--book", "SEALED"],
    ],
    "quiz": [["quiz", "nosaku"]],
    "score": [["quiz", "--score"]],
    "reading": [["notes", "reading", "nosaku"]],
    "note": [
        ["notes", "add", "nosaku", "Words"],
        ["notes", "add", "nosaku", "Words", "--on", "passage:0"],
    ],
    "basketitem": [["basket", "add", "nosaku"], ["basket", "add", "nosaku#2", "mitsui2010"]],
    "date": [["date", "around", "2005"], ["date", "since 1950"]],
    "isic": [["isic", "knives"]],
    "doctor": [["doctor"]],
    "check": [["check", "BROKEN"]],
    "build": [
        ["build", "PACK", "-o", "book.sqlite"],
        ["build", "PACK", "-o", "mine.sqlite", "--for", "students", "--seal", "ratings"],
    ],
    "reveal": [["reveal", "SEAL", "--book", "SEALEDCOPY"]],
    "seminarbuild": [["seminar", "build", "PLAN", "--book", "WHOLE", "--style", "book"]],
    "unpack": [["unpack", "unpacked"]],
    "new": [["new", "pack", "New things"]],
    "newsource": [["new", "source", "--doi", "10.1000/a", "--pack", "PACK"]],
    "import": [["import", "TABLE", "--pack", "PACK"], ["import", "REFERENCES", "--pack", "PACK"]],
    "completion": [["completion", "bash"]],
    "rated": [["answers", "rate", "nosaku", "a", "met", "--framework", "success"]],
    "answers": [["answers", "show", "ANSWERS"]],
    "collected": [["class", "collect", "CLASS", "ANSWERS"]],
    "class": [["class", "show", "CLASS"], ["class", "show", "CLASS", "--round", "1"]],
    "students": [["class", "students", "CLASS"]],
}  # fmt: skip
"""By the name of a shape, the commands whose JSON has it."""


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    from casebook.pack.build import build_book
    from casebook.pack.editions import build_for_students
    from tests.account_packs import build_contested
    from tests.conftest import SMALL_PACK, write_files
    from tests.edition_packs import PACK, PLAN, SEALS
    from tests.reading_packs import build_disagreeing
    from tests.volume_packs import build_three

    folder = tmp_path_factory.mktemp("packs")
    broken: dict[str, str | bytes] = {
        name: text.replace("rating: met", "rating: mett") for name, text in SMALL_PACK.items()
    }
    table = folder / "cases.csv"
    table.write_text("Title,Years\nAlpha,some time\n", encoding="utf-8")
    answers, held = _class(folder)
    references = folder / "references.json"
    references.write_text('[{"id": "a b", "type": "book", "title": "T"}]', encoding="utf-8")
    editions = folder / "editions"
    pack = write_files(editions / "pack", dict(PACK))
    build_book(pack, editions / "whole.sqlite")
    sealed = build_for_students([pack], editions / "sealed.sqlite", SEALS)
    plan = editions / "seminar.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    return {
        "WHOLE": str(editions / "whole.sqlite"),
        "SEALED": str(sealed.book),
        "SEALEDCOPY": str(shutil.copy(sealed.book, editions / "copy.sqlite")),
        "SEAL": str(sealed.seals[0]),
        "PLAN": str(plan),
        "TABLE": str(table),
        "CLASS": str(held),
        "ANSWERS": str(answers),
        "REFERENCES": str(references),
        "PACK": str(write_files(folder / "small", dict(SMALL_PACK))),
        "VOLUMES": str(build_three(folder)),
        "CONTESTED": str(build_contested(folder / "contested")),
        "DISAGREEING": str(build_disagreeing(folder / "disagreeing")),
        "BROKEN": str(write_files(folder / "broken", broken)),
    }


def _class(folder: Path) -> tuple[Path, Path]:
    """Files of answers, one of them odd, and the class that was made of the others."""
    from casebook.book.connection import open_book
    from casebook.seminar.class_file import set_revealed
    from tests.casebook.seminar.classes import POINTS, simulated
    from tests.casebook.seminar.shipped_class import CASES, make_class

    with open_book(SHIPPED_BOOK) as book:
        handed_in = simulated(6, (1, 2), cases=tuple(CASES), points=POINTS)
        path = make_class(book, folder, handed_in)
    set_revealed(path, ["ratings"], wanted=True)
    (folder / "answers" / "odd.json").write_text("{", encoding="utf-8")
    return folder / "answers", path


@pytest.mark.parametrize("shape", CALLS)
def test_the_json_has_the_shape_that_is_promised(
    shape: str,
    packs: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEBOOK_NOTEBOOK", str(tmp_path / "notebook.sqlite"))
    monkeypatch.setattr("sys.stdin", io.StringIO("2: a reason\n3\n"))
    values = []
    for call in CALLS[shape]:
        run([*(packs.get(word, word) for word in call), "--json"])
        values.append(json.loads(capsys.readouterr().out))
    for value in values:
        assert list(faults(value, SHAPES[shape], SHAPES)) == []
    assert list(unseen(values, SHAPES[shape])) == []


def test_every_shape_is_tried() -> None:
    used = {name for shape in SHAPES.values() for name in keys_of(shape)}
    assert set(SHAPES) - used == set(CALLS)


def _with_json() -> Iterator[str]:
    for name, command in COMMANDS.items():
        if any("--json" in parameter.opts for parameter in command.params):
            yield name


@pytest.mark.parametrize("name", list(_with_json()))
def test_every_json_is_described(name: str) -> None:
    part = section(TEXT, f"### `{name}`")
    assert "shape=" in part or "JSON" in part, f"docs/commands.md lacks the JSON of {name}"
