"""The app under random keys, words, sizes and a mouse, in process."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
import unicodedata
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.fuzzing import damage_rows
from tests.fuzzing.books import BOOK, damage_rows_of
from tests.fuzzing.cases import Case, Step
from tests.fuzzing.hostile_text import hostile_text
from tests.fuzzing.world import SoundBook, World

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import CasebookApp

LONGEST_STEP = 10.0
"""Seconds of CPU after which one action of the reader's has taken too long."""

_MOVES = (
    "up", "down", "left", "right", "enter", "enter", "enter", "escape", "escape", "tab", "shift+tab",
    "pageup", "pagedown", "home", "end", "space", "backspace", "delete", "shift+down", "shift+right",
    "ctrl+p", "ctrl+c", "j", "k", "h", "l", "g", "G",
)  # fmt: skip
_NEVER = ("ctrl+z", "ctrl+q", "q")
_WORDS = ("nosaku", "takaoka", "kind:firm", "bell", '"a b"', "-x", "C++", "1990s", "é", "日本")
_SIZES = ((1, 1), (2, 1), (20, 5), (30, 10), (59, 19), (60, 20), (80, 24), (120, 40), (250, 80))
_HOSTILE = (
    damage_rows.escapes_everywhere,
    damage_rows.odd_values,
    damage_rows.names,
    damage_rows.json_columns,
    damage_rows.dangling,
    damage_rows.nulls,
    damage_rows.giants,
)

Action = tuple[str, tuple[object, ...]]


def keys_case(random: Random, world: World) -> Case:
    """Mostly keys, at a size that stays."""
    return _case(random, world, (14, 3, 1, 2))


def sizes_case(random: Random, world: World) -> Case:
    """Mostly changes of the size, with keys between them."""
    return _case(random, world, (8, 1, 8, 2))


def _case(random: Random, world: World, weights: tuple[int, int, int, int]) -> Case:
    book: SoundBook = world.small if random.random() < 0.5 else world.shipped
    label = "sound book"
    with_notes = random.random() < 0.5
    if random.random() < 0.5:
        label, prepare_book = damage_rows_of(
            book, random, _HOSTILE, is_signed=random.random() < 0.5
        )
    else:

        def prepare_book(work: Path) -> None:
            (work / BOOK).write_bytes(book.data)

    def prepare(work: Path) -> None:
        prepare_book(work)
        if with_notes:
            (work / "notes.sqlite").write_bytes(world.notebook)

    actions = list(_actions(random, weights))
    size = random.choice(_SIZES[3:])

    def walk() -> int:
        return asyncio.run(_walk(actions, size))

    return Case(prepare, (Step(action=walk, cpu_seconds=120),), label)


def _actions(random: Random, weights: tuple[int, int, int, int]) -> list[Action]:
    from tests.keys import bound_keys

    keys = [key for key in bound_keys() if key not in _NEVER]
    made: list[Action] = []
    for _ in range(random.choice((15, 30, 45))):
        kind = random.choices(("key", "type", "size", "mouse"), weights)[0]
        if kind == "key":
            chosen = keys if random.random() < 0.6 else _MOVES
            made.append(("key", (random.choice(chosen),)))
        elif kind == "type":
            odd = random.random() < 0.3
            text = hostile_text(random)[:200] if odd else random.choice(_WORDS)
            made.append(("paste" if odd else "type", (text,)))
        elif kind == "size":
            size = (random.randint(1, 250), random.randint(1, 80))
            made.append(("size", random.choice((size, random.choice(_SIZES)))))
        else:
            drag = random.random() < 0.3
            where = tuple(random.random() for _ in range(4))
            made.append(("drag" if drag else "click", where))
    return made


async def _walk(actions: list[Action], size: tuple[int, int]) -> int:
    """Drives the app and says 70 where it failed; what was done goes to standard error."""
    from casebook.book.connection import open_book
    from casebook.errors import CasebookError
    from tui.app import CasebookApp, Start

    try:
        book = open_book(Path(BOOK))
    except CasebookError as error:
        print(f"casebook: {error.message}", file=sys.stderr)
        return int(error.exit_code)
    app = CasebookApp(Start(book, Path("notes.sqlite"), Path("settings.toml")))
    done: list[str] = []
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            for name, values in actions:
                done.append(f"{name} {ascii(values)[:200]}")
                began = time.process_time()
                await _act(pilot, app, (name, values))
                await _pause(pilot, is_long=len(done) % 3 == 0)
                spent = time.process_time() - began
                if spent > LONGEST_STEP:
                    raise TooSlowError(f"{spent:.1f} s of CPU")
                if app.crash is not None or app._exit:
                    break
                _look_at_screen(app)
            if app.crash is None:
                app.leave()
        if app.crash is not None:
            raise app.crash
    except Exception:
        import traceback

        traceback.print_exc()
        print("done before:", *done[-40:], sep="\n  ", file=sys.stderr)
        return 70
    return 0


class TooSlowError(Exception):
    """One action took more CPU than an action may."""


class ControlOnScreenError(Exception):
    """A control character stands in a line of the screen."""


async def _pause(pilot: Pilot[int], *, is_long: bool) -> None:
    """Lets the app do its work: all that is waiting, or a little, as with a quick hand."""
    from textual.pilot import WaitForScreenTimeout

    await asyncio.sleep(0.01)
    if is_long:
        with contextlib.suppress(WaitForScreenTimeout):  # CPU is what is counted
            await pilot._wait_for_screen()


def _press(app: CasebookApp, key: str) -> None:
    """Puts a key on its way as a driver does, and waits for nothing."""
    from textual.events import Key
    from textual.keys import _character_to_key, _get_unicode_name_from_key

    character: str | None
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(name))
    except KeyError:
        character = key if len(key) == 1 else None
    event = Key(name, character)
    event.set_sender(app)
    assert app._driver is not None
    app._driver.send_message(event)


async def _act(pilot: Pilot[int], app: CasebookApp, action: Action) -> None:
    from textual.errors import NoWidget
    from textual.events import Paste, Resize
    from textual.geometry import Size
    from textual.pilot import OutOfBounds

    name, values = action
    width, height = app.size
    if name == "key":
        _press(app, str(values[0]))
    elif name == "type":
        for character in str(values[0]):
            _press(app, character)
    elif name == "paste":
        app.post_message(Paste(str(values[0])))
    elif name == "size":
        size = Size(*values)  # type: ignore[arg-type]
        app._driver._size = size  # type: ignore[union-attr]
        app.post_message(Resize(size, size))
    else:
        x, y, other_x, other_y = (
            int(share * side)  # type: ignore[operator]
            for share, side in zip(values, (width, height) * 2, strict=True)
        )
        with contextlib.suppress(OutOfBounds, NoWidget):  # the new size is not laid out yet
            if name == "click":
                await pilot.click(offset=(x, y), times=2 if x % 5 == 0 else 1)
            else:
                await pilot.mouse_down(offset=(x, y))
                await pilot.hover(offset=(other_x, other_y))
                await pilot.mouse_up(offset=(other_x, other_y))


def _look_at_screen(app: CasebookApp) -> None:
    for strip in app.screen._compositor.render_strips():
        for character in strip.text:
            if not character.isprintable() and (
                unicodedata.category(character) in ("Cc", "Cs") or character in "\u202e\u2066"
            ):
                raise ControlOnScreenError(f"U+{ord(character):04X} in {strip.text[:80]!r}")
