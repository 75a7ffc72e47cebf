"""The real command, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.cli import run
from casebook.crash import write_crash
from casebook.errors import Exit
from tests.conftest import ROOT, SHIPPED_BOOK, SMALL_PACK, Ran

Casebook = Callable[..., Ran]


def test_list(casebook: Casebook, small_book: Path) -> None:
    ran = casebook("list", "--book", small_book)
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["nosaku", "takaoka", "growers"]


def test_list_json_is_the_contract(casebook: Casebook, small_book: Path) -> None:
    entries = json.loads(casebook("list", "--json", "--book", small_book).out)
    for entry in entries:
        assert list(entry) == ["slug", "kind", "title", "aliases", "setting", "outcome", "volume"]
    assert entries[0]["aliases"] == [{"text": "能作", "kind": "native script"}]
    assert entries[0]["setting"]["place"] == "Takaoka, Japan"


@pytest.mark.parametrize(
    ("options", "slugs"),
    [
        (["--kind", "firm"], ["nosaku"]),
        (["--kind", "firm", "--kind", "region"], ["nosaku", "takaoka"]),
        (["--country", "NZ"], ["growers"]),
        (["--country", "new zealand"], ["growers"]),
        (["--industry", "casting"], ["nosaku"]),
        (["--outcome", "mixed"], ["takaoka"]),
    ],
)
def test_list_filters(
    options: list[str], slugs: list[str], casebook: Casebook, small_book: Path
) -> None:
    entries = json.loads(casebook("list", "--json", "--book", small_book, *options).out)
    assert [entry["slug"] for entry in entries] == slugs


def test_show(casebook: Casebook, small_book: Path) -> None:
    ran = casebook("show", "nosaku", "--book", small_book)
    assert ran.code == 0
    assert ran.out.startswith("Nosaku\n======\n")
    for words in (
        "A foundry in Takaoka [Mitsui 2010 ¶9].",
        "since 1950",
        "[inferred from Mitsui 2010 ¶9]",
        "late 1990s (Takaoka): A wind-bell sells [Mitsui 2010 ¶9-10]",
        "EDTF [1995..1999]",
        "Why bells?",
        "[the book's own words]",
    ):
        assert words in ran.out, ran
    assert max(map(len, ran.out.splitlines())) <= 88


def test_show_json_has_everything(casebook: Casebook, small_book: Path) -> None:
    page = json.loads(casebook("show", "nosaku", "--json", "--book", small_book).out)
    assert page["summary"] == "A foundry in Takaoka."
    assert page["passages"][0]["citations"] == [{"source": "m", "locator": "para. 9"}]
    assert page["people"][0]["inferred_from"] == [{"source": "m", "locator": "para. 9"}]
    event = page["events"][0]
    assert event["date_text"] == "late 1990s"
    assert event["earliest_begin"] == "1995-01-01"
    assert event["latest_end"] == "1999-12-31"
    assert {*event} >= {
        "entry", "label", "date_text", "edtf", "inferred", "earliest_begin", "latest_begin",
        "earliest_end", "latest_end", "lane", "citations",
    }  # fmt: skip
    assert page["assessments"][0]["rating"] == "met"


def test_teaching_notes_are_for_lecturers(casebook: Casebook, small_book: Path) -> None:
    for options in ([], ["--json"]):
        assert (
            "secretteachingword"
            not in casebook("show", "nosaku", "--book", small_book, *options).out
        )
        lecturer = casebook("show", "nosaku", "--for", "lecturer", "--book", small_book, *options)
        assert "secretteachingword" in lecturer.out
    assert casebook("show", "nosaku", "--for", "dean", "--book", small_book).code == 1


def test_sources_and_glossary(casebook: Casebook, small_book: Path) -> None:
    assert "Mitsui 2010" in casebook("sources", "--book", small_book).out
    one = casebook("sources", "m", "--book", small_book).out
    assert "¶9 Bells. Cited by Nosaku, Takaoka" in one
    assert "Unread" in one
    source = json.loads(casebook("sources", "m", "--json", "--book", small_book).out)
    assert source["outline"][0] == {"number": 1, "gist": "A beginning", "cited_by": []}
    assert "Rindo (gentian): A flower" in casebook("glossary", "--book", small_book).out
    terms = json.loads(casebook("glossary", "--json", "--book", small_book).out)
    assert terms[0]["entry"] == "growers"


def test_the_book_may_come_from_the_environment(casebook: Casebook, small_book: Path) -> None:
    assert casebook("list", CASEBOOK_BOOK=str(small_book)).out.startswith("nosaku")
    assert casebook("--book", small_book, "list").out.startswith("nosaku")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show", "nosak"], 1, "Did you mean nosaku?"),
        (["show", "\x1b[31m"], 1, "no entry"),
        (["list", "--country", "Atlantis"], 1, "no country 'Atlantis'"),
        (["sources", "zz"], 1, "no source 'zz'"),
        (["nonsense"], 2, "No such command"),
        (["show"], 2, "Missing argument"),
        (["list", "--kind", "x"], 2, "is not one of"),
        (["list", "--book", "/nowhere"], 3, "no book at"),
        (["list", "--book", "."], 3, "a folder, not a casebook"),
        ([], 5, "keyboard"),
        (["check", "/nowhere"], 1, "No such file"),
        (["new", "shop", "X"], 1, "is not a kind of entry"),
    ],
)
def test_failures_are_one_sentence_and_a_code(
    arguments: list[str], code: int, words: str, casebook: Casebook, small_book: Path
) -> None:
    variables = {} if "--book" in arguments else {"CASEBOOK_BOOK": str(small_book)}
    ran = casebook(*arguments, **variables)
    assert ran.code == code, ran
    assert words in ran.err + ran.out, ran
    assert "\x1b" not in ran.err


def test_check_tells_all_faults(casebook: Casebook, write_pack: Callable[..., Path]) -> None:
    pack = write_pack(
        {
            "firms/nosaku.md": SMALL_PACK["firms/nosaku.md"].replace(
                '"It has one [@m, para. 9]"', "Yes"
            )
        }
    )
    ran = casebook("check", pack)
    assert ran.code == 1
    assert ran.out == "firms/nosaku.md:25: rating 'met' has no citation\n"
    told = json.loads(casebook("check", pack, "--json").out)
    assert told["problems"][0]["line"] == 25
    clean = casebook("check", write_pack(name="clean"))
    assert clean.code == 0
    assert clean.out.endswith("clean: 3 entries, nothing wrong.\n")


def test_a_lecturer_adds_a_case(
    casebook: Casebook, write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = write_pack()
    made = casebook("new", "firm", "Ōsaka Tea: a house", "--pack", pack)
    assert made.code == 0
    assert made.out.strip() == str(pack / "firms" / "osaka-tea-a-house.md")
    assert casebook("new", "firm", "Ōsaka Tea: a house", "--pack", pack).code == 1
    told = casebook("check", pack)
    assert told.code == 1
    assert "firms/osaka-tea-a-house.md:8: no source 'source'" in told.out
    skeleton = (pack / "firms" / "osaka-tea-a-house.md").read_text(encoding="utf-8")
    mended = skeleton.replace("@source, para. 1", "@m, para. 1").replace(
        "place: town", "place: takaoka"
    )
    (pack / "firms" / "osaka-tea-a-house.md").write_text(mended, encoding="utf-8")
    assert casebook("check", pack).code == 0, casebook("check", pack)
    built = casebook("build", pack, "-o", tmp_path / "mine.sqlite", "--json")
    assert json.loads(built.out)["entries"] == 4
    shown = casebook("show", "osaka-tea-a-house", "--book", tmp_path / "mine.sqlite")
    assert shown.out.startswith("Ōsaka Tea: a house\n")


def test_a_new_pack_checks_clean_and_builds(casebook: Casebook, tmp_path: Path) -> None:
    made = casebook("new", "pack", "My cases", "--pack", tmp_path)
    assert made.out.strip() == str(tmp_path / "my-cases")
    assert casebook("check", tmp_path / "my-cases").code == 0
    assert casebook("build", tmp_path / "my-cases").code == 0
    assert (tmp_path / "my-cases.sqlite").exists()


def test_unpack(casebook: Casebook, small_book: Path, tmp_path: Path) -> None:
    assert casebook("unpack", tmp_path / "pack", "--book", small_book).code == 0
    assert casebook("check", tmp_path / "pack").code == 0
    again = casebook("unpack", tmp_path / "pack", "--book", small_book)
    assert (again.code, "exists already" in again.err) == (1, True)


def test_doctor(casebook: Casebook, small_book: Path, tmp_path: Path) -> None:
    ran = casebook("doctor", "--book", small_book)
    assert ran.code == 0
    assert "All is well." in ran.out
    told = json.loads(casebook("doctor", "--book", small_book, "--json").out)
    assert told["ok"] is True
    assert told["places"]["notebook"].endswith("notebook.sqlite")
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(small_book.read_bytes().replace(b"A wind-bell sells", b"A wind-bull sells"))
    ill = casebook("doctor", "--book", damaged)
    assert (ill.code, "not as they were built: nosaku" in ill.out) == (1, True)


@pytest.mark.parametrize("group", [[], ["class"], ["answers"]], ids=str)
def test_help_cuts_no_sentence(casebook: Casebook, group: list[str]) -> None:
    listed = casebook(*group, "--help").out.partition("\nCommands:\n")[2]
    said = re.split(r"\n  (?=\S)", listed.strip("\n"))
    assert said
    assert all(sentence.rstrip().endswith(".") for sentence in said)
    assert "..." not in listed


def test_help_names_every_command(casebook: Casebook) -> None:
    ran = casebook("--help")
    assert ran.code == 0
    for name in (
        "list",
        "show",
        "check",
        "build",
        "unpack",
        "new",
        "doctor",
        "sources",
        "glossary",
    ):
        assert f"  {name} " in ran.out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_knows_no_japanese(
    encoding: str, casebook: Casebook, small_book: Path
) -> None:
    ran = casebook("show", "nosaku", "--book", small_book, PYTHONIOENCODING=encoding)
    assert ran.code == 0
    assert "Nosaku" in ran.out
    ran = casebook("list", "--json", "--book", small_book, PYTHONIOENCODING=encoding)
    assert json.loads(ran.out)[0]["aliases"][0]["text"] == "能作"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("command", ["list", "show nosaku --json", "timeline --all --format svg"])
def test_an_output_that_is_full(small_book: Path, command: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CASEBOOK_BOOK": str(small_book)}
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "casebook", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr == b"casebook: The output cannot be written: No space left on device.\n"


def test_a_fault_of_a_command_is_one_sentence_and_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(arguments: list[str]) -> int:
        secret = "a private note"
        raise RuntimeError(len(secret))

    monkeypatch.setattr("casebook.paths.log", lambda: tmp_path / "casebook.log")
    monkeypatch.setattr("casebook.cli.front.run_command", fail)
    assert run(["list"]) == Exit.CRASH
    said = capsys.readouterr().err
    assert said.startswith("casebook: a fault in Casebook ended it (RuntimeError).")
    assert said.count("\n") == 1
    log = (tmp_path / "casebook.log").read_text(encoding="utf-8")
    assert "in fail" in log
    assert log.endswith("\nRuntimeError\n\n")


def test_a_log_has_no_word_of_what_was_read_or_typed(tmp_path: Path) -> None:
    """Messages of exceptions quote values: `invalid literal for int(): 'my note'`."""
    log = tmp_path / "casebook.log"
    secret = "MY" + " PRIVATE NOTE"

    def fail() -> None:
        try:
            os.environ[secret]
        except KeyError:
            try:
                (tmp_path / secret).read_text(encoding="utf-8")
            except OSError as error:
                error.add_note(secret)
                try:
                    int(secret)
                except ValueError as second:
                    raise ExceptionGroup(
                        secret, [second, sqlite3.OperationalError(secret)]
                    ) from error

    with pytest.raises(ExceptionGroup) as raised:
        fail()
    assert write_crash(log, raised.value)
    written = log.read_text(encoding="utf-8")
    assert secret not in written
    ends = [line for line in written.split("\n") if line and not line.startswith((" ", "Trace"))]
    assert ends[1:] == [
        "sqlite3.OperationalError",
        "KeyError",
        "FileNotFoundError (ENOENT)",
        "ValueError",
        "ExceptionGroup",
    ]


def test_without_a_log_the_sentence_says_where_the_fault_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    (tmp_path / "file").write_text("")
    monkeypatch.setattr("casebook.paths.log", lambda: tmp_path / "file" / "casebook.log")
    monkeypatch.setattr("casebook.book.entries.all_lines", fail)
    assert run(["list"]) == Exit.CRASH
    said = capsys.readouterr().err
    assert re.match(
        r"casebook: a fault in Casebook ended it \(RuntimeError, casebook/cli/entries.py, line \d+\)."
        r" The log .* cannot be written.\n$",
        said,
    )


def test_a_pipe_that_closes_early(small_book: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CASEBOOK_BOOK": str(SHIPPED_BOOK)}
    with subprocess.Popen(
        [sys.executable, "-m", "casebook", "show", "asiro-gentian-alliance"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


INTERRUPTED = """
import os, runpy, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["INTERRUPTED_AT"]:
            os.kill(os.getpid(), signal.SIGINT)
        return None

sys.meta_path.insert(0, Interrupting())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    "module",
    ["casebook.cli", "casebook.cli.output", "casebook.safe_text", "typer", "casebook.book"],
)
def test_ctrl_c_during_the_start_is_an_end_and_no_fault(module: str, small_book: Path) -> None:
    """Reading the modules takes most of a short command's time."""
    for start in (
        "runpy.run_module('casebook', run_name='__main__')",
        "from casebook.__main__ import main; main()",
    ):
        ran = subprocess.run(
            [sys.executable, "-c", f"{INTERRUPTED}\n{start}", "list"],
            capture_output=True,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "CASEBOOK_BOOK": str(small_book),
                "INTERRUPTED_AT": module,
            },
            check=False,
        )
        assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


def test_the_installed_command_is_the_one_that_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"casebook": "casebook.__main__:main"}
