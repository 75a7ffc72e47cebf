"""A plain search over names: every word of the query must stand in a name, or nearly so."""

from __future__ import annotations

from rapidfuzz.fuzz import partial_ratio, partial_ratio_alignment

from casebook.book import shelf
from casebook.book.opening import Book
from casebook.search.hits import Hit, Why

LONGEST_QUERY = 256
LEAST_SCORE = 75.0


def search(book: Book, query: str, limit: int = 50) -> list[Hit]:
    """The entries whose title or alias a query resembles, the best first.

    Args:
        query: anything; only its first characters count.
    """
    wanted = " ".join(query[:LONGEST_QUERY].casefold().split())
    if not wanted:
        return []
    hits = []
    for entry in shelf.all_lines(book):
        names = [(Why.TITLE, entry.title)]
        names += [(Why.ALIAS, alias.text) for alias in entry.aliases]
        score, why, text = max(
            (partial_ratio(wanted, name.casefold()), why, name) for why, name in names
        )
        if score >= LEAST_SCORE:
            found = partial_ratio_alignment(wanted, text.casefold())
            spans = ((found.dest_start, found.dest_end),) if found else ()
            hits.append(Hit(entry.slug, entry.kind, entry.title, score, why, text, spans))
    return sorted(hits, key=lambda hit: (-hit.score, hit.title))[:limit]
