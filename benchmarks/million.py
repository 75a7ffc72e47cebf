"""Finding among a million names."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

from benchmarks.measuring import median, table
from benchmarks.queries import asked
from benchmarks.search import by_names, made_book, opening_of, scored, size_of
from benchmarks.search_peers import PEERS
from casebook.book.connection import open_book

COUNT = 1_000_000
_FAST = ("frizbee 0.13, one typo", "RapidFuzz ratio, one pass", "fzf --filter")


def report(count: int = COUNT) -> str:
    gc.freeze()
    with tempfile.TemporaryDirectory() as name:
        made = made_book(Path(name), count, names_only=True)
        held_out = [query for query in asked(made.names, 20) if query.is_held_out]
        with open_book(made.path) as book:
            mine = scored(by_names(book), held_out)
        base = median(mine.times)
        rows = [mine.row("casebook, names", base)]
        for peer in _FAST:
            find = PEERS[peer](made.names)
            if find is not None:
                rows.append(scored(find, held_out[:30]).row(peer, base))
        parts = [
            table(
                f"Names of {count:,} entries without bodies ({len(made.names):,} names)",
                rows,
                ("CPU ms, p50 / p95 / max", "p50 ratio", "recall@1 / @5"),
            ),
            size_of(made),
            opening_of(made),
        ]
    return "\n".join(parts)
