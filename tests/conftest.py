"""What many tests need: packs on disk, books made of them, the real command."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from casebook.pack.build import build_book
from tests.many_commands import PATIENCE, is_told_at_the_start, run_in
from tests.systems import WINDOWS, bare_environment

# A shell has what it starts in the background ignore ctrl+c, and so would all commands of the tests.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No test holds the program to a clock.
settings.register_profile("casebook", deadline=None)
settings.load_profile("casebook")

ROOT = Path(__file__).parent.parent
SHIPPED_PACKS = (ROOT / "data" / "niches", ROOT / "data" / "elsewhere")
SHIPPED_PACK = SHIPPED_PACKS[0]
"""The first volume, on which the others build."""
SHIPPED_BOOK = ROOT / "data" / "cases.sqlite"


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests have the program remember stays apart from what it remembers for the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def rows_of(book: Path) -> list[tuple[str, tuple[object, ...]]]:
    """Every row of a book, but for the tables that FTS5 keeps in its own way."""
    with closing(sqlite3.connect(book)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'find_text%'"
            " AND name <> 'find_word' ORDER BY name"
        ).fetchall()
        return [
            (name, row)
            for (name,) in tables
            for row in sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
        ]


SMALL_PACK = {
    "book.yaml": 'slug: small\ntitle: A small book\nedition: "1"\ndescription: For tests.\n',
    "places.yaml": (
        "places:\n"
        "  - {slug: japan, name: Japan, country: JP}\n"
        "  - {slug: takaoka, name: Takaoka, country: JP, within: japan, aliases: [高岡]}\n"
        "  - {slug: new-zealand, name: New Zealand, country: NZ}\n"
    ),
    "sources.json": (
        '[{"id": "m", "type": "speech", "title": "Niches",'
        ' "author": [{"family": "Mitsui", "given": "I."}],'
        ' "issued": {"date-parts": [[2010]]}, "custom": {"paragraphs": 20}},\n'
        ' {"id": "x", "type": "book", "title": "Unread",'
        ' "custom": {"cited": "For a view [@m, para. 3]"}}]'
    ),
    "glossary.yaml": (
        "terms:\n"
        '  - {slug: rindo, term: Rindo, aliases: [gentian], definition: "A flower [@m, para. 1]",'
        " entry: growers}\n"
    ),
    "figures.yaml": (
        "figures:\n"
        '  - {slug: levy, value: "2", unit: "%", measures: "A levy [@m, para. 4]",'
        " about: [growers]}\n"
    ),
    "frameworks/checklist.yaml": (
        "title: Checklist\nposition: 1\ndescription: Points [@m, para. 5]\npoints:\n"
        '  - key: a\n    title: Vision\n    text: "Have one [@m, para. 6]"\n    points:\n'
        '      - {key: a1, title: Far, text: "See far [@m, para. 7]"}\n'
        '  - {key: b, title: Products, text: "Sell [@m, para. 8]"}\n'
    ),
    "outlines/m.yaml": "source: m\nparagraphs:\n  1: A beginning\n  9: Bells\n",
    "firms/nosaku.md": """\
---
kind: firm
title: Nosaku
aliases:
  - {text: 能作, kind: native script}
summary: A foundry in [Takaoka](../regions/takaoka.md) [@m, para. 9].
setting:
  place: takaoka [@m, para. 9]
  industry: 2432 bells [@m, para. 9]
  size: small [@m, para. 9]
  years: {text: "since 1950 [@m, para. 9]", edtf: 1950/..}
outcome: "success: it sells [@m, para. 9]"
relations:
  - {role: located in, to: takaoka, note: "[@m, para. 9]"}
people:
  - {name: Katsuji Nosaku, role: director, note: "[inferred from @m, para. 9]"}
events:
  - key: bell
    what: A wind-bell sells [@m, paras. 9-10]
    when: {text: late 1990s, edtf: "[1995..1999]"}
    kind: product
    place: takaoka
    with: [{entry: growers, as: friends}]
assessments:
  - {point: checklist a, rating: met, evidence: "It has one [@m, para. 9]"}
questions:
  - Why bells?
teaching_note: Tell the story of the secretteachingword.
exhibits:
  - key: bells
    caption: What it casts, and for whom [@m, para. 9]
    columns: ['', Bells, 鋳物の鐘]
    rows:
      - [Kept, "altar goods [@m, para. 9]", '']
      - cells: [Added, a wind-bell of campanology, 風鈴]
        cites: "[@m, para. 10; inferred from @m, para. 11]"
    note: The rows are the book's own [@own]
  - {key: plain, caption: Uncited, columns: [When, What], rows: [[1950, "Founded [@m, para. 9]"]]}
teaching:
  synopsis: A secretteachingword of a synopsis [@m, para. 12]
  objectives: [Name the secretteachingword of the case.]
  audience: Anyone with a secretteachingword [@own]
  course: Casting [@own]
  board_plan:
    - {minutes: 10, topic: The bell, what: Ring the secretteachingword (exhibit 1).}
    - {minutes: 25, topic: The vote, what: Vote twice.}
  answers:
    - question: Why bells?
      answer: For bells speaks the secretteachingword [@m, para. 13; @x]
      ratings: [checklist a, checklist b]
  not_known: Who bought the secretteachingword [@m, para. 9]
---

## The story

It *cast* **bells**, `all` of [them](../glossary.yaml#rindo) [@m, para. 9]. See
[a page](https://example.org/x) [@own].

- one [@m, para. 9]
- two [@m, para. 9]

1. first [@m, para. 9]
2. second [@m, para. 9]

> A thought [@m, para. 9].

```
code
  indented
```
""",
    "regions/takaoka.md": """\
---
kind: region
title: Takaoka
summary: A city [@m, para. 9].
setting:
  place: takaoka [@m, para. 9]
outcome: "mixed: so so [@m, para. 9]"
---
""",
    "organisations/growers.md": """\
---
kind: organisation
title: Growers
unnamed: true
summary: They grow [@m, para. 2].
setting:
  place: new-zealand [@m, para. 2]
figures:
  - {slug: members, value: "12", unit: members, measures: "Members [@m, para. 2]"}
---
""",
}


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes files below a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
    return root


@pytest.fixture
def write_pack(tmp_path: Path) -> Callable[..., Path]:
    """Writes the small pack, with files added, replaced or (None) left out."""

    def write(changes: dict[str, str | bytes | None] | None = None, name: str = "pack") -> Path:
        files: dict[str, str | bytes] = dict(SMALL_PACK)
        for file, content in (changes or {}).items():
            if content is None:
                files.pop(file, None)
            else:
                files[file] = content
        return write_files(tmp_path / name, files)

    return write


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of the small pack."""
    folder = tmp_path_factory.mktemp("small")
    pack = write_files(folder / "pack", dict(SMALL_PACK))
    build_book(pack, folder / "small.sqlite")
    return folder / "small.sqlite"


@pytest.fixture(scope="session")
def first_volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of the first shipped volume alone."""
    place = tmp_path_factory.mktemp("first") / "niches.sqlite"
    build_book(SHIPPED_PACK, place)
    return place


class Ran:
    """What a command left behind."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code = code
        # Lines end otherwise on Windows.
        self.out = out.decode("utf-8", "surrogateescape").replace(os.linesep, "\n")
        self.err = err.decode("utf-8", "surrogateescape").replace(os.linesep, "\n")

    def __repr__(self) -> str:
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


@pytest.fixture
def casebook(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ran]:
    """Runs the real command in a process of its own, with a home of its own and no terminal.

    The process is forked from one that has imported everything, where the system can do so and
    no variable is given that Python reads when it starts.
    """
    home, streams = tmp_path / "home", tmp_path_factory.mktemp("streams")
    home.mkdir(exist_ok=True)

    def run(*arguments: object, cwd: Path | None = None, **variables: str) -> Ran:
        environment = bare_environment(home, **{"PYTHONPATH": str(ROOT), **variables})
        work = cwd or tmp_path
        if WINDOWS or any(map(is_told_at_the_start, variables)):
            ran = _started(arguments, work, environment)
        else:
            (done,) = run_in(work, streams, [arguments], environment)
            ran = Ran(done.code, done.out, done.err)
        assert "Traceback" not in ran.err, ran
        return ran

    return run


def _started(arguments: Sequence[object], work: Path, environment: dict[str, str]) -> Ran:
    """Runs the command in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "casebook", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=work,
        env=environment,
        timeout=PATIENCE,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
