"""Writing what a class has answered to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.exports.classes import class_content
from casebook.exports.files import write_export
from casebook.exports.formats import ClassFormat
from casebook.seminar.class_results import ClassResults
from tui.dialogs.export import FORMAT, OneFormat, OptionGroup

if TYPE_CHECKING:
    from tui.host import Host

_LAYOUT = "layout"
_FORMATS = {form: form.said for form in ClassFormat}
_LAYOUTS = {False: "a row for each answer", True: "a row for each student and round"}


@dataclass(frozen=True)
class ClassToExport(OneFormat):
    """A class's answers as they are exported."""

    value: ClassResults
    style: str

    title = "Export what the class has answered"

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        formats = OptionGroup(FORMAT, "Format", _FORMATS, ClassFormat.DOCX)
        if chosen.get(FORMAT) is not ClassFormat.CSV:
            return (formats,)
        return formats, OptionGroup(_LAYOUT, "Rows", _LAYOUTS, False)

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        form: ClassFormat = chosen[FORMAT]
        return f"{'minutes' if form.is_paper else 'class'}.{form.ending}"

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        form: ClassFormat = chosen[FORMAT]

        def make() -> None:
            style = self.style if form.is_paper else ""
            content = class_content(self.value, form, style, is_wide=chosen.get(_LAYOUT) is True)
            write_export(path, content, force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}."
