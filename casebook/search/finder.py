"""Answers a query with one ranked list of hits: entries by their names first, then by texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook import anchors
from casebook.book.connection import Book
from casebook.book.damage import note_damage
from casebook.book.edition import SEALED_LEFT_OUT
from casebook.book.filters import EntryFilter, sql_condition
from casebook.book.rows import entry_ref, marks, number
from casebook.book.values import EntryRef
from casebook.errors import BookError, InterruptedQueryError
from casebook.search.fields import Field
from casebook.search.filters import EVERYTHING, Condition, both, condition_of, without
from casebook.search.folding import fold, words
from casebook.search.highlight import spans_of
from casebook.search.hits import Hit, SearchResult, Why, nothing_found
from casebook.search.names import (
    MOST_SHARED,
    FoundName,
    closest_names,
    covered,
    entries_sharing,
    find_names,
    names_of,
)
from casebook.search.passages import (
    MOST_FOUND,
    MOST_READ,
    Piece,
    best_pieces,
    can_be_found,
    entries_with,
    nearest_words,
    snippet,
    stands_in_texts,
)
from casebook.search.query import Query, read_query
from casebook.search.similarity import Wanted, stands_as_typed
from casebook.vocabulary import SEALED_WORDS, Kind

LIMIT = 50
MOST_CLOSEST = 3
"""Entries that are offered where nothing was found."""
_MOST_SHARING = 60
"""Entries that are taken from one place or term."""
_MOST_MIXED = 80
"""Entries whose several names are held against a query of several words."""
_MIXED, _MIXED_SPAN = 26.0, 60.0
"""The score of a query over several names: the first, and the second by the share covered."""
_SHELF = {kind: at for at, kind in enumerate(Kind)}
_LEAST_MIXED = 0.62
"""The share of the query that the names of an entry must cover together."""
_GOOD = 86.0
"""From this score on a query needs no reading across several names."""
_CLEAR, _BESIDE_CLEAR = 80.0, 72.0
"""Beside a name that matches letter by letter, a similar one must be very similar."""
_TAIL = 10.0
"""How far below the best similar name another one may be."""
_PASSAGE, _PASSAGE_SPAN = 20.0, 28.0
"""The score of a text: the first, and the second by the share of words held. Names score more."""


def search(
    book: Book, typed: str, limit: int = LIMIT, *, chosen: EntryFilter = EntryFilter()
) -> SearchResult:
    """What a query finds. Any text is a query; none is an error.

    Args:
        limit: hits at the most.
        chosen: a filter that holds beside those of the query.

    Returns:
        the hits, the best first, no entry twice, with hints on what was read otherwise.

    Raises:
        InterruptedQueryError: nobody waits for the answer any more.
        BookError: the file is damaged.
    """
    query = read_query(typed)
    if not query:
        return SearchResult(typed, hints=query.hints)
    answer = _answer(book, typed, query, limit, chosen)
    is_told = any(SEALED_WORDS in hint for hint in answer.hints)
    if answer.hits or is_told or not book.edition.seals:
        return answer
    return answer._replace(hints=(*answer.hints, SEALED_LEFT_OUT))


def _answer(book: Book, typed: str, query: Query, limit: int, chosen: EntryFilter) -> SearchResult:
    condition, hints = condition_of(book, query)
    if chosen:
        sql, bound = sql_condition(chosen)
        condition = both(condition, Condition(sql, tuple(bound)))
    hints = [*query.hints, *hints]
    if not query.words:
        condition = both(condition, without(query.without, few=False))
        hits = _listed(book, condition, limit + 1) if condition != EVERYTHING else []
        return SearchResult(typed, tuple(hits[:limit]), tuple(hints), is_cut=len(hits) > limit)
    return _Search(book, query, condition, limit, hints).answer(typed)


def _listed(book: Book, condition: Condition, most: int) -> list[Hit]:
    rows = book.ask(
        "SELECT e.slug, e.kind, e.title FROM entry AS e"
        f" WHERE {condition.sql} ORDER BY e.shelf, e.sort_title, e.id LIMIT ?",
        (*condition.bound, most),
    )
    refs = [ref for row in rows if (ref := entry_ref(row))]
    return [
        Hit(slug=ref.slug, kind=ref.kind, title=ref.title, score=100.0, why=Why.FILTER, text="")
        for ref in refs
    ]


class _Search:
    """One search: what is asked, and what has been noticed on the way.

    Attributes:
        told: entries whose several names together have every word as it was typed.
        is_corrected: words were read as others, and a hint says so.
    """

    def __init__(
        self, book: Book, query: Query, condition: Condition, limit: int, hints: list[str]
    ) -> None:
        self.book = book
        self.query = query
        self.condition = condition
        self.limit = limit
        self.hints = hints
        self.wanted = Wanted.of(query.words)
        self.is_cut = False
        self.has_texts = True
        self.is_corrected = False
        self.told: set[int] = set()

    def answer(self, typed: str) -> SearchResult:
        names = find_names(self.book, self.wanted)
        best = self._by_entry(names)
        hits = self._name_hits(self._worth_showing(best))
        hits += self._passage_hits(self.query.words, {hit.slug for hit in hits})
        if not hits and self.has_texts:
            hits = self._corrected() or self._with_some_words()
        closest: tuple[Hit, ...] = ()
        if not hits:
            closest = self._closest()
        if hits and not self.is_corrected and all(hit.is_similar for hit in hits):
            self.hints.append(f"{nothing_found(typed)} Did you mean:")
        hits.sort(key=lambda hit: hit.is_similar)  # the order stays but for this
        is_cut = self.is_cut or len(hits) > self.limit
        note_damage(self.book, (hit.slug for hit in hits[: self.limit]))
        return SearchResult(typed, tuple(hits[: self.limit]), tuple(self.hints), closest, is_cut)

    # Names

    def _by_entry(self, names: Sequence[FoundName]) -> dict[int, FoundName]:
        """The best name of each entry, by the entry's key."""
        if self.query.phrases:
            names = [name for name in names if self._has_phrases(name.text)]
        best: dict[int, FoundName] = {}
        sharing: list[tuple[FoundName, list[int]]] = []
        shared = 0
        for name in names:
            if name.owner:
                best.setdefault(name.owner, name)
            else:
                entries = entries_sharing(self.book, name, MOST_SHARED - shared)
                shared += len(entries)
                sharing.append((name, entries))
        for name, entries in sharing:
            for entry in entries[:_MOST_SHARING]:
                if entry not in best or best[entry].score < name.score:
                    best[entry] = name
        if len(self.wanted.words) > 1 and not self.query.phrases:
            top = max((name.score for name in best.values()), default=0.0)
            if top < _GOOD:
                self._mix(best, names, sharing)
        return best

    def _closest(self) -> tuple[Hit, ...]:
        """The entries whose names may have been meant, where nothing was found."""
        best: dict[int, FoundName] = {}
        for name in closest_names(self.book, self.wanted):
            for entry in [name.owner] if name.owner else entries_sharing(self.book, name)[:1]:
                best.setdefault(entry, name)
        return tuple(self._name_hits(best)[:MOST_CLOSEST])

    def _has_phrases(self, shown: str) -> bool:
        joined = "".join(words(fold(shown)))
        return all("".join(phrase) in joined for phrase in self.query.phrases)

    def _mix(
        self,
        best: dict[int, FoundName],
        names: Sequence[FoundName],
        sharing: Sequence[tuple[FoundName, list[int]]],
    ) -> None:
        """Scores entries whose names cover the query only together: `Nosaku Takaoka`.

        Adds them to `best`, or raises their score there.
        """
        pool = dict.fromkeys(name.owner for name in names if name.owner)
        for _, entries in sharing:
            pool.update(dict.fromkeys(entries[:_MOST_SHARING]))
        among = [(name, frozenset(entries)) for name, entries in sharing]
        chosen = list(pool)[:_MOST_MIXED]
        for entry, own in names_of(self.book, chosen).items():
            around = [name for name, entries in among if entry in entries]
            cover = covered(self.wanted, [*own, *around])
            if cover < _LEAST_MIXED or not own:
                continue
            if stands_as_typed(self.wanted.words, [name.text for name in (*own, *around)]):
                self.told.add(entry)
            score = _MIXED + _MIXED_SPAN * cover
            if entry not in best or best[entry].score < score:
                lead = best.get(entry) or self._likeliest(own, around)
                best[entry] = lead._replace(score=score)

    def _likeliest(self, own: Sequence[FoundName], around: Sequence[FoundName]) -> FoundName:
        return max((*own, *around), key=lambda name: covered(self.wanted, [name]))

    def _worth_showing(self, best: dict[int, FoundName]) -> dict[int, FoundName]:
        """The names without those that score far below the best one."""
        top = max((name.score for name in best.values()), default=0.0)
        least = _BESIDE_CLEAR if top >= _CLEAR else top - _TAIL
        return {entry: name for entry, name in best.items() if name.score >= least}

    def _name_hits(self, best: dict[int, FoundName]) -> list[Hit]:
        refs = self._allowed(best)
        ordered = sorted(
            (entry for entry in best if entry in refs),
            key=lambda entry: (
                -round(best[entry].score, 1),
                len(best[entry].text),
                _SHELF[refs[entry].kind],
                refs[entry].title,
            ),
        )
        return [
            self._name_hit(refs[entry], best[entry], is_told=entry in self.told)
            for entry in ordered[: self.limit + 1]
        ]

    def _name_hit(self, ref: EntryRef, name: FoundName, *, is_told: bool) -> Hit:
        wanted = self.query.words
        in_title = spans_of(ref.title, wanted)
        if name.field is Field.TITLE:
            text, spans = ref.title, in_title
        else:
            text, spans = name.text, spans_of(name.text, wanted)
        return Hit(
            slug=ref.slug,
            kind=ref.kind,
            title=ref.title,
            score=name.score,
            why=name.field.why,
            text=text,
            spans=spans,
            title_spans=in_title,
            anchor=anchors.person(name.text) if name.field is Field.PERSON else anchors.TOP,
            is_similar=not is_told and not stands_as_typed(wanted, [name.text]),
        )

    def _allowed(self, entries: Iterable[int]) -> dict[int, EntryRef]:
        """Of some keys of entries those that the filters allow, with their entries."""
        keys = list(entries)
        found: dict[int, EntryRef] = {}
        condition = both(self.condition, without(self.query.without, few=True))
        for at in range(0, len(keys), 400):
            batch = keys[at : at + 400]
            rows = self.book.ask(
                "SELECT e.id, e.slug, e.kind, e.title FROM entry AS e"
                f" WHERE e.id IN ({marks(len(batch))}) AND ({condition.sql})",
                (*batch, *condition.bound),
            )
            found.update({number(row[0]): ref for row in rows if (ref := entry_ref(row[1:]))})
        return found

    # Texts

    def _passage_hits(
        self, wanted: Sequence[str], known: set[str], *, any_word: bool = False
    ) -> list[Hit]:
        room = self.limit + 1 - len(known)
        if room <= 0 or not can_be_found(wanted):
            return []
        try:
            entries = entries_with(
                self.book,
                wanted,
                self.condition,
                any_word=any_word,
                without=self.query.without,
            )
        except InterruptedQueryError:
            self.is_cut = True
            return []
        except BookError:
            self.has_texts = False
            self.hints.append("The index of texts is damaged; only names were searched.")
            return []
        refs = self._allowed(entries)
        unknown = [entry for entry in entries if entry in refs and refs[entry].slug not in known]
        unknown.sort(key=lambda entry: _SHELF[refs[entry].kind])
        most = MOST_FOUND if self.query.phrases else MOST_READ
        pieces, is_whole = best_pieces(self.book, unknown[:most], wanted, self.query.phrases)
        if not is_whole or len(unknown) > most:
            self.is_cut = True
        return [self._passage_hit(refs[piece.entry], piece, wanted) for piece in pieces[:room]]

    def _passage_hit(self, ref: EntryRef, piece: Piece, wanted: Sequence[str]) -> Hit:
        shown, spans = snippet(piece.text, wanted)
        share = min(piece.held / (len(wanted) + len(self.query.phrases)), 1.0)
        score = _PASSAGE + _PASSAGE_SPAN * share
        in_title = spans_of(ref.title, wanted) if piece.why is Why.ALIAS else ()
        return Hit(
            slug=ref.slug,
            kind=ref.kind,
            title=ref.title,
            score=score,
            why=piece.why,
            text=shown,
            spans=spans,
            title_spans=in_title,
            anchor=piece.anchor,
        )

    def _with_some_words(self) -> list[Hit]:
        """Hits in texts that hold some of the words."""
        if len(self.query.words) < 2 or self.query.phrases:
            return []
        hits = self._passage_hits(self.query.words, set(), any_word=True)
        if hits:
            nothing = "Nothing contains all of these words; these results contain some of them."
            self.hints.append(self.book.edition.as_far_as_revealed(nothing))
        return hits

    def _corrected(self) -> list[Hit]:
        """Hits in texts, with each word that stands in none replaced by the nearest that does."""
        corrected: list[str] = []
        told: list[str] = []
        for word in self.query.words:
            near = [] if stands_in_texts(self.book, word) else nearest_words(self.book, word)
            corrected.append(near[0] if near else word)
            if near:
                told.append(
                    f"\N{LEFT DOUBLE QUOTATION MARK}{word}\N{RIGHT DOUBLE QUOTATION MARK}"
                    f" does not occur in this book; read as \N{LEFT DOUBLE QUOTATION MARK}{near[0]}"
                    "\N{RIGHT DOUBLE QUOTATION MARK}."
                )
        if not told:
            return []
        hits = self._passage_hits(corrected, set())
        if not hits and len(corrected) > 1:
            hits = self._passage_hits(corrected, set(), any_word=True)
        if hits:
            self.hints.extend(told)
            self.is_corrected = True
        return [hit._replace(is_similar=True) for hit in hits]
