"""Books and notebooks that a hostile hand has written in: escapes in every text of every table.

`plant` puts `PAYLOAD` into each text, raw, and into each string of a column that holds JSON
as JSON's own escapes, which become control characters only when they are parsed. Command
tests and screen tests look at the bytes that come out with `commands_in`.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import Any

from casebook.book.pages import digest_of_content, digest_of_entry
from casebook.safe_text import made_safe

PAYLOAD = "\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x9b31m\x1b[31m\x00\x7f\u202eman\u2066\U000e0041"
"""OSC 0 (title), OSC 52 (clipboard), C1 CSI, CSI, NUL, DEL, an override, an isolate, a tag."""

LONE_SURROGATE = b"\xed\xa0\x80"
"""Stands in a text column as bytes; no Python string that can be encoded has it."""

NAMES = frozenset(
    ("slug", "key", "code", "country", "section", "content_hash", "edtf", "years_edtf", "locator")
)
"""Columns of a book by which its rows are found and read; `plant` leaves them alone at first."""

_CLOSED = frozenset(("kind", "outcome", "role", "rating", "block", "shelf"))
"""Columns that hold one word of a closed list; another word makes the row a bad one."""


def planted_book(
    source: Path, target: Path, *, payload: str = PAYLOAD, kept: Collection[str] = NAMES
) -> Path:
    """A copy of a book with the payload in every text; its hashes are those of what it says.

    Args:
        kept: columns that are left as they are.
    """
    shutil.copyfile(source, target)
    target.chmod(0o644)
    with closing(sqlite3.connect(target)) as connection:
        plant(connection, payload, kept=kept)
        hash_anew(connection)
        connection.commit()
    return target


def changed_book(
    source: Path, target: Path, *statements: str, values: dict[str, object] | None = None
) -> Path:
    """A copy of a book after some statements of SQL; its hashes are those of what it says."""
    shutil.copyfile(source, target)
    target.chmod(0o644)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            used = {
                name: value for name, value in (values or {}).items() if f":{name}" in statement
            }
            connection.execute(statement, used)
        hash_anew(connection)
        connection.commit()
    return target


def hash_anew(connection: sqlite3.Connection) -> None:
    """Writes the hashes that belong to what the book says now."""
    # The hashes are over what a reader sees, so they are made with a reader's eyes.
    connection.text_factory = lambda data: made_safe(data.decode("utf-8", "replace"))
    for (key,) in connection.execute("SELECT id FROM entry").fetchall():
        digest = digest_of_entry(connection, key)
        connection.execute("UPDATE entry SET content_hash = ? WHERE id = ?", (digest, key))
    digest = digest_of_content(connection)
    connection.execute("UPDATE book SET content_hash = ?", (digest,))


def plant(
    connection: sqlite3.Connection,
    payload: str = PAYLOAD,
    *,
    kept: Collection[str] = NAMES,
    tables: Callable[[str], bool] = lambda _name: True,
) -> int:
    """Puts the payload into every text column of every table, and says into how many values."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE 'find_%' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    count = 0
    for (table,) in names:
        if not tables(table):
            continue
        columns = [
            name
            for _, name, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")')
            if kind.upper() in ("VARCHAR", "TEXT", "JSON")
            and name not in kept
            and name not in _CLOSED
        ]
        for column in columns:
            held = connection.execute(
                f'SELECT rowid, "{column}" FROM "{table}" WHERE typeof("{column}") = \'text\''
            ).fetchall()
            for rowid, value in held:
                changed = planted_text(value, payload)
                connection.execute(
                    f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT) WHERE rowid = ?',
                    (changed.encode("utf-8", "surrogatepass"), rowid),
                )
                count += 1
    return count


def planted_text(value: str, payload: str) -> str:
    """A text with the payload at its end; in the strings of JSON, as JSON's own escapes."""
    try:
        held = json.loads(value)
    except ValueError:
        return value + payload
    if not isinstance(held, list | dict):
        return value + payload
    return json.dumps(_planted_json(held, payload))


def _planted_json(value: Any, payload: str) -> Any:
    match value:
        case [int(), int(), ("em" | "strong" | "code" | "highlight" | "cite"), str()]:
            return value  # a mark that points nowhere
        case [int(), int(), "link", str(target)]:
            return [*value[:3], target + payload]
        case str():
            return value + payload
        case list():
            return [_planted_json(member, payload) for member in value]
        case dict():
            # Closed words and identities stay, so that the object is still read as what it is.
            closed = ("id", "type", "kind", "uid", "slug", "book", "entry")
            return {
                name: member if name in closed else _planted_json(member, payload)
                for name, member in value.items()
            } | {f"x{payload}": payload}
        case _:
            return value


# Looking at what comes out

_HARMLESS_FORMATS = frozenset("\u200d\u200e\u200f\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")


def commands_in(data: bytes, *, allowed: str = "\n\t") -> list[str]:
    """What in some output could command or mislead a terminal; empty where all is well.

    CR is well before LF; a byte order mark is well at the beginning.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"no UTF-8 at {error.start}: {data[error.start : error.start + 8]!r}"]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return [
        f"U+{ord(character):04X} at {text[max(at - 30, 0) : at + 10]!r}"
        for at, character in enumerate(text)
        if character not in allowed
        and character not in _HARMLESS_FORMATS
        and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]


def commands_in_file(path: Path) -> list[str]:
    """The same of a file; of a DOCX, XLSX or zip, of each file in it."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return commands_in(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            f"{name}: {fault}"
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
            for fault in commands_in(archive.read(name))
        ]
