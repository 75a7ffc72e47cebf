"""Writing a map to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from casebook.exports.files import write_export
from casebook.exports.formats import MapFormat
from casebook.exports.map import map_content
from casebook.file_names import file_stem
from tui.dialogs.export import FORMAT, OptionGroup

if TYPE_CHECKING:
    from casebook.places.projection import MapWindow
    from casebook.places.world_map import WorldMap
    from tui.host import Host

_FORMATS = {
    form: form.said for form in (MapFormat.SVG, MapFormat.LIST, MapFormat.CHART, MapFormat.JSON)
}


class MapToExport(NamedTuple):
    """A map as it is exported.

    Attributes:
        looked_at: the part of the world that is drawn; by default all places are.
    """

    value: WorldMap
    looked_at: MapWindow | None

    @property
    def title(self) -> str:
        return "Export this map"

    @property
    def groups(self) -> tuple[OptionGroup, ...]:
        return (OptionGroup(FORMAT, "Format", _FORMATS, next(iter(_FORMATS))),)

    def file_name(self, form: MapFormat) -> str:
        entries = self.value.entries
        name = f"{file_stem(entries[0].slug, 'case')}-map" if len(entries) == 1 else "map"
        return f"{name}.{form.ending}"

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        """Nothing is remembered."""

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        def make() -> None:
            content = map_content(self.value, chosen[FORMAT], region=self.looked_at)
            write_export(path, content, force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}."
