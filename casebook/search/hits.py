"""The result of a search: hits, with the reason and the place of each."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from casebook.line_wrap import shortened
from casebook.vocabulary import Kind


class Why(StrEnum):
    """What matched: the name or text of an entry by which it was found."""

    TITLE = "title"
    ALIAS = "alias"
    TERM = "term"
    PLACE = "place"
    PERSON = "person"
    EVENT = "event"
    PASSAGE = "passage"
    FILTER = "filter"
    """By the filters of the query alone."""


class Hit(NamedTuple):
    """An entry that was found.

    Attributes:
        score: from 0 to 100, comparable within one answer.
        why: what matched.
        text: the name or the stretch of text that matched, as it is shown.
        spans: the characters of `text` to highlight.
        title_spans: the characters of `title` to highlight.
        anchor: where on its page the text stands, as `casebook.anchors` spells it.
        is_similar: what was typed does not stand there; something spelt like it does.
    """

    slug: str
    kind: Kind
    title: str
    score: float
    why: Why
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    title_spans: tuple[tuple[int, int], ...] = ()
    anchor: str = ""
    is_similar: bool = False


class SearchResult(NamedTuple):
    """The result of a search.

    Attributes:
        query: the words as they were typed.
        hits: the best first, no entry twice, those that are only similar last.
        hints: sentences about filters that say nothing, and words read otherwise.
        closest: where nothing was found, what came closest.
        is_cut: there are more hits than were asked for, or time ran out.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    hints: tuple[str, ...] = ()
    closest: tuple[Hit, ...] = ()
    is_cut: bool = False

    @property
    def counted(self) -> str:
        """How many hits there are: `12 found`, `2 found, 3 similar`, `200 and more found`."""
        similar = sum(hit.is_similar for hit in self.hits)
        more = " and more" if self.is_cut else ""
        found = len(self.hits) - similar
        if not similar:
            return f"{found}{more} found"
        return f"{found or 'nothing'} found, {similar}{more} similar"


_LONGEST_QUOTED = 40


def nothing_found(query: str) -> str:
    """The sentence for a query for which nothing stands."""
    quoted = shortened(" ".join(query.split()), _LONGEST_QUOTED)
    return (
        "Nothing was found for "
        f"\N{LEFT DOUBLE QUOTATION MARK}{quoted}\N{RIGHT DOUBLE QUOTATION MARK}."
    )
