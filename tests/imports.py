"""Which files of a package import which, read from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import networkx

from tests.conftest import ROOT


def circles(*packages: str) -> list[list[str]]:
    """The groups of files that import one another in a circle, each sorted by name.

    Imports within functions count, and those that only a type checker follows: both tie files
    together as firmly for whoever reads or moves them.
    """
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in packages
        for path in (ROOT / package).rglob("*.py")
    }
    graph = networkx.DiGraph()
    for name, path in files.items():
        for target in _imported(ast.parse(path.read_text(encoding="utf-8"))):
            known = target if target in files else target.rpartition(".")[0]
            if known in files and known != name:
                graph.add_edge(name, known)
    return sorted(
        sorted(group) for group in networkx.strongly_connected_components(graph) if len(group) > 1
    )


def _imported(tree: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports; the last part may be a name within a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
