"""Draws the pictures in the documents: the app on the shipped book, driven by keys.

`make pictures` (`python -m docs.pictures [NAME…]`) draws them anew. A picture is an SVG that
fetches nothing and is the same, byte for byte, whenever the same program draws it.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import os
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tui.app import CasebookApp

FOLDER = Path(__file__).parent / "pictures"
ROOT = FOLDER.parent.parent

PAGE = (100, 30)
BROAD = (120, 34)
WIDE = (150, 42)
SMALL = (80, 24)


class Picture(NamedTuple):
    """A picture of a screen.

    Attributes:
        name: its file's name.
        size: columns and lines of the terminal.
        keys: what is pressed after the start; `text:abc` types, `to:SLUG` goes down to an entry.
    """

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()


_TO_ASIRO = "to:asiro-gentian-alliance"
ASIRO = (_TO_ASIRO, "enter")
"""Opens the Asiro alliance."""

_PICKED = tuple(
    key
    for slug in ("asiro-gentian-alliance", "hiyoshi-ya", "nosaku", "renown")
    for key in (f"to:{slug}", "p")
)

PICTURES = (
    Picture("library", PAGE, (_TO_ASIRO,)),
    Picture("filter", PAGE, ("f", "down", "down", "down", "enter")),
    Picture("search", PAGE, ("slash", "text:gentain")),
    Picture("reader", PAGE, (*ASIRO, "right")),
    Picture("reader-wide", WIDE, ASIRO),
    Picture("contents", SMALL, (*ASIRO, "o")),
    Picture("find", SMALL, (*ASIRO, "ctrl+f", "text:chile", "enter")),
    Picture("source", PAGE, (*ASIRO, "right", "enter")),
    Picture("comparison", BROAD, (*_PICKED, "c")),
    Picture(
        "note",
        PAGE,
        (*ASIRO, "right", "a", "text:Who takes the first step here, and who at Nosaku?"),
    ),
    Picture(
        "notebook",
        PAGE,
        (
            *(
                _TO_ASIRO,
                "B",
                "enter",
                "right",
                "a",
                "text:Who takes the first step here?",
                "ctrl+s",
            ),
            *("escape", "to:nosaku", "B", "enter", "a", "text:Luck, or readiness for it?"),
            *("ctrl+s", "b"),
        ),
    ),
    Picture("palette", SMALL, ("ctrl+p", "text:compare")),
    Picture("timeline", BROAD, (_TO_ASIRO, "t", "right", "right")),
    Picture("map", BROAD, (_TO_ASIRO, "m", "right")),
    Picture("glossary", SMALL, ("w",)),
    Picture("help", SMALL, ("question_mark",)),
)


@contextmanager
def _fresh_home() -> Iterator[Path]:
    """A new home directory, and an environment in which the app always uses colours."""
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory() as name:
        os.environ.pop("NO_COLOR", None)
        os.environ.update(
            HOME=name,
            XDG_CONFIG_HOME=f"{name}/config",
            XDG_DATA_HOME=f"{name}/data",
            XDG_STATE_HOME=f"{name}/state",
            TZ="UTC",
            TEXTUAL_ANIMATIONS="none",
            TEXTUAL_COLOR_SYSTEM="truecolor",
        )
        time.tzset()
        try:
            yield Path(name)
        finally:
            os.environ.clear()
            os.environ.update(kept)
            time.tzset()


class _FixedClock:
    """A clock that always shows the same time, for notes in pictures."""

    @staticmethod
    def now(zone: tzinfo) -> datetime:
        return datetime(2026, 3, 13, 19, 30, tzinfo=zone)


def drawn(picture: Picture) -> str:
    """A picture as SVG."""
    with _fresh_home() as home:
        return asyncio.run(_drawn(picture, home))


async def _drawn(picture: Picture, home: Path) -> str:
    from textual.widgets import Input

    from casebook.book.connection import open_book
    from casebook.notebook import files
    from tui.app import CasebookApp, Start

    with (
        open_book(ROOT / "data" / "cases.sqlite") as book,
        patch.object(files, "datetime", _FixedClock),
        patch("textual.constants.COLOR_SYSTEM", "truecolor"),  # read when Textual was imported
    ):
        app = CasebookApp(Start(book, home / "notebook.sqlite"))
        async with app.run_test(size=picture.size) as pilot:
            await _settle(app, pilot)
            for key in picture.keys:
                await _press(app, pilot, key)
            for box in app.screen.query(Input):
                box.set_reactive(Input.cursor_blink, False)
                box._cursor_visible = True
            return plain_svg(app.export_screenshot(title="casebook"), picture.name)


async def _press(app: CasebookApp, pilot: Pilot[int], key: str) -> None:
    verb, _, words = key.partition(":")
    if verb == "text":
        await pilot.press(*({" ": "space"}.get(letter, letter) for letter in words))
    elif verb == "to":
        from tui.widgets.entry_list import EntryList

        entries = app.screen.query_one(EntryList)
        while entries.slug != words:
            await pilot.press("down")
    else:
        await pilot.press(key)
    await _settle(app, pilot)


async def _settle(app: CasebookApp, pilot: Pilot[int]) -> None:
    """Waits until workers and messages have done their work."""
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause()


_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def plain_svg(svg: str, name: str) -> str:
    """Textual's SVG without fonts from the network, and with class names that never change."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = svg.replace("Fira Code, monospace", _FONTS)
    svg = svg.replace("font-variant-east-asian: full-width;", "")
    svg = re.sub(r"terminal-\d+", f"picture-{name}", svg)
    svg = _TEXT.sub(_in_columns, svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


_CELL = 12.2
"""The width of a cell in Rich's SVG."""

_TEXT = re.compile(
    r'<text (class="[^"]*") x="([\d.]+)" (y="[^"]*") textLength="[\d.]+" (clip-path="[^"]*")>'
    r"([^<]*)</text>"
)
_WIDE = re.compile(r"[\u1100-\uffff]+")


def _in_columns(match: re.Match[str]) -> str:
    """A text that holds wide characters, cut so that what follows them keeps its columns.

    Fonts rarely draw such a character exactly as wide as two others.
    """
    style, x, y, clip, words = match.groups()
    words = html.unescape(words)
    if not _WIDE.search(words):
        return match[0]
    start = float(x)
    parts = []
    for piece in re.split(f"({_WIDE.pattern})", words):
        width = cell_len(piece) * _CELL
        if piece.strip("\u00a0"):
            text = html.escape(piece).replace("\u00a0", "&#160;")
            parts.append(
                f'<text {style} x="{start:g}" {y} textLength="{width:g}" {clip}>{text}</text>'
            )
        start += width
    return "".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m docs.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="these pictures alone")
    names = parser.parse_args().names
    if unknown := set(names) - {picture.name for picture in PICTURES}:
        sys.exit(f"no picture is called {', '.join(sorted(unknown))}")
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        if not names or picture.name in names:
            path = FOLDER / f"{picture.name}.svg"
            path.write_text(drawn(picture), encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
