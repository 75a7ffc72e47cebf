"""Writing the notebook to files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.exports.formats import NotebookFormat
from tui.dialogs.export import FORMAT, OptionGroup

if TYPE_CHECKING:
    from tui.host import Host

_FORMATS = {
    NotebookFormat.MD: "Markdown for an essay, with citations",
    NotebookFormat.OBSIDIAN: "Obsidian vault: a folder with a file for each entry",
    NotebookFormat.JSON: "JSON, for a backup or another computer",
    NotebookFormat.ANKI: "Anki cards of the book's glossary and questions",
}
_NAMES = {
    NotebookFormat.MD: "casebook-notes.md",
    NotebookFormat.OBSIDIAN: "casebook-vault",
    NotebookFormat.JSON: "casebook-notebook.json",
    NotebookFormat.ANKI: "casebook-cards.txt",
}


class NotebookToExport:
    """The notebook as it is exported."""

    title = "Export the notebook"
    groups = (OptionGroup(FORMAT, "Format", _FORMATS, NotebookFormat.MD),)

    def file_name(self, form: NotebookFormat) -> str:
        return _NAMES[form]

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        """Nothing is remembered."""

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        from casebook.exports.notebook import write_notebook

        form, book = chosen[FORMAT], host.book
        told: str = await host.keeper.write(
            lambda n: write_notebook(n, book, form, path, force=force)
        )
        return told
