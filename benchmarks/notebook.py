"""The notebook: a write beside one of bare sqlite3, and 10,000 notes beside 10."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measuring import Row, Terminal, in_turns, median, start_rows, start_until, table
from benchmarks.start import casebook_command, hello_app
from casebook.notebook import Notebook, NoteTarget, Quote, notes, open_notebook
from casebook.notebook.listing import Order, items, listing
from casebook.notebook.search import Finder

_WORDS = (
    "export foundry gentian partner market village design craft licence season contract grower"
    " breeder loan fair buyer apprentice kiln loom tariff"
).split()
_ENTRIES = ("nosaku", "asiro-gentian-alliance", "hiyoshi-ya", "renown", "uniqlo")


def _text(number: int) -> str:
    words = [_WORDS[(number * step + step) % len(_WORDS)] for step in range(1, 31)]
    return f"Note {number}: {' '.join(words)} #{words[0]}"


def filled(place: Path, count: int) -> Path:
    """A notebook with some notes, on five entries and on passages of theirs."""
    with open_notebook(place) as notebook, notebook.writing() as writing:
        for number in range(count):
            entry = _ENTRIES[number % len(_ENTRIES)]
            quote = Quote("sold", "and ", " again") if number % 3 == 0 else None
            target = NoteTarget(
                "niches", entry, entry.title(), "passage:1" if quote else "", quote, "A statement"
            )
            notes.put_new(writing, f"{number:032x}", target, _text(number))
    return place


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _write(notebook: Notebook) -> float:
    return _timed(lambda: notes.add(notebook, NoteTarget("niches", "nosaku", "Nosaku"), _text(1)))


def _bare_write(connection: sqlite3.Connection) -> float:
    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO note (text) VALUES (?)", (_text(1),))
        connection.execute("COMMIT")

    return _timed(write)


def _bare(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    return connection


def _screen(place: Path, rounds: int) -> dict[str, list[float]]:
    """Milliseconds from a key to the last byte of its answer, in the running app."""
    found: dict[str, list[float]] = {"open": [], "scroll": [], "find": []}
    with Terminal([*casebook_command(), "--notebook", str(place)]) as terminal:
        terminal.until(b"Kind")
        terminal.until_quiet()
        for _ in range(rounds):
            terminal.press("b")
            found["open"].append(terminal.until_quiet())
            terminal.press(" ")
            found["scroll"].append(terminal.until_quiet())
            terminal.press("\x06")
            terminal.until_quiet()
            terminal.press("g")
            found["find"].append(terminal.until_quiet())
            for _ in range(2):
                terminal.press("\x1b")
                terminal.until_quiet()
    return found


def report(rounds: int = 9) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = filled(folder / "few.sqlite", 10), filled(folder / "many.sqlite", 10_000)
        return f"{_writes(folder, many)}\n{_asking(few, many, rounds)}\n{_app(few, many, rounds)}"


def _writes(folder: Path, many: Path) -> str:
    with (
        open_notebook(folder / "new.sqlite") as notebook,
        open_notebook(many) as full,
    ):
        bare = _bare(folder / "bare.sqlite")
        found = in_turns(
            {
                "bare sqlite3: one INSERT, the same PRAGMAs": lambda: _bare_write(bare),
                "a note kept, few there": lambda: _write(notebook),
                "a note kept, 10,000 there": lambda: _write(full),
            },
            200,
        )
        bare.close()
    base = median(next(iter(found.values())))
    rows = [
        Row(name, f"{median(times):.2f} ms", f"{median(times) / base:.2f}")
        for name, times in found.items()
    ]
    return table("A note on the disk", rows)


def _asking(few: Path, many: Path, rounds: int) -> str:
    rows = []
    with open_notebook(few) as ten, open_notebook(many) as full:
        finders = Finder(ten), Finder(full)
        asked: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "list by time, first screen": (lambda: _first_screen(ten), lambda: _first_screen(full)),
            "read all words for the search": (lambda: Finder(ten), lambda: Finder(full)),
            "find 'gentain markt'": (
                lambda: finders[0].find("gentain markt"),
                lambda: finders[1].find("gentain markt"),
            ),
        }
        for name, (small, large) in asked.items():
            found = in_turns(
                {"few": partial(_timed, small), "many": partial(_timed, large)}, rounds
            )
            of_ten, of_many = median(found["few"]), median(found["many"])
            rows.append(
                Row(
                    name,
                    f"{of_many:.1f} ms",
                    f"{of_many / of_ten:.0f}",
                    f"with 10: {of_ten:.1f} ms",
                )
            )
    return table("Asking 10,000 notes, beside 10", rows)


def _first_screen(notebook: Notebook) -> object:
    return items(notebook, listing(notebook, Order.TIME)[:64])


def _app(few: Path, many: Path, rounds: int) -> str:
    marker = b"Asiro gentian alliance"
    commands = {
        "hello-world Textual app": ([sys.executable, str(hello_app())], b"HELLO WORLD"),
        "casebook, 10 notes": ([*casebook_command(), "--notebook", str(few)], marker),
        "casebook, 10,000 notes": ([*casebook_command(), "--notebook", str(many)], marker),
    }
    starts = in_turns(
        {name: partial(start_until, command, mark) for name, (command, mark) in commands.items()},
        rounds,
    )
    rows = [row._replace(name=f"start: {row.name}") for row in start_rows(starts)]
    screens = {"10": _screen(few, 3), "10,000": _screen(many, 3)}
    for key in ("open", "scroll", "find"):
        of_ten, of_many = median(screens["10"][key]), median(screens["10,000"][key])
        words = {"open": "open the notebook", "scroll": "a page down", "find": "find a letter"}[key]
        rows.append(
            Row(f"{words}, 10,000 notes", f"{of_many:.0f} ms", f"{of_many / of_ten:.2f}",
                f"with 10: {of_ten:.0f} ms")
        )  # fmt: skip
    return table("The app with 10,000 notes, 120×40", rows)
