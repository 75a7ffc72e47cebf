"""What the classes of the app stand on, and what they are called."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections import Counter

from textual.screen import Screen

import tui.screens
from tests.conftest import ROOT
from tui.screens.base import CasebookScreen


def test_a_screen_has_one_class_of_the_app_above_it() -> None:
    seen = 0
    for module in pkgutil.iter_modules(tui.screens.__path__, "tui.screens."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, CasebookScreen):
                if value is CasebookScreen:
                    continue
                seen += 1
                assert value.__bases__ == (CasebookScreen,), value
    assert seen >= 9
    assert CasebookScreen.__bases__[-1] is Screen


def _classes(folder: str) -> Counter[str]:
    """The classes of a folder's modules by name; those within others are named with them."""
    return Counter(
        node.name.lstrip("_")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    )


def test_no_two_classes_share_a_name() -> None:
    classes = _classes("casebook") + _classes("tui")
    assert [name for name, count in classes.items() if count > 1] == []
