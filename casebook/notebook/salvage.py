"""What can still be read of a damaged notebook, row by row, and what cannot.

Nothing is asked of SQLite: a page whose neighbours are damaged is read all the same, and so
are the rows of a file whose schema is damaged, or is a stranger's.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook.notebook import migrations, row_digests, upgrade
from casebook.notebook.raw_file import RawFile, RawRow
from casebook.notebook.row_digests import INFO, TALLY, UNCOUNTED, Column, Shape, digest_of
from casebook.notebook.row_keys import KEYS
from casebook.notebook.values import NoteTarget
from casebook.safe_text import made_safe, made_safe_line
from casebook.sqlite_log import Log
from casebook.sqlite_records import Value

_NOUNS = {
    "note": "note",
    "bookmark": "bookmark",
    "tag": "tag",
    "saved_view": "saved comparison or timeline",
    "prediction": "rating",
    "quiz_card": "quiz answer",
    "reading_list": "entry of the reading list",
    "draft": "draft",
    "reading": "place of reading",
    "search": "search",
    "kept": "setting of a screen",
    "basket": "item of the essay basket",
    "seminar": "name in a seminar",
}
_MISMATCHES_ALLOWED = 3
"""Values of a wrong type up to which a row without a right digest is taken for one of a table."""

_LONGEST_TEXT = 1_000_000
_LONGEST_OTHER = 100_000
_LONG_COLUMNS = ("text", "touched", "value")
_MOST = 1 << 63


@dataclass(slots=True)
class Losses:
    """What was lost of a notebook.

    Attributes:
        damaged: rows that were read, but are not as they were written.
        missing: how many rows of each table could not be read.
        is_counted: how many there should be is known.
        log: what is wrong with the log in which the last changes stand; empty if nothing is.
        named: of the missing rows those of which something is known elsewhere, each in words.
    """

    damaged: list[str] = field(default_factory=list)
    missing: dict[str, int] = field(default_factory=dict)
    is_counted: bool = True
    log: str = ""
    named: list[str] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """Each loss in words; none where nothing was lost."""
        told = [f"Damaged: {words}." for words in self.damaged]
        for table, count in self.missing.items():
            noun = _NOUNS.get(table, table)
            told.append(f"Missing: {count} {noun if count == 1 else _plural(noun)}.")
        told += self.named
        if self.log:
            told.append(self.log)
        if not self.is_counted:
            told.append("How much there was cannot be read, so more may be missing.")
        return told


def _plural(noun: str) -> str:
    return {
        "search": "searches",
        "place of reading": "places of reading",
        "setting of a screen": "settings of screens",
        "entry of the reading list": "entries of the reading list",
        "item of the essay basket": "items of the essay basket",
        "saved comparison or timeline": "saved comparisons or timelines",
    }.get(noun, f"{noun}s")


@dataclass(slots=True)
class Salvaged:
    """A notebook in memory with every row that could be read.

    Attributes:
        counts: rows of each table that were read.
    """

    connection: sqlite3.Connection
    losses: Losses
    counts: dict[str, int]


@dataclass(slots=True)
class _Read:
    """Rows of one table, in the columns of a version."""

    columns: tuple[Column, ...]
    whole: list[RawRow] = field(default_factory=list)
    doubtful: list[RawRow] = field(default_factory=list)


def salvage(path: Path) -> Salvaged:
    """Reads all that can be read of a notebook.

    Args:
        path: the file; nobody writes to it meanwhile.

    Raises:
        OSError: the file cannot be read at all.
    """
    with RawFile(path) as file:
        rows = [row for row in file.rows() if not _is_of_schema(row)]
        log = file.log
    for version in range(migrations.latest_version(), row_digests.FIRST_WITH_DIGESTS - 1, -1):
        read = _rows_with_digests(rows, row_digests.shape(version))
        has_digests = any(rows_read.whole for rows_read in read.values())
        if has_digests:
            break
    else:
        read, has_digests = _rows_without_digests(rows), False
    losses = Losses(log=_log_words(log))
    connection, counts = _rebuilt(read, losses)
    expected = _expected(read) if has_digests else None
    losses.is_counted = expected is not None
    for table, count in (expected or {}).items():
        if table not in UNCOUNTED and count > counts.get(table, 0):
            losses.missing[table] = count - counts.get(table, 0)
    return Salvaged(connection, losses, counts)


def _log_words(log: Log) -> str:
    if not log.is_damaged:
        return ""
    sound = sum(frame.is_sound for frame in log.frames)
    total = max(log.confirmed, len(log.frames))
    told = f"{total - sound} of {total} pages" if total else "all"
    return (
        f"Damaged: {told} of the log, in which the last changes stand; what these changes added"
        " may be missing, and what they changed or deleted may be as it was before."
    )


def _rows_with_digests(rows: Iterable[RawRow], known: Shape) -> dict[str, _Read]:
    """The rows of some tables: a digest that is right says which table a row is of."""
    tables = known.tables
    read = {table: _Read(columns) for table, columns in tables.items()}
    by_length: dict[int, list[str]] = defaultdict(list)
    for table, columns in tables.items():
        by_length[len(columns)].append(table)
    doubtful: list[RawRow] = []
    on_page: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for table in by_length.get(len(row.values), ()):
            if _is_whole(table, known, row.values):
                read[table].whole.append(row)
                on_page[row.page][table] += 1
                break
        else:
            if row.is_counted:
                doubtful.append(row)
    for row in doubtful:
        likely = [table for table, _ in on_page[row.page].most_common(1)]
        found = _best_table(row.values, {t: tables[t] for t in likely} or tables)
        if found:
            read[found].doubtful.append(row)
    return read


def _is_of_schema(row: RawRow) -> bool:
    """Whether a row belongs to the schema, which begins on the first page."""
    values = row.values
    return row.page == 1 or (
        len(values) == 5
        and (
            values[0] in ("table", "index", "view", "trigger")
            or str(values[4]).upper().startswith("CREATE")
        )
    )


def _is_whole(table: str, known: Shape, values: tuple[Value, ...]) -> bool:
    names = (column.name for column in known.tables[table])
    named = dict(zip(names, values, strict=True))
    digest = named.get(row_digests.DIGEST)
    digested = [
        # SQLite writes 1.0 as 1, to save room.
        float(value) if column.kind is float and isinstance(value, int) else value
        for column in known.digested(table)
        for value in (named[column.name],)
    ]
    try:
        return isinstance(digest, int) and digest_of(table, digested) == digest
    except UnicodeEncodeError:
        return False


def _rows_without_digests(rows: Iterable[RawRow]) -> dict[str, _Read]:
    """The rows of the first version, told apart by how many values they have and of what kind."""
    tables = row_digests.shape(1).tables
    read = {table: _Read(columns) for table, columns in tables.items()}
    for row in rows:
        if not row.is_counted:
            continue
        found = _best_table(row.values, tables)
        if found and _mismatches(row.values, tables[found]) == 0 and _is_text(row.values):
            read[found].whole.append(row)
        elif found:
            read[found].doubtful.append(row)
    return read


def _best_table(values: tuple[Value, ...], tables: Mapping[str, tuple[Column, ...]]) -> str | None:
    fitting = [
        (_mismatches(values, columns), table)
        for table, columns in tables.items()
        if len(columns) == len(values)
    ]
    best = min(fitting, default=(99, ""))
    allowed = min(_MISMATCHES_ALLOWED, len(values) // 3)
    return best[1] if best[0] <= allowed else None


def _mismatches(values: tuple[Value, ...], columns: tuple[Column, ...]) -> int:
    """How many values are not of their column's kind."""
    return sum(
        value is not None
        if column.name == "id"
        else not isinstance(value, (int, float) if column.kind is float else column.kind)
        for value, column in zip(values, columns, strict=True)
    )


def _is_text(values: tuple[Value, ...]) -> bool:
    """Whether all texts are UTF-8."""
    return not any(
        "\udc80" <= letter <= "\udcff"
        for value in values
        if isinstance(value, str) and not value.isascii()
        for letter in value
    )


def _expected(read: Mapping[str, _Read]) -> dict[str, int] | None:
    """How many rows each table had; None where that cannot be read."""
    rows = read[INFO].whole
    if not rows:
        return None
    names = [column.name for column in read[INFO].columns]
    rank = max(map(_lateness, rows))
    found = {row.values[names.index(TALLY)] for row in rows if _lateness(row) == rank}
    if len(found) > 1:
        return None
    (words,) = found
    try:
        return row_digests.tally_of(str(words))
    except ValueError:
        return None


def _rebuilt(
    read: Mapping[str, _Read], losses: Losses
) -> tuple[sqlite3.Connection, dict[str, int]]:
    """A new notebook in memory with the rows that were read."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN")
    upgrade.apply_steps(connection, 0)
    counts: dict[str, int] = {}
    for table, found in read.items():
        # Of two versions of a row the later is taken.
        versions = {(row.rowid, row.values): row for row in found.whole}.values()
        whole = sum(
            _insert(connection, table, _values(found.columns, row.values))
            for row in sorted(versions, key=lambda row: (row.rowid, -row.frame))
        )
        damaged = 0
        for row in found.doubtful:
            values = _values(found.columns, row.values)
            if table == INFO:
                continue
            if table == "note":
                values["kind"] = NoteTarget("", "", "", values["place"]).kind.value
            is_read = _insert(connection, table, values)
            damaged += is_read
            if table == "change":
                continue
            words = named(table, values)
            if is_read:
                losses.damaged.append(words)
            elif not _is_there(connection, table, values):
                losses.damaged.append(f"{words}, so much that it cannot be shown")
            elif row.frame:
                losses.damaged.append(f"{words}, shown as it was before")
        counts[table] = whole + damaged
    if not counts.get(INFO):
        from casebook.notebook.files import put_info

        put_info(connection)
    row_digests.digest_all(connection)
    connection.execute("COMMIT")
    return connection, counts


def _lateness(row: RawRow) -> tuple[int, bool]:
    return row.frame, row.is_counted


def _values(columns: Iterable[Column], values: Iterable[Value]) -> dict[str, Any]:
    """A row by the names of its columns, each value of its column's kind and safe to show."""
    return {
        column.name: _of_kind(value, column)
        for column, value in zip(columns, values, strict=True)
        if column.name not in ("id", row_digests.DIGEST)
    }


def _of_kind(value: Value, column: Column) -> Any:
    if column.kind is not str:
        # A whole number may have become an infinite one, or one that no column holds.
        is_number = isinstance(value, int | float) and -_MOST <= value < _MOST
        return column.kind(value) if is_number else column.kind(0)
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    if isinstance(value, bytes):
        longest = _LONGEST_TEXT if column.name in _LONG_COLUMNS else _LONGEST_OTHER
        return made_safe(value[: 4 * longest].decode("utf-8", "replace")[:longest])
    return "" if value is None else str(value)


def _insert(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> bool:
    """Adds a row; False where it is there already, or breaks a rule of its table."""
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    try:
        done = connection.execute(
            f'INSERT OR IGNORE INTO "{table}" ({columns}) VALUES ({marks})', tuple(values.values())
        )
    except (sqlite3.IntegrityError, OverflowError):
        return False
    return done.rowcount == 1


def _is_there(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> bool:
    """Whether there is a row of the same key."""
    key = KEYS.get(table, ("book", "name"))
    conditions = " AND ".join(f'"{column}" = ?' for column in key)
    found = connection.execute(
        f'SELECT 1 FROM "{table}" WHERE {conditions}', [values[column] for column in key]
    )
    return found.fetchone() is not None


_SHORT_UID = 8
_LONGEST_NAME = 60
_DATES = ("created", "opened", "made", "changed", "answered")
_LONG_DAY = len("2026-05-01")


def named(table: str, values: Mapping[str, Any]) -> str:
    """A row in a few words: `note 3f2a91bc on Nosaku (passage, 2026-05-01)`."""
    name = str(values.get("name") or values.get("words") or "")
    if table in ("note", "basket"):
        name = str(values["uid"])[:_SHORT_UID]
    title = str(values.get("title") or "")
    words = [_NOUNS.get(table, table), made_safe_line(name)[:_LONGEST_NAME]]
    if title:
        words.append(f"on {made_safe_line(title)[:_LONGEST_NAME].rstrip()}")
    day = next((values[column] for column in _DATES if values.get(column)), "")
    details = [made_safe_line(str(values.get("kind") or "")), made_safe_line(str(day))[:_LONG_DAY]]
    if any(details):
        words.append(f"({', '.join(detail for detail in details if detail)})")
    return " ".join(word for word in words if word)
