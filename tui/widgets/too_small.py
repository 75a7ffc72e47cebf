"""The polite word on a small terminal."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widget import Widget


class TooSmall(Widget):
    """What stands on a terminal that is too small for anything else."""

    DEFAULT_CSS: ClassVar[str] = """
    TooSmall {
        display: none;
        width: 100%;
        height: 100%;
        content-align: center middle;
        text-align: center;
    }
    """
    ALLOW_SELECT = False

    def render(self) -> Content:
        size = self.app.size
        has = f"{size.width}×{size.height}"
        return Content(
            f"Casebook needs a terminal of at least 60×20 characters; this one has {has}."
        )
