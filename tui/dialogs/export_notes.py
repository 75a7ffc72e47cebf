"""Writing the notebook to files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from casebook.exports.formats import NotebookFormat
from tui.dialogs.export import ExportDialog, FormList


class _Choice(NamedTuple):
    form: NotebookFormat
    title: str
    place: str


_CHOICES = (
    _Choice(NotebookFormat.MD, "Markdown for an essay, with citations", "casebook-notes.md"),
    _Choice(
        NotebookFormat.OBSIDIAN,
        "Obsidian vault: a folder with a file for each entry",
        "casebook-vault",
    ),
    _Choice(
        NotebookFormat.JSON, "JSON, for a backup or another computer", "casebook-notebook.json"
    ),
    _Choice(
        NotebookFormat.ANKI, "Anki cards of the book's glossary and questions", "casebook-cards.txt"
    ),
)


class ExportNotesScreen(ExportDialog):
    """Chooses a form and a place, and writes."""

    TITLE = "Export the notebook"

    def compose_choice(self) -> FormList:
        return FormList([choice.title for choice in _CHOICES])

    @property
    def _choice(self) -> _Choice:
        return _CHOICES[self.query_one(FormList).cursor]

    def suggestion(self) -> str:
        return str(Path.home() / self._choice.place)

    async def write(self, path: Path, *, force: bool) -> str:
        from casebook.exports.notebook import write_notebook

        form, book = self._choice.form, self.casebook.book
        told: str = await self.casebook.keeper.write(
            lambda n: write_notebook(n, book, form, path, force=force)
        )
        return told
