"""The volumes that a book is made of, and which of them says what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casebook.book.connection import Book
from casebook.book.rows import in_batches, marks, name, number, slug, text
from casebook.book.values import FoundationLine, VolumeLine
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line

MOST_VOLUMES = 200
"""Volumes that are read; a made-up book's are cut."""

Said = Mapping[int, str]
"""The slug of the volume that says each statement; empty for a book of one volume."""


def volumes(book: Book) -> tuple[VolumeLine, ...]:
    """The volumes of a book, in order."""
    return tuple(_by_key(book).values())


def has_several(book: Book) -> bool:
    """Whether a book is made of more than one volume."""
    return len(_by_key(book)) > 1


def _by_key(book: Book) -> dict[int, VolumeLine]:
    if book.volumes is None:
        rows = book.ask(
            "SELECT id, slug, title, edition, description, language, licence FROM volume"
            " ORDER BY id LIMIT ?",
            [MOST_VOLUMES],
        )
        foundations: dict[int, list[FoundationLine]] = {}
        if len(rows) > 1:
            for volume, base, edition in book.ask(
                "SELECT volume_id, slug, edition FROM foundation ORDER BY volume_id, position"
            ):
                line = FoundationLine(slug(base), name(edition))
                foundations.setdefault(number(volume), []).append(line)
        found = {}
        for key, stored, title, edition, description, language, licence in rows:
            known = slug(stored)
            if not known:
                book.fault(f"volume {key} has no slug and is left out")
                continue
            found[number(key)] = VolumeLine(
                known,
                name(title) or known,
                name(edition),
                text(description),
                name(language),
                name(licence),
                tuple(foundations.get(number(key), ())),
            )
        book.volumes = found
    return book.volumes


def titles(book: Book) -> dict[str, str]:
    """The titles of the volumes of a book by slug; none for a book of one volume."""
    every = volumes(book)
    return {volume.slug: volume.title for volume in every} if len(every) > 1 else {}


def slug_of(book: Book, key: object) -> str:
    """The slug of the volume of a key; the lowest volume's where there is none."""
    found = _by_key(book).get(number(key))
    return found.slug if found else book.info.slug


def volume_of(book: Book, entry: str) -> str:
    """The slug of the volume of an entry; the lowest volume's for one that the book has not.

    Notebooks know entries by it, and so find them again in every book that has the volume.
    """
    if not has_several(book):
        return book.info.slug
    row = book.one("SELECT volume_id FROM entry WHERE slug = ?", [entry])
    return slug_of(book, row[0]) if row else book.info.slug


def volumes_of(book: Book, entries: Iterable[str]) -> dict[str, list[str]]:
    """Some entries by the slugs of their volumes."""
    if not has_several(book):
        return {book.info.slug: list(entries)}
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(volume_of(book, entry), []).append(entry)
    return found


def volume_slugs_of(book: Book) -> tuple[str, ...]:
    """The slugs of the volumes of a book, by which a notebook knows what is of it."""
    return tuple(volume.slug for volume in volumes(book)) or (book.info.slug,)


def has_volume(book: Book, named: str) -> bool:
    """Whether a book has a volume of a slug."""
    return named == book.info.slug or any(volume.slug == named for volume in volumes(book))


def said_by(book: Book, statements: Iterable[int]) -> Said:
    """Which volume says each of some statements; nothing in a book of one volume."""
    every = _by_key(book)
    if len(every) < 2:
        return {}
    found: dict[int, str] = {}
    for batch in in_batches(dict.fromkeys(statements)):
        rows = book.ask(
            f"SELECT id, volume_id FROM statement WHERE id IN ({marks(len(batch))})", batch
        )
        found.update((key, every[volume].slug) for key, volume in rows if volume in every)
    return found


def volume_slugs(book: Book, words: Iterable[str]) -> list[str]:
    """The slugs of volumes given by slug or title.

    Raises:
        NotFoundError: the book has no such volume.
    """
    every = volumes(book)
    found = []
    for typed in words:
        wanted = " ".join(typed.casefold().split())
        matching = [v.slug for v in every if wanted in (v.slug, v.title.casefold())]
        if not matching:
            known = ", ".join(volume.slug for volume in every)
            raise NotFoundError(
                f"There is no volume '{made_safe_line(typed)}' in this book; it has {known}."
            )
        found.extend(matching)
    return found


def added_to_by(book: Book, volume: VolumeLine) -> list[str]:
    """The slugs of the entries of other volumes that a volume adds to."""
    keys = [key for key, line in _by_key(book).items() if line.slug == volume.slug]
    if not keys or not has_several(book):
        return []
    from casebook.statement_sql import OWN_STATEMENTS

    added = f"""
        WITH own(entry_id, statement_id) AS ({OWN_STATEMENTS}
            UNION ALL SELECT entry_id, statement_id FROM figure
        )
        SELECT e.slug FROM entry AS e JOIN (
            SELECT entry_id, statement_id FROM own
            UNION ALL SELECT o.entry_id, a.statement_id FROM own AS o
                JOIN account AS a ON a.of_id = o.statement_id
        ) AS o ON o.entry_id = e.id
        JOIN statement AS s ON s.id = o.statement_id
        WHERE s.volume_id = ? AND e.volume_id <> ?
        UNION SELECT e.slug FROM entry AS e JOIN question AS q ON q.entry_id = e.id
        WHERE q.volume_id = ? AND e.volume_id <> ?
        ORDER BY 1
    """
    return [known for (stored,) in book.ask(added, keys * 4) if (known := slug(stored))]
