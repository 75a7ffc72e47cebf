"""Finding: how well and how fast, beside other ways to find, at several sizes."""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.generator import made_entries
from benchmarks.measuring import Row, Terminal, in_turns, median, peak_of_child, percentile, table
from benchmarks.queries import LOSSLESS, SINGLE_TYPOS, AskedName, Name, asked, names_of
from benchmarks.search_peers import PEERS, SLOW, Finder, cpu_milliseconds
from benchmarks.start import casebook_command
from casebook.book.connection import Book, open_book
from casebook.search.finder import search
from casebook.search.folding import fold, words
from casebook.search.names import find_names
from casebook.search.similarity import Wanted

SIZES = (1_000, 10_000, 100_000)
_SLOW_QUERIES = 80
_BODY_QUERIES = (
    "the", "of and", "market", "firm small", "export", "new firm abroad", "copper mills",
    "garden north region", '"small market"', "-the market", "kind:firm export", "in:1990s market",
    "country:NZ flower", "outcome:failed export market", "met:c harbour", "日", "工業", "gadren",
)  # fmt: skip


class MadeBook(NamedTuple):
    """A made-up book of some size.

    Attributes:
        rows_seconds, index_seconds: CPU time of writing the rows, and of building the index.
        peak: MiB that the process held which wrote it.
    """

    path: Path
    entries: int
    names: list[Name]
    rows_seconds: float
    index_seconds: float
    peak: float


def made_book(folder: Path, count: int, *, names_only: bool = False) -> MadeBook:
    """Writes a book in a process of its own."""
    path, timing = folder / f"made-{count}.sqlite", folder / "timing.json"
    command = [sys.executable, "-m", "benchmarks.generator", str(count), str(path)]
    command += ["--timing", str(timing), *(["--names-only"] if names_only else [])]
    _, peak = peak_of_child(command)
    rows, index = json.loads(timing.read_text(encoding="utf-8"))
    # Names do not depend on bodies.
    names = names_of(made_entries(count, body_words=(0, 0)))
    return MadeBook(
        path=path, entries=count, names=names, rows_seconds=rows, index_seconds=index, peak=peak
    )


def by_names(book: Book) -> Finder:
    """Casebook's search over names alone."""
    slugs = {row[0]: row[1] for row in book.ask("SELECT id, slug FROM entry")}

    def find(typed: str) -> list[str]:
        found = find_names(book, Wanted.of(words(fold(typed))))
        return list(dict.fromkeys(slugs.get(name.owner, "") for name in found))[:5]

    return find


def by_everything(book: Book) -> Finder:
    """Casebook's search as the app calls it, with passages, highlights and snippets."""
    return lambda typed: [hit.slug for hit in search(book, typed, 50).hits][:5]


class Score(NamedTuple):
    """How fast and how well a finder answered some queries.

    Attributes:
        times: milliseconds of CPU of each query.
        first, five: recall among the first answer and the first five, from 0 to 1.
    """

    times: list[float]
    first: float
    five: float

    def row(self, name: str, base: float) -> Row:
        p50, p95 = median(self.times), percentile(self.times, 0.95)
        speed = f"{p50:.2f} / {p95:.2f} / {max(self.times):.1f}"
        return Row(name, speed, f"{p50 / base:.2f}", f"{self.first:.3f} / {self.five:.3f}")


def scored(find: Finder, queries: Sequence[AskedName]) -> Score:
    """Asks the queries one after the other."""
    find(queries[0].typed)
    times, first, five = [], 0, 0
    for query in queries:
        used, answer = cpu_milliseconds(find, query.typed)
        times.append(used)
        first += answer[:1] == [query.target]
        five += query.target in answer[:5]
    return Score(times, first / len(queries), five / len(queries))


def report(sizes: Sequence[int] = SIZES, *, peers: bool = True) -> str:
    gc.freeze()
    parts: list[str] = []
    growth: dict[int, Score] = {}
    with tempfile.TemporaryDirectory() as name:
        for count in sizes:
            made = made_book(Path(name), count)
            names = made.names
            queries = asked(names)
            with open_book(made.path) as book:
                parts.append(_beside_peers(count, book, names, queries, growth, peers=peers))
                if count == max(sizes):
                    parts.append(_by_fault(count, book, queries))
                parts.append(_with_bodies(count, book, queries))
            parts.append(size_of(made))
            parts.append(opening_of(made))
            made.path.unlink()
    if len(growth) > 1:
        small, large = growth[min(growth)], growth[max(growth)]
        factor = percentile(large.times, 0.95) / percentile(small.times, 0.95)
        parts.append(
            f"From {min(growth):,} to {max(growth):,} entries the 95th percentile of names grows"
            f" {factor:.1f} times.\n"
        )
    if peers:
        from benchmarks.public_names import report as public

        parts.append(public())
    return "\n".join(parts)


def _beside_peers(
    count: int,
    book: Book,
    names: list[Name],
    queries: list[AskedName],
    growth: dict[int, Score],
    *,
    peers: bool,
) -> str:
    held_out = [query for query in queries if query.is_held_out]
    few = random.Random(1).sample(held_out, min(_SLOW_QUERIES, len(held_out)))
    mine = scored(by_names(book), held_out)
    growth[count] = mine
    base = median(mine.times)
    rows = [
        mine.row("casebook, names, queries held out", base),
        scored(by_names(book), [query for query in queries if not query.is_held_out]).row(
            "casebook, names, the other half", base
        ),
    ]
    for name, make in PEERS.items() if peers else ():
        find = make(names)
        if find is None:
            continue
        rows.append(scored(find, few if name in SLOW else held_out).row(name, base))
    title = f"Names of {count:,} entries ({len(names):,} names)"
    return (
        table(title, rows, ("CPU ms, p50 / p95 / max", "p50 ratio", "recall@1 / @5"))
        + f"\n{len(held_out)} queries held out; {', '.join(SLOW)}: {len(few)} of them.\n"
    )


def _by_fault(count: int, book: Book, queries: Sequence[AskedName]) -> str:
    find = by_names(book)
    classes: dict[str, list[AskedName]] = defaultdict(list)
    for query in queries:
        if query.is_held_out:
            classes[query.fault].append(query)
    classes["all single typos"] = [q for fault in SINGLE_TYPOS for q in classes[fault]]
    classes["all without a typo"] = [q for fault in LOSSLESS for q in classes[fault]]
    rows = []
    for fault, some in classes.items():
        if some:
            score = scored(find, some)
            rows.append(Row(fault, str(len(some)), f"{score.first:.3f}", f"{score.five:.3f}"))
    return table(
        f"By class of fault, {count:,} entries, held out", rows, ("queries", "recall@1", "recall@5")
    )


def _with_bodies(count: int, book: Book, queries: Sequence[AskedName]) -> str:
    find = by_everything(book)
    held_out = [query for query in queries if query.is_held_out]
    score = scored(find, held_out)
    prefixes = [
        query.typed[:end]
        for query in random.Random(2).sample(held_out, 40)
        for end in range(1, len(query.typed) + 1)
    ]
    key_times = [cpu_milliseconds(find, query)[0] for query in prefixes]
    body_times = [cpu_milliseconds(find, query)[0] for query in _BODY_QUERIES * 3]

    def row(name: str, times: Sequence[float], note: str = "") -> Row:
        speed = f"{median(times):.1f} / {percentile(times, 0.95):.1f} / {max(times):.1f}"
        return Row(name, speed, "", note)

    recall = f"{score.first:.3f} / {score.five:.3f}"
    return table(
        f"A whole answer, {count:,} entries: names, passages, highlights, snippets",
        [
            row("the names of the table above", score.times, recall),
            row(f"every key of 40 of them ({len(prefixes)} keys)", key_times),
            row("common words, phrases, filters", body_times),
        ],
        ("CPU ms, p50 / p95 / max", "", "recall@1 / @5"),
    )


def size_of(made: MadeBook) -> str:
    with open_book(made.path) as book:
        sizes: dict[str, int] = dict(book.ask("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    count = made.entries
    texts = sum(size for name, size in sizes.items() if name.startswith("find_text"))
    names = sum(size for name, size in sizes.items() if name.startswith("find_")) - texts
    whole = sum(sizes.values())
    rows = [
        Row(
            "index of names", f"{names / count:.0f} B an entry", f"{names / whole:.1%} of the book"
        ),
        Row(
            "index of texts", f"{texts / count:.0f} B an entry", f"{texts / whole:.1%} of the book"
        ),
        Row("writing the rows", f"{made.rows_seconds / count * 1000:.2f} ms an entry"),
        Row("building the index", f"{made.index_seconds / count * 1000:.2f} ms an entry"),
        Row("peak memory of both", f"{made.peak:.0f} MiB", f"{made.peak / count * 1024:.1f} KiB"),
    ]
    return table(f"The index of {count:,} entries", rows, ("", "", ""))


_FIRST = """
import sys, time
from pathlib import Path
from casebook.book.connection import open_book
from casebook.search.finder import search
import rapidfuzz.distance
started = time.perf_counter()
with open_book(Path(sys.argv[1])) as book:
    search(book, "copper mlls", 50)
print((time.perf_counter() - started) * 1000)
"""


def opening_of(made: MadeBook) -> str:
    def warm() -> float:
        done = subprocess.run(
            [sys.executable, "-c", _FIRST, str(made.path)], capture_output=True, check=True
        )
        return float(done.stdout)

    def cold() -> float:
        with open(made.path, "rb") as file:
            _forget(file.fileno())
        return warm()

    found = in_turns({"warm": warm, "cold": cold}, 7)
    _, peak = peak_of_child([sys.executable, "-c", _FIRST, str(made.path)])
    rows = [Row(name, f"{median(times):.1f} ms") for name, times in found.items()]
    rows.append(Row("memory of that process", f"{peak:.0f} MiB"))
    with Terminal([*casebook_command(), "--book", str(made.path)]) as app:
        app.until(b"entries")
        app.until_quiet()
        app.press("/copper mlls")
        app.until_quiet()
        rows.append(Row("memory of the app after a search", f"{app.memory():.0f} MiB"))
    return table(f"Opening and the first answer, {made.entries:,} entries", rows, ("", "", ""))


def _forget(descriptor: int) -> None:
    """Asks the system to drop what it holds of a file in memory."""
    os.fsync(descriptor)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
