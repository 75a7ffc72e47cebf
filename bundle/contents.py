"""Which packages the downloads bring along, told from what the project asks for."""

from __future__ import annotations

import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
TOO_LARGE = "pypandoc"
"""How the names of the packages begin that bring pandoc: as large as all the rest."""

SEEN_NOWHERE = ("tkinter", "lxml.html", "lxml.isoschematron", "lxml.objectify", "lxml.sax")
"""Modules that come with what is needed, and that nothing of it imports."""


def export_requirements() -> list[str]:
    """What the extras for exports and imports ask for, without pandoc."""
    extras: dict[str, list[str]] = _project()["optional-dependencies"]
    asked = [*extras["export"], *extras["import"]]
    return [requirement for requirement in asked if not requirement.startswith(TOO_LARGE)]


def needed_distributions() -> set[str]:
    """The packages, by their normal names, that the program and its exports need here."""
    waiting = [
        Requirement(asked) for asked in (*_project()["dependencies"], *export_requirements())
    ]
    needed: dict[str, set[str]] = {}
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        known, extras = name in needed, {"", *requirement.extras}
        if known and extras <= needed[name]:
            continue
        needed.setdefault(name, set()).update(extras)
        others = map(Requirement, requires(name) or ())
        markers = [{"extra": extra} for extra in extras]
        waiting += [
            other
            for other in others
            if other.marker is None or any(map(other.marker.evaluate, markers))
        ]
    return set(needed)


def modules_left_out() -> list[str]:
    """The modules of this environment that no package of the downloads has to do with.

    Packages work with others where these are there, and this environment has the tools of
    development, and what classes on servers and browsers need.
    """
    needed = {*needed_distributions(), "casebook"}
    others = (
        module
        for module, owners in packages_distributions().items()
        if needed.isdisjoint(map(canonicalize_name, owners))
    )
    return sorted({*others, *SEEN_NOWHERE})


def _project() -> dict[str, Any]:
    with open(PROJECT, "rb") as file:
        project: dict[str, Any] = tomllib.load(file)["project"]
    return project
