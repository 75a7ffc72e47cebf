"""Writing the notebook to files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.exports.formats import NotebookFormat
from casebook.exports.options import Audience
from tui.dialogs.export import FORMAT, OneFormat, OptionGroup, TextField

if TYPE_CHECKING:
    from tui.host import Host

_FORMATS = {
    NotebookFormat.MD: "Markdown for an essay, with citations",
    NotebookFormat.OBSIDIAN: "Obsidian vault: a folder with a file for each entry",
    NotebookFormat.JSON: "JSON, for a backup or another computer",
    NotebookFormat.ANKI: "Anki cards: glossary, questions, and the quiz points that you missed",
}
_NAMES = {
    NotebookFormat.MD: "casebook-notes.md",
    NotebookFormat.OBSIDIAN: "casebook-vault",
    NotebookFormat.JSON: "casebook-notebook.json",
    NotebookFormat.ANKI: "casebook-cards.txt",
}


PANDOC, AUDIENCE, ENTRY, TAG = "pandoc", "audience", "entry", "tag"
_CITATIONS = {False: "to read", True: "for pandoc: [@source, para. 9]"}


@dataclass(frozen=True)
class NotebookToExport(OneFormat):
    """The notebook as it is exported.

    Attributes:
        entry: the slug of the entry whose notes may be exported alone; empty for none.
        entry_title: its title.
    """

    entry: str = ""
    entry_title: str = ""

    title = "Export the notebook"
    fields = (TextField(TAG, "Only notes with this tag; empty for all"),)

    def takes(self, field: str, chosen: Mapping[str, Any]) -> bool:
        return chosen[FORMAT] in (NotebookFormat.MD, NotebookFormat.OBSIDIAN)

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        form = chosen.get(FORMAT, NotebookFormat.MD)
        groups = [OptionGroup(FORMAT, "Format", _FORMATS, NotebookFormat.MD)]
        if form is NotebookFormat.MD:
            groups.append(OptionGroup(PANDOC, "Citations", _CITATIONS, False))
            if self.entry:
                entries = {"": "all entries", self.entry: f"{self.entry_title} alone"}
                groups.append(OptionGroup(ENTRY, "Notes on", entries, ""))
        if form is NotebookFormat.ANKI:
            audiences = {audience: audience.said for audience in Audience}
            groups.append(OptionGroup(AUDIENCE, "For", audiences, Audience.STUDENT))
        return tuple(groups)

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        return _NAMES[chosen[FORMAT]]

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        from casebook.exports.notebook import write_notebook

        form, book = chosen[FORMAT], host.book
        told: str = await host.keeper.write(
            lambda n: write_notebook(
                n,
                book,
                form,
                path,
                force=force,
                entry=chosen.get(ENTRY, ""),
                tag=chosen.get(TAG, "").lstrip("#"),
                pandoc=chosen.get(PANDOC, False),
                for_lecturer=chosen.get(AUDIENCE) is Audience.LECTURER,
            )
        )
        return told
