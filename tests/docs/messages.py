"""What the program can say to an author of a pack, read from its source.

A sentence with holes is told with `…` for each hole.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

HOLE = "…"
CHECKER = [
    path
    for path in sorted((ROOT / "casebook" / "pack").glob("*.py"))
    if path.name not in ("build.py", "write.py", "skeleton.py", "rows.py", "isic.py")
]
READING = [*CHECKER, *(ROOT / "casebook" / name for name in (
    "edtf.py", "citations.py", "dates.py", "durations.py"))]  # fmt: skip
_RAISED = {"ValueError", "CitationError", "DateError", "_RefusedError", "OSError"}
_TELLERS = {"fault_of", "_sentence", "refusal"}
"""Functions whose answer is a sentence."""


def messages(paths: list[Path]) -> dict[str, str]:
    """Every sentence that some files can say, with the place where they say it."""
    found: dict[str, str] = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for words in _said_at(node):
                for message in _templates(words):
                    found.setdefault(message, f"{path.name}:{words.lineno}")
    return found


def _said_at(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr == "add" and len(node.args) == 2:
            of = called.value
            if (of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")) == "problems":
                yield node.args[1]
        if isinstance(called, ast.Name) and called.id in _RAISED and node.args:
            yield node.args[-1]
    if isinstance(node, ast.FunctionDef) and node.name in _TELLERS:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and inner.value is not None:
                yield inner.value
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("fault", "what"):
        yield node.value


def _templates(node: ast.expr) -> Iterator[str]:
    """The sentences of an expression: one for each way that a condition may go."""
    if isinstance(node, ast.IfExp):
        yield from _templates(node.body)
        yield from _templates(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [
            str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values
        ]
        message = "".join(parts).replace(HOLE * 2, HOLE)
        if any(letter.isalpha() for letter in message):
            yield message
