"""What only a real terminal shows."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book import entries
from casebook.book.connection import open_book
from casebook.pack.build import build_book
from tests.conftest import ROOT, SHIPPED_BOOK, SMALL_PACK

if sys.platform == "win32":
    pytest.skip("needs a pty", allow_module_level=True)

from tests.end_to_end.terminal import PATIENCE, Terminal


def test_a_student_reads_the_asiro_case(tmp_path: Path) -> None:
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("/gentian alliance\r")
        terminal.wait_for("alliance, success")
        terminal.send("\x1b[C")
        terminal.wait_for("¶61: Asiro's gentian growers")
        terminal.send("\r")
        terminal.wait_for("Mitsui 2010")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "dumb"},
        {"LANG": "C", "LC_ALL": "C"},
        {"NO_COLOR": "1"},
        {"TERM": "xterm", "COLORTERM": ""},
        {"TERM": "linux", "COLORTERM": ""},
        {"TERM": "xterm-256color", "COLORTERM": ""},
    ],
    ids=lambda variables: ",".join(f"{k}={v}" for k, v in variables.items()),
)
def test_other_terminals(variables: dict[str, str], tmp_path: Path) -> None:
    with Terminal([], home=tmp_path, variables=variables) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was


def test_without_colours_the_cursor_is_still_seen(tmp_path: Path) -> None:
    with Terminal([], home=tmp_path, variables={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("j")
        terminal.wait_for("›  Aichi steam-drying venture")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: int, tmp_path: Path) -> None:
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.kill(number)
        assert terminal.exit_code() == 128 + number
        assert terminal.is_as_it_was


def test_a_signal_before_all_is_furnished_is_no_fault(tmp_path: Path) -> None:
    prelude = (
        "import asyncio, os, signal\n"
        "from tui.screens.library import LibraryScreen as L\n"
        "furnish = L._furnish\n"
        "async def late(self):\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    while not self.app._exit:\n        await asyncio.sleep(0)\n"
        "    await self.remove_children()\n"
        "    await furnish(self)\n"
        "L._furnish = late"
    )
    with Terminal([], home=tmp_path, prelude=prelude) as terminal:
        assert terminal.exit_code() == 128 + signal.SIGTERM
        assert terminal.is_as_it_was


def test_a_closed_window_ends_the_program(tmp_path: Path) -> None:
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        os.close(terminal.fd)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            pid, _ = os.waitpid(terminal.pid, os.WNOHANG)
            if pid:
                return
            time.sleep(0.05)
        raise AssertionError("it goes on without a window")


def test_a_fault_is_one_sentence_and_a_code(tmp_path: Path) -> None:
    prelude = (
        "import tui.screens.reader as r\n"
        "def broken(self, *_):\n    secret = 'a private note'\n    raise ValueError('broken')\n"
        "r.ReaderScreen._show = broken"
    )
    with Terminal([], home=tmp_path, prelude=prelude) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("\r")
        assert terminal.exit_code() == 70
        assert terminal.is_as_it_was
        assert b"a private note" not in terminal.raw
        assert b"Traceback" not in terminal.raw
        told = re.sub(r"\s+", " ", terminal.raw.decode().split("\x1b[?1004l")[-1])
        assert "a fault in Casebook ended it (ValueError)" in told
    logs = list(tmp_path.rglob("casebook.log"))
    assert len(logs) == 1
    assert logs[0].stat().st_mode & 0o777 == 0o600
    log = logs[0].read_text(encoding="utf-8")
    assert "ValueError\n" in log
    assert "'a private note'" not in log.replace("secret = 'a private note'", "")


def test_without_a_keyboard_or_a_screen_it_says_so(tmp_path: Path) -> None:
    for redirected in ({"stdin": subprocess.DEVNULL}, {"stdout": subprocess.PIPE}):
        done = subprocess.run(
            [sys.executable, "-m", "casebook"],
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "HOME": str(tmp_path)},
            timeout=180,
            check=False,
            text=True,
            **redirected,  # type: ignore[call-overload]
        )
        assert done.returncode == 5
        assert done.stderr.count("\n") == 1


def test_a_bad_book_is_a_sentence_before_the_screen_changes(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"nonsense")
    with Terminal(["--book", str(tmp_path / "x.sqlite")], home=tmp_path) as terminal:
        assert terminal.exit_code() == 3
        assert b"not a casebook" in terminal.raw
        assert b"\x1b" not in terminal.raw


def _hostile_pack() -> dict[str, str]:
    evil = {
        "osc0": r"\e]0;owned\a",
        "osc52": r"\e]52;c;b3duZWQ=\a",
        "c1": r"\x9b31m\x9d0;owned\x9c",
        "rlo": r"\u202etxt.exe\u202c",
        "nul": r"\0\x0e\x7f",
    }
    everything = " ".join(evil.values())
    entry = SMALL_PACK["firms/nosaku.md"]
    entry = entry.replace("title: Nosaku\n", f'title: "Nosaku {everything}"\n')
    entry = entry.replace("{text: 能作,", f'{{text: "能作 {everything}",')
    entry = entry.replace("size: small [@m, para. 9]", f'size: "small {everything} [@m, para. 9]"')
    entry = entry.replace("what: A wind-bell sells", f'what: "A bell {everything}').replace(
        "[@m, paras. 9-10]", '[@m, paras. 9-10]"'
    )
    entry = entry.replace("It *cast*", "It &#27;]52;c;x&#7; &#x9b;31m &#x202e; *cast*")
    return {"firms/nosaku.md": entry}


def test_hostile_text_sends_no_command_to_the_terminal(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    build_book(write_pack(_hostile_pack()), tmp_path / "evil.sqlite")
    with Terminal(
        ["--book", str(tmp_path / "evil.sqlite")], home=tmp_path, size=(120, 40)
    ) as terminal:
        terminal.wait_for("Nosaku")
        terminal.send("\r")
        terminal.wait_for("firm, success")
        terminal.send("G")
        terminal.settle()
        terminal.send("\x1b")
        terminal.wait_for("3 entries")
        terminal.send("q")
        assert terminal.exit_code() == 0
        raw = terminal.raw.decode("utf-8")
        assert "owned" in raw
        assert "\x1b]52" not in raw
        assert "\x1b]0;owned" not in raw
        assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069\x00\x0e\x7f]", raw)
        assert "�" in raw or "␛" in raw


def test_hostile_text_sends_no_command_to_a_pipe(
    write_pack: Callable[..., Path], tmp_path: Path, casebook: Callable[..., object]
) -> None:
    build_book(write_pack(_hostile_pack()), tmp_path / "evil.sqlite")
    for arguments in (
        ["list"],
        ["show", "nosaku"],
        ["list", "--json"],
        ["show", "nosaku", "--json"],
    ):
        ran = casebook(*arguments, "--book", tmp_path / "evil.sqlite")
        assert not re.search("[\x1b\x80-\x9f\u202a-\u202e\x00]", ran.out), arguments  # type: ignore[attr-defined]


def test_the_shipped_book_is_found_from_anywhere(tmp_path: Path) -> None:
    with Terminal(["list"], home=tmp_path, size=(200, 50)) as terminal:
        assert terminal.exit_code() == 0
        assert b"asiro-gentian-alliance" in terminal.raw
    assert SHIPPED_BOOK.exists()


@pytest.mark.parametrize("box", ["/", "\r\x06"], ids=["search", "find"])
def test_what_is_pasted_sends_no_command_to_the_terminal(box: str, tmp_path: Path) -> None:
    """The last net: text that no loader has seen, drawn as it is typed."""
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.settle()
        for key in box:
            terminal.send(key)
            terminal.settle()
        evil = (
            "\x9d52;c;b3duZWQ=\x9c\x9b31m\u202etxt.exe\u2066 \x7f\x0e[@click=app.quit]x[/] pasted"
        )
        terminal.send(f"\x1b[200~{evil}\x1b[201~")
        terminal.wait_for("pasted")
        terminal.settle()
        raw = terminal.raw.decode("utf-8")
        assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069\x00\x0e\x7f]", raw)
        assert "\x1b]52" not in raw
        terminal.send("\x11")
        assert terminal.exit_code() == 0


def test_the_tour_is_shown_on_the_first_start_and_when_it_is_asked_for(tmp_path: Path) -> None:
    with open_book(SHIPPED_BOOK) as shipped:
        in_all = f"{len(entries.slugs(shipped))} entries"
    for arguments, is_shown in (([], True), ([], False), (["--tour"], True)):
        with Terminal(arguments, home=tmp_path, variables={"CASEBOOK_TOUR": ""}) as terminal:
            terminal.wait_for("Guided tour" if is_shown else "Asiro gentian alliance")
            terminal.wait_for(in_all)
            assert ("Guided tour" in terminal.text) is is_shown
            terminal.send("q")
            assert terminal.exit_code() == 0


def test_emptying_the_basket_asks_first(small_book: Path, tmp_path: Path) -> None:
    basket = ["--book", str(small_book), "basket"]
    for arguments in (["add", "nosaku"], ["clear"]):
        with Terminal([*basket, *arguments], home=tmp_path) as terminal:
            if arguments == ["clear"]:
                terminal.wait_for("Remove 1 item from the essay basket?")
                terminal.send("y\r")
            assert terminal.exit_code() == 0
    assert "Removed: 1 item." in terminal.text
