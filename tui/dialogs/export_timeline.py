"""Writing a timeline to a file."""

from __future__ import annotations

from pathlib import Path

from casebook.exports.files import write_export
from casebook.exports.formats import TimelineFormat
from casebook.exports.timeline import timeline_file
from casebook.file_names import file_stem
from casebook.timeline.chart import Chart
from tui.dialogs.export import ExportDialog, FormList

_FORMATS = tuple(form for form in TimelineFormat if form.is_for_other_programs)


class ExportTimelineScreen(ExportDialog):
    """Chooses a format and a place, and writes."""

    TITLE = "Export this timeline"

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart

    def compose_choice(self) -> FormList:
        return FormList([form.said for form in _FORMATS])

    @property
    def form(self) -> TimelineFormat:
        """The format that is chosen."""
        return _FORMATS[self.query_one(FormList).cursor]

    def suggestion(self) -> str:
        entries = self.chart.entries
        name = file_stem(entries[0].slug, "timeline") if len(entries) == 1 else "timeline"
        return str(Path.home() / f"{name}.{self.form.ending}")

    async def write(self, path: Path, *, force: bool) -> str:
        content, left_out = timeline_file(self.chart, self.form, self.casebook.book)
        write_export(path, content, force=force)
        missing = f" This format cannot hold: {'; '.join(left_out)}." if left_out else ""
        return f"Written: {path}.{missing}"
