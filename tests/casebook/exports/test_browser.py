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
from tests.end_to_end.chromium import CHROMIUM, chromium

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


ON_A_PHONE = r"""
(() => {
  const broken = [], beyond = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    if (node.parentElement.closest("svg, style")) continue;
    for (const word of node.data.matchAll(/[\p{Script=Latin}\p{N}\p{M}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5);
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
      if (boxes.some((box) => box.right > innerWidth)) beyond.push(word[0]);
    }
  }
  const cards = [...document.querySelectorAll(".matrix")].map((matrix) => {
    const heads = [...matrix.querySelectorAll("thead th")].filter((head) => head.offsetHeight);
    const tops = heads.map((head) => head.getBoundingClientRect().top);
    return heads.every((head, at) =>
      [...matrix.querySelectorAll("td." + head.className)].every((cell) => {
        const top = cell.getBoundingClientRect().top;
        return tops[at] < top && !(tops[at + 1] < top);
      }));
  });
  return { width: document.documentElement.scrollWidth, broken, beyond, cards };
})()
"""


async def test_on_a_phone_no_word_is_broken_and_the_matrix_is_a_card_a_case(
    shipped: Book, tmp_path: Path
) -> None:
    draft = handout_draft(shipped, Handout(compare(shipped, CASES), for_lecturer=True))
    path = tmp_path / "handout.html"
    path.write_text(str(written(set_in_style(draft, "apa"), PaperFormat.HTML)), encoding="utf-8")
    async with chromium(tmp_path / "profile") as page:
        await page.call(
            "Emulation.setDeviceMetricsOverride",
            width=390, height=844, deviceScaleFactor=1, mobile=True,
        )  # fmt: skip
        await page.go(path.as_uri())
        await page.wait_for("document.querySelector('main')")
        await page.wait_for("document.readyState === 'complete'")
        seen = await page.run(ON_A_PHONE)
    assert seen == {"width": 390, "broken": [], "beyond": [], "cards": [True]}


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
