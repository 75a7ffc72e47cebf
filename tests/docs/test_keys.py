"""The keys: all in the guide for readers, and the same everywhere."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from textual.binding import Binding
from textual.dom import DOMNode

import tui
from tests.conftest import ROOT
from tests.docs.written import check_written, table
from tests.keys import all_commands
from tui.command import Command

READERS = ROOT / "docs" / "readers.md"


def _modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        yield importlib.import_module(module.name)


def bindings_of_the_app() -> list[tuple[str, Binding]]:
    """The bindings that the app's own classes make, with the class's name."""
    found: list[tuple[str, Binding]] = []
    for module in _modules():
        for cls in vars(module).values():
            if (
                isinstance(cls, type)
                and issubclass(cls, DOMNode)
                and cls.__module__ == module.__name__
            ):
                found += [(cls.__name__, binding) for binding in vars(cls).get("BINDINGS", ())]
    return found


def test_the_guide_names_every_key() -> None:
    rows = []
    for command in all_commands():
        keys = " ".join(
            f"<kbd>{key}</kbd>" for key in command.keys_shown.replace("^", "ctrl+").split()
        )
        rows.append(
            (keys.replace("<kbd><</kbd>", "<kbd>&lt;</kbd>"), command.name, f"`{command.id}`")
        )
    check_written(READERS, "keys", table(("Key", "What it does", "Its name"), rows))


SIDEWAYS = {"left", "right", "h", "l", *(f"shift+{way}" for way in ("left", "right", "up", "down"))}
"""They go to what lies on that side: a link in a page, a case in a matrix; with shift they
move to that side what is shown there: a case of a matrix, a map."""

TICKS = {"space"}
"""Ticks the box under the cursor where there are boxes; elsewhere it goes down a page."""


def test_a_key_means_one_thing() -> None:
    """Two commands may share a key where they are one action, as `open` is, on two screens."""
    meaning: dict[str, Command] = {}
    for command in all_commands():
        for key in filter(None, command.keys.split(",")):
            if key in SIDEWAYS | TICKS:
                continue
            other = meaning.setdefault(key, command)
            assert other.action == command.action, f"{key}: {other.name}; {command.name}"


def test_a_command_has_one_name() -> None:
    every = all_commands()
    assert len({command.id for command in every}) == len(every)
    assert len({command.name for command in every}) == len(every)


def test_no_screen_binds_a_key_of_its_own() -> None:
    """All keys come from `tui/commands/`, so what holds for it holds for the app."""
    known = {(command.id, command.keys, command.action) for command in all_commands()}
    found = bindings_of_the_app()
    assert len(found) > 20
    for name, binding in found:
        assert isinstance(binding, Binding), f"{name}: {binding}"
        assert (binding.id, binding.key, binding.action) in known, f"{name}: {binding}"
