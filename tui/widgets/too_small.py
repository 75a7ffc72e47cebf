"""The polite word on a small terminal."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class TooSmall(Widget):
    """What stands on a terminal that is too small for anything else."""

    ALLOW_SELECT = False

    def render(self) -> Content:
        size = self.app.size
        has = f"{size.width}×{size.height}"
        return Content(
            f"Casebook needs a terminal of at least 60×20 characters; this one has {has}."
        )
