"""Writing the notebook to files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from tui.screens.exporting import ExportDialog, FormList


class Form(StrEnum):
    """What a notebook is written as."""

    MARKDOWN = "md"
    VAULT = "obsidian"
    JSON = "json"
    ANKI = "anki"


class _Choice(NamedTuple):
    form: Form
    title: str
    place: str


_CHOICES = (
    _Choice(Form.MARKDOWN, "Markdown for an essay, cited and in order", "casebook-notes.md"),
    _Choice(Form.VAULT, "Obsidian vault: a folder with one file an entry", "casebook-vault"),
    _Choice(Form.JSON, "JSON, for keeping and for another machine", "casebook-notebook.json"),
    _Choice(Form.ANKI, "Anki cards of the book's glossary and questions", "casebook-cards.txt"),
)  # fmt: skip


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
            lambda n: write_notebook(n, book, form.value, path, force=force)
        )
        return told
