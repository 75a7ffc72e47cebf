"""Puts SQLite's errors into fixed words: SQLite's own may quote text out of a hostile file."""

from __future__ import annotations

import sqlite3

_WORDS = {
    sqlite3.SQLITE_CORRUPT: "its content is damaged",
    sqlite3.SQLITE_NOTADB: "its content is damaged",
    sqlite3.SQLITE_FORMAT: "its content is damaged",
    sqlite3.SQLITE_ERROR: "its tables are not as they should be",
    sqlite3.SQLITE_SCHEMA: "its tables are not as they should be",
    sqlite3.SQLITE_CONSTRAINT: "it would break a rule of its tables",
    sqlite3.SQLITE_MISMATCH: "it holds a value of the wrong type",
    sqlite3.SQLITE_TOOBIG: "it holds a value that is too long",
    sqlite3.SQLITE_NOMEM: "it needs more memory than there is",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_INTERRUPT: "it took too long",
    sqlite3.SQLITE_BUSY: "another program is writing to it",
    sqlite3.SQLITE_LOCKED: "another program is writing to it",
    sqlite3.SQLITE_READONLY: "it may not be written to",
    sqlite3.SQLITE_PERM: "access to it is not permitted",
    sqlite3.SQLITE_AUTH: "access to it is not permitted",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
}
_OTHERWISE = "its content cannot be read"


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's code of an error without its details; 0 where the error has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def words_of(error: BaseException) -> str:
    """What went wrong, to follow a colon: a fixed sentence, with nothing out of the file."""
    if isinstance(error, MemoryError):
        return _WORDS[sqlite3.SQLITE_NOMEM]
    if isinstance(error, sqlite3.Error):
        return _WORDS.get(primary_code(error), _OTHERWISE)
    return _OTHERWISE
