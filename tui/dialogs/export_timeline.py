"""Writing a timeline to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.exports.files import write_export
from casebook.exports.formats import TimelineFormat
from casebook.exports.timeline import timeline_file
from casebook.file_names import file_stem
from casebook.timeline.chart import Chart
from tui.dialogs.export import FORMAT, OneFormat, OptionGroup

if TYPE_CHECKING:
    from tui.host import Host

_FORMATS = {
    form: form.said
    for form in sorted(TimelineFormat, key=lambda form: not form.is_for_other_programs)
}


@dataclass(frozen=True)
class TimelineToExport(OneFormat):
    """A timeline as it is exported."""

    chart: Chart

    title = "Export this timeline"

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        return (OptionGroup(FORMAT, "Format", _FORMATS, next(iter(_FORMATS))),)

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        entries = self.chart.entries
        name = file_stem(entries[0].slug, "timeline") if len(entries) == 1 else "timeline"
        return f"{name}.{chosen[FORMAT].ending}"

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        def make() -> list[str]:
            content, left_out = timeline_file(self.chart, chosen[FORMAT], host.book)
            write_export(path, content, force=force)
            return list(left_out)

        left_out = await asyncio.to_thread(make)
        missing = f" This format cannot hold: {'; '.join(left_out)}." if left_out else ""
        return f"Written: {path}.{missing}"
