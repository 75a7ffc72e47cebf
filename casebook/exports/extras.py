"""Packages that only some exports need."""

from __future__ import annotations

import importlib
from typing import Any

from casebook.errors import CasebookError


class MissingError(CasebookError):
    """An optional package is not installed."""


def needed(module: str, what: str) -> Any:
    """A module that an export needs.

    Raises:
        MissingError: it is not installed; the message says how to get it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingError(
            f"{what} needs a package that is not installed: pip install 'casebook[export]'."
        ) from None
