"""Writing a map to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casebook.exports.files import write_export
from casebook.exports.formats import MapFormat
from casebook.exports.map import map_content
from casebook.file_names import file_stem
from tui.dialogs.export import ExportDialog, FormList

if TYPE_CHECKING:
    from casebook.places.projection import View
    from casebook.places.world_map import WorldMap

_FORMATS = (MapFormat.SVG, MapFormat.LIST, MapFormat.CHART, MapFormat.JSON)


class ExportMapScreen(ExportDialog):
    """Chooses a format and a place, and writes.

    Args:
        looked_at: the part of the world that is drawn; by default all places are.
    """

    TITLE = "Export this map"

    def __init__(self, value: WorldMap, looked_at: View | None) -> None:
        super().__init__()
        self.value = value
        self.looked_at = looked_at

    def compose_choice(self) -> FormList:
        return FormList([form.said for form in _FORMATS])

    @property
    def form(self) -> MapFormat:
        """The format that is chosen."""
        return _FORMATS[self.query_one(FormList).cursor]

    def suggestion(self) -> str:
        entries = self.value.entries
        name = f"{file_stem(entries[0].slug, 'case')}-map" if len(entries) == 1 else "map"
        return str(Path.home() / f"{name}.{self.form.ending}")

    async def write(self, path: Path, *, force: bool) -> str:
        content = map_content(self.value, self.form, region=self.looked_at)
        write_export(path, content, force=force)
        return f"Written: {path}."
