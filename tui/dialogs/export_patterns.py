"""Writing patterns to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.exports.files import write_export
from casebook.exports.formats import PatternsFormat
from casebook.exports.patterns import PatternsFound, patterns_content
from tui.dialogs.export import FORMAT, OneFormat, OptionGroup

if TYPE_CHECKING:
    from tui.host import Host

_FORMATS = {form: form.said for form in PatternsFormat}


@dataclass(frozen=True)
class PatternsToExport(OneFormat):
    """Patterns as they are exported."""

    value: PatternsFound

    title = "Export these patterns"

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        return (OptionGroup(FORMAT, "Format", _FORMATS, PatternsFormat.TEXT),)

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        return f"patterns.{chosen[FORMAT].ending}"

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        def make() -> None:
            write_export(path, patterns_content(self.value, chosen[FORMAT]), force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}."
