"""Finds running text: passages, events, what is said of people, figures and relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from casebook.book.connection import Book
from casebook.book.rows import marks, number, text
from casebook.search.fields import PIECES
from casebook.search.filters import Condition
from casebook.search.folding import fold, is_cjk, words
from casebook.search.highlight import Span, spans_of
from casebook.search.hits import Why
from casebook.search.tokens import wanted_tokens

MOST_FOUND = 200
"""Entries that the full-text index is asked for."""
MOST_READ = 60
"""Entries that are read to find the passage."""
MOST_CHARACTERS = 120_000
"""Characters of these that are read, about."""
MOST_TEXTS = 20_000
"""Texts of one sort that are read of a few entries."""
ENOUGH = 30
"""Entries with the very words, from which on beginnings are not looked for."""
TEXT_SECONDS = 0.12
"""Seconds after which texts are not asked any more; names have been found by then."""
LEAST_LETTERS = 3
"""Letters from which on a word is also looked for as the beginning of others."""
SNIPPET = 110
"""Characters of a text that are shown, about."""
_LEAST_CORRECTED = 4
"""Letters of a word for which the nearest one is looked for."""
_MOST_NEAR = 4_000
"""Words that begin alike and are compared with it."""
_ENTRIES_AT_ONCE = 6


class Piece(NamedTuple):
    """A text of an entry that holds words of the query.

    Attributes:
        entry: the key of the entry.
        why: what the text is.
        anchor: where on the page it stands.
        held: how many words and phrases it holds, less a half for an alias or a place.
    """

    entry: int
    why: Why
    anchor: str
    text: str
    held: float


def match_of(
    wanted: Sequence[str],
    *,
    as_beginnings: bool,
    any_word: bool = False,
    without: Sequence[str] = (),
) -> str:
    """An expression of FTS5 (https://www.sqlite.org/fts5.html) for some words.

    Args:
        wanted: folded words.
        as_beginnings: words that begin so match as well.
        any_word: one of the words is enough; short ones are left out.
        without: folded words that must not stand in the text.
    """
    terms = []
    for word in wanted:
        if any_word and len(word) < LEAST_LETTERS and not is_cjk(word):
            continue
        for token in wanted_tokens(word):
            can_begin = len(token) == 1 if is_cjk(token) else len(token) >= LEAST_LETTERS
            terms.append(f'"{token}"*' if can_begin and as_beginnings else f'"{token}"')
    match = (" OR " if any_word else " AND ").join(terms)
    for word in without:
        unwanted = " AND ".join(f'"{token}"' for token in wanted_tokens(word))
        match = f"({match}) NOT ({unwanted})"
    return match


def can_be_found(wanted: Sequence[str]) -> bool:
    """Whether the words are long enough to be looked for in texts."""
    return any(len(word) >= LEAST_LETTERS or is_cjk(word) for word in wanted)


def entries_with(
    book: Book,
    wanted: Sequence[str],
    condition: Condition,
    *,
    any_word: bool = False,
    without: Sequence[str] = (),
) -> list[int]:
    """The keys of entries in which all words stand, or any; at most `MOST_FOUND`.

    Entries with the very words come first. If there are few of them, those follow in which
    the words are beginnings; to gather these takes long if they are many.

    Raises:
        InterruptedQueryError: it took too long.
    """
    found: dict[int, None] = {}
    for as_beginnings in (False, True):
        match = match_of(wanted, as_beginnings=as_beginnings, any_word=any_word, without=without)
        rows = book.ask(
            "SELECT t.rowid FROM find_text AS t JOIN entry AS e ON e.id = t.rowid"
            f" WHERE t.find_text MATCH ? AND ({condition.sql}) LIMIT ?",
            (match, *condition.bound, MOST_FOUND),
            seconds=TEXT_SECONDS,
        )
        found.update(dict.fromkeys(number(row[0]) for row in rows))
        if len(found) >= ENOUGH:
            break
    return list(found)[:MOST_FOUND]


def best_pieces(
    book: Book,
    entries: Sequence[int],
    wanted: Sequence[str],
    phrases: Sequence[Sequence[str]],
) -> tuple[list[Piece], bool]:
    """The text of each entry that holds most of the words, the best first.

    An entry in which a phrase does not stand is left out.

    Returns:
        The pieces, and whether all entries were read.
    """
    # That words stand in a row is only known once they are read.
    most = MOST_CHARACTERS * (8 if phrases else 1)
    phrase_texts = ["".join(phrase) for phrase in phrases]
    best: dict[int, Piece] = {}
    phrases_held: dict[int, set[str]] = {}
    last = 0
    for entry, why, anchor, found in _pieces(book, entries, most):
        last = entry
        folded = fold(found)
        held = sum(1.0 for word in wanted if _holds(folded, word))
        if not held:
            continue
        if phrase_texts:
            squeezed = "".join(words(folded))
            here = {phrase for phrase in phrase_texts if phrase in squeezed}
            phrases_held.setdefault(entry, set()).update(here)
            held += len(here)
        if why in (Why.ALIAS, Why.PLACE):
            held -= 0.5
        if entry not in best or held > best[entry].held:
            best[entry] = Piece(entry, why, anchor, found, held)
    pieces = [
        piece
        for entry, piece in best.items()
        if len(phrases_held.get(entry, ())) == len(set(phrase_texts))
    ]
    order = {entry: at for at, entry in enumerate(entries)}
    pieces.sort(key=lambda piece: (-piece.held, order[piece.entry]))
    return pieces, not entries or last in entries[-_ENTRIES_AT_ONCE:]


def _holds(folded: str, word: str) -> bool:
    """Whether a word begins somewhere in a folded text; a short one must stand whole."""
    if is_cjk(word):
        return word in folded
    must_end = len(word) < LEAST_LETTERS
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if not folded[at - 1 : at].isalnum() and not (must_end and folded[end : end + 1].isalnum()):
            return True
        at = folded.find(word, at + 1)
    return False


def _pieces(book: Book, entries: Sequence[int], most: int) -> Iterable[tuple[int, Why, str, str]]:
    read = 0
    for at in range(0, len(entries), _ENTRIES_AT_ONCE):
        if read > most:
            break
        batch = entries[at : at + _ENTRIES_AT_ONCE]
        for piece in PIECES:
            rows = book.ask(piece.sql.format(entries=marks(len(batch))), batch)
            for entry, found, *place in rows[:MOST_TEXTS]:
                if isinstance(found, str):
                    read += len(found)
                    yield number(entry), piece.why, piece.anchor(*place), text(found)


def snippet(found: str, wanted: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The part of a text around the words, on one line, and what to highlight in it."""
    line = found.replace("\n", " ")
    spans = spans_of(line, wanted, least_beginning=LEAST_LETTERS, is_literal=True)
    if len(line) <= SNIPPET:
        return line, spans
    start, end = _window(line, spans)
    lead = "\N{HORIZONTAL ELLIPSIS}" if start else ""
    tail = "\N{HORIZONTAL ELLIPSIS}" if end < len(line) else ""
    moved = len(lead) - start
    shown = tuple(
        (max(begin, start) + moved, min(other, end) + moved)
        for begin, other in spans
        if begin < end and other > start
    )
    return f"{lead}{line[start:end]}{tail}", shown


def _window(line: str, spans: Sequence[Span]) -> tuple[int, int]:
    """The stretch of a line that shows most of the spans, from a word's start to one's end."""
    best, most = 0, -1
    for at, (start, _) in enumerate(spans):
        many = sum(1 for _, end in spans[at:] if end <= start + SNIPPET - 30)
        if many > most:
            best, most = start, many
    start = max(0, min(best - 24, len(line) - SNIPPET))
    if start:
        start = line.find(" ", start, best) + 1 or start
    end = min(len(line), start + SNIPPET)
    if end < len(line):
        end = max(line.rfind(" ", best + 8, end), 0) or end
    return start, end


def nearest_words(book: Book, word: str) -> list[str]:
    """The words of the texts that are spelt most like a word that stands in none of them."""
    if len(word) < _LEAST_CORRECTED or is_cjk(word):
        return []
    rows = book.ask(
        "SELECT term FROM find_word WHERE term >= ? AND term < ? LIMIT ?",
        (word[:2], word[:2] + "\U0010ffff", _MOST_NEAR),
        seconds=TEXT_SECONDS,
    )
    from rapidfuzz import process

    found = process.extract(
        word,
        [text(row[0]) for row in rows],
        scorer=OSA.normalized_similarity,
        score_cutoff=0.74 if len(word) < 6 else 0.7,
        limit=3,
    )
    return [near for near, _, _ in found]


def stands_in_texts(book: Book, word: str) -> bool:
    """Whether a word, or one that begins with it, stands in any text."""
    row = book.one(
        "SELECT 1 FROM find_text WHERE find_text MATCH ? LIMIT 1",
        [match_of([word], as_beginnings=True)],
    )
    return row is not None
