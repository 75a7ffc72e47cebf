"""Books whose words try to be more than words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.pack.build import build_book
from tests.conftest import SHIPPED_BOOK, SMALL_PACK, write_files

SECRET = "secretteachingword"
SCRIPT = "<script>document.title='taken'</script><img src=x onerror=document.title='taken'>"
FORMULA = "=HYPERLINK(1,2)"


@pytest.fixture(scope="session")
def shipped() -> Iterator[Book]:
    with open_book(SHIPPED_BOOK) as book:
        yield book


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book with markup, formulas and a path where words should be."""
    folder = tmp_path_factory.mktemp("hostile")
    nosaku = SMALL_PACK["firms/nosaku.md"]
    nosaku = nosaku.replace("title: Nosaku\n", f'title: "{SCRIPT} ../../etc/passwd | a_b*c*"\n')
    nosaku = nosaku.replace('"It has one [@m', f'"{FORMULA} {SCRIPT} | # *x* [@m')
    nosaku = nosaku.replace("size: small", f"size: {FORMULA}")
    nosaku = nosaku.replace("- Why bells?", f'- "{SCRIPT} why?"')
    nosaku = nosaku.replace("question: Why bells?", f'question: "{SCRIPT} why?"')
    nosaku = nosaku.replace("altar goods", f"{FORMULA} | _x_ {SCRIPT}".replace('"', "'"))
    takaoka = SMALL_PACK["regions/takaoka.md"].replace(
        "title: Takaoka\n", 'title: "＝SUM(A1)"\nassessments:\n'
        '  - {point: checklist b, rating: not met, evidence: "@cmd [@m, para. 9]"}\n'
    )  # fmt: skip
    sources = SMALL_PACK["sources.json"].replace(
        '"title": "Niches"', f'"title": "{SCRIPT} \\\\input{{x}} & $y$ % z"'
    )
    changed = {
        "firms/nosaku.md": nosaku,
        "regions/takaoka.md": takaoka,
        "sources.json": sources,
    }
    pack = write_files(folder / "pack", {**SMALL_PACK, **changed})
    build_book(pack, folder / "hostile.sqlite")
    return folder / "hostile.sqlite"


@pytest.fixture(scope="session")
def hostile(hostile_path: Path) -> Iterator[Book]:
    with open_book(hostile_path) as book:
        yield book
