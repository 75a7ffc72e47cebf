"""The sheet of sources: a row becomes an item of CSL-JSON."""

from __future__ import annotations

import re
from datetime import date

from casebook.imports.bibliography import Bibliography
from casebook.imports.cells import SheetTable
from casebook.imports.columns import Columns, plain_name
from casebook.imports.row_reader import RowReader
from casebook.imports.shared_files import Item
from casebook.limits import LONGEST_LINE
from casebook.source_grades import Extent, Grade

CSL_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "collection", "dataset", "document", "entry", "hearing", "interview",
    "legislation", "manuscript", "map", "motion_picture", "pamphlet", "paper-conference",
    "patent", "personal_communication", "post", "post-weblog", "report", "review", "software",
    "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip
_TYPES = {
    "journal article": "article-journal", "paper": "article-journal",
    "newspaper article": "article-newspaper", "newspaper": "article-newspaper",
    "magazine article": "article-magazine", "book chapter": "chapter",
    "book section": "chapter", "conference paper": "paper-conference", "web page": "webpage",
    "website": "webpage", "web": "webpage", "dissertation": "thesis", "film": "motion_picture",
    "law": "legislation", "talk": "speech", "lecture": "speech",
}  # fmt: skip
_FIELDS = {
    "publication": "container-title", "publisher": "publisher", "DOI": "DOI", "URL": "URL",
}  # fmt: skip


def add_sources(table: SheetTable, columns: Columns, bibliography: Bibliography) -> int:
    """Adds the sources of a sheet and says how many rows it has."""
    count = 0
    for row in table.rows():
        if row.number <= columns.header_row:
            continue
        count += 1
        reader = RowReader(table, columns, row)
        title = reader.words("title", longest=LONGEST_LINE * 4)
        if not title:
            reader.whole("the row has no title and is left out")
            continue
        item: Item = {"id": reader.words("id"), "type": _type(reader), "title": title}
        authors = [_author(name) for name in _authors(reader.words("authors"))]
        if authors:
            item["author"] = authors
        year = reader.words("year")
        if year:
            found = re.match(r"(1[0-9]|20|21)\d\d(?!\d)", year)
            item["issued"] = {"date-parts": [[int(found[0])]]} if found else {"raw": year}
            if not found:
                reader.read_as("year", year, "is not a year; it is kept as words")
        for column, name in _FIELDS.items():
            words = reader.words(column)
            if words:
                item[name] = words
        accessed = reader.words("accessed")
        if accessed:
            item["accessed"] = _day(accessed)
        added = bibliography.add(item, custom=_judged(reader))
        if added.why and not (added.key == item["id"] and added.key):
            reader.read_as("id", added.asked or title, added.why)
    return count


def _day(words: str) -> Item:
    """The day of a cell as CSL has it; what is no day is kept as words."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return {"raw": words}
    return {"date-parts": [[day.year, day.month, day.day]]}


def _judged(reader: RowReader) -> Item:
    """The grade of a source and how much of it was read; what is neither is told."""
    found: Item = {}
    for column, known in (("grade", list(Grade)), ("read", list(Extent))):
        words = reader.words(column)
        meant = next((word for word in known if word.casefold() == words.casefold()), None)
        if meant:
            found[column] = meant.value
        elif words:
            why = f"is not one of {', '.join(known)}"
            reader.left_out(column, "title", words, why)
    return found


def _type(reader: RowReader) -> str:
    words = reader.words("type")
    name = plain_name(words)
    plain = {plain_name(kind): kind for kind in CSL_TYPES}
    found = plain.get(name) or _TYPES.get(name)
    if words and not found:
        reader.read_as("type", words, "is not a type of source; 'document' is used")
    return found or "document"


def _authors(words: str) -> list[str]:
    """The names of a cell: divided by semicolons, else by `and` or `&`."""
    divider = r";" if ";" in words else r"\s+(?:and|&)\s+"
    return [name.strip() for name in re.split(divider, words) if name.strip()]


def _author(words: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in words.partition(","))
    if comma and family:
        return {"family": family, "given": given} if given else {"family": family}
    return {"literal": words}
