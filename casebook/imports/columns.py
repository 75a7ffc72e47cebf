"""Matches the columns of somebody's table to what a case has: as told, else by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.errors import CasebookError
from casebook.imports.cells import SheetCell, SheetRow, SheetTable, letter_of
from casebook.sheets import ASSESSMENTS, CASES, COLUMNS, EVENTS, EVIDENCE, SOURCES

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "title": (
        "name", "case", "firm", "company", "company name", "firm name", "case name", "business",
        "enterprise", "organisation", "organization", "case title",
    ),
    "kind": ("type", "type of case", "category"),
    "other names": ("aliases", "alias", "also known as", "other name", "name in japanese"),
    "summary": ("abstract", "description", "in brief", "short description", "overview"),
    "place": ("city", "town", "location", "where", "region", "headquarters", "seat", "site"),
    "country": ("nation", "state", "country name"),
    "industry code": ("isic", "isic code", "isic rev 4", "nace", "sic", "industry isic"),
    "industry": (
        "industry words", "sector", "branch", "line of business", "trade", "products", "activity",
    ),
    "size": ("employees", "staff", "people", "headcount", "number of employees", "workforce"),
    "years": ("period", "time", "active", "years active", "date", "dates", "when", "year"),
    "founded": ("foundation", "founding", "established", "founded in", "since", "year founded"),
    "outcome": ("result", "success", "status", "fate", "performance"),
    "outcome reason": ("reason", "reason for outcome", "why", "outcome note", "explanation"),
    "text": ("narrative", "case text", "story", "full text", "body", "notes on the case"),
    "source": ("reference", "source id", "citation", "cite", "citation key"),
    "locator": ("page", "pages", "para", "paragraph", "paragraphs", "where in the source"),
    "case": ("title", "name", "firm", "company", "case slug"),
    "what": ("event", "description", "what happened", "summary"),
    "key": ("event key",),
    "date": ("when", "year", "years", "time"),
    "framework": ("checklist",),
    "point": ("criterion", "item", "criteria"),
    "rating": ("score", "mark", "assessment"),
    EVIDENCE: ("reason", "why", "justification", "comment"),
    "id": ("key", "citation key", "source id"),
    "authors": ("author", "by"),
    "year": ("date", "published", "issued"),
    "publication": ("journal", "container", "published in", "book title", "container title"),
    "DOI": ("digital object identifier",),
    "URL": ("link", "web", "address", "website"),
}  # fmt: skip
_OF_PEOPLE = {"employees": "employees", "staff": "staff", "people": "people"}
_SURE = 86
"""From 0 to 100: how alike a header and a name must be to be taken for one another."""
_HEADER_ROWS = 10
"""Rows within which the header is looked for."""

_SHEETS = {
    CASES: ("cases", "case", "firms", "firm", "companies", "case studies"),
    EVENTS: ("events", "event", "timeline", "chronology"),
    ASSESSMENTS: ("assessments", "assessment", "ratings", "evaluation"),
    SOURCES: ("sources", "source", "references", "bibliography", "literature"),
}


class Point(NamedTuple):
    """A point of a framework, and its names in a table."""

    framework: str
    key: str
    names: frozenset[str]

    @property
    def address(self) -> str:
        return f"{self.framework} {self.key}"


class ColumnMatch(NamedTuple):
    """A column and what it is taken for.

    Attributes:
        header: what stands above it.
        column: what it is, by `COLUMNS` or a point's address; empty where it is not used.
        how: `name`, `told`, `guessed`, or why it is not used.
    """

    header: str
    letter: str
    column: str
    how: str


@dataclass(slots=True)
class Columns:
    """Where in a row of a sheet each thing stands."""

    sheet: str
    header_row: int
    at: dict[str, int] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    matches: list[ColumnMatch] = field(default_factory=list)
    ratings: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    """By address of a point, the columns of its rating and its evidence."""
    unit: str = ""
    """What a bare number in the column of the size counts."""

    def header(self, column: str) -> str:
        """What stands above a column; its own name where it is not in the table."""
        return self.header_at(self.at.get(column)) or column

    def letter(self, column: str) -> str:
        return letter_of(self.at[column]) if column in self.at else ""

    def header_at(self, at: int | None) -> str:
        return self.headers[at] if at is not None and at < len(self.headers) else ""


def plain_name(words: str) -> str:
    """A name as names are compared: small letters, digits and single blanks."""
    return re.sub(r"[\W_]+", " ", words.casefold()).strip()


def role_of(sheet: str) -> str:
    """Which of the four sheets one of a name is; empty where the name says nothing."""
    name = plain_name(sheet)
    return next((role for role, names in _SHEETS.items() if name in names), "")


def matched(
    table: SheetTable, role: str, points: Sequence[Point], told: Mapping[str, str]
) -> Columns:
    """The columns of a table.

    Args:
        role: which of the four sheets it is.
        points: what cases of the pack are held against.
        told: columns by their headers, as the person says; empty for one that is not used.

    Raises:
        CasebookError: the table has no row.
    """
    first: list[SheetRow] = []
    for row in table.rows():
        first.append(row)
        if len(first) == _HEADER_ROWS:
            break
    if not first:
        raise CasebookError(
            f"The sheet {table.name} has no rows." if table.name else "The table has no rows."
        )
    scored = [(_known_names(row.cells, role, points, told), -at) for at, row in enumerate(first)]
    chosen = first[-max(scored)[1]]
    for row in first[: first.index(chosen)]:
        words = "; ".join(cell.line for cell in row.cells if cell.words)
        table.tell("is above the header and is not read", words, row.number)
    found = Columns(role, chosen.number, headers=[cell.line for cell in chosen.cells])
    _match(found, points, {plain_name(header): column for header, column in told.items()})
    _tell_headers(table, found)
    return found


def _known_names(
    cells: Sequence[SheetCell], role: str, points: Sequence[Point], told: Mapping[str, str]
) -> int:
    wanted = _names(role) | {plain_name(header): "" for header in told}
    headers = [plain_name(cell.line) for cell in cells]
    return sum(header in wanted or _rating(header, points)[0] != "" for header in headers if header)


def _names(role: str) -> dict[str, str]:
    """Every name of every column of a sheet; a column's own name wins over another's synonym."""
    own = {plain_name(column): column for column in COLUMNS[role]}
    others: dict[str, str] = {}
    for column in COLUMNS[role]:
        for name in _SYNONYMS.get(column, ()):
            others.setdefault(name, column)
    return others | own


def _match(found: Columns, points: Sequence[Point], told: Mapping[str, str]) -> None:
    names = _names(found.sheet)
    plain = [plain_name(header) for header in found.headers]
    chosen: dict[int, tuple[str, str]] = {}
    for at, header in enumerate(plain):
        if header in told:
            chosen[at] = (told[header], "told")
    own = {plain_name(column): column for column in COLUMNS[found.sheet]}
    for known, how in ((own, "name"), (names, "guessed")):
        taken = {column for column, _ in chosen.values()}
        for at, header in enumerate(plain):
            if at in chosen or header not in known or known[header] in taken:
                continue
            chosen[at] = (known[header], how)
            taken.add(known[header])
    _match_ratings(found, plain, points, chosen)
    _match_alike(plain, names, chosen)
    for at, header in enumerate(found.headers):
        column, how = chosen.get(at, ("", "not used"))
        if not header:
            continue
        if column and column in found.at:
            column, how = "", f"not used: {column} is read from another column"
        if column:
            found.at[column] = at
        found.matches.append(
            ColumnMatch(header, letter_of(at), column, how if column else "not used")
        )
    for point in points:
        at_rating = found.at.get(point.address)
        if at_rating is not None:
            found.ratings[point.address] = (
                at_rating, found.at.get(f"{point.address} {EVIDENCE}"),
            )  # fmt: skip
    if "size" in found.at:
        words = plain_name(found.headers[found.at["size"]]).split()
        found.unit = next((_OF_PEOPLE[word] for word in words if word in _OF_PEOPLE), "")


def _match_ratings(
    found: Columns,
    plain: Sequence[str],
    points: Sequence[Point],
    chosen: dict[int, tuple[str, str]],
) -> None:
    before = ""
    for at, header in enumerate(plain):
        if at in chosen:
            before = chosen[at][0]
            continue
        address, is_evidence = _rating(header, points)
        if not address and header == EVIDENCE and found.sheet == CASES and before:
            # A column "Evidence" belongs to the rating that it stands beside.
            address, is_evidence = (before, True) if " " in before else ("", False)
            if address not in {point.address for point in points}:
                address = ""
        if address:
            chosen[at] = (f"{address} {EVIDENCE}" if is_evidence else address, "name")
        before = address


def _rating(header: str, points: Sequence[Point]) -> tuple[str, bool]:
    """The point that a header names, and whether it is its evidence."""
    is_evidence = header.endswith(f" {EVIDENCE}")
    name = header.removesuffix(f" {EVIDENCE}") if is_evidence else header
    for point in points:
        if name in point.names:
            return point.address, is_evidence
    return "", False


def _match_alike(
    plain: Sequence[str], names: Mapping[str, str], chosen: dict[int, tuple[str, str]]
) -> None:
    """Takes headers for the names that they are most like, the most alike first."""
    from rapidfuzz import fuzz, process

    alike = []
    for at, header in enumerate(plain):
        if at in chosen or len(header) < 4:
            continue
        found = process.extractOne(header, list(names), scorer=fuzz.ratio, score_cutoff=_SURE)
        if found:
            alike.append((-found[1], at, names[found[0]]))
    taken = {column for column, _ in chosen.values()}
    for _, at, column in sorted(alike):
        if column not in taken:
            chosen[at] = (column, "guessed")
            taken.add(column)


def _tell_headers(table: SheetTable, found: Columns) -> None:
    seen: dict[str, int] = {}
    for at, header in enumerate(found.headers):
        if not header:
            table.tell(
                f"column {letter_of(at)} has no header and is not read", row=found.header_row
            )
            continue
        name = plain_name(header)
        if name in seen:
            first = letter_of(seen[name])
            table.tell(
                f"columns {first} and {letter_of(at)} have the same header; {first} is read",
                header,
                found.header_row,
            )
        seen.setdefault(name, at)


def read_map(pairs: Sequence[str], points: Sequence[Point]) -> dict[str, str]:
    """`Their column=title` as columns by headers; `Their column=` is one that is not used.

    Raises:
        CasebookError: a pair is none, or names a column that no sheet has.
    """
    known = {plain_name(column): column for names in COLUMNS.values() for column in names}
    for point in points:
        known[plain_name(point.address)] = point.address
        known[plain_name(f"{point.address} {EVIDENCE}")] = f"{point.address} {EVIDENCE}"
    told: dict[str, str] = {}
    for pair in pairs:
        header, equals, column = pair.rpartition("=")
        if not equals or not header.strip():
            raise CasebookError(f"--map '{pair}' has no '='; write --map 'Their column=title'.")
        name = plain_name(column)
        if column.strip() and name not in known:
            from casebook.pack.forms import guess

            raise CasebookError(
                f"--map: '{column}' is not a column{guess(column, known)}; use"
                f" {', '.join(COLUMNS[CASES])}, a framework's point such as 'success-checklist a',"
                " or nothing for a column that is not used."
            )
        told[header.strip()] = known.get(name, "")
    return told


def unmatched(told: Mapping[str, str], every: Sequence[Columns]) -> list[str]:
    """Headers that the person named and no sheet has."""
    there = {plain_name(header) for columns in every for header in columns.headers}
    return [header for header in told if plain_name(header) not in there]
