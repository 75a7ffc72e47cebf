"""What the sources say of a case on a point, with nothing that gives the rating away.

Neither the rating nor the book's words for it are shown, and the amount is the same whatever
the rating: beside the paragraphs that it rests on stand others of the case, as many as make up
the number, and where the sources are silent on the point all of them are others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from casebook.book.page_values import CriterionLine, Page
from casebook.citations import OWN, Citation, CitationError, paragraph_locator
from casebook.comparison.cells import MatrixCell
from casebook.document import citations_at
from casebook.search.folding import fold, words
from casebook.text import Block

FEWEST_PLACES, MOST_PLACES = 2, 4
MOST_STATEMENTS = 6
_MOST_PARAGRAPHS = 50
"""Paragraphs of one citation that are looked at."""

_RATING_WORDS = re.compile(
    r"\b(?:(?:un|not |partly |partially |fully |only )?met|partly|partially|silent)\b",
    re.IGNORECASE,
)
_HIDDEN = "\N{HORIZONTAL ELLIPSIS}"

Place = tuple[str, int | str]
"""A source and one of its paragraphs, or another locator."""


class EvidenceLine(NamedTuple):
    """Something that a place in a source says."""

    words: str
    citations: tuple[Citation, ...]


class Evidence(NamedTuple):
    """What is shown with a question.

    Attributes:
        summaries: what the paragraphs are about, in their order.
        statements: what the page of the case tells of them.
    """

    summaries: tuple[EvidenceLine, ...]
    statements: tuple[EvidenceLine, ...]


def evidence(
    page: Page,
    criterion: CriterionLine,
    cell: MatrixCell,
    cells: Sequence[MatrixCell],
    gist_of: Callable[[str, int], str],
) -> Evidence:
    """The evidence for one point of a case.

    Args:
        cell: the book's own reading; nothing of it but its citations is used.
        cells: those of the case on all points of the framework.
        gist_of: says what a paragraph of a source is about; empty where nobody has.
    """
    chosen = _places_shown(page, criterion, cell, cells)
    summaries = []
    for source, where in chosen:
        gist = gist_of(source, where) if isinstance(where, int) else ""
        summaries.append(EvidenceLine(without_ratings(gist), (_citation_of((source, where)),)))
    return Evidence(tuple(summaries), _statements(page, criterion, frozenset(chosen)))


def without_ratings(text: str) -> str:
    """A text in which no word is a rating."""
    return _RATING_WORDS.sub(_HIDDEN, text)


def _places_shown(
    page: Page, criterion: CriterionLine, cell: MatrixCell, cells: Sequence[MatrixCell]
) -> list[Place]:
    """The places of a point, and as many others of the case as hide whether it has any."""
    mine = _places(cell.citations)[:MOST_PLACES]
    most = max((len(_places(each.citations)) for each in cells), default=0)
    wanted = min(max(most, FEWEST_PLACES), MOST_PLACES)

    def shuffled(places: Iterable[Place]) -> list[Place]:
        seed = f"{page.entry.slug} {criterion.key}"
        return sorted(
            dict.fromkeys(places),
            key=lambda place: hashlib.blake2b(f"{seed} {place}".encode(), digest_size=8).digest(),
        )

    rated = shuffled(place for each in cells for place in _places(each.citations))
    told = shuffled(place for passage in page.passages for place in _places(passage.text.citations))
    chosen = list(dict.fromkeys([*mine, *rated, *told]))[:wanted]
    order = {source: at for at, source in enumerate(page.sources)}
    return sorted(
        chosen,
        key=lambda place: (
            order.get(place[0], len(order)),
            place[0],
            place[1] if isinstance(place[1], int) else 0,
            str(place[1]),
        ),
    )


def _places(citations: Iterable[Citation]) -> list[Place]:
    found: dict[Place, None] = {}
    for citation in citations:
        if citation.source == OWN:
            continue
        try:
            numbers = citation.paragraphs[:_MOST_PARAGRAPHS]
        except CitationError:  # only a damaged book has one
            numbers = ()
        for number in numbers:
            found[citation.source, number] = None
        if not numbers:
            found[citation.source, citation.locator] = None
    return list(found)


def _citation_of(place: Place) -> Citation:
    source, where = place
    return Citation(source, paragraph_locator([where]) if isinstance(where, int) else where)


def _statements(
    page: Page, criterion: CriterionLine, chosen: frozenset[Place]
) -> tuple[EvidenceLine, ...]:
    """What the narrative tells of some places; the summary where that is all there is."""
    found = _pieces(page, chosen, of_summary=False) or _pieces(page, chosen, of_summary=True)
    if len(found) > MOST_STATEMENTS:
        about = frozenset(words(fold(f"{criterion.title} {criterion.text}")))
        by_words = sorted(
            range(len(found)), key=lambda at: -len(about & {*words(fold(found[at].words))})
        )
        kept = sorted(by_words[:MOST_STATEMENTS])
        found = [found[at] for at in kept]
    return tuple(found)


def _pieces(page: Page, chosen: frozenset[Place], *, of_summary: bool) -> list[EvidenceLine]:
    """The statements of a narrative that rest on some places, without ratings in them."""
    found = []
    for passage in page.passages:
        is_wanted = (passage.block is Block.SUMMARY) is of_summary
        if not is_wanted or passage.block in (Block.HEADING, Block.CODE):
            continue
        last = 0
        for at, citations in citations_at(passage.text).items():
            piece, last = passage.text.plain[last:at].strip(" \n.;:,"), at
            if piece and chosen & {*_places(citations)}:
                found.append(EvidenceLine(without_ratings(piece), citations))
    return found
