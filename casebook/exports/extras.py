"""Imports packages that only some exports need, and that may not be installed."""

from __future__ import annotations

import importlib
from typing import Any

from casebook.errors import CasebookError


class MissingError(CasebookError):
    """An optional package is not installed."""


def needed(module: str, what: str) -> Any:
    """Imports a module of an optional package.

    Args:
        module: its name.
        what: the export that needs it, as the beginning of a sentence: "RIS".

    Raises:
        MissingError: it is not installed; the message says how to get it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingError(
            f"{what} needs a package that is not installed: pip install 'casebook[export]'."
        ) from None
