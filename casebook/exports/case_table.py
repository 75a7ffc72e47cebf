"""The cases of a book as the sheets of a table, which `casebook import` reads again.

What a row rests on stands in its columns for the source and the locator; a statement that
rests on something else has its citation behind its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.book import lists, pages, sources
from casebook.book.connection import Book
from casebook.book.page_values import EventLine, Page
from casebook.book.rating_values import AssessmentLine
from casebook.book.rows import name
from casebook.book.source_values import SourceLine
from casebook.book.volumes import volumes
from casebook.citations import OWN, Citation
from casebook.csl import CslItem, csl_item
from casebook.page_documents import added_by_words
from casebook.sheets import (
    ASSESSMENTS,
    CASES,
    COLUMNS,
    EVENTS,
    EVIDENCE,
    IMPORTED_TABLE,
    NO_EVIDENCE,
    NO_PLACE,
    NO_REASON,
    NO_SUMMARY,
    SOURCES,
    VOLUME,
    heading,
)
from casebook.statement_kinds import EventKind
from casebook.text import Block, PassageLine
from casebook.vocabulary import Outcome

Sheets = dict[str, list[list[str]]]
"""The rows of each sheet, the header first."""

_LISTS = (Block.BULLET, Block.NUMBERED)


def case_sheets(book: Book, slugs: Sequence[str]) -> Sheets:
    """The sheets of some cases of a book."""
    table = _CaseTable(book, [pages.page(book, slug) for slug in slugs])
    points = table.points_in_columns()
    rated = [column for point in points for column in (point, f"{point} {EVIDENCE}")]
    # In a book of several volumes each row says which of them speaks.
    volume = [VOLUME] if len(volumes(book)) > 1 else []
    columns = [*COLUMNS[CASES], *volume, *rated]
    sheets: Sheets = {CASES: [[*map(heading, (*COLUMNS[CASES], *volume)), *rated]]}
    for sheet in (EVENTS, ASSESSMENTS):
        sheets[sheet] = [[heading(column) for column in (*COLUMNS[sheet], *volume)]]
    sheets[SOURCES] = [[heading(column) for column in COLUMNS[SOURCES]]]
    for page in table.pages:
        cells = table.case(page)
        sheets[CASES].append([cells.get(column, "") for column in columns])
        sheets[EVENTS] += [table.event(page, event) for event in table.events(page)]
        sheets[ASSESSMENTS] += [
            table.rating(page, account)
            for rating in table.ratings_apart(page)
            for account in accounts_of(rating)
        ]
    sheets[SOURCES] += [_source(line, item) for line, item in table.items]
    return sheets


def case_choices(book: Book) -> dict[str, list[str]]:
    """What the drop-downs of a workbook of a book's cases offer."""
    frameworks = [framework for framework in lists.frameworks(book) if framework.is_assessed]
    places = book.ask("SELECT DISTINCT name FROM place ORDER BY name")
    return {
        "place": [name(stored) for (stored,) in places],
        "framework": [framework.slug for framework in frameworks],
        "point": list(
            dict.fromkeys(point.key for framework in frameworks for point in framework.criteria)
        ),
        "points": [
            f"{framework.slug} {point.key}"
            for framework in frameworks
            for point in framework.criteria
        ],
    }


@dataclass(slots=True)
class _Base:
    """What a row rests on, and its two cells."""

    citation: Citation | None

    @property
    def cells(self) -> tuple[str, str]:
        return (self.citation.source, self.citation.locator) if self.citation else ("", "")


class _CaseTable:
    def __init__(self, book: Book, every: Sequence[Page]) -> None:
        self.book = book
        self.pages = every
        self.items: list[tuple[SourceLine, CslItem]] = []
        self.tables: set[str] = set()
        """The sources that are tables themselves; a row does not name the one it came from."""
        for source in sources.sources(book):
            item = csl_item(source)
            if item.get("genre") == IMPORTED_TABLE:
                self.tables.add(source.slug)
            elif _is_wanted(source):
                self.items.append((source, item))

    # Citations

    def base(self, groups: Iterable[tuple[Citation, ...]]) -> _Base:
        """What most statements of a row rest on, where that is one place of one source."""
        counted = Counter(
            group[0]
            for group in groups
            if len(group) == 1 and not group[0].inferred and group[0].source != OWN
            and group[0].source not in self.tables
        )  # fmt: skip
        return _Base(counted.most_common(1)[0][0] if counted else None)

    def cell(self, words: str, citations: tuple[Citation, ...], base: _Base) -> str:
        """Words, with their citation where it is not that of their row."""
        from casebook.pack.citations import pandoc_group

        of_row = (base.citation,) if base.citation else None
        if not words or citations == of_row:
            return words
        if not base.citation and all(citation.source in self.tables for citation in citations):
            return words
        return f"{words} {pandoc_group(citations)}" if citations else words

    # Cases

    def case(self, page: Page) -> dict[str, str]:
        """The cells of a case by their columns."""
        entry, setting = page.entry, page.entry.setting
        own_ratings = [rating for rating in page.assessments if not self._is_apart(rating)]
        groups = [
            page.summary.citations, setting.cited("place"), setting.cited("size"),
            setting.cited("years"), setting.cited("outcome"), setting.cited("industry:0"),
            *(passage.text.citations for passage in page.passages[1:]),
            *(rating.citations for rating in own_ratings),
        ]  # fmt: skip
        base = self.base(groups)
        places = [place for place in setting.places if place.slug != NO_PLACE]
        countries = {place.country_name for place in places}
        country = countries.pop() if len(countries) == 1 else ""
        named = [place.name for place in places if place.name != country]
        summary = page.summary.plain
        size = setting.size
        cells = {
            "slug": entry.slug,
            "title": entry.title,
            "kind": entry.kind.value,
            "other names": "; ".join(f"{alias.text} ({alias.kind})" for alias in entry.aliases),
            "summary": ""
            if summary == NO_SUMMARY
            else self.cell(summary, page.summary.citations, base),
            "place": self.cell("; ".join(named), setting.cited("place"), base),
            "country": country,
            "industry code": "; ".join(industry.code for industry in setting.industries),
            "industry": "; ".join(industry.note for industry in setting.industries),
            "size": self.cell(size, setting.cited("size"), base),
            "years": self.cell(_date(setting.years, setting.edtf), setting.cited("years"), base),
            "text": self._whole_text(page, base),
        }
        founding = next(
            (event for event in page.own_events if self._is_founding(page, event)), None
        )
        if founding:
            words = _date(founding.date_text, founding.edtf)
            cells["founded"] = self.cell(words, founding.citations, base)
        cells |= self._outcome(page, base)
        for rating in own_ratings:
            address = f"{rating.framework} {rating.key}"
            evidence = "" if rating.evidence == NO_EVIDENCE else rating.evidence
            cells[address] = rating.rating.value
            cells[f"{address} {EVIDENCE}"] = self.cell(evidence, rating.citations, base)
        cells["source"], cells["locator"] = base.cells
        cells[VOLUME] = entry.volume
        return cells

    def _outcome(self, page: Page, base: _Base) -> dict[str, str]:
        outcome, reason = page.entry.outcome, page.outcome_note
        if outcome is None or (outcome is Outcome.OPEN and reason == NO_REASON):
            return {}
        accounts = (cite for account in page.entry.outcome_accounts for cite in account.citations)
        cited = tuple(dict.fromkeys((*page.entry.setting.cited("outcome"), *accounts)))
        if not reason:
            return {"outcome": self.cell(outcome.value, cited, base)}
        return {"outcome": outcome.value, "outcome reason": self.cell(reason, cited, base)}

    def _whole_text(self, page: Page, base: _Base) -> str:
        """The narrative, and what other volumes add, each below a heading that names it."""
        parts = [self._text(page.of_own_volume.passages[1:], base)]
        for volume, added in page.additions:
            if added.passages:
                parts += [f"## {added_by_words(volume)}", self._text(added.passages, base)]
        return "\n\n".join(filter(None, parts))

    def _text(self, passages: Sequence[PassageLine], base: _Base) -> str:
        parts: list[str] = []
        before: Block | None = None
        for passage in passages:
            words = " ".join(passage.text.plain.split())
            match passage.block:
                case Block.HEADING:
                    words = f"{'#' * passage.level} {words}"
                case Block.BULLET:
                    words = f"- {self.cell(words, passage.text.citations, base)}"
                case _:
                    if passage.block is Block.NUMBERED:
                        words = f"{passage.number}. {words}"
                    words = self.cell(words, passage.text.citations, base)
            divider = "\n" if before is passage.block is Block.BULLET else "\n\n"
            parts += [divider if parts else "", words]
            before = passage.block
        return "".join(parts)

    # Events and ratings

    def events(self, page: Page) -> Iterator[EventLine]:
        """The events that no column of the cases tells."""
        for event in page.own_events:
            if not self._is_founding(page, event):
                yield event

    def _is_founding(self, page: Page, event: EventLine) -> bool:
        return (
            event.key == "founding"
            and event.kind is EventKind.FOUNDING
            and event.label == f"{page.entry.title} is founded"
        )

    def event(self, page: Page, event: EventLine) -> list[str]:
        base = self.base([event.citations])
        return [
            page.entry.title,
            event.key,
            _date(event.date_text, event.edtf),
            self.cell(event.label, event.citations, base),
            event.kind.value,
            event.place_name,
            *base.cells,
            *self._volume(page, event.volume),
        ]

    def points_in_columns(self) -> list[str]:
        """The points that a column of the cases tells, in the order of the book."""
        rated = {
            f"{rating.framework} {rating.key}"
            for page in self.pages
            for rating in page.assessments
            if not self._is_apart(rating)
        }
        every = [
            f"{framework.slug} {point.key}"
            for framework in lists.frameworks(self.book)
            for point in framework.criteria
        ]
        return [address for address in every if address in rated]

    def _is_apart(self, assessment: AssessmentLine) -> bool:
        """True of a rating that came from the sheet of ratings, or has several accounts."""
        return bool(assessment.accounts) or any(
            citation.source in self.tables and ASSESSMENTS in citation.locator
            for citation in assessment.citations
        )

    def ratings_apart(self, page: Page) -> list[AssessmentLine]:
        return [rating for rating in page.assessments if self._is_apart(rating)]

    def rating(self, page: Page, line: AssessmentLine) -> list[str]:
        evidence = "" if line.evidence == NO_EVIDENCE else line.evidence
        base = self.base([line.citations])
        return [
            page.entry.title, line.framework, line.key, line.rating.value,
            self.cell(evidence, line.citations, base), *base.cells,
            *self._volume(page, line.volume),
        ]  # fmt: skip

    def _volume(self, page: Page, slug: str) -> list[str]:
        """The cell of the volume that says something on a page; none in a book of one volume."""
        return [slug or page.entry.volume] if len(page.volumes) > 1 else []


def accounts_of(assessment: AssessmentLine) -> list[AssessmentLine]:
    """A rating; of a contested one each account as a rating of its own."""
    if not assessment.accounts:
        return [assessment]
    return [
        assessment._replace(
            rating=account.rating,
            evidence=account.evidence,
            citations=account.citations,
            volume=account.volume or assessment.volume,
        )
        for account in assessment.accounts
    ]


def _date(words: str, edtf: str) -> str:
    """The words of a date, with its EDTF where they do not say the same by themselves."""
    from casebook.pack.date_guesses import guessed

    found = guessed(words)
    return words if not edtf or (found and found.edtf == edtf) else f"{words} (EDTF {edtf})"


def _is_wanted(source: SourceLine) -> bool:
    """False of a work that no one read: the sheet has no column for where it is cited."""
    return source.is_read


def _source(line: SourceLine, item: CslItem) -> list[str]:
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or [[""]]
    year = str(parts[0][0]) if parts[0] else ""
    names = [
        ", ".join(filter(None, (author.get("family", ""), author.get("given", ""))))
        or author.get("literal", "")
        for author in item.get("author", [])
    ]
    cells = {
        "id": item["id"],
        "type": item.get("type", ""),
        "authors": "; ".join(map(str, names)),
        "year": year or str(issued.get("literal") or issued.get("raw") or ""),
        "title": item.get("title", ""),
        "publication": item.get("container-title", ""),
        "publisher": item.get("publisher", ""),
        "DOI": item.get("DOI", ""),
        "URL": item.get("URL", ""),
        "grade": line.grade or "",
        "read": line.extent or "",
        "accessed": line.accessed,
    }
    return [str(cells[column]) for column in COLUMNS[SOURCES]]
