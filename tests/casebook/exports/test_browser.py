"""The HTML handout in a real browser: shown, printed on A4, and nothing in it runs."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.book import pages
from casebook.book.connection import Book, open_book
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


def test_nothing_in_a_hostile_book_runs(hostile: Book, tmp_path: Path) -> None:
    page = _page(tmp_path, hostile, ["nosaku", "takaoka"])
    shown = _browser(tmp_path, "--dump-dom", page.as_uri())
    assert "<title>taken</title>" not in shown
    assert "&lt;script&gt;document.title='taken'&lt;/script&gt;" in shown
    assert "<svg" in shown


CASES = ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"]
TWELVE = [
    *CASES, "uniqlo", "charmyfood", "takaoka", "kagoshima", "asiro", "hamamatsu-cooperative",
    "hamamatsu", "red-rindo-breeding-company",
]  # fmt: skip
TOOLS = shutil.which("pdftotext")


def _printed(home: Path, book: Book, slugs: list[str], *, for_lecturer: bool) -> list[list[str]]:
    """The lines of each printed page."""
    draft = handout_draft(book, Handout(compare(book, slugs), for_lecturer=for_lecturer))
    page, pdf = home / "handout.html", home / "handout.pdf"
    content = written(set_in_style(draft, "apa"), PaperFormat.HTML)
    page.write_text(str(content), encoding="utf-8")
    _browser(home, f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.as_uri())
    made = subprocess.run(
        [str(TOOLS), "-layout", str(pdf), "-"], capture_output=True, check=True, timeout=60
    )
    found = made.stdout.decode("utf-8").split("\f")
    return [[line.strip() for line in one.splitlines() if line.strip()] for one in found[:-1]]


@pytest.fixture
def niches(first_volume: Path) -> Iterator[Book]:
    """The first volume alone: how many charts a handout has depends on its events."""
    with open_book(first_volume) as book:
        yield book


@pytest.mark.skipif(not TOOLS, reason="no pdftotext here")
@pytest.mark.parametrize(("slugs", "for_lecturer"), [(CASES, False), (CASES, True), (TWELVE, True)])
def test_no_printed_page_breaks_badly(
    niches: Book, tmp_path: Path, slugs: list[str], *, for_lecturer: bool
) -> None:
    printed = _printed(tmp_path, niches, slugs, for_lecturer=for_lecturer)
    titles = {pages.page(niches, slug).entry.title for slug in slugs}
    heads = re.compile(r"When\s+What\s+Where$|Exhibit \d+\.|Events: |Minutes\s+Topic|Step\s")
    total = len(printed)
    for number, (head, *lines, foot) in enumerate(printed, 1):
        assert head.startswith("Lecturer's copy: " if for_lecturer else "Success checklist: ")
        assert foot == f"{number} / {total}"
        assert len(lines) > 2, lines
        # What names a row, a table or a part never stands last on its page.
        assert not heads.match(lines[-1]), lines[-1]
        assert lines[-1] not in titles
        parted = [line for line in lines if re.search(r"\bparas?\.$", line)]
        assert parted == []
    body = "\n".join(line for one in printed for line in one)
    assert "安代りんどう" in body
    assert ("\N{CIRCLE WITH LEFT HALF BLACK} partly" in body) == for_lecturer
    assert ("Matrix" in body or "Evidence" in body) == for_lecturer
    charts = sum("certainly going on" in line for one in printed for line in one)
    assert charts == (2 if slugs is TWELVE else 1)
