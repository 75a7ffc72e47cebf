"""Other ways to find a name in a list, each as `typed → slugs, the best first`."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from benchmarks.measuring import ROOT
from benchmarks.queries import Name

Finder = Callable[[str], list[str]]
BEST = 5
_PACKAGES = ROOT / ".venv" / "peers" / "search"


def _installed(package: str) -> bool:
    """Puts a package from PyPI where only the benchmarks see it."""
    if str(_PACKAGES) not in sys.path:
        sys.path.append(str(_PACKAGES))
    if not (_PACKAGES / package).exists():
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(_PACKAGES), package],  # noqa: E501
            capture_output=True, check=False,
        )  # fmt: skip
        return done.returncode == 0
    return True


def _first(slugs: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(slugs))[:BEST]


def ratio(names: Sequence[Name], scorer: Callable[..., float] = fuzz.ratio) -> Finder:
    """One pass of a RapidFuzz scorer over all names."""
    folded = [name.lower() for name, _ in names]

    def find(typed: str) -> list[str]:
        near = process.extract(typed.lower(), folded, scorer=scorer, limit=2 * BEST)
        return _first(names[at][1] for _, _, at in near)

    return find


def weighted_ratio(names: Sequence[Name]) -> Finder:
    return ratio(names, fuzz.WRatio)


def textual_matcher(names: Sequence[Name]) -> Finder:
    """The matcher of Textual's command palette."""
    from textual.fuzzy import Matcher

    def find(typed: str) -> list[str]:
        matcher = Matcher(typed)
        scored = [(matcher.match(name), slug) for name, slug in names]
        best = sorted((match for match in scored if match[0] > 0), key=lambda match: -match[0])
        return _first(slug for _, slug in best[: 2 * BEST])

    return find


def fts5_trigrams(names: Sequence[Name]) -> Finder:
    """FTS5's trigram index, all trigrams of the query in any order, by rank."""
    book = sqlite3.connect(":memory:")
    book.execute("CREATE VIRTUAL TABLE t USING fts5(name, tokenize='trigram')")
    book.executemany("INSERT INTO t VALUES (?)", ((name,) for name, _ in names))

    def find(typed: str) -> list[str]:
        grams = {typed[at : at + 3] for at in range(len(typed) - 2)}
        match = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
        if not match:
            return []
        sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"
        return _first(names[row[0] - 1][1] for row in book.execute(sql, (match, 2 * BEST)))

    return find


def frizbee(names: Sequence[Name]) -> Finder | None:
    """frizbee, from PyPI: SIMD in Rust; one typo allowed."""
    if not _installed("frizbee"):
        return None
    import frizbee as rust  # type: ignore[import-not-found]

    haystacks = rust.Haystacks([name for name, _ in names])

    def find(typed: str) -> list[str]:
        matcher = rust.Matcher(typed, max_typos=1, max_items=2 * BEST)
        return _first(names[match.index][1] for match in matcher.match_list(haystacks))

    return find


def tantivy(names: Sequence[Name]) -> Finder | None:
    """tantivy, from PyPI: Rust; words within one edit, or beginning so."""
    if not _installed("tantivy"):
        return None
    import tantivy as rust  # type: ignore[import-not-found]

    builder = rust.SchemaBuilder()
    builder.add_text_field("name", stored=False)
    builder.add_integer_field("number", stored=True)
    index = rust.Index(builder.build())
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for number, (name, _) in enumerate(names):
        writer.add_document(rust.Document(name=name, number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(typed: str) -> list[str]:
        words = "".join(letter if letter.isalnum() else " " for letter in typed).split()
        if not words:
            return []
        query: Any = index.parse_query(
            " ".join(words), ["name"], conjunction_by_default=True,
            fuzzy_fields={"name": (True, 1, True)},
        )  # fmt: skip
        hits = searcher.search(query, 2 * BEST).hits
        return _first(names[searcher.doc(at)["number"][0]][1] for _, at in hits)

    return find


def fzf(names: Sequence[Name]) -> Finder | None:
    """`fzf --filter`, Debian's package: a process for each query."""
    try:
        subprocess.run(["fzf", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    listing = Path(tempfile.mkstemp(suffix=".txt")[1])
    listing.write_text("".join(f"{name}\t{slug}\n" for name, slug in names), encoding="utf-8")

    def find(typed: str) -> list[str]:
        with open(listing, "rb") as lines:
            done = subprocess.run(
                ["fzf", "--delimiter", "\t", "--nth", "1", "--filter", typed],
                stdin=lines,
                capture_output=True,
                check=False,
            )
        best = done.stdout.decode().splitlines()[: 2 * BEST]
        return _first(line.partition("\t")[2] for line in best)

    return find


PEERS: dict[str, Callable[[Sequence[Name]], Finder | None]] = {
    "frizbee 0.13, one typo": frizbee,
    "tantivy, fuzzy and prefix": tantivy,
    "FTS5 trigrams, any, ranked": fts5_trigrams,
    "RapidFuzz ratio, one pass": ratio,
    "RapidFuzz WRatio": weighted_ratio,
    "fzf --filter": fzf,
    "Textual's Matcher": textual_matcher,
}
SLOW = ("RapidFuzz WRatio", "fzf --filter", "Textual's Matcher")
"""These are asked fewer queries."""


def cpu_milliseconds(find: Finder, typed: str) -> tuple[float, list[str]]:
    """CPU time of a query, that of a process it starts among it, and its answer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.process_time()
    answer = find(typed)
    used = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used += after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return used * 1000, answer
