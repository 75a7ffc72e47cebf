"""The HTML handout in a real browser: shown, printed on A4, and nothing in it runs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from casebook.book.connection import Book
from casebook.comparison.matrix import compare
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import PaperFormat
from casebook.exports.handout import Handout, handout_draft
from casebook.exports.papers import written

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")


def _browser(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={home / 'profile'}", *arguments,
        ],
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")


def _page(home: Path, book: Book, slugs: list[str]) -> Path:
    handout = Handout(compare(book, slugs))
    path = home / "handout.html"
    content = written(set_in_style(handout_draft(book, handout), "apa"), PaperFormat.HTML)
    path.write_text(str(content), encoding="utf-8")
    return path


def test_the_handout_is_shown_and_prints_on_a4(shipped: Book, tmp_path: Path) -> None:
    page = _page(tmp_path, shipped, ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"])
    pdf = tmp_path / "handout.pdf"
    _browser(tmp_path, f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.as_uri())
    data = pdf.read_bytes()
    boxes = {
        tuple(round(float(side)) for side in box.split())
        for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", data)
    }
    assert boxes
    for _, _, width, height in boxes:
        assert abs(width - 595) <= 1
        assert abs(height - 842) <= 1
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) <= 12


def test_nothing_in_a_hostile_book_runs(hostile: Book, tmp_path: Path) -> None:
    page = _page(tmp_path, hostile, ["nosaku", "takaoka"])
    shown = _browser(tmp_path, "--dump-dom", page.as_uri())
    assert "<title>taken</title>" not in shown
    assert "&lt;script&gt;document.title='taken'&lt;/script&gt;" in shown
    assert "<svg" in shown
