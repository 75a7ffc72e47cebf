"""Building a book of 10,000 made-up entries, beside a bare bulk insert of the same rows."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.generator import made_entries, write_pack
from benchmarks.measuring import Row, peak_of_child, table

_BARE = """
import sqlite3, sys
from casebook.schema import statements
book = sqlite3.connect(sys.argv[1])
copy = sqlite3.connect(sys.argv[2], isolation_level=None)
copy.execute("PRAGMA journal_mode = OFF")
copy.execute("PRAGMA synchronous = OFF")
for statement in statements():
    copy.execute(statement)
copy.execute("BEGIN")
for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
    if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone():
        rows = book.execute(f"SELECT * FROM {name}")
        marks = ", ".join("?" * len(rows.description))
        copy.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
copy.execute("COMMIT")
"""


def report(count: int = 10_000) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pack = write_pack(folder / "pack", made_entries(count))
        size = sum(path.stat().st_size for path in pack.rglob("*") if path.is_file()) / 2**20
        book, copy = folder / "book.sqlite", folder / "copy.sqlite"
        build = [sys.executable, "-m", "casebook", "build", str(pack), "-o", str(book)]
        check = [sys.executable, "-m", "casebook", "check", str(pack)]
        yaml = [sys.executable, "-c", _YAML, str(pack)]
        built = peak_of_child(build)
        checked = peak_of_child(check)
        loaded = peak_of_child(yaml)
        bare = peak_of_child([sys.executable, "-c", _BARE, str(book), str(copy)])
        book_size = os.path.getsize(book) / 2**20
    rows = [
        Row(
            name,
            f"{seconds:.1f} s, {peak:.0f} MiB",
            f"{seconds / bare[0]:.0f}, {peak / bare[1]:.1f}",
        )
        for name, (seconds, peak) in (
            ("sqlite3, the same rows alone", bare),
            ("PyYAML, the same front matter alone", loaded),
            ("casebook check", checked),
            ("casebook build", built),
        )
    ]
    title = f"Building {count:,} entries ({size:.0f} MiB of text, a book of {book_size:.0f} MiB)"
    return table(title, rows) + "\nCPU seconds and peak memory; the ratios are to the first row.\n"


_YAML = """
import sys
from pathlib import Path
import yaml
for path in Path(sys.argv[1]).rglob("*.md"):
    front = path.read_text(encoding="utf-8").split("---")[1]
    yaml.compose(front, Loader=yaml.SafeLoader)
"""
