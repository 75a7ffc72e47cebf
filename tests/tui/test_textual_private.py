"""What Casebook uses of Textual that Textual does not promise is there, and used in one room."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import textual.command
import textual.containers
import textual.screen
import textual.widgets
from textual.app import App, ComposeResult
from textual.events import InputEvent, Key, Paste
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

import tui
from casebook.book.connection import Book
from casebook.errors import BookError, CasebookError
from tests.conftest import ROOT
from tui.textual_private.ending import QuietEnd, cause_of
from tui.textual_private.keys import act_on_key
from tui.textual_private.palette import HastyPalette
from tui.textual_private.pumps import (
    FailureCatcher,
    has_only,
    is_idle,
    is_settled,
    messages_shown,
)

Drive = Callable[..., Any]
ROOM = "tui.textual_private"
OF_NAMED_TUPLES = {"_replace", "_asdict", "_fields"}


class Poked(Message):
    pass


class _Catching(FailureCatcher, Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input()

    def on_poked(self) -> None:
        raise BookError("It is torn.")

    def failed(self, error: CasebookError) -> None:
        self.seen.append(error.message)


class _Small(QuietEnd, App[int]):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Exception] = []
        self.shown = _Catching()

    def get_default_screen(self) -> Screen[Any]:
        return self.shown

    def failed_with(self, error: Exception) -> None:
        self.faults.append(cause_of(error))
        self.end_with(error, 70)


async def test_an_app_is_seen_to_be_busy_and_idle() -> None:
    app = _Small()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert is_settled(app.screen)
        box = app.screen.query_one(Input)
        assert is_idle(box)
        box.post_message(Key("a", "a"))
        assert not is_idle(box)
        assert not is_settled(app.screen)
        await pilot.pause()
        assert is_settled(app.screen)
        app.screen.refresh(layout=True)
        assert not is_settled(app.screen)
        await pilot.pause()
        assert has_only(app, (InputEvent, Paste))
        app.post_message(Key("b", "b"))
        assert has_only(app, (InputEvent, Paste))
        app.post_message(Poked())
        assert not has_only(app, (InputEvent, Paste))
        await pilot.pause()
        app.call_next(lambda: None)
        assert not has_only(app, (InputEvent, Paste)) or not is_idle(app)


async def test_a_failure_of_a_message_ends_nothing() -> None:
    app = _Small()
    async with app.run_test() as pilot:
        app.screen.post_message(Poked())
        await pilot.pause()
        assert app.shown.seen == ["It is torn."]
        assert not app.is_leaving
        app.notify("A word.")
        await pilot.pause()
        assert messages_shown(app) == ["A word."]


async def test_a_fault_ends_with_its_code_and_no_word() -> None:
    app = _Small()

    def broken() -> None:
        raise ZeroDivisionError

    async def run() -> None:
        async with app.run_test() as pilot:
            app.call_later(broken)
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await run()
    assert app.return_code == 70
    assert [type(fault) for fault in app.faults] == [ZeroDivisionError]


async def test_a_key_does_at_once_what_it_is_bound_to() -> None:
    app = _Small()
    async with app.run_test():
        assert await act_on_key(app, "ctrl+q")
        assert app.is_leaving
        assert not await act_on_key(app, "f9")


async def test_a_palette_turns_pages_that_are_not_there(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (80, 24)) as app:
        await app.press("ctrl+p")
        palette = app.app.screen
        assert isinstance(palette, HastyPalette)
        for key in ("pageup", "pagedown", "down", "enter", "enter"):
            app.app.post_message(Key(key, None))
        await app.settle()
        assert app.app.crash is None
        assert not isinstance(app.app.screen, HastyPalette)


# Nowhere else


def _classes() -> Iterator[type]:
    for info in pkgutil.walk_packages(tui.__path__, "tui."):
        if not info.name.startswith(ROOM):
            module = importlib.import_module(info.name)
            for cls in vars(module).values():
                if isinstance(cls, type) and cls.__module__ == module.__name__:
                    yield cls


def test_no_other_class_redefines_what_is_private_to_textual() -> None:
    found = [
        f"{cls.__module__}.{cls.__name__}.{name}"
        for cls in _classes()
        for name in vars(cls)
        if name.startswith("_") and not name.startswith("__")
        for base in cls.__mro__
        if base.__module__.partition(".")[0] == "textual" and name in vars(base)
        if not name.startswith(("_abc_", "_reactive", "_computes", "_decorated", "_css", "_merged"))
        if not name.startswith(("_inherit", "_default_", "_default", "_bindings"))
    ]
    assert not found


def test_no_other_file_names_what_is_private_to_textual() -> None:
    trees = {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "tui").rglob("*.py")
        if path.parent.name != "textual_private"
    }
    ours = OF_NAMED_TUPLES | {
        name
        for tree in trees.values()
        for node in ast.walk(tree)
        for name in _defined(node)
        if name.startswith("_")
    }
    found = [
        f"{file}:{node.lineno}: {node.attr}"
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and (node.attr not in ours or not _is_own(node.value, node.attr))
    ]
    found += [
        f"{file}:{node.lineno}: {node.module}"
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("textual")
        and any(name.startswith("_") for name in [*(node.module or "").split("."), *_names(node)])
    ]
    assert not found


def _is_own(value: ast.expr, name: str) -> bool:
    """Whether an attribute is one of the object itself, or of a named tuple."""
    is_self = isinstance(value, ast.Name) and value.id in ("self", "cls")
    is_super = isinstance(value, ast.Call) and ast.unparse(value) == "super()"
    return is_self or is_super or name in OF_NAMED_TUPLES


def _names(node: ast.ImportFrom) -> list[str]:
    return [alias.name for alias in node.names]


def _defined(node: ast.AST) -> Iterator[str]:
    """The names of attributes that a piece of a class defines."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
            yield name


def test_no_widget_has_the_name_of_one_of_textual() -> None:
    """A style sheet holds for every widget of a name, whoever made it."""
    ours = {
        value.__name__
        for module in pkgutil.walk_packages(tui.__path__, "tui.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, type)
        and issubclass(value, Widget)
        and value.__module__.startswith("tui")
    }
    assert len(ours) > 60
    assert not ours & {
        *vars(textual.widgets)["__all__"],
        *vars(textual.containers),
        *vars(textual.command),
        *vars(textual.screen),
    }
