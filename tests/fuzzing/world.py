"""The sound files that are damaged: two books, two packs, a notebook, and its JSON."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.conftest import SHIPPED_BOOK, SHIPPED_PACK, SMALL_PACK, write_files
from tests.fuzzing.running import Place, Ran, run_command

TOKENS = tuple(f"keepsake{number:02}" for number in range(12))
"""A word in every note of the sound notebook, by which it is missed."""

IN_LOG = "keepsakelog"
"""The word of the note that stands in the write-ahead log alone."""


class SoundBook:
    """A book, and the answers that it gives while it is sound."""

    def __init__(self, path: Path, place: Place) -> None:
        self.data = path.read_bytes()
        self._place = place
        self._answers: dict[tuple[str, ...], Ran] = {}
        with closing(sqlite3.connect(path)) as connection:
            self.slugs = [row[0] for row in connection.execute("SELECT slug FROM entry")]
            self.cases = [
                row[0]
                for row in connection.execute(
                    "SELECT slug FROM entry WHERE kind IN ('alliance', 'firm', 'region')"
                )
            ]
            self.sources = [row[0] for row in connection.execute("SELECT slug FROM source")]
            self.frameworks = [row[0] for row in connection.execute("SELECT slug FROM framework")]
            self.words = [
                word
                for (title,) in connection.execute("SELECT title FROM entry ORDER BY id LIMIT 40")
                for word in title.split()
                if word.isalpha()
            ]
            self.events = [
                f"{slug}#{key}"
                for slug, key in connection.execute(
                    'SELECT slug, "key" FROM event JOIN entry ON entry.id = entry_id'
                )
            ]

    def answer(self, arguments: tuple[str, ...]) -> Ran:
        """What the sound book answers to a command, from a folder with nothing but the book."""
        if arguments not in self._answers:
            self._place.make()
            (self._place.work / "book.sqlite").write_bytes(self.data)
            self._answers[arguments] = run_command(arguments, self._place)
        return self._answers[arguments]


class World:
    """Args:
    folder: for the sound files; it is made anew.
    """

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.folder = folder
        self._place = Place(folder / "place")
        self.small_pack: dict[str, bytes] = {
            name: content.encode() if isinstance(content, str) else content
            for name, content in SMALL_PACK.items()
        }
        self.shipped_pack: dict[str, bytes] = {
            str(path.relative_to(SHIPPED_PACK)): path.read_bytes()
            for path in sorted(SHIPPED_PACK.rglob("*"))
            if path.is_file()
        }
        self.small = SoundBook(self._built(), self._place)
        self.shipped = SoundBook(SHIPPED_BOOK, self._place)
        self._make_notebook()

    def _built(self) -> Path:
        pack = write_files(self.folder / "pack", dict(SMALL_PACK))
        book = self.folder / "book.sqlite"
        self._must_run("build", str(pack), "-o", str(book), allowed=True)
        return book

    def _must_run(self, *arguments: str, allowed: bool = False, clean: bool = True) -> Ran:
        if clean:
            self._place.make()
        ran = run_command(arguments, self._place)
        if ran.code != 0:
            raise RuntimeError(f"casebook {arguments} failed: {ran.err!r}")
        return ran

    def _make_notebook(self) -> None:
        """A notebook with notes, a bookmark, tags, views and ratings, made by the program."""
        self._place.make()
        work = self._place.work
        (work / "book.sqlite").write_bytes(self.small.data)
        names = ("--book", "book.sqlite", "--notebook", "notes.sqlite")

        def run(*arguments: str) -> Ran:
            return self._must_run(*arguments, *names, clean=False)

        for token, slug in zip(TOKENS, self.small.slugs * 4, strict=True):
            run("notes", "add", slug, f"A thought about it: {token} #tag{token[-2:]}")
        self._must_run("notes", "bookmark", "nosaku", *names, clean=False)
        self._must_run("notes", "tag", "nosaku", "bells", *names, clean=False)
        self._must_run("notes", "reading", "takaoka", *names, clean=False)
        more = self.folder / "more.json"
        more.write_text(json.dumps(_MORE), "utf-8")
        shutil.copy(more, work / "more.json")
        helped = self._must_run("notes", "import", "--help", clean=False)
        # Whose notebook a file is of is asked for where the program wants to know.
        self.mine: tuple[str, ...] = ("--whose", "mine") if b"--whose" in helped.out else ()
        self._must_run("notes", "import", "more.json", *self.mine, *names[2:], clean=False)
        exported = self._must_run("notes", "export", "--format", "json", *names, clean=False)
        self.json: bytes = exported.out
        with closing(sqlite3.connect(work / "notes.sqlite", isolation_level=None)) as settling:
            settling.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.notebook = (work / "notes.sqlite").read_bytes()
        # Somebody reading keeps what is written now in the log.
        with closing(sqlite3.connect(work / "notes.sqlite", isolation_level=None)) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM note").fetchone()
            run("notes", "add", "nosaku", f"The last thought: {IN_LOG}")
            self.notebook_with_log = (work / "notes.sqlite").read_bytes()
            self.log = (work / "notes.sqlite-wal").read_bytes()
            self.memory = (work / "notes.sqlite-shm").read_bytes()


def tokens_in(data: bytes, of: Sequence[str] = (*TOKENS, IN_LOG)) -> frozenset[str]:
    """The notes that some output holds, by their words."""
    text = data.decode("utf-8", "replace")
    return frozenset(token for token in of if token in text)


_MORE = {
    "format": "casebook-notebook",
    "version": 1,
    "views": [
        {
            "uid": "0123456789abcdef0123456789abcdef",
            "book": "small",
            "kind": "timeline",
            "name": "A timeline",
            "entries": ["nosaku"],
            "framework": "",
            "filters": {"title": "A title"},
            "created": "2024-01-01T00:00:00Z",
            "changed": "2024-01-01T00:00:00Z",
        }
    ],
    "predictions": [
        {
            "book": "small",
            "entry": "nosaku",
            "title": "Nosaku",
            "framework": "checklist",
            "criterion": "a",
            "rating": "met",
            "reason": "So it seems",
            "created": "2024-01-01T00:00:00Z",
            "changed": "2024-01-01T00:00:00Z",
            "revealed": "",
        }
    ],
    "searches": [{"book": "small", "words": "bells", "made": "2024-01-01T00:00:00Z"}],
}
