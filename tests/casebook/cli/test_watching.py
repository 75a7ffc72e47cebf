"""`casebook check --watch` checks again after each change, until ctrl+c."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.pack.watching import state_of
from tests.conftest import ROOT, SMALL_PACK, Ran
from tests.systems import bare_environment


def _until(process: subprocess.Popen[str], words: str) -> list[str]:
    """The lines up to the one that has some words."""
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            return lines
    raise AssertionError(lines)


@pytest.mark.skipif(os.name != "posix", reason="ctrl+c is sent as a POSIX signal")
def test_a_pack_is_checked_again_when_a_file_changes(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = write_pack()
    entry = pack / "firms" / "nosaku.md"
    with subprocess.Popen(
        [sys.executable, "-m", "casebook", "check", str(pack), "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=bare_environment(tmp_path, PYTHONPATH=str(ROOT)),
    ) as process:
        try:
            assert "nothing wrong" in _until(process, "Waiting for a change")[0]
            text = SMALL_PACK["firms/nosaku.md"]
            entry.write_text(text.replace("kind: firm\n", "kind: firmm\n"), encoding="utf-8")
            told = _until(process, "Waiting for a change")
            assert any(line.startswith("firms/nosaku.md:2: kind 'firmm'") for line in told), told
            (pack / "firms" / ".nosaku.md.swp").write_text("x")
            entry.write_text(text, encoding="utf-8")
            assert any("nothing wrong" in line for line in _until(process, "Waiting for"))
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
            assert process.stderr is not None
            assert process.stderr.read() == ""
        finally:
            process.kill()


def test_what_editors_leave_is_no_change(write_pack: Callable[..., Path]) -> None:
    pack = write_pack()
    before = state_of([pack])
    (pack / "firms" / ".nosaku.md.swp").write_text("x")
    (pack / "firms" / "nosaku.md~").write_text("x")
    assert state_of([pack]) == before
    (pack / "firms" / "new.md").write_text("x")
    assert state_of([pack]) != before


def test_watching_has_no_json(
    write_pack: Callable[..., Path], casebook: Callable[..., Ran]
) -> None:
    told = casebook("check", write_pack(), "--watch", "--json")
    assert told.code == 1
    assert "leave out --json" in told.err


def test_watching_what_is_no_pack_ends(casebook: Callable[..., Ran], tmp_path: Path) -> None:
    assert casebook("check", tmp_path / "none", "--watch").code == 1
