"""Writing a map to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.exports.files import write_export
from casebook.exports.formats import MapFormat
from casebook.exports.map import map_content
from casebook.file_names import file_stem
from tui.dialogs.export import FORMAT, OneFormat, OptionGroup

if TYPE_CHECKING:
    from casebook.places.projection import MapWindow
    from casebook.places.world_map import WorldMap
    from tui.host import Host

_FORMATS = {
    form: form.said for form in (MapFormat.SVG, MapFormat.LIST, MapFormat.CHART, MapFormat.JSON)
}


@dataclass(frozen=True)
class MapToExport(OneFormat):
    """A map as it is exported.

    Attributes:
        looked_at: the part of the world that is drawn; by default all places are.
    """

    value: WorldMap
    looked_at: MapWindow | None

    title = "Export this map"

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        return (OptionGroup(FORMAT, "Format", _FORMATS, next(iter(_FORMATS))),)

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        entries = self.value.entries
        name = f"{file_stem(entries[0].slug, 'case')}-map" if len(entries) == 1 else "map"
        return f"{name}.{chosen[FORMAT].ending}"

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        def make() -> None:
            content = map_content(self.value, chosen[FORMAT], region=self.looked_at)
            write_export(path, content, force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}."
