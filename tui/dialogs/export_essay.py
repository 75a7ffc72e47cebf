"""Writing the essay basket to a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.exports.formats import EssayFormat
from casebook.notebook.values import BasketItem
from tui.dialogs.export import FORMAT, OptionGroup, TextField
from tui.dialogs.export_cases import STYLE, style_group

if TYPE_CHECKING:
    from tui.host import Host


@dataclass(frozen=True)
class EssayToExport:
    """The essay basket as it is exported.

    Attributes:
        style: the citation style that is chosen to begin with.
    """

    items: tuple[BasketItem, ...]
    style: str

    title = "Export the draft, with footnotes and references"
    fields: tuple[TextField, ...] = ()

    def takes(self, field: str, chosen: Mapping[str, Any]) -> bool:
        return False

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        formats = {form: form.said for form in EssayFormat}
        return (OptionGroup(FORMAT, "Format", formats, EssayFormat.MD), style_group(self.style))

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        return f"draft.{chosen[FORMAT].ending}"

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        if group == STYLE:
            host.choose_style(value)

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        from casebook.exports.essay import essay_content
        from casebook.exports.files import write_export

        def make() -> None:
            made = essay_content(host.book, self.items, chosen[FORMAT], chosen[STYLE])
            write_export(path, made, force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}"
